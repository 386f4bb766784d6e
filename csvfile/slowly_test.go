package csvfile

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"sluice/csvfile/internal/block"
)

// trickle gives a text that begins in some way and goes on with one line after another,
// never silent for long; once it is seen it gives its last line, and then nothing, without
// an end.
type trickle struct {
	begins, line, last string
	seen, stop         <-chan struct{}
}

func (r *trickle) Read(b []byte) (int, error) {
	if r.begins != "" {
		n := copy(b, r.begins)
		r.begins = r.begins[n:]
		return n, nil
	}
	tick := time.NewTimer(2 * time.Millisecond)
	defer tick.Stop()
	select {
	case <-tick.C:
		return copy(b, r.line), nil
	case <-r.stop:
		return 0, io.EOF
	case <-r.seen:
	}
	if r.last == "" {
		<-r.stop
		return 0, io.EOF
	}
	last := r.last
	r.last = ""
	return copy(b, last), nil
}

// packing packs what r gives piece by piece, so that each can be unpacked when it has come.
type packing struct {
	r io.Reader
	z interface {
		io.Writer
		Flush() error
	}
	out *bytes.Buffer
}

func (p *packing) Read(b []byte) (int, error) {
	if p.out.Len() == 0 {
		piece := make([]byte, 1<<10)
		n, err := p.r.Read(piece)
		if err != nil {
			return 0, err
		}
		if _, err := p.z.Write(piece[:n]); err != nil {
			return 0, err
		}
		if err := p.z.Flush(); err != nil {
			return 0, err
		}
	}
	return p.out.Read(b)
}

// packedAs is what r gives, packed in a form; as it is if it is none.
func packedAs(t *testing.T, form string, r io.Reader) io.Reader {
	out := &bytes.Buffer{}
	switch form {
	case "gzip":
		return &packing{r, gzip.NewWriter(out), out}
	case "zstd":
		z, err := zstd.NewWriter(out)
		if err != nil {
			t.Fatal(err)
		}
		return &packing{r, z, out}
	}
	return r
}

// TestWhatIsCountedCanBeRead: the index of what is still coming is ahead of what is shown for
// a moment; what it has counted by then is not counted yet for anybody who would read it.
func TestWhatIsCountedCanBeRead(t *testing.T) {
	r, w := io.Pipe()
	defer w.Close()
	go w.Write(bytes.Repeat([]byte("some name,7\n"), 1000))
	f, err := spooled(t, r)
	if err != nil {
		t.Fatal(err)
	}
	f.idx.append([]entry{makeEntry(1_000_000, block.Outside)})
	n, final := f.Total()
	if got, err := f.Rows(t.Context(), n-1, 1); final || err != nil || len(got) != 1 {
		t.Errorf("the last of %d rows that are counted: %d rows, %v", n, len(got), err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := f.WaitRow(ended, n); !errors.Is(err, context.Canceled) {
		t.Errorf("a row that is not there was waited for: %v", err)
	}
}

// TestASlowStreamShowsItsRows: what comes line by line is there to be seen before there is
// much of it, in whatever way it is written; and what follows is seen as it comes, not in
// large pieces.
func TestASlowStreamShowsItsRows(t *testing.T) {
	for name, begins := range map[string]string{
		"plain":         "id,name\n",
		"with comments": "id,name\n1,x\n# left out\n2,y\n",
		"escapes":       "id,name\n1,\"a \\\"b\\\", c\"\n2,\"d \\\"e\\\"\"\n",
		"UTF-16":        "id,name\n",
		"gzip":          "id,name\n",
		"zstd":          "id,name\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
			defer cancel()
			seen := make(chan struct{})
			r := &trickle{begins, "7,some name\n", "8,last\n", seen, ctx.Done()}
			if name == "UTF-16" {
				r.begins, r.line, r.last = asUTF16(r.begins), asUTF16(r.line)[2:], asUTF16(r.last)[2:]
			}
			spool, err := NewSpool("stream", packedAs(t, name, r), -1, WithCacheDir(t.TempDir()))
			if err != nil {
				t.Fatal(err)
			}
			f, err := OpenSpool(ctx, spool, "stream", WithCacheDir(t.TempDir()))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if size, _, _ := spool.State(); size >= sampleSize {
				t.Errorf("nothing is seen before %d bytes are there", size)
			}
			close(seen)
			f.StartIndex(ctx)
			for row := int64(0); ; row++ {
				if err := f.WaitRow(ctx, row); err != nil {
					t.Fatalf("the last row, behind which nothing comes and no end, is not seen: %v", err)
				}
				rows, err := f.Rows(ctx, row, 1)
				if err != nil {
					t.Fatal(err)
				}
				if rows[0].Fields[1] == "last" {
					break
				}
			}
		})
	}
}
