package unpack

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"io"
	"sync"
)

// bunzipper reads bzip2 with several cores. Blocks do not depend on each other, and begin with
// a pattern of 48 bits: the packed bits are cut where it stands, and each block is unpacked as
// a stream of its own. The pattern may stand inside of a block by chance; what lies before it
// is then no block, and is unpacked together with what follows.
type bunzipper struct {
	from  *packed       // read by one goroutine; its error is known once there is no further piece
	order chan *bzipJob // in the order of the text
	stop  chan struct{}
	ended sync.WaitGroup
	once  sync.Once
	rest  []byte
	sum   uint32 // of the blocks of the stream so far
	err   error
}

// bzipJob is a piece that is being unpacked.
type bzipJob struct {
	bzipPiece
	done chan struct{}
	text []byte
	fail error
}

// newBzip2 begins to unpack with so many goroutines. The reader tells damage by an *[Error],
// behind what could be unpacked, and errors of r as they are.
func newBzip2(r io.Reader, workers int) *bunzipper {
	b := &bunzipper{from: &packed{Reader: r, form: Bzip2}, order: make(chan *bzipJob, workers), stop: make(chan struct{})}
	s := &bzipSplitter{r: bufio.NewReaderSize(b.from, 256<<10)}
	s.emit = func(p bzipPiece) bool {
		j := &bzipJob{bzipPiece: p, done: make(chan struct{})}
		select {
		case b.order <- j:
		case <-b.stop:
			return false
		}
		if p.end || p.err != nil {
			close(j.done)
			return true
		}
		b.ended.Go(func() {
			defer close(j.done)
			j.text, j.fail = unpackBlock(p.level, p.cut, p.bits)
		})
		return true
	}
	b.ended.Go(func() {
		defer close(b.order)
		err := s.split()
		if err == nil {
			err = io.EOF // nobody wants more
		}
		s.emit(bzipPiece{err: err})
	})
	return b
}

// unpackBlock unpacks a block, and returns what of its text comes before an error.
func unpackBlock(level byte, cut bool, pieces ...bits) ([]byte, error) {
	text := bytes.NewBuffer(make([]byte, 0, int(level-'0')*100_000+bytes.MinRead))
	_, err := text.ReadFrom(bzip2.NewReader(bytes.NewReader(bzipStream(level, cut, pieces...))))
	return text.Bytes(), err
}

func (b *bunzipper) Read(p []byte) (int, error) {
	for len(b.rest) == 0 {
		if b.err != nil {
			return 0, b.err
		}
		b.rest, b.err = b.next()
	}
	n := copy(p, b.rest)
	b.rest = b.rest[n:]
	return n, nil
}

// next is the text of the next block, and what ended it.
func (b *bunzipper) next() ([]byte, error) {
	j, ok := <-b.order
	if !ok {
		return nil, io.ErrClosedPipe
	}
	<-j.done
	switch {
	case j.err == io.EOF:
		return nil, io.EOF
	case j.err != nil:
		return nil, b.from.damaged(j.err)
	case j.end:
		sum := b.sum
		b.sum = 0
		if sum != j.sum {
			return nil, explain(bzip2.StructuralError("file checksum mismatch"))
		}
		return nil, nil
	}
	text, err := j.text, j.fail
	if err == nil && j.cut {
		err = io.ErrUnexpectedEOF
	}
	if err != nil && !j.cut {
		text, err = b.withNext(j)
	}
	if err != nil {
		return text, explain(err)
	}
	sum := uint32(j.at(bzipMagic, 32))
	b.sum = (b.sum<<1 | b.sum>>31) ^ sum
	return text, nil
}

// mostChance is how often the pattern may stand in one block by chance.
const mostChance = 4

// withNext unpacks a piece that is no block together with those that follow.
func (b *bunzipper) withNext(j *bzipJob) ([]byte, error) {
	pieces := []bits{j.bits}
	for range mostChance {
		next, ok := <-b.order
		if !ok || next.end || next.err != nil {
			break
		}
		<-next.done
		pieces = append(pieces, next.bits)
		if text, err := unpackBlock(j.level, next.cut, pieces...); err == nil {
			return text, nil
		}
	}
	return j.text, j.fail
}

// explain says what an error of unpacking means.
func explain(err error) error { return (&packed{form: Bzip2}).damaged(err) }

// Close ends the unpacking, and waits until nothing reads any more.
func (b *bunzipper) Close() error {
	b.once.Do(func() { close(b.stop) })
	b.ended.Wait()
	return nil
}
