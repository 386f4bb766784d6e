package csvfile

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"sluice/csvfile/internal/block"
	"sluice/fileident"
	"sluice/intake"
	"sluice/wording"
)

// File is an open CSV file. Its methods may be called from any goroutine.
type File struct {
	path     string
	cfg      config
	osFile   *os.File
	src      atomic.Pointer[data] // see data
	packed   *packed              // set if the bytes on disk are not the text that is scanned
	spool    *intake.Spool        // with the bytes of what is no file on disk; nil for one
	grower   grower               // where more comes from; nil for a file that is as long as it is
	first    firstLine            // of what comes
	ahead    window               // of the indexing of what comes
	soFar    atomic.Int64         // records of a text that is still coming, the header among them
	stages   stages               // between the bytes on disk and that text
	damage   atomic.Pointer[DamageError]
	replaced atomic.Int64 // see Replaced
	start    int64        // of the first record: behind the byte order mark
	syn      block.Syntax
	info     Info // what Open found
	header   []string
	skip     int64 // records before the first row: 1 with a header
	opened   fs.FileInfo
	state    fileident.ID              // when it was opened, without the digest of blocks
	key      atomic.Pointer[cacheHead] // what an index is kept by; set before the file is indexed
	idx      *index
	foreign  atomic.Bool  // quotes stand in the middle of fields
	tail     atomic.Int64 // 1 if the last record has no terminator; known when indexed
	windows  sync.Pool    // of *window

	life     context.Context // ends with Close
	end      context.CancelFunc
	indexing task
	checking task
	found    findings
	checkPos atomic.Int64 // bytes checked
	widest   atomic.Int64 // cells of the widest row that was checked
	lastRow  atomic.Int64 // number of rows, once reading has come to the end; -1 before
	// checkedBefore says that the index was kept with the findings of a check.
	checkedBefore atomic.Bool
	views         viewSet
}

// viewSet is the open views of a file, which end before the file does.
type viewSet struct {
	mu    sync.Mutex
	views map[openView]struct{}
}

// openView is a [View] or [Sorted].
type openView interface{ Close() }

func (s *viewSet) add(v openView) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.views == nil {
		s.views = map[openView]struct{}{}
	}
	s.views[v] = struct{}{}
}

func (s *viewSet) remove(v openView) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.views, v)
}

func (s *viewSet) all() []openView {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Collect(maps.Keys(s.views))
}

// Header returns the names of the columns: the first record, or "Column 1" and
// so on for a file without a header. An empty file has none.
func (f *File) Header() []string { return append([]string(nil), f.header...) }

// Path returns the name the file was opened by.
func (f *File) Path() string { return f.path }

// Close stops everything that runs in the background and closes the file.
func (f *File) Close() error {
	f.end()
	for _, v := range f.views.all() {
		v.Close()
	}
	f.checking.wait()
	f.indexing.wait()
	var err error
	if f.spool != nil {
		err = f.spool.Close()
	} else {
		err = f.osFile.Close()
	}
	if f.packed != nil {
		err = errors.Join(err, f.packed.close())
	}
	if err != nil && !errors.Is(err, os.ErrClosed) {
		return wording.Errorf("close %s: %w", f.path, err)
	}
	return nil
}

// Damage returns a *[DamageError] if the file is packed and damaged or cut, as far as
// it has been unpacked: when the index is complete, for certain. The rows that could
// be read are there, but others are missing, so no count or search is complete.
func (f *File) Damage() error {
	if d := f.damage.Load(); d != nil {
		return d
	}
	return nil
}

// Replaced returns how many times bytes that are no character of the file's encoding
// stand as U+FFFD in the text, as far as it has been read: at least in all rows that
// were returned. Once the index is complete a [Finding] tells where.
func (f *File) Replaced() int64 { return f.replaced.Load() }

// Changed reports whether the file on disk is no longer as it was opened: it was
// written to (also if its size and modification time are as before), or another file
// has taken its name. A file that is gone has changed. New access rights or a further
// hard link count as a change, too: the system does not tell them apart.
func (f *File) Changed() (bool, error) {
	if f.spool != nil {
		return false, nil // nobody else writes to it
	}
	if f.grower != nil { // which grows, and that is no change
		_, _, err := f.grower.State()
		return errors.Is(err, ErrChanged), nil
	}
	info, err := os.Stat(f.path)
	if err == nil && !info.Mode().IsRegular() {
		return true, nil
	}
	now, err := fileident.QuickOfPath(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return true, nil
	case err != nil:
		return false, wording.Errorf("look at %s: %w", f.path, err)
	}
	return !now.Agrees(f.state), nil
}

// TextSize is the size of the file's text in bytes, as far as it is known without reading
// all of it: of a packed file it is a guess, and too small rather than too large only if
// its text is packed to less than a tenth.
func (f *File) TextSize() int64 {
	if d := f.data(); d.Whole() || !f.stages.packed() {
		return max(d.Size(), f.info.Size)
	}
	return 10 * f.info.Size
}

// ModTime is the file's modification time when it was opened.
func (f *File) ModTime() time.Time { return f.opened.ModTime() }

// data is the text of the file. For a packed file it is at first only the start
// of it; an operation must therefore ask once and stay with what it got.
func (f *File) data() data { return *f.src.Load() }

func (f *File) setData(d data) { f.src.Store(&d) }

// window returns a window on the file's data, to be released after use.
func (f *File) window() *window {
	src := f.data()
	if w, ok := f.windows.Get().(*window); ok && w.src == src {
		return w
	}
	return &window{src: src}
}

func (f *File) release(w *window) {
	if cap(w.buf) <= 4*readAhead {
		f.windows.Put(w)
	}
}

var _ Source = (*File)(nil)
