package changes

import (
	"errors"
	"strconv"
	"strings"
	"testing"
)

// TestWrongGuessesAreFoundOut: what looks like rows in the middle of a cell, quotes that
// are data, and keys that come again at the end of a part change nothing.
func TestWrongGuessesAreFoundOut(t *testing.T) {
	rows := func(from, to int) string {
		var b strings.Builder
		for id := from; id < to; id++ {
			b.WriteString(strconv.Itoa(id) + ",\"" + strings.Repeat("text ", 9) + "\"\n")
		}
		return b.String()
	}
	const head = "page_id,x\n"
	like := strings.Repeat("7,z\n", 200_000) // as long as a guess looks
	for name, c := range map[string]struct {
		a, b string
		want Counts
	}{
		"cells like rows":    {rows(1, 100) + "100,\"" + like + "\"\n" + rows(101, 200), rows(1, 100) + "100,\"" + like + "!\"\n" + rows(102, 200), Counts{Changed: 1, Removed: 1, Unchanged: 197}},
		"quotes in fields":   {rows(1, 100) + "100,a\"b\n" + rows(101, 200), rows(1, 100) + "100,a\"c\n" + rows(101, 200), Counts{Changed: 1, Unchanged: 198}},
		"twins":              {rows(1, 50) + strings.Repeat("50,twin\n", 9_000) + rows(51, 90), rows(1, 50) + strings.Repeat("50,twin\n", 9_001) + rows(51, 90), Counts{Added: 1, Unchanged: 9_088}},
		"one behind another": {rows(1, 4_000), rows(8_000, 12_000), Counts{Added: 4_000, Removed: 3_999}},
	} {
		for _, size := range []int64{700, 20_000} {
			o := sided(t, "pages", head+c.a, head+c.b)
			o.Part = size
			if got, _, _ := compared(t, o); got != c.want {
				t.Errorf("%s in parts of %d: %+v, want %+v", name, size, got, c.want)
			}
		}
	}
}

// TestGuessing: files of everyday are compared without an index, and odd ones are not.
func TestGuessing(t *testing.T) {
	for text, want := range map[string]error{
		"page_id,x\n" + many(2_000):                                             nil,
		"page_id,x\n1,\"" + strings.Repeat("3,x\n", 4_000) + "\"\n2,x\n":        errGuess,
		"page_id,x\n" + strings.Repeat("1,\"a\"b\"\n", 3_000) + "2,\"c\"\"\"\n": errGuess,
		"page_id,x\n1,\"\"\n2,\"\"\n":                                           nil,
	} {
		a, b := opened(t, "pages", text), opened(t, "pages", text)
		c := &comparison{pair: newPair(a, b, proof{all: true}), workers: 2, part: 500, tell: func(int64) {}, unseen: true}
		if _, err := c.run(t.Context()); !errors.Is(unsure(err), want) {
			t.Errorf("%.30q: %v, want %v", text, err, want)
		}
		if a.file.Progress().Done {
			t.Errorf("%.30q: the index was made", text)
		}
	}
}
