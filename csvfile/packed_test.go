package csvfile

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"sluice/csvfile/internal/block"
)

func gzipped(t *testing.T, parts ...string) string {
	t.Helper()
	var b bytes.Buffer
	for _, p := range parts { // each part is a member of its own
		z := gzip.NewWriter(&b)
		if _, err := z.Write([]byte(p)); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

func asUTF16(s string) string {
	b := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return string(b)
}

func TestPacked(t *testing.T) {
	ctx := context.Background()
	small := "id,title,body\n1,ä,\"x\ny\"\n2,b,c"
	large := makeCSV("quoted", 24*block.Size, 1)
	for name, c := range map[string]struct{ disk, text string }{
		"small":          {gzipped(t, small), small},
		"empty":          {gzipped(t, ""), ""},
		"large":          {gzipped(t, large), large},
		"two members":    {gzipped(t, large[:1<<20], large[1<<20:]), large},
		"utf-16":         {asUTF16(small), small},
		"utf-16, large":  {asUTF16(large), large},
		"utf-16, packed": {gzipped(t, asUTF16(large)), large},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			f := openFile(t, writeFile(t, c.disk), WithCacheDir(dir))
			want := reference([]byte(c.text), ',')[min(1, len(c.text)):]
			if len(want) > 0 {
				first, err := f.Rows(ctx, 0, 2)
				if err != nil {
					t.Fatal(err)
				}
				equalRecords(t, "before unpacking", fieldsOf(first), want[:2])
			}
			if c.text == large {
				var ne *NotIndexedError
				if _, err := f.Rows(ctx, int64(len(want)-2), 1); !errors.As(err, &ne) || ne.Row != int64(len(want)-2) {
					t.Fatalf("a row not yet unpacked: %v", err)
				}
				if _, err := f.Tail(ctx, 1); !errors.As(err, &ne) {
					t.Fatalf("the tail before unpacking: %v", err)
				}
			}
			n, err := f.CountHits(ctx, Query{Text: "title 5", Column: 1}, nil)
			if hits := hitsIn(want, 1, func(s string) bool { return strings.Contains(s, "title 5") }); err != nil || n != int64(len(hits)) {
				t.Fatalf("%d hits, %v, want %d", n, err, len(hits))
			}
			if n := indexed(t, f); n != int64(len(want)) {
				t.Fatalf("%d rows, want %d", n, len(want))
			}
			rows, err := f.Rows(ctx, 0, len(want)+1)
			if err != nil {
				t.Fatal(err)
			}
			equalRecords(t, "all", fieldsOf(rows), want)
			if i := f.Info(); i.Compressed == (name == "utf-16" || name == "utf-16, large") || i.Size != int64(len(c.disk)) || (i.Encoding == "UTF-16") != strings.HasPrefix(name, "utf-16") {
				t.Fatalf("info %+v", i)
			}
			if p := f.Progress(); p.Bytes != int64(len(c.disk)) || p.TotalBytes != p.Bytes {
				t.Fatalf("progress %+v", p)
			}
			if err := f.Close(); err != nil {
				t.Fatal(err)
			}
			if left := cacheFiles(t, dir); len(left) != 0 {
				t.Fatalf("left behind: %v", left)
			}
		})
	}
}

// TestPackedDamaged: what can be unpacked of a cut or damaged file is shown, and
// the damage is told.
func TestPackedDamaged(t *testing.T) {
	large := makeCSV("plain", 24*block.Size, 1)
	disk := gzipped(t, large)
	flipped := []byte(disk)
	flipped[len(flipped)-5] ^= 1 // of the checksum
	for name, c := range map[string]string{
		"cut":          disk[:len(disk)*9/10],
		"cut at once":  disk[:len(disk)/10],
		"bad checksum": string(flipped),
	} {
		t.Run(name, func(t *testing.T) {
			f := openFile(t, writeFile(t, c), WithCacheDir(t.TempDir()))
			n := indexed(t, f)
			rows, err := f.Rows(context.Background(), n-2, 1)
			if err != nil || len(rows) != 1 || rows[0].Fields[0] != strings.Split(strings.Split(large, "\n")[n-1], ",")[0] {
				t.Fatalf("last whole row of %d: %v, %v", n, rows, err)
			}
			fi := f.Info().Findings
			if len(fi) == 0 || fi[0].Kind != Damaged || fi[0].Places[0].Offset != f.data().Size() {
				t.Fatalf("findings: %v", fi)
			}
		})
	}
}

func TestUnpackCancelAndResume(t *testing.T) {
	content := makeCSV("quoted", 24*block.Size, 2)
	f := openFile(t, writeFile(t, gzipped(t, content)), WithCacheDir(t.TempDir()))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	f.StartIndex(ctx)
	<-f.Done()
	if p := f.Progress(); p.Done || !errors.Is(p.Err, context.Canceled) {
		t.Fatalf("cancelled: %+v", p)
	}
	if n, want := indexed(t, f), int64(len(reference([]byte(content), ','))-1); n != want {
		t.Fatalf("%d rows after resuming, want %d", n, want)
	}
}

func TestUnpackWithoutRoom(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(dir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	f := openFile(t, writeFile(t, gzipped(t, makeCSV("plain", 24*block.Size, 1))), WithCacheDir(dir))
	f.StartIndex(context.Background())
	<-f.Done()
	if p := f.Progress(); p.Done || p.Err == nil || !strings.Contains(p.Err.Error(), dir) {
		t.Fatalf("no folder to unpack into: %+v", p)
	}
}
