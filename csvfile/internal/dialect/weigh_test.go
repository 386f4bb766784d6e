package dialect

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"sluice/csvfile/internal/record"
)

// TestClean: another delimiter in a cell speaks against the form, but not within quotes
// and not as the comma of a number.
func TestClean(t *testing.T) {
	form := Form{Delimiter: ';', Quote: '"'}
	for row, want := range map[string][]bool{
		"a;b\n":          {true, true},
		"a,b;1,5;x|y\n":  {false, true, false},
		"1;a,b;\"c,d\"":  {true, false, true},
		"1;;1,234.5;2\t": {true, true, true, true},
		"1;" + strings.Repeat("x", mostOfCell) + ",": {true, true}, // farther than is looked
	} {
		if fields, _, ok := record.Split([]byte(row), true, form.Syntax(), nil); !ok || len(fields) != len(want) {
			t.Fatalf("%q has %d fields", row, len(fields))
		} else {
			for i, f := range fields {
				if got := clean(f, []byte(row), form); got != want[i] {
					t.Errorf("cell %d of %q is clean: %v", i, row, got)
				}
			}
		}
	}
}

// TestRate: most records make the width of a table, the wider of two that are as many;
// empty lines make none.
func TestRate(t *testing.T) {
	for _, c := range []struct {
		counts       []int
		modal, first int
		share        float64
	}{
		{nil, 0, 0, 0},
		{[]int{0, 0}, 0, 0, 0},
		{[]int{1, 3, 3, 0, 3}, 3, 1, 0.75},
		{[]int{2, 3, 2, 3}, 3, 2, 0.5},
	} {
		var got candidate
		if got.rate(c.counts); got.modal != c.modal || got.first != c.first || got.share != c.share {
			t.Errorf("%v: %+v", c.counts, got)
		}
	}
}

// TestReaderSkips: what is left out at first may be more than one piece, and places are
// those of the source.
func TestReaderSkips(t *testing.T) {
	head, text := strings.Repeat("#", 100_000)+"\n", "a,\"b\n"
	for _, src := range []io.Reader{strings.NewReader(head + text), iotest.HalfReader(strings.NewReader(head + text))} {
		r := NewReader(src, backslash, int64(len(head)))
		out, err := io.ReadAll(r)
		if odd := r.Found(); err != nil || string(out) != "\"a\",\"b\n\"\n" || !odd.Unclosed || odd.UnclosedAt != int64(len(head)+2) || odd.Comments != 0 {
			t.Errorf("%q, %+v, %v", out, odd, err)
		}
	}
}
