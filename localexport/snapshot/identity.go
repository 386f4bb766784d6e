package snapshot

import (
	"errors"
	"fmt"
	"time"

	"sluice/figures"
	"sluice/fileident"
	"sluice/sqliteformat"
	"sluice/wording"
)

// Identity tells snapshots apart: it changes when the file changes, or is another
// one. It is comparable, and String is stable, so it can be the key of a stored
// verdict.
type Identity struct {
	File          fileident.ID
	ChangeCounter uint32 // bytes 24 to 27 of the header (SQLite file format, §1.3.8)
}

// String is that of the file, "-" and the change counter.
func (i Identity) String() string { return fmt.Sprintf("%v-%d", i.File, i.ChangeCounter) }

// Content is "size-change counter-digest of blocks": what stays when the file is
// copied, renamed or touched. Snapshots of the same content have the same rows.
func (i Identity) Content() string {
	return fmt.Sprintf("%d-%d-%x", i.File.Size, i.ChangeCounter, i.File.Digest)
}

// SameContent reports whether both have the same Content.
func (i Identity) SameContent(other Identity) bool { return i.Content() == other.Content() }

// Modified is when the file was written last, in UTC.
func (i Identity) Modified() time.Time { return time.Unix(0, i.File.Modified).UTC() }

// look finds the file that a path stands for, reads its header and refuses what is
// no snapshot, or not the whole of one.
func look(path string) (real string, h header, id Identity, err error) {
	f, err := openFile(path)
	if err != nil {
		return "", h, id, err
	}
	defer f.Close()
	if h, err = readHeader(path, f); err != nil {
		if real, e := sqliteformat.Real(path); e == nil && h.PageSize > 0 { // it is too short: perhaps in the midst of a change
			if e := checkSideFiles(path, real); e != nil {
				err = e
			}
		}
		return "", h, id, err
	}
	if id.File, err = fileident.Of(f); err != nil {
		return "", h, id, unreadable(path, err)
	}
	id.ChangeCounter = h.ChangeCounter
	if real, err = sqliteformat.Real(path); err != nil {
		return "", h, id, unreadable(path, err)
	}
	return real, h, id, checkSideFiles(path, real)
}

// checkSideFiles refuses a file whose newest changes are still in a file beside it:
// reading them would need writing, and leaving them out would lose data without a
// word.
func checkSideFiles(path, real string) error {
	p, err := sqliteformat.FindPending(real)
	switch {
	case err != nil:
		return unreadable(path, err)
	case p.Path == "":
		return nil
	case p.Log:
		return &FileError{path, fmt.Sprintf("is not complete: %d bytes of changes are still in %s", figures.N(p.Bytes), p.Path),
			wording.Of("close the program that writes it, or merge them on a copy of both files with: sqlite3 %s 'PRAGMA wal_checkpoint(TRUNCATE)'", real).String(), nil}
	}
	return &FileError{path, fmt.Sprintf("is not complete: an interrupted change is still in %s", p.Path),
		"wait until the program that writes it is done; if that was Sluice and it was killed, take the snapshot again, which undoes the change, else open a copy of both files once with sqlite3", nil}
}

// Identity tells the snapshot apart from others and from later states of the
// same file.
func (s *Snapshot) Identity() Identity { return s.identity }

// Unchanged returns an error if the file is no longer the one that was opened, so
// that what was read of it may be of two states. It reads some blocks of the file.
func (s *Snapshot) Unchanged() error {
	real, _, now, err := look(s.real)
	const again = "start again when nothing writes to it"
	if known := new(FileError); errors.As(err, &known) {
		if known.Err != nil { // of the system: nothing is known about the content
			return &FileError{s.path, known.Problem, known.Advice, known.Err}
		}
		return &FileError{s.path, wording.Of("was sound when it was opened, and now it %s", known.Problem).String(), again, err}
	}
	if err != nil {
		return wording.Errorf("look whether %s has changed: %w", s.path, err)
	}
	if real != s.real || now != s.identity {
		return &FileError{s.path, "was changed while it was read", again, nil}
	}
	return nil
}
