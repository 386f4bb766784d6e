package grid

// Tone is how a cell's text is drawn.
type Tone int

// Tones of a cell.
const (
	TonePlain   Tone = iota
	ToneFaint        // a stand-in, not the cell's own text: "waiting", "no such field"
	ToneWarning      // text that is incomplete or damaged
)

// Cell is what is drawn for one field. Text is one line; it is cut to the width
// of its column, and a long one is never measured whole.
type Cell struct {
	Text string
	Tone Tone
	Hit  bool // marked: the search found it
}

// Model is the data as the grid sees it. It is asked on the UI goroutine for the
// cells in sight at every step, so it answers from memory and never waits.
type Model interface {
	// Rows is how many rows can be scrolled to.
	Rows() int64
	// Cell is the field of column col (the data's index) in row.
	Cell(row int64, col int) Cell
	// RowLabel is what the row-number column says for row, and in which tone.
	RowLabel(row int64) (string, Tone)
	// WidestLabel is a label as wide as any that RowLabel may return.
	WidestLabel() string
}
