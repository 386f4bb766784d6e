package unpack

import (
	"bytes"
	"errors"
	"io"
	"sync/atomic"
	"testing"
	"testing/iotest"
)

// TestAheadGivesAllInOrder: more than fits its buffers, and then what ended it.
func TestAheadGivesAllInOrder(t *testing.T) {
	want := make([]byte, (2*aheadCount+1)*aheadSize+17)
	for i := range want {
		want[i] = byte(i ^ i>>8 ^ i>>16)
	}
	for _, end := range []error{io.EOF, io.ErrUnexpectedEOF, errors.New("the disk broke")} {
		for _, n := range []int{0, 1, aheadSize, len(want)} {
			a := Ahead(io.MultiReader(bytes.NewReader(want[:n]), iotest.ErrReader(end)))
			var got bytes.Buffer
			_, err := io.CopyBuffer(struct{ io.Writer }{&got}, a, make([]byte, 9000))
			if end == io.EOF {
				end = nil
			}
			if !bytes.Equal(got.Bytes(), want[:n]) || !errors.Is(err, end) {
				t.Errorf("%d bytes of %d, then %v: want %v", got.Len(), n, err, end)
			}
			if _, again := a.Read(make([]byte, 1)); again == nil || end != nil && !errors.Is(again, end) {
				t.Errorf("the end is told once: %v", again)
			}
			a.Close()
			if end == nil {
				end = io.EOF
			}
		}
	}
}

// TestAheadStopsWhenClosed: nothing is read any more, and nothing waits for ever.
func TestAheadStopsWhenClosed(t *testing.T) {
	var reads atomic.Int64
	a := Ahead(readFunc(func(p []byte) (int, error) {
		reads.Add(1)
		return len(p), nil
	}))
	if _, err := io.ReadFull(a, make([]byte, 3*aheadSize)); err != nil {
		t.Fatal(err)
	}
	a.Close()
	before := reads.Load()
	if a.Close(); reads.Load() != before || before > 3+aheadCount {
		t.Errorf("%d reads, then %d", before, reads.Load())
	}
}

type readFunc func(p []byte) (int, error)

func (f readFunc) Read(p []byte) (int, error) { return f(p) }
