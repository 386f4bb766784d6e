package csvfile

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
)

// spooled opens what a reader gives.
func spooled(t *testing.T, r io.Reader, opts ...Option) (*File, error) {
	t.Helper()
	opts = append(opts, WithCacheDir(t.TempDir()))
	spool, err := NewSpool("stream", r, -1, opts...)
	if err != nil {
		t.Fatal(err)
	}
	f, err := OpenSpool(t.Context(), spool, "stream", opts...)
	if err == nil {
		t.Cleanup(func() {
			if err := f.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	return f, err
}

// streamText is a text of several blocks, with records longer than one and quotes in the
// middle of cells.
func streamText() string {
	var b strings.Builder
	b.WriteString("id,name,text\n")
	for i := range 30_000 {
		switch {
		case i == 9_000:
			fmt.Fprintf(&b, "%d,long,\"%s\"\n", i, strings.Repeat("more, and\nmore ", 20_000))
		case i%1000 == 7:
			fmt.Fprintf(&b, "%d,5\" pipe,\"a \"\"word\"\"\"\n", i)
		default:
			fmt.Fprintf(&b, "%d,name %d,\"some, text\"\n", i, i%17)
		}
	}
	return b.String()
}

// TestAStreamIsAsTheFile: rows, counts, filters and searches of a stream are those of a file
// with the same bytes, however they come, and however they are packed.
func TestAStreamIsAsTheFile(t *testing.T) {
	text := streamText()
	path := filepath.Join(t.TempDir(), "whole.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	whole, err := Open(t.Context(), path, WithCacheDir(""))
	if err != nil {
		t.Fatal(err)
	}
	defer whole.Close()
	total := indexed(t, whole)
	for name, r := range map[string]io.Reader{
		"at once":      strings.NewReader(text),
		"in halves":    iotest.HalfReader(strings.NewReader(text)),
		"odd pieces":   &pieces{text, 977},
		"packed":       &pieces{gzipped(t, text), 501},
		"UTF-16":       strings.NewReader(asUTF16(text)),
		"packed again": strings.NewReader(gzipped(t, asUTF16(text))),
	} {
		t.Run(name, func(t *testing.T) {
			f, err := spooled(t, r)
			if err != nil {
				t.Fatal(err)
			}
			view, err := f.Filter(t.Context(), []Condition{{Column: 1, Op: OpEquals, Text: "name 3"}}) // begins while it comes
			if err != nil {
				t.Fatal(err)
			}
			if n := indexed(t, f); n != total {
				t.Errorf("%d rows, not %d", n, total)
			}
			<-view.Done()
			want, err := whole.Filter(t.Context(), []Condition{{Column: 1, Op: OpEquals, Text: "name 3"}})
			if err != nil {
				t.Fatal(err)
			}
			<-want.Done()
			n, final := view.Total()
			if m, _ := want.Total(); n != m || !final || view.Progress().Err != nil {
				t.Errorf("%d rows are filtered, not %d; final %v, %v", n, m, final, view.Progress().Err)
			}
			for _, at := range []int64{0, 8_999, total - 3} {
				got, err := f.Rows(t.Context(), at, 3)
				if err != nil {
					t.Fatal(err)
				}
				rows, err := whole.Rows(t.Context(), at, 3)
				if err != nil {
					t.Fatal(err)
				}
				equalRecords(t, fmt.Sprint("rows from ", at), fieldsOf(got), fieldsOf(rows))
			}
			q := Query{Text: "5\" pipe", Column: AllColumns}
			if n, err := f.CountHits(t.Context(), q, nil); err != nil || n != 30 {
				t.Errorf("%d hits, %v", n, err)
			}
			if !f.Info().Findings[0].Told() && f.Info().Findings[0].Kind != StrayQuote {
				t.Errorf("findings %v", f.Info().Findings)
			}
		})
	}
}

// pieces gives a text in pieces of a size.
type pieces struct {
	text string
	size int
}

func (p *pieces) Read(b []byte) (int, error) {
	if p.text == "" {
		return 0, io.EOF
	}
	n := copy(b[:min(len(b), p.size)], p.text)
	p.text = p.text[n:]
	return n, nil
}

// TestAStreamThatBreaksOff keeps what came and says so; one that sends nothing, or never
// a whole record, is left with its context.
func TestAStreamThatBreaksOff(t *testing.T) {
	broken := errors.New("connection reset")
	for _, text := range []string{"id,name\n1,x\n2,y\n", streamText()} {
		f, err := spooled(t, io.MultiReader(strings.NewReader(text), iotest.ErrReader(broken)))
		if err != nil {
			t.Fatal(err)
		}
		if n := indexed(t, f); n != int64(strings.Count(text, "\n")-1) && len(text) < 100 {
			t.Errorf("%d rows", n)
		}
		if err := f.Damage(); !errors.Is(err, broken) || !strings.Contains(err.Error(), "broke off") {
			t.Errorf("damage %v", err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	r, w := io.Pipe()
	spool, err := NewSpool("stream", r, -1, WithCacheDir(t.TempDir()))
	if err != nil {
		t.Fatal(err)
	}
	go func() { _, _ = w.Write([]byte("id,na")); cancel() }()
	if f, err := OpenSpool(ctx, spool, "stream"); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, error %v", f, err)
	}
	w.Close()
}

// TestAStreamIsStopped keeps what has come, and says that it is not all.
func TestAStreamIsStopped(t *testing.T) {
	r, w := io.Pipe()
	go func() { _, _ = w.Write([]byte(streamText())) }() // and no end
	f, err := spooled(t, r)
	if err != nil {
		t.Fatal(err)
	}
	f.StartIndex(t.Context())
	if err := f.WaitRow(t.Context(), 29_000); err != nil {
		t.Fatal(err)
	}
	if i := f.Info(); !i.Coming || i.Expected != 0 {
		t.Errorf("%+v", i)
	}
	f.StopComing()
	if n := indexed(t, f); n != 30_000 || f.Damage() == nil || !strings.Contains(f.Damage().Error(), "stopped") {
		t.Errorf("%d rows, %v", n, f.Damage())
	}
	if f.Info().Coming {
		t.Error("more is said to come")
	}
}

// TestAStreamWithoutText opens, as an empty file does.
func TestAStreamWithoutText(t *testing.T) {
	f, err := spooled(t, bytes.NewReader(nil))
	if err != nil {
		t.Fatal(err)
	}
	if n := indexed(t, f); n != 0 || len(f.Header()) != 0 {
		t.Errorf("%d rows, header %q", n, f.Header())
	}
}

// TestFollow: rows are there when their line ends are, a filter grows, and a file that is
// cut is said to have changed.
func TestFollow(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log.csv")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	write := func(s string) {
		if _, err := file.WriteString(s); err != nil {
			t.Fatal(err)
		}
	}
	write("id,kind\n1,a\n2,b\n3,")
	f, err := Open(t.Context(), path, WithFollow(), WithCacheDir(""))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	view, err := f.Filter(t.Context(), []Condition{{Column: 1, Op: OpEquals, Text: "a"}})
	if err != nil {
		t.Fatal(err)
	}
	f.StartIndex(t.Context())
	if n, final := f.Total(); n != 2 || final {
		t.Errorf("%d rows, final %v", n, final)
	}
	write("a\n4,a\n")
	if err := f.WaitRow(t.Context(), 3); err != nil {
		t.Fatal(err)
	}
	for n := int64(0); n < 3; n, _ = view.Total() {
		if err := f.waitIndex(t.Context(), closedSoon()); err != nil {
			t.Fatal(err)
		}
	}
	if hit, ok, err := f.FindNext(t.Context(), Query{Text: "a", Column: 1}, Position{Row: 2, Column: 1}); err != nil || !ok || hit.Row != 3 {
		t.Errorf("hit %v, %v, %v", hit, ok, err)
	}
	if p, err := ProfileColumn(t.Context(), f, 1, nil); err != nil || p.Rows != 4 {
		t.Errorf("%d rows are profiled, %v", p.Rows, err)
	}
	if changed, err := f.Changed(); changed || err != nil {
		t.Errorf("changed %v, %v", changed, err)
	}
	if err := file.Truncate(5); err != nil {
		t.Fatal(err)
	}
	<-f.Done()
	if changed, _ := f.Changed(); !changed || !errors.Is(f.Progress().Err, ErrChanged) {
		t.Errorf("changed %v, %v", changed, f.Progress().Err)
	}
	packed := filepath.Join(t.TempDir(), "a.csv.gz")
	if err := os.WriteFile(packed, []byte(gzipped(t, "id\n1\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), packed, WithFollow()); err == nil || !strings.Contains(err.Error(), "can be followed") {
		t.Errorf("a packed file: %v", err)
	}
}

// closedSoon is a channel that is closed: to look again.
func closedSoon() <-chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}
