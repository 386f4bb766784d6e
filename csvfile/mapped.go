package csvfile

import (
	"os"
	"runtime"
	"runtime/debug"

	"sluice/wording"
)

// minMap is the least that is mapped at once.
const minMap = 256 << 10

// scanWindow returns a window for reading much of a file in order. It maps the
// file piece by piece where the system can do that, which spares the copying of
// read calls and yet keeps only a piece in the process's memory. What is read
// through it must be touched inside guard only, and the window closed.
func (f *File) scanWindow() *window {
	w := &window{src: f.data(), ahead: scanAhead}
	if d, ok := w.src.(fileData); ok && f.cfg.mapped {
		w.file = d.f
	} else if d, ok := w.src.(grown); ok && f.cfg.mapped {
		w.file = d.f
	}
	return w
}

// remap makes the window begin at off and hold n bytes by mapping them. false
// means that it cannot be done, now and for the future.
func (w *window) remap(off int64, n int) bool {
	w.unmap()
	base := off &^ int64(os.Getpagesize()-1)
	n = int(min(int64(max(n, minMap)), w.src.Size()-off))
	mem, err := mapFile(w.file, base, n+int(off-base))
	if err != nil {
		w.file, w.buf, w.off = nil, nil, 0
		return false
	}
	w.mem, w.buf, w.off = mem, mem[off-base:], off
	return true
}

// soon is at for n bytes that are read all over, in no order: they are asked for at once.
func (w *window) soon(off int64, n int) ([]byte, error) {
	b, err := w.at(off, n)
	if err == nil && len(b) < n {
		err = ErrChanged
	}
	if err == nil && w.mem != nil {
		willNeed(w.mem)
	}
	return b, err
}

func (w *window) unmap() {
	if w.mem != nil {
		_ = unmapFile(w.mem) // fails only for what is not mapped
		w.mem, w.buf = nil, nil
	}
}

// close gives back what the window has mapped.
func (w *window) close() { w.unmap() }

// guard runs work, which reads what the window has mapped. A file that is cut while
// it is mapped, or a disk that fails, then becomes an error instead of a crash.
func (w *window) guard(work func() error) error {
	if err := catchFaults(work); err != nil || w.mem == nil {
		return err
	}
	// No fault comes from the page in which a cut file ends: it has zeros there.
	if info, err := w.file.Stat(); err != nil {
		return err
	} else if info.Size() < w.src.Size() {
		return ErrChanged
	}
	return nil
}

func catchFaults(work func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		r := recover()
		if r == nil {
			return
		}
		if fault, ok := r.(interface {
			runtime.Error
			Addr() uintptr
		}); ok {
			err = wording.Errorf("%w (reading it failed: %v)", ErrChanged, fault)
			return
		}
		panic(r)
	}()
	return work()
}
