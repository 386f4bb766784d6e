package csvfile

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
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
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
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
