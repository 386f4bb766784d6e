package unpack

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// blocks are what bzip2 -1 makes of blocksText: blocks of 100,000 bytes.
//
//go:embed testdata/blocks.bz2
var blocks []byte

// blocksText is a table of some blocks.
func blocksText() string {
	var b strings.Builder
	x := uint32(1)
	for i := range 22_000 {
		x = x*1664525 + 1013904223
		fmt.Fprintf(&b, "%d,page,%d,ENG\n", i, x>>27)
	}
	return b.String()
}

func unpackAll(packed []byte, workers int) (string, error) {
	r := newBzip2(bytes.NewReader(packed), workers)
	defer r.Close()
	text, err := io.ReadAll(r)
	return string(text), err
}

// TestBzip2Blocks: blocks that are unpacked by several goroutines give the text, in order, and
// streams behind each other, and zeros behind the last.
func TestBzip2Blocks(t *testing.T) {
	want := blocksText()
	if n := len(want) / 100_000; n < 3 {
		t.Fatalf("%d blocks", n)
	}
	small := packedForms(t)[Bzip2]
	for name, c := range map[string]struct {
		packed []byte
		want   string
	}{
		"one":     {blocks, want},
		"two":     {bytes.Join([][]byte{blocks, small, blocks}, nil), want + text + want},
		"padded":  {append(bytes.Clone(blocks), make([]byte, 700)...), want},
		"empty":   {[]byte("BZh9\x17\x72\x45\x38\x50\x90\x00\x00\x00\x00"), ""},
		"empties": {bytes.Join([][]byte{[]byte("BZh1\x17\x72\x45\x38\x50\x90\x00\x00\x00\x00"), small}, nil), text},
	} {
		for workers := 1; workers <= 8; workers *= 2 {
			if got, err := unpackAll(c.packed, workers); err != nil || got != c.want {
				t.Errorf("%s, %d workers: %d bytes, want %d, %v", name, workers, len(got), len(c.want), err)
			}
		}
	}
	r, err := Salvage(iotest.OneByteReader(bytes.NewReader(blocks)), Bzip2)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if got, err := io.ReadAll(iotest.HalfReader(r)); err != nil || string(got) != want {
		t.Errorf("%d bytes, %v", len(got), err)
	}
}

// TestBzip2Damage: what is cut or changed anywhere gives an error, and before it what one core
// gives out.
func TestBzip2Damage(t *testing.T) {
	for at := 0; at < len(blocks); at += 2999 {
		changed := bytes.Clone(blocks)
		changed[at] ^= 0x10
		for name, packed := range map[string][]byte{"cut": blocks[:at], "changed": changed, "followed": append(bytes.Clone(blocks), "text"...)} {
			got, err := unpackAll(packed, 3)
			var damage *Error
			if !errors.As(err, &damage) {
				t.Fatalf("%s at %d: %v", name, at, err)
			}
			if at%4 == 0 { // it takes long
				sameOfOneCore(t, packed, err)
			}
			serial, serr := io.ReadAll(bzip2.NewReader(bytes.NewReader(packed)))
			if serr == nil || got != string(serial) {
				t.Errorf("%s at %d: %d bytes, and one core gives %d, %v", name, at, len(got), len(serial), serr)
			}
		}
	}
}

// sameOfOneCore holds that one core says of damage what several do.
func sameOfOneCore(t *testing.T, packed []byte, want error) {
	t.Helper()
	r, err := Reader(bytes.NewReader(packed), Bzip2)
	if err == nil {
		defer r.Close()
		_, err = io.ReadAll(r)
	}
	if err == nil || err.Error() != want.Error() {
		t.Errorf("%v, and %v of one core", want, err)
	}
}

// TestBzip2OfAFailingDisk: an error of reading is not taken for damage, and nothing waits for
// ever for what nobody reads.
func TestBzip2OfAFailingDisk(t *testing.T) {
	for _, disk := range []error{errors.New("input/output error"), io.ErrUnexpectedEOF} {
		for _, n := range []int{0, 3, 5000, len(blocks) - 1, len(blocks)} {
			r := newBzip2(io.MultiReader(bytes.NewReader(blocks[:n]), iotest.ErrReader(disk)), 2)
			if _, err := io.ReadAll(r); err != disk {
				t.Errorf("%d bytes, then %v: %v", n, disk, err)
			}
			r.Close()
		}
	}
	r := newBzip2(bytes.NewReader(bytes.Repeat(blocks, 10)), 2)
	if _, err := r.Read(make([]byte, 1)); err != nil {
		t.Error(err)
	}
	r.Close()
	r.Close()
}

// TestBzip2ByChance: a pattern that stands inside of a block by chance cuts it into pieces that
// are no blocks, and gives the text all the same.
func TestBzip2ByChance(t *testing.T) {
	var pieces []bzipPiece
	s := bzipSplitter{r: newBuffered(blocks), emit: func(p bzipPiece) bool { pieces = append(pieces, p); return true }}
	if err := s.split(); err != io.EOF {
		t.Fatal(err)
	}
	b := &bunzipper{order: make(chan *bzipJob, 100), from: &packed{form: Bzip2}}
	for i, p := range pieces {
		halves := []bzipPiece{p}
		if i == 1 {
			one, two := p, p
			one.n = p.n/2 + 3
			two.n = p.n - one.n
			two.bytes, two.from = p.bytes[(p.from+one.n)/8:], (p.from+one.n)%8
			halves = []bzipPiece{one, two}
		}
		for _, h := range halves {
			j := &bzipJob{bzipPiece: h, done: make(chan struct{})}
			if !h.end {
				j.text, j.fail = unpackBlock(h.level, h.cut, h.bits)
			}
			close(j.done)
			b.order <- j
		}
	}
	b.order <- func() *bzipJob {
		j := &bzipJob{bzipPiece: bzipPiece{err: io.EOF}, done: make(chan struct{})}
		close(j.done)
		return j
	}()
	got, err := io.ReadAll(b)
	if err != nil || string(got) != blocksText() {
		t.Errorf("%d pieces: %d bytes, %v", len(pieces), len(got), err)
	}
}

func newBuffered(b []byte) *bufio.Reader { return bufio.NewReader(bytes.NewReader(b)) }
