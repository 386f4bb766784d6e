package pipeline

// Diagnostic is a warning or an error of a job. The key is for programs, the
// message for people.
type Diagnostic struct {
	Key     string `json:"key"`
	Message string `json:"message"`
}

// KeyPreValidation is the one key that the vendor documents: the index is
// inconsistent (spec/rest-api.md §7). It comes as an error of a failed job and
// as a warning of a forced one.
const KeyPreValidation = "export.pre.validation.failed"

// PreValidationMessage is the vendor's sentence for KeyPreValidation.
const PreValidationMessage = "Inconsistent index used for export job."

// KeyInterrupted is the warning of a job on this computer whose process was gone before
// its end.
const KeyInterrupted = "export.interrupted"
