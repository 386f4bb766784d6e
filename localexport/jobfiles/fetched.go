package jobfiles

import "time"

// Fetched is where the files of a job of a server were brought from.
type Fetched struct {
	Server string    `json:"server,omitempty"` // its address; "" in redacted files
	From   string    `json:"from,omitempty"`   // the folder, or the server of SFTP; "" as that
	At     time.Time `json:"at"`
	Sluice string    `json:"sluice"` // that fetched them
	// Told is true if a manifest lay there, and this one goes on with it: else nobody
	// knows with which options the files were written.
	Told bool `json:"told,omitempty"`
	// Unseen is true if nobody saw how the job ended.
	Unseen bool `json:"unseen,omitempty"`
}

// OptionsKnown reports whether the options are those with which the files were written:
// of files that another program made nobody knows.
func (m Manifest) OptionsKnown() bool { return m.Fetched == nil || m.Fetched.Told }
