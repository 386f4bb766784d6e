package ends

import (
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

// TestEnds: what is said at the ends is found in whatever pieces the stream comes, and
// nothing that stands elsewhere.
func TestEnds(t *testing.T) {
	head := "-- Server 15.3\n-- Tool 16.1 \nSET x;\n-- Server 9\n"
	filler := strings.Repeat("1\tx\n", size)
	for name, wrap := range map[string]func(io.Reader) io.Reader{
		"at once": func(r io.Reader) io.Reader { return r }, "byte by byte": iotest.OneByteReader, "with its end": iotest.DataErrReader,
	} {
		e := NewReader(wrap(strings.NewReader(head + filler + "-- Server 1\n-- complete\n\n")))
		if n, err := io.Copy(io.Discard, e); err != nil || n < int64(len(filler)) {
			t.Fatal(n, err)
		}
		if got := e.Lines("-- Server ", "-- Tool "); !slices.Equal(got, []string{"15.3", "16.1", "9"}) {
			t.Errorf("%s: the head says %q", name, got)
		}
		if !e.EndsWith("-- complete") || e.EndsWith("SET x;") {
			t.Errorf("%s: the end is not what stands there", name)
		}
	}
}

// TestALineThatIsNotKeptWhole says nothing: half a version would be another one.
func TestALineThatIsNotKeptWhole(t *testing.T) {
	for _, c := range []struct {
		behind string
		want   []string
	}{{"2.34\n", nil}, {"", []string{"1"}}} {
		e := NewReader(strings.NewReader(strings.Repeat("\n", size-len("-- Server 1")) + "-- Server 1" + c.behind))
		if _, err := io.Copy(io.Discard, e); err != nil {
			t.Fatal(err)
		}
		if got := e.Lines("-- Server "); !slices.Equal(got, c.want) {
			t.Errorf("before %q: %q, want %q", c.behind, got, c.want)
		}
	}
}
