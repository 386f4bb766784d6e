package product

import "sync/atomic"

// Counters are advanced while Validate and Export run and may be read by others at
// any time.
type Counters struct {
	Checked, CheckTotal atomic.Int64  // entries compared by Validate
	Sorted, SortTotal   atomic.Int64  // rows whose keys are sorted, about; 0 if none need be
	Files               []FileCounter // as in Product.Files
}

// NewCounters are counters for a product with so many files. How many records each
// will have is not known yet.
func NewCounters(files int) *Counters {
	c := &Counters{Files: make([]FileCounter, files)}
	for i := range c.Files {
		c.Files[i].Expected.Store(-1)
	}
	return c
}

// FileCounter counts one file.
type FileCounter struct {
	Rows     atomic.Int64 // data records written
	Bytes    atomic.Int64 // bytes written
	Expected atomic.Int64 // records that there will be, where they were counted; -1 where not
	State    atomic.Int32 // FileWaiting, FileWriting or FileDone

	// Ranges is into how many ranges of keys the reading is divided, and
	// RangesDone how many of them are written. Ranges is 0 until the first file
	// is begun. A range of one file takes about as long as one of another.
	Ranges, RangesDone atomic.Int64

	// Forecast is how many records there will be as far as the ranges that are
	// written tell; not above 0 while they do not.
	Forecast atomic.Int64
}

// The states of a file.
const (
	FileWaiting int32 = iota
	FileWriting
	FileDone
)
