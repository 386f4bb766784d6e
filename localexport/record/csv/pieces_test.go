package csv

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// FuzzPieces compares a field that comes in pieces with the same as a whole.
func FuzzPieces(f *testing.F) {
	f.Add([]byte("a,\r\nb"), uint8(3), uint8(0))
	f.Add([]byte("NULL"), uint8(1), uint8(0))
	f.Add([]byte("\r\r\n\n\x00"), uint8(1), uint8(1))
	f.Add([]byte(strings.Repeat("x\"\r\n\x00,", 30)), uint8(17), uint8(2))
	f.Fuzz(func(t *testing.T, b []byte, size, form uint8) {
		o := []Options{{}, {PreserveLineBreaks: true}, {Escape: `,"`}, {KeepNUL: true, Escape: "<br>"}}[form%4]
		whole := encoderOf(New(o))
		whole.Text([]byte("first,\x00"))
		whole.Text(b)
		whole.Text([]byte("\x00"))
		whole.EndRecord()
		want, wantColumns := taken(whole), slices.Clone(whole.TakeReplaced())

		for _, flush := range []bool{false, true} {
			e := encoderOf(New(o))
			var got bytes.Buffer
			e.Text([]byte("first,\x00"))
			e.BeginText()
			for piece := range slices.Chunk(b, int(size)+1) {
				e.Look(piece)
			}
			for piece := range slices.Chunk(b, int(size)+1) {
				e.Piece(piece)
				if flush {
					got.WriteString(taken(e))
					e.Reuse(nil)
				}
			}
			e.EndText()
			e.Text([]byte("\x00"))
			e.EndRecord()
			got.WriteString(taken(e))
			if got.String() != want {
				t.Errorf("in pieces of %d, flushed %v: %q, want %q", int(size)+1, flush, got.String(), want)
			}
			if columns := e.TakeReplaced(); !slices.Equal(columns, wantColumns) {
				t.Errorf("in pieces of %d, flushed %v: replaced in %v, want %v", int(size)+1, flush, columns, wantColumns)
			}
		}
	})
}

// TestReplacedIsTakenBack: only what stays in a record counts.
func TestReplacedIsTakenBack(t *testing.T) {
	e := encoderOf(New(Options{}))
	e.Int(1)
	mark := e.Mark()
	e.Text([]byte("\x00"))
	e.Rewind(mark)
	e.BeginText() // given up
	e.Look([]byte(","))
	e.Piece([]byte("\x00\r"))
	e.Rewind(mark)
	e.Text([]byte("a \"quoted, \x00\""))
	e.Text([]byte("\x00\x00"))
	if e.Replaced() {
		t.Error("a record that has not ended counts")
	}
	e.EndRecord()
	end := e.Mark()
	e.Text([]byte("\x00"))
	e.Rewind(end)
	e.Text([]byte("x"))
	e.EndRecord()
	if got := e.TakeReplaced(); !slices.Equal(got, []int{1, 2}) || e.Replaced() {
		t.Errorf("U+0000 was replaced in the columns %v, want 1 and 2", got)
	}
	if got, want := taken(e), "1,\"a \"\"quoted, \uFFFD\"\"\",\uFFFD\uFFFD\r\nx\r\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
