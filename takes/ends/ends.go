// Package ends keeps the first and last bytes of a stream that is read: dumps say
// there who wrote them, and that they are complete.
package ends

import (
	"bytes"
	"io"
	"strings"
)

// size is how much is kept of each end.
const size = 4096

// Reader reads a stream and keeps its ends.
type Reader struct {
	r           io.Reader
	first, last []byte
	beyond      bool // there is more than first
}

// NewReader returns a Reader of r.
func NewReader(r io.Reader) *Reader { return &Reader{r: r} }

// Read implements io.Reader.
func (e *Reader) Read(p []byte) (int, error) {
	n, err := e.r.Read(p)
	if !e.beyond {
		kept := min(n, size-len(e.first))
		e.first, e.beyond = append(e.first, p[:kept]...), kept < n
	}
	e.last = append(e.last, p[max(0, n-size):n]...)
	if extra := len(e.last) - size; extra > 0 {
		e.last = append(e.last[:0], e.last[extra:]...)
	}
	return n, err
}

// EndsWith reports whether the text stands in the last bytes that were read.
func (e *Reader) EndsWith(text string) bool { return bytes.Contains(e.last, []byte(text)) }

// Lines are what follows each of the prefixes, in the first lines that begin with
// one. A line that is not kept to its end says nothing.
func (e *Reader) Lines(prefixes ...string) []string {
	var found []string
	for line := range strings.Lines(string(e.first)) {
		if e.beyond && !strings.HasSuffix(line, "\n") {
			break
		}
		for _, prefix := range prefixes {
			if rest, ok := strings.CutPrefix(line, prefix); ok {
				found = append(found, strings.TrimSpace(rest))
			}
		}
	}
	return found
}
