package csvfile

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
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
				// What is there already comes with the word that there is more.
				if first, err := f.Rows(ctx, 0, len(want)); !errors.As(err, &ne) || ne.Row != int64(len(first)) || len(first) == 0 || len(first) == len(want) {
					t.Fatalf("%d of %d rows before unpacking: %v", len(first), len(want), err)
				}
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
			if i := f.Info(); (i.Packed == "") != (name == "utf-16" || name == "utf-16, large") || i.Size != int64(len(c.disk)) || (i.Encoding == "UTF-16") != strings.HasPrefix(name, "utf-16") {
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
			if len(fi) != 1 || fi[0].Kind != Damaged || fi[0].Places[0].Offset != f.data().Size() || fi[0].Places[0].Row < n-1 {
				t.Fatalf("findings: %v", fi)
			}
			var damage *DamageError
			if err := f.Damage(); !errors.As(err, &damage) || damage.Text != f.data().Size() {
				t.Fatalf("damage: %v", err)
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
	if err := os.Remove(dir); err != nil {
		t.Fatal(err)
	}
	if n, want := indexed(t, f), int64(len(reference([]byte(makeCSV("plain", 24*block.Size, 1)), ','))-1); n != want {
		t.Fatalf("%d rows once there is room, want %d", n, want)
	}
}

// TestPackedLargeRecords: records larger than what is unpacked to open a file are
// whole, or not there yet; never cut.
func TestPackedLargeRecords(t *testing.T) {
	big := strings.Repeat("x", headSize+headSize/2)
	for name, text := range map[string]string{
		"header":       "id," + big + "\n1,a\n2,b\n",
		"row":          "id,body\n1," + big + "\n2,b\n",
		"quoted":       "id,body\n1,\"" + big + "\n\"\"" + big + "\"\n2,b\n",
		"no line ends": big,
	} {
		for form, disk := range map[string]string{"gzip": gzipped(t, text), "utf-16": asUTF16(text)} {
			f := openFile(t, writeFile(t, disk), WithCacheDir(t.TempDir()), WithCellLimit(1<<30), WithHeader(name != "no line ends"))
			want := reference([]byte(text), ',')
			if name != "no line ends" {
				equalRecords(t, name+", header", [][]string{f.Header()}, want[:1])
				want = want[1:]
			}
			rows, err := f.Rows(t.Context(), 0, 10)
			var ne *NotIndexedError
			if errors.As(err, &ne) {
				equalRecords(t, name+", before unpacking", fieldsOf(rows), want[:len(rows)])
				indexed(t, f)
				rows, err = f.Rows(t.Context(), 0, 10)
			}
			if err != nil {
				t.Fatalf("%s, %s: %v", name, form, err)
			}
			equalRecords(t, name, fieldsOf(rows), want)
		}
	}
	f, err := Open(t.Context(), writeFile(t, gzipped(t, "a,\""+strings.Repeat("x", maxHead)+"\"\n1,2\n")), WithCacheDir(""))
	if err == nil {
		f.Close()
	}
	if err == nil || !strings.Contains(err.Error(), "first record is larger than 16 MB") {
		t.Errorf("a first record that is too large: %v", err)
	}
}

// TestPackedCutMeanwhile: a file that is cut after it was opened is no file that ends
// there.
func TestPackedCutMeanwhile(t *testing.T) {
	large := makeCSV("plain", 48*block.Size, 1)
	for name, disk := range map[string]string{"gzip": gzipped(t, large), "utf-16": asUTF16(large)} {
		f := openFile(t, writeFile(t, disk), WithCacheDir(t.TempDir()))
		if err := os.Truncate(f.Path(), int64(len(disk)*9/10)); err != nil {
			t.Fatal(err)
		}
		f.StartIndex(t.Context())
		<-f.Done()
		if p := f.Progress(); p.Done || !errors.Is(p.Err, ErrChanged) || f.Damage() != nil {
			t.Errorf("%s: %+v, damage %v", name, p, f.Damage())
		}
	}
}

// TestPackedReadErrors: a text that could not be read for a while is read from its
// start the next time, and nothing of it is lost.
func TestPackedReadErrors(t *testing.T) {
	large := makeCSV("quoted", 48*block.Size, 1)
	want := int64(len(reference([]byte(large), ',')) - 1)
	for name, disk := range map[string]string{"gzip": gzipped(t, large), "utf-16": asUTF16(large)} {
		f := openFile(t, writeFile(t, disk), WithCacheDir(t.TempDir()))
		failing := errors.New("input/output error")
		f.packed.in.r = io.MultiReader(io.LimitReader(f.packed.in.r, int64(len(disk)/2)), iotest.ErrReader(failing))
		f.StartIndex(t.Context())
		<-f.Done()
		if p := f.Progress(); p.Done || !errors.Is(p.Err, failing) || f.Damage() != nil {
			t.Fatalf("%s: %+v, damage %v", name, p, f.Damage())
		}
		if n := indexed(t, f); n != want {
			t.Errorf("%s: %d rows once it can be read again, want %d", name, n, want)
		}
	}
}

// TestHalfPairsAreCounted: what is no UTF-16 is shown as U+FFFD, and said.
func TestHalfPairsAreCounted(t *testing.T) {
	disk := asUTF16("id,name\n1,a\n2,b") + "\x3d\xd8" + asUTF16("c\n3,d\n")[2:] + "x"
	f := openFile(t, writeFile(t, disk), WithCacheDir(""))
	if n := indexed(t, f); n != 4 {
		t.Fatalf("%d rows", n)
	}
	fi := f.Info().Findings
	if len(fi) != 2 || fi[1].Kind != EncodingTold || fi[0].Kind != Undecoded || fi[0].Count != 2 || fi[0].Places[0].Row != 1 {
		t.Errorf("findings %v", fi)
	}
}
