package charset

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// TestWriter: a text is read as it was written, in whatever pieces, and what cannot be
// written is counted.
func TestWriter(t *testing.T) {
	for _, c := range []struct {
		encoding, text, want string
		replaced             int64
	}{
		{"windows-1252", "für 5 €, " + strings.Repeat("é", 50_000), "", 0},
		{"windows-1252", "a → b \U0001f642.", "a ? b ?.", 2},
		{"utf-16le", "für \U0001f642 \xff.", "für \U0001f642 ?.", 1},
		{"utf-32be", "\U0001f642" + strings.Repeat("x", 70_000), "", 0},
		{"shift_jis", "日本語 é", "日本語 ?", 1},
		{"gb18030", "日本語 \U0001f642 é", "", 0},
		{"iso-8859-1", "half a letter: \xe2\x82", "half a letter: ??", 2},
	} {
		for _, step := range []int{1, 3, 1000, 1 << 20} {
			t.Run(fmt.Sprint(c.encoding, step), func(t *testing.T) {
				e, err := Lookup(c.encoding, nil)
				if err != nil {
					t.Fatal(err)
				}
				var out bytes.Buffer
				w := NewWriter(&out, e)
				for rest := []byte(c.text); len(rest) > 0; {
					n := min(step, len(rest))
					if _, err := w.Write(rest[:n]); err != nil {
						t.Fatal(err)
					}
					rest = rest[n:]
				}
				if err := w.Flush(); err != nil {
					t.Fatal(err)
				}
				want := c.want
				if want == "" {
					want = c.text
				}
				if got, _ := readAll(t, out.Bytes(), e, 4096); got != want || w.Replaced() != c.replaced {
					t.Errorf("%.60q, %d replaced, want %.60q, %d", got, w.Replaced(), want, c.replaced)
				}
			})
		}
	}
}
