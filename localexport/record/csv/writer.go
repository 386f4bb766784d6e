package csv

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"sluice/columns"
	"sluice/localexport/record"
)

// gathered is how much is gathered before it is handed on: ranges with few records
// make small chunks.
const gathered = 1 << 17

const byteOrderMark = "\uFEFF"

// writer writes chunks one behind the other.
type writer struct {
	gather *bufio.Writer
	bytes  int64
}

var _ record.Writer = (*writer)(nil)

func newWriter(w io.Writer, mark bool, file columns.File, from *record.Position) (*writer, error) {
	out := &writer{gather: bufio.NewWriterSize(w, gathered)}
	if from != nil {
		out.bytes = from.Bytes
		return out, nil
	}
	begin := ""
	if mark {
		begin = byteOrderMark
	}
	n, err := out.gather.WriteString(begin + strings.Join(file.Names(), ",") + "\r\n")
	out.bytes = int64(n)
	return out, err
}

// Append implements record.Writer.
func (w *writer) Append(c record.Chunk) (record.Chunk, error) {
	b, ok := c.([]byte)
	if !ok {
		return nil, fmt.Errorf("a chunk of CSV is %T", c)
	}
	n, err := w.gather.Write(b)
	w.bytes += int64(n)
	if err != nil || cap(b) > chunkKeep {
		return nil, err
	}
	return c, nil
}

// Bytes implements record.Writer.
func (w *writer) Bytes() int64 { return w.bytes }

// Keep implements record.Writer: nothing but the bytes is needed.
func (w *writer) Keep() (p record.Position, ok bool, err error) {
	return record.Position{Bytes: w.bytes}, true, w.gather.Flush()
}

// End implements record.Writer.
func (w *writer) End() error { return w.gather.Flush() }
