package source

import "sluice/pipeline"

// ComparedJob is a job whose files are compared, and the folder in which they lie.
type ComparedJob struct {
	Job    pipeline.Job
	Folder string
}

// Comparison is how two jobs differ.
type Comparison struct {
	Files []ComparedFile
	Notes []string // one sentence each: what was left out, guessed or differs otherwise
	// Findings are one sentence each, of a comparison with the vendor's files: a rule that
	// these follow, and the option that makes Sluice follow it.
	Findings []string
}

// ComparedFile are the rows of a file, by what became of them.
type ComparedFile struct {
	Name                               string
	Added, Changed, Removed, Unchanged int64
	OutOfWindow                        int64  // gone, and the later job did not ask for them
	Unproven                           int64  // gone, and the later job proves nothing
	Path                               string // of the file with the rows that differ
}

// Comparing is how far a comparison is.
type Comparing struct {
	File        string
	Done, Total int64 // bytes of that file, on both sides
}
