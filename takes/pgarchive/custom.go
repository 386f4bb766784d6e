package pgarchive

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"

	"sluice/takes/feed"
	"sluice/wording"
)

// types of blocks.
const (
	blockRows  = 1
	blockBlobs = 3
)

// ReadCustom hands the tables of an archive in the custom format to the sink. at,
// if not nil, is the file that r reads: blocks that are not needed are then passed
// over by their offsets, where the archive has them.
func ReadCustom(r io.Reader, at io.ReadSeeker, size int64, sink feed.Sink) (Info, error) {
	c, elements, err := readContents(r)
	if err != nil {
		return Info{}, err
	}
	if c.format != formatCustom {
		return Info{}, inFolder()
	}
	a := newArchive(c, sink)
	b := &blocks{archive: a, reader: elements}
	if at != nil && a.hasOffsets() {
		err = b.bySeeking(at, size)
	} else {
		err = b.inTurn()
	}
	return a.info(), err
}

func (a *archive) hasOffsets() bool {
	for _, e := range a.wanted {
		if e.offset < 0 {
			return false
		}
	}
	return true
}

// blocks reads the blocks of an archive.
type blocks struct {
	*archive
	*reader
}

// bySeeking goes to the blocks that are needed, in their order.
func (b *blocks) bySeeking(at io.ReadSeeker, size int64) error {
	entries := slices.SortedFunc(maps.Values(b.wanted), func(x, y *entry) int { return cmp.Compare(x.offset, y.offset) })
	buffer := bufio.NewReaderSize(nil, 256<<10)
	for _, e := range entries {
		if e.offset >= size {
			return b.missing()
		}
		if _, err := at.Seek(e.offset, io.SeekStart); err != nil {
			return wording.Errorf("find the rows of table %s: %w", e.tag, err)
		}
		buffer.Reset(at)
		b.reader.r = buffer
		kind, id := b.reader.byte(), b.reader.int()
		if b.reader.err != nil {
			return b.reader.cutOr(b.missing())
		}
		if kind != blockRows || id != e.id {
			return feed.Damaged("the rows of table %s are not at byte %d, where the table of contents says: the archive is damaged", e.tag, e.offset)
		}
		if err := b.block(e); err != nil {
			return err
		}
	}
	for _, e := range b.entries {
		if e.offset >= size {
			b.sink.Note(feed.Note{Doubt: true, Text: fmt.Sprintf("The archive is cut behind the tables that are needed (before %s).", e.tag)})
			break
		}
	}
	return nil
}

// inTurn reads all blocks, as an archive from a pipe needs it.
func (b *blocks) inTurn() error {
	for {
		var kind [1]byte
		if _, err := io.ReadFull(b.reader.r, kind[:]); err == io.EOF {
			return b.missing()
		} else if err != nil {
			return err
		}
		id := b.reader.int()
		if b.reader.err != nil {
			return b.cut()
		}
		var err error
		switch e := b.wanted[id]; {
		case kind[0] == blockRows && e != nil:
			err = b.block(e)
		case kind[0] == blockRows:
			err = b.skipChunks()
		case kind[0] == blockBlobs:
			err = b.skipBlobs()
		default:
			err = feed.Damaged("a block of the type %d, which is not known: the archive is damaged", kind[0])
		}
		if err != nil {
			return err
		}
	}
}

// block reads the rows of an entry from its block.
func (b *blocks) block(e *entry) error {
	chunks := &chunks{r: b.reader, name: e.tag}
	err := unpacked(chunks, b.packing, func(r io.Reader) error { return b.rows(e, r) })
	if err != nil {
		return err
	}
	// The packed data may end before the mark that ends the block.
	if n, err := io.Copy(io.Discard, chunks); err != nil {
		return err
	} else if n > 0 {
		return feed.Damaged("the block of table %s goes on behind its rows: the archive is damaged", e.tag)
	}
	delete(b.wanted, e.id)
	return nil
}

func (b *blocks) skipChunks() error {
	_, err := io.Copy(io.Discard, &chunks{r: b.reader, name: "a table that is not needed"})
	return b.beyond(err)
}

// skipBlobs skips large objects: the chunks of each behind its id, up to the
// id 0.
func (b *blocks) skipBlobs() error {
	for {
		id := b.reader.int()
		if b.reader.err != nil {
			return b.cut()
		}
		if id == 0 {
			return nil
		}
		if err := b.skipChunks(); err != nil {
			return err
		}
	}
}

// beyond lets the end of the archive within something that is not needed be, if
// all that is needed came before.
func (b *blocks) beyond(err error) error {
	if err == nil {
		return nil
	}
	if e := b.missing(); e != nil {
		return b.reader.cutOr(e)
	}
	return err
}

// cut says that the archive ends within a block, and what is missing by that.
func (b *blocks) cut() error {
	if err := b.missing(); err != nil {
		return b.reader.cutOr(err)
	}
	return b.reader.cutOr(feed.Damaged("the archive ends within a block: it was cut, or copied in part"))
}

// chunks is the content of a block, which comes in pieces with their lengths.
type chunks struct {
	r     *reader
	name  string
	left  int64
	ended bool
}

// Read implements io.Reader.
func (c *chunks) Read(p []byte) (int, error) {
	for c.left == 0 {
		if c.ended {
			return 0, io.EOF
		}
		n := c.r.int()
		if c.r.err != nil || n < 0 {
			return 0, c.cut()
		}
		c.left, c.ended = n, n == 0
	}
	if int64(len(p)) > c.left {
		p = p[:c.left]
	}
	n, err := c.r.r.Read(p)
	c.left -= int64(n)
	if err == io.EOF {
		err = nil
		if n == 0 {
			err = c.cut()
		}
	} else if err != nil {
		c.r.fail(err)
		err = c.r.err
	}
	return n, err
}

func (c *chunks) cut() error {
	return c.r.cutOr(feed.Damaged("the archive ends within the rows of %s: it was cut, or copied in part", c.name))
}
