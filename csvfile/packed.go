package csvfile

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync/atomic"

	"sluice/csvfile/internal/block"
	"sluice/csvfile/internal/utf16"
)

const (
	// headSize is how much of a packed file's text can be read before all of it
	// has been unpacked.
	headSize = 1 << 20
	// unpackStep is how much is unpacked between two looks at the context.
	unpackStep = 1 << 20
)

// packed is a file whose text has to be made from the bytes on disk: unpacked
// from gzip, turned into UTF-8 from UTF-16, or both. The text goes into a spool
// file in the cache folder, since it must be readable at any place; nobody else
// can open the spool, and it is gone when the file is closed.
type packed struct {
	in     *counter // the bytes on disk
	text   io.Reader
	spool  *os.File
	head   []byte // the start of the text, until it is in the spool
	size   int64  // of the text so far
	ended  bool   // there is no more text
	damage error  // why it ended early
}

// counter counts the bytes read through it.
type counter struct {
	r io.Reader
	n atomic.Int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n.Add(int64(n))
	return n, err
}

// memory is text held in memory: all of a small packed file, or its start.
type memory struct {
	*bytes.Reader
	whole bool
}

func (m memory) Whole() bool { return m.whole }

// openPacked looks whether the file is packed, and if so reads the start of
// its text.
func (f *File) openPacked() error {
	f.info.Encoding = "UTF-8"
	start := make([]byte, 2)
	if n, _ := f.data().ReadAt(start, 0); n < len(start) {
		return nil // too short; reading the sample tells of errors
	}
	in := &counter{r: io.NewSectionReader(f.osFile, 0, f.info.Size)}
	text := bufio.NewReaderSize(in, 256<<10)
	if f.info.Compressed = bytes.Equal(start, []byte{0x1f, 0x8b}); f.info.Compressed {
		z, err := gzip.NewReader(text)
		if err != nil {
			return f.damaged(err)
		}
		text = bufio.NewReaderSize(z, 64<<10)
		start, _ = text.Peek(2) // an error comes again when the text is read
	}
	order, wide := utf16.OrderOf(start)
	if !wide && !f.info.Compressed {
		return nil
	}
	f.packed = &packed{in: in, text: text}
	if wide {
		f.info.Encoding, f.info.BOM = "UTF-16", true
		f.packed.text = utf16.NewReader(text, order)
	}
	return f.readHead()
}

func (f *File) damaged(err error) *OpenError {
	return &OpenError{Path: f.path, Reason: "it is packed with gzip, but damaged or cut", Err: err}
}

// readHead reads the start of the text into memory. When that is all of it, no
// spool is needed.
func (f *File) readHead() error {
	head, err := f.packed.next(make([]byte, headSize))
	if err != nil {
		return openError(f.path, err)
	}
	if f.packed.damage != nil && len(head) == 0 {
		return f.damaged(f.packed.damage)
	}
	f.packed.head, f.packed.size = head, int64(len(head))
	f.setData(memory{bytes.NewReader(head), f.packed.ended})
	return nil
}

// next fills buf with text; less only when the text ends, be it by damage.
func (p *packed) next(buf []byte) ([]byte, error) {
	n, err := 0, error(nil)
	for n < len(buf) && err == nil {
		var k int
		k, err = p.text.Read(buf[n:])
		n += k
	}
	var pe *os.PathError
	switch {
	case errors.As(err, &pe):
		return nil, err
	case err != nil && err != io.EOF:
		p.damage = err
	}
	p.ended = err != nil
	return buf[:n], nil
}

// trimHead cuts the start of a packed text behind its last whole record.
func (f *File) trimHead() {
	m, ok := f.data().(memory)
	if !ok || m.whole {
		return
	}
	text := f.packed.head[f.start:]
	if _, last, _ := block.Count(text, f.syn.Terminator, block.Outside, f.syn); last > 0 {
		f.setData(memory{bytes.NewReader(f.packed.head[:f.start+int64(last)]), false})
	}
}

// unpack makes the whole text of a packed file readable. It can be cancelled
// and goes on from there the next time. Damage ends the text, but is no error:
// it becomes a finding.
func (f *File) unpack(ctx context.Context) error {
	if f.packed == nil || f.data().Whole() {
		return f.noteDamage()
	}
	p := f.packed
	if p.spool == nil {
		if err := f.openSpool(); err != nil {
			return err
		}
	}
	buf := make([]byte, unpackStep)
	for !p.ended {
		if err := ctx.Err(); err != nil {
			return err
		}
		text, err := p.next(buf)
		if err != nil {
			return err
		}
		n, err := p.spool.WriteAt(text, p.size)
		p.size += int64(n)
		if err != nil {
			return fmt.Errorf("the unpacked text cannot be written to %s; there must be room for all of it: %w", f.spoolDir(), err)
		}
	}
	f.setData(fileData{p.spool, p.size})
	p.head = nil
	return f.noteDamage()
}

func (f *File) noteDamage() error {
	if f.packed != nil && f.packed.damage != nil {
		f.found.note(Damaged, Place{Row: -1, Offset: f.packed.size})
	}
	return nil
}

func (f *File) spoolDir() string {
	if f.cfg.cacheDir != "" {
		return f.cfg.cacheDir
	}
	return os.TempDir()
}

// openSpool creates the spool with the head in it.
func (f *File) openSpool() error {
	if err := os.MkdirAll(f.spoolDir(), 0o700); err != nil {
		return err
	}
	spool, err := os.CreateTemp(f.spoolDir(), "unpacked-*.partial") // mode 0600
	if err != nil {
		return err
	}
	// Where the system allows it the spool has no name from here on, so that
	// nothing is left of it whatever happens. Elsewhere close removes it.
	_ = os.Remove(spool.Name())
	f.packed.spool = spool
	if _, err = spool.WriteAt(f.packed.head, 0); err != nil {
		return err
	}
	return nil
}

func (p *packed) close() error {
	if p.spool == nil {
		return nil
	}
	err := p.spool.Close()
	if rerr := os.Remove(p.spool.Name()); rerr != nil && !errors.Is(rerr, os.ErrNotExist) {
		err = errors.Join(err, rerr)
	}
	return err
}
