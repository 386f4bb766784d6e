package confluence

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io"
	"strings"
	"testing"
	"time"

	"sluice/columns"
	"sluice/localexport/demo"
	"sluice/localexport/record"
	"sluice/localexport/record/csv"
	"sluice/localexport/snapshot"
)

// summed is CSV with a sum of its records at the end, which takes a state of its own to
// go on with; or, if it is whole, nothing is gone on with.
type summed struct {
	record.Format
	whole bool
}

func (f summed) Writer(w io.Writer, file columns.File, from *record.Position) (record.Writer, error) {
	s := &summing{to: w, whole: f.whole}
	var err error
	if from != nil {
		err = json.Unmarshal(from.State, &s.sum)
	}
	if err == nil {
		s.Writer, err = f.Format.Writer(w, file, from)
	}
	return s, err
}

type summing struct {
	record.Writer
	to    io.Writer
	whole bool
	sum   uint32
	end   int64
}

func (s *summing) Append(c record.Chunk) (record.Chunk, error) {
	s.sum = crc32.Update(s.sum, crc32.IEEETable, c.([]byte))
	return s.Writer.Append(c)
}

func (s *summing) Bytes() int64 { return s.Writer.Bytes() + s.end }

func (s *summing) Keep() (record.Position, bool, error) {
	p, _, err := s.Writer.Keep()
	if err == nil {
		p.State, err = json.Marshal(s.sum)
	}
	return p, !s.whole, err
}

func (s *summing) End() error {
	if err := s.Writer.End(); err != nil {
		return err
	}
	n, err := fmt.Fprintf(s.to, "%08x\r\n", s.sum)
	s.end = int64(n)
	return err
}

// TestFormatsGoOn: a file in a format with an end and a state of its own is gone on
// with from each state that was kept, and from none within the file if the format
// cannot. Its end counts among its bytes.
func TestFormatsGoOn(t *testing.T) {
	s, err := snapshot.Open(t.Context(), demoSnapshot(t, demo.Options{Pages: 300, Seed: 8}).Path())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	o := Options{From: time.Unix(0, 0), Workers: 2, TempDir: t.TempDir()}
	run := func(whole bool, from map[string]keptState) (*keeping, Result) {
		t.Helper()
		k := &keeping{from: from}
		r, err := exportAs(t.Context(), summed{csv.New(csv.Options{}), whole}, s, o, k.open, nil)
		if err != nil {
			t.Fatal(err)
		}
		return k, r
	}
	for _, whole := range []bool{false, true} {
		first, r := run(whole, nil)
		pages := first.files["pages"]
		_, records, _ := strings.Cut(pages.String(), "\r\n")
		if n := len(records) - len("00000000\r\n"); records[n:] != fmt.Sprintf("%08x\r\n", crc32.ChecksumIEEE([]byte(records[:n]))) ||
			r.Files[filePages].Bytes != int64(pages.Len()) {
			t.Errorf("pages have %d bytes and end with %q", r.Files[filePages].Bytes, records[n:])
		}
		if n := len(pages.kept); whole && n != 1 || !whole && n < 3 || !pages.kept[n-1].Done {
			t.Fatalf("whole %v: %d states were kept, of which the last is %+v", whole, n, pages.kept[n-1].State)
		}
		for _, state := range pages.kept {
			again, r := run(whole, map[string]keptState{"pages": state})
			if !bytes.Equal(again.files["pages"].Bytes(), pages.Bytes()) || r.Files[filePages].Bytes != int64(pages.Len()) {
				t.Errorf("whole %v: gone on with at %d, pages are others", whole, state.After)
			}
		}
	}
}
