package deliver

// Stage is what is done of a delivery.
type Stage string

// The stages.
const (
	Bringing   Stage = "" // files are brought to the place
	Redacting  Stage = "redact"
	Converting Stage = "convert" // to Parquet
)

// Progress says how far a delivery is.
type Progress struct {
	Stage       Stage
	File        string // which is being delivered, or made ready
	Bytes       int64  // read, of the files as they lie here
	TotalBytes  int64
	Files, Done int
}
