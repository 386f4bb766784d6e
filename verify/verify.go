// Package verify compares the files of a job with what the job has written down
// about them: their sizes and SHA-256 checksums.
package verify

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"sluice/pipeline"
	"sluice/wording"
)

// State is what is known about a file.
type State int

// The states of a file.
const (
	NotVerified State = iota
	Verified          // size and checksum are those that the job wrote down
	Differs           // size or checksum are others
	Missing           // the file is not there
	Unreadable        // it is there and cannot be read
	NoChecksum        // the job wrote no checksum down
)

// Failed reports whether the file is not what the job wrote.
func (s State) Failed() bool { return s == Differs || s == Missing || s == Unreadable }

// Outcome is what was found out about a file.
type Outcome struct {
	State State
	Size  int64 // bytes found, of a file whose size differs
	Err   error // why it is unreadable
}

// Progress is a sample of the work. Outcomes has one element per file; it is the
// receiver's to keep.
type Progress struct {
	Outcomes    []Outcome
	Current     int   // index of the file that is read
	Done, Total int64 // bytes
}

const (
	blockSize = 1 << 20
	tellEvery = 100 * time.Millisecond
)

// Files compares each file with its Bytes and SHA256. It reads one block at a
// time, calls tell ten times a second and once at the end, and stops within one
// block when ctx ends: the files after that stay NotVerified, and the error is
// that of ctx. A file that fails is an outcome, not an error.
func Files(ctx context.Context, files []pipeline.File, tell func(Progress)) ([]Outcome, error) {
	return verify(ctx, files, tell, time.Now)
}

func verify(ctx context.Context, files []pipeline.File, tell func(Progress), now func() time.Time) ([]Outcome, error) {
	r := &run{outcomes: make([]Outcome, len(files)), tell: tell, block: make([]byte, blockSize), now: now}
	for _, f := range files {
		r.total += f.Bytes
	}
	var err error
	for i, f := range files {
		r.current = i
		before := r.done
		if r.outcomes[i], err = r.file(ctx, f); err != nil {
			break
		}
		r.done = before + f.Bytes
	}
	r.say()
	return r.outcomes, err
}

// run is one pass over the files.
type run struct {
	outcomes    []Outcome
	current     int
	done, total int64
	tell        func(Progress)
	told        time.Time
	block       []byte
	now         func() time.Time
}

func (r *run) say() {
	r.told = r.now()
	r.tell(Progress{Outcomes: append([]Outcome(nil), r.outcomes...), Current: r.current, Done: r.done, Total: r.total})
}

// file compares one file. The error is that of ctx alone.
func (r *run) file(ctx context.Context, want pipeline.File) (Outcome, error) {
	if err := ctx.Err(); err != nil {
		return Outcome{}, err
	}
	f, err := os.Open(want.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Outcome{State: Missing}, nil
	case err != nil:
		return Outcome{State: Unreadable, Err: err}, nil
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return Outcome{State: Unreadable, Err: err}, nil
	case info.IsDir():
		return Outcome{State: Unreadable, Err: wording.Errorf("%s is a folder", want.Path)}, nil
	case info.Size() != want.Bytes:
		return Outcome{State: Differs, Size: info.Size()}, nil
	case want.SHA256 == "":
		return Outcome{State: NoChecksum}, nil
	}
	sum, n, err := r.sum(ctx, f)
	switch {
	case ctx.Err() != nil:
		return Outcome{}, ctx.Err()
	case err != nil:
		return Outcome{State: Unreadable, Err: err}, nil
	case n != want.Bytes || !strings.EqualFold(sum, want.SHA256):
		return Outcome{State: Differs, Size: n}, nil
	}
	return Outcome{State: Verified, Size: n}, nil
}

// sum is the SHA-256 of what is read, in hexadecimal, and how much that was.
func (r *run) sum(ctx context.Context, f io.Reader) (string, int64, error) {
	h := sha256.New()
	read := int64(0)
	for {
		if err := ctx.Err(); err != nil {
			return "", read, err
		}
		n, err := f.Read(r.block)
		h.Write(r.block[:n])
		read += int64(n)
		r.done += int64(n)
		if r.now().Sub(r.told) >= tellEvery {
			r.say()
		}
		if errors.Is(err, io.EOF) {
			return hex.EncodeToString(h.Sum(nil)), read, nil
		}
		if err != nil {
			return "", read, err
		}
	}
}
