package csvfile

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestLinesBehindTheEnd: where as many lines are left out as there are, or the names of
// the columns stand behind the end, the table is empty, and that is said.
func TestLinesBehindTheEnd(t *testing.T) {
	skip := func(n int) Reading { return Reading{Skip: &n} }
	path := filepath.Join(t.TempDir(), "some.csv")
	for _, c := range []struct {
		text string
		r    Reading
		says string // "" if nothing is to be said
	}{
		{"a,b\n1,2\n3,4\n", skip(0), ""},
		{"a,b\n1,2\n3,4\n", skip(2), ""},
		{"a,b\n1,2\n3,4\n", skip(3), "3 lines are to be left out, and the file has 3 lines: nothing is left"},
		{"a,b\n1,2\n3,4\n", skip(10), "10 lines are to be left out, and the file has 3 lines: nothing is left"},
		{"a,b\n1,2\n3,4", Reading{HeaderRow: 3}, ""},
		{"a,b\n1,2\n3,4", Reading{HeaderRow: 4}, "3 lines are to be left out, and the file has 3 lines: nothing is left"},
		{"\xef\xbb\xbfa,b\n", skip(1), "one line is to be left out, and the file has one line: nothing is left"},
		{"", skip(1), "one line is to be left out, and the file has 0 lines: nothing is left"},
		{strings.Repeat("1,2\n", maxSample/2), skip(maxSample/2 - 1), "could be: no more of a file"},
	} {
		if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := Open(t.Context(), path, WithReading(c.r))
		if err != nil {
			t.Fatal(err)
		}
		var says []string
		for _, fi := range f.Info().Findings {
			if fi.Kind == BehindEnd {
				says = append(says, fi.Text())
			}
		}
		if c.says == "" && says != nil || c.says != "" && (len(says) != 1 || !strings.Contains(says[0], c.says)) {
			t.Errorf("%.20q, %+v: says %q, want %q", c.text, c.r, says, c.says)
		}
		f.Close()
	}
}

// TestTheQuoteIsNoDelimiter: what stands around cells in nearly every file cannot stand
// between them as well, unless another byte is said to stand around them.
func TestTheQuoteIsNoDelimiter(t *testing.T) {
	for _, c := range []struct {
		r  Reading
		ok bool
	}{
		{Reading{Delimiter: `"`}, false}, {Reading{Delimiter: "double"}, false}, {Reading{Comment: `"`}, false},
		{Reading{Delimiter: `"`, Quote: None}, true}, {Reading{Delimiter: `"`, Quote: "single"}, true},
		{Reading{Escape: `"`}, true}, {Reading{Delimiter: "'"}, true},
	} {
		if err := c.r.Check(); (err == nil) != c.ok {
			t.Errorf("%+v: %v", c.r, err)
		}
	}
}
