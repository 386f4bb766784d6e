package source

import (
	"context"
	"time"
)

// Recognised is what a source of a snapshot is, as far as that can be told without
// reading it.
type Recognised struct {
	Kind  string // such as "PostgreSQL dump (custom format)"
	Bytes int64  // of a file; 0 if not known
	// Place is where a database is which the configuration of a Confluence names.
	Place string
	// Snapshot is true of a SQLite file, which is exported as it is.
	Snapshot bool
}

// Survey is what is known of a source before its rows are read. Sizes may be estimates;
// -1 means that the source does not tell.
type Survey struct {
	Kind, Place, Tool, Made, User, Schema string

	Version string // of Confluence; may be empty
	Build   int64  // 0 if not known
	Bytes   int64
	Tables  int
	AtLeast bool    // there may be more tables
	Seconds float64 // about how long the snapshot takes; -1 if not known
	Missing []MissingTable
	Grants  []string // statements that give the rights which are missing

	Partial, Doubts, Notes []string
}

// MissingTable is a table that a source does not have.
type MissingTable struct {
	Table    string
	Lack     string // what the export lacks without it
	Required bool   // there is no snapshot without it
	Unseen   bool   // it may be there, and may not be seen
}

// Origin is where Sluice took a snapshot from, as the snapshot tells.
type Origin struct {
	Kind, Place, Tool string
	TimeZone          string // of the database's session
	Taken             time.Time
	Tables            []TableRows
	// Partial says what a source of this kind lacks, Doubts what may be missing or
	// wrong, Notes what else is worth knowing: sentences.
	Partial, Doubts, Notes []string
}

// TableRows is how many rows of a table a snapshot holds.
type TableRows struct {
	Table string
	Rows  int64
}

// Progress is how far the taking of a snapshot is.
type Progress struct {
	Read, Total int64  // bytes of the source; Total is 0 if not known
	Rows        int64  // written so far
	Table       string // that is being read
	Finishing   bool   // everything is read
	// Waiting is true while the snapshot of before is still being exported.
	Waiting bool
	About   bool          // Total is an estimate
	Open    time.Duration // how long the transaction of a database has been open
}

// Question is what a person is asked for while a server waits.
type Question struct {
	Passphrase bool   // of a key, else the password of a database
	User       string // of the database
	Of         string // the address of the database for people, or the file of the key
	Why        string // what was tried before, in a sentence; may be empty
}

// Ask asks a person for a secret that a server wants, and waits for the answer; ""
// means that none was given. It must not be called on the UI goroutine.
type Ask = func(ctx context.Context, q Question) (string, error)
