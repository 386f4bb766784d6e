package csvfile

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync/atomic"
	"time"

	"sluice/csvfile/internal/block"
	"sluice/csvfile/internal/charset"
	"sluice/csvfile/internal/dialect"
	"sluice/intake/unpack"
)

const (
	// headSize is how much of a packed file's text can be read before all of it
	// has been unpacked. It grows up to maxHead, until the first record is whole.
	headSize = 1 << 20
	maxHead  = 16 << 20
	// unpackStep is how much is unpacked between two looks at the context.
	unpackStep = 1 << 20
)

// stages are what lies between the bytes on disk and the text that is scanned: nothing,
// for the zero value.
type stages struct {
	container container
	encoding  charset.Encoding
	form      *dialect.Form // of a text that the scanner cannot read as it is
	skip      int64         // bytes of the text before the table, with form
}

// packed is a file whose text has to be made from the bytes on disk: unpacked, turned
// into UTF-8, written anew with another syntax. The text goes into a spool
// file in the cache folder, since it must be readable at any place; nobody else
// can open the spool, and it is gone when the file is closed.
type packed struct {
	in      *counter // the bytes on disk
	text    io.Reader
	slow    *patient        // reads text while it is still coming; nil for what is there
	decoded *charset.Reader // below text; nil if the text is UTF-8 on disk
	recast  *dialect.Reader // the same; nil if the scanner reads the text as it is
	closer  io.Closer       // of what unpacks; nil for none
	spool   *os.File
	head    []byte // the start of the text, until it is in the spool
	size    int64  // of the text so far
	ended   bool   // there is no more text
	again   bool   // reading failed: text has to be read from the start
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

// openPacked reads the start of the text through its stages.
func (f *File) openPacked() error {
	p := &packed{in: &counter{}}
	if err := f.openText(p); err != nil {
		return err
	}
	f.packed = p
	return f.readHead()
}

// openText begins to read the text of the file from its start.
func (f *File) openText(p *packed) error {
	if p.slow != nil { // it is read once more
		p.slow.leave()
		p.slow = nil
	}
	if p.closer != nil {
		_ = p.closer.Close()
		p.closer = nil
	}
	text, err := f.unpacked(f.life, p.in)
	if err != nil {
		return err
	}
	p.text = text
	if c, ok := text.(io.Closer); ok {
		p.closer = c
	}
	if !f.stages.encoding.IsUTF8() {
		p.decoded = charset.NewReader(p.text, f.stages.encoding)
		p.text = p.decoded
	}
	if f.stages.form != nil {
		p.recast = dialect.NewReader(p.text, *f.stages.form, f.stages.skip)
		p.text = p.recast
	}
	if f.Coming() {
		p.slow = newPatient(p.text, func() { f.countReplaced(p) })
	}
	return nil
}

// unreadable words an error that comes before any text.
func (f *File) unreadable(err error) *OpenError {
	var damage *unpack.Error
	if !errors.As(err, &damage) {
		return openError(f.path, err)
	}
	return &OpenError{Path: f.path, Reason: fmt.Sprintf("it is packed with %s, but damaged: %s; get the file again", damage.Form.Name(), damage.Reason), Err: err}
}

// readHead reads the start of the text into memory. When that is all of it, no
// spool is needed.
func (f *File) readHead() error {
	size := headSize
	if f.Coming() { // nobody is to wait for more than that
		size = sampleSize
	}
	head, err := f.readText(make([]byte, size), patience)
	if err != nil {
		return openError(f.path, err)
	}
	if damage := f.damage.Load(); damage != nil && len(head) == 0 {
		return f.unreadable(damage)
	}
	f.setHead(head)
	return nil
}

// growHead reads on until the head has some size, or is the whole text, or what is still
// coming keeps waiting.
func (f *File) growHead(size int) error {
	head := f.packed.head
	more, err := f.readText(make([]byte, max(0, size-len(head))), patience)
	if err != nil {
		return openError(f.path, err)
	}
	f.setHead(append(head, more...))
	return nil
}

func (f *File) setHead(head []byte) {
	f.packed.head, f.packed.size = head, int64(len(head))
	f.setData(memory{bytes.NewReader(head), f.packed.ended})
}

// waitText lets the next read of text that is still coming wait for more of it.
func (p *packed) waitText() {
	if p.slow != nil {
		p.slow.came = time.Time{}
	}
}

// readText fills buf with text; less only when the text ends, be it by damage, or
// reading fails, or while it is still coming a while has gone by since the first of it.
func (f *File) readText(buf []byte, while time.Duration) ([]byte, error) {
	p := f.packed
	n, tired, err := 0, false, error(nil)
	for n < len(buf) && err == nil && !tired {
		var k int
		if p.slow != nil {
			k, tired, err = p.slow.within(while, buf[n:])
		} else {
			k, err = p.text.Read(buf[n:])
		}
		n += k
	}
	switch damage := damageOf(err); {
	case err == nil:
	case err == io.EOF:
		p.ended = true
	case damage != nil:
		p.ended = true
		f.damage.Store(&DamageError{Path: f.path, Text: p.size + int64(n), Err: damage})
	default:
		p.again = true
		return buf[:n], err
	}
	if p.slow == nil {
		f.countReplaced(p)
	}
	return buf[:n], nil
}

// countReplaced tells how many bytes were no characters, while no text is read.
func (f *File) countReplaced(p *packed) {
	if p.decoded != nil {
		replaced, _ := p.decoded.Replaced()
		f.replaced.Store(replaced)
	}
}

// damageOf is what an error of reading text says about the file, nil if it is no damage.
func damageOf(err error) error {
	if damage := new(unpack.Error); errors.As(err, &damage) {
		return &damaged{damage}
	}
	if broken := new(brokenOff); errors.As(err, &broken) {
		return broken
	}
	return nil
}

// damaged says only what is wrong.
type damaged struct{ err *unpack.Error }

func (d *damaged) Error() string { return d.err.Reason }

func (d *damaged) Unwrap() error { return d.err }

// wholeHead makes the start of a packed text end behind its last whole record, and
// hold one at least: a record that is cut must not be taken for a whole one.
func (f *File) wholeHead(ctx context.Context) error {
	if f.packed == nil && f.grower != nil {
		return f.wholeStart(ctx)
	}
	for {
		m, ok := f.data().(memory)
		if !ok || m.whole {
			return nil
		}
		head := f.packed.head
		if _, last, _ := block.Count(head[f.start:], f.syn.Terminator, block.Outside, f.syn); last > 0 {
			f.setData(memory{bytes.NewReader(head[:f.start+int64(last)]), false})
			return nil
		}
		if len(head) >= maxHead {
			return &OpenError{Path: f.path, Reason: fmt.Sprintf("its first record is larger than %d MB, which is too much for that of a file that is packed, or not in UTF-8; unpack it, or save it as UTF-8, first", maxHead>>20)}
		}
		if err := ctx.Err(); err != nil {
			return openError(f.path, err)
		}
		f.packed.waitText()
		if err := f.growHead(2 * len(head)); err != nil {
			return err
		}
	}
}
