package window

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"sluice/takes/feed/feedtest"
)

// lines reads all lines of a window.
func lines(w *Window) (all []string, err error) {
	for {
		line, err := w.Line()
		if err == io.EOF {
			return all, nil
		}
		all = append(all, string(line))
		if err != nil {
			return all, err
		}
	}
}

// FuzzLines: lines are what stands between line feeds, in whatever pieces they come.
func FuzzLines(f *testing.F) {
	for _, text := range []string{"", "a", "a\n", "\n\na", "a\r\nb\n\x00\n", strings.Repeat("line\n", 40)} {
		f.Add(text, byte(1))
		f.Add(text, byte(200))
	}
	f.Fuzz(func(t *testing.T, text string, size byte) {
		w := New(&pieces{strings.NewReader(text), int(size)%7 + 1})
		w.buf = make([]byte, int(size)/7+1) // it grows as it must
		got, err := lines(w)
		want := strings.Split(text, "\n")
		if cut := want[len(want)-1] != ""; cut != (err == io.ErrUnexpectedEOF) || !cut && err != nil {
			t.Errorf("error %v", err)
		}
		if strings.Join(got, "\n") != strings.TrimSuffix(text, "\n") || w.Offset() != int64(len(text)) {
			t.Errorf("lines %q of %q, at %d", got, text, w.Offset())
		}
	})
}

// pieces gives a few bytes at once.
type pieces struct {
	r io.Reader
	n int
}

func (p *pieces) Read(b []byte) (int, error) { return p.r.Read(b[:min(len(b), p.n)]) }

func TestWhatIsLong(t *testing.T) {
	long := strings.Repeat("x", 3*firstSize)
	w := New(strings.NewReader("short\n" + long + "\nend"))
	if got, err := lines(w); err != io.ErrUnexpectedEOF || len(got) != 3 || got[1] != long {
		t.Errorf("%d lines, %v", len(got), err)
	}

	w = New(strings.NewReader("short\n" + long + "\n"))
	w.limit = firstSize
	if _, err := lines(w); !errors.Is(err, ErrTooLong) || !strings.Contains(err.Error(), "at byte 6:") {
		t.Errorf("a line beyond the limit: %v", err)
	}
	// What is passed is not kept: there is no limit for it.
	w = New(strings.NewReader(long + ";"))
	w.limit = firstSize
	n := 0
	if !w.UpTo(';', func(piece []byte) { n += len(piece) }) || n != len(long) || len(w.buf) > firstSize {
		t.Errorf("%d bytes were passed in a buffer of %d: %v", n, len(w.buf), w.Err())
	}
	if w.Skip(1); w.UpTo(';', nil) || w.Err() != nil {
		t.Errorf("a second ; was found, or an error: %v", w.Err())
	}
}

func TestTheMarkKeepsWhatIsRead(t *testing.T) {
	text := strings.Repeat("ab", firstSize)
	w := New(iotest.HalfReader(strings.NewReader("--" + text + "'")))
	w.Skip(2)
	w.Mark()
	if c, ok := w.Peek(len(text)); !ok || c != '\'' {
		t.Errorf("%q, %t far ahead", c, ok)
	}
	if !w.SkipTo('\'', '\\') || string(w.Marked()) != text || w.Offset() != int64(2+len(text)) {
		t.Errorf("%d bytes were marked, at byte %d", len(w.Marked()), w.Offset())
	}
	if _, ok := w.Peek(1); ok || w.SkipTo('"', '"') {
		t.Error("there is something behind the end")
	}
}

func TestTheFirstOfTwoBytes(t *testing.T) {
	for _, c := range []struct {
		text string
		at   int64 // -1 if none comes
	}{{"xx'y\\", 2}, {"xx\\y'", 2}, {"'", 0}, {"none", -1}, {"", -1}} {
		w := New(iotest.OneByteReader(strings.NewReader(c.text)))
		if found := w.SkipTo('\'', '\\'); found != (c.at >= 0) || found && w.Offset() != c.at {
			t.Errorf("%q: %t at %d", c.text, found, w.Offset())
		}
	}
}

func TestZerosAreNoDump(t *testing.T) {
	w := New(iotest.OneByteReader(strings.NewReader("a\nb\x00c\n")))
	w.ForbidZeros()
	got, err := lines(w)
	feedtest.Damaged(t, err, "a byte 0 at byte 3")
	if strings.Join(got, ",") != "a,b" {
		t.Errorf("lines %q", got)
	}
	if got, err := lines(New(strings.NewReader("b\x00c\n"))); err != nil || got[0] != "b\x00c" {
		t.Errorf("where they may be: %q, %v", got, err)
	}
}

// TestWhatEndsTheStream: an error comes behind what came before it, and is no end.
func TestWhatEndsTheStream(t *testing.T) {
	broken := errors.New("the disk broke")
	for name, wrap := range map[string]func(*Window){
		"read":    func(*Window) {},
		"decoded": func(w *Window) { w.Peek(2); w.Through(func(r io.Reader) io.Reader { return r }) },
		"decoded behind the error": func(w *Window) {
			w.Peek(9)
			w.Through(func(r io.Reader) io.Reader { return r })
		},
	} {
		w := New(io.MultiReader(strings.NewReader("a\nb"), iotest.ErrReader(broken)))
		wrap(w)
		if got, err := lines(w); !errors.Is(err, broken) || strings.Join(got, ",") != "a,b" || !errors.Is(w.Err(), broken) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	if _, err := New(silent{}).Line(); !errors.Is(err, io.ErrNoProgress) {
		t.Errorf("a reader that gives nothing for ever: %v", err)
	}
}

type silent struct{}

func (silent) Read([]byte) (int, error) { return 0, nil }

// TestThrough: what was read stays as it was, and the rest is decoded.
func TestThrough(t *testing.T) {
	w := New(strings.NewReader("set x;\nabc\n"))
	w.SkipTo(';', ';')
	w.Through(func(r io.Reader) io.Reader {
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		return bytes.NewReader(bytes.ToUpper(b))
	})
	if got, err := lines(w); err != nil || strings.Join(got, ",") != ";,ABC" || w.Offset() != 11 {
		t.Errorf("%q, %v at %d", got, err, w.Offset())
	}
}
