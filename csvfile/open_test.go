package csvfile

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestOpenDetects(t *testing.T) {
	for _, c := range []struct {
		name, content string
		want          Info
		header        []string
		rows          int64
	}{
		{"comma", "id,name\n1,a\n", Info{Delimiter: ',', LineEnding: "LF", HasHeader: true, Columns: 2}, []string{"id", "name"}, 1},
		{"semicolon crlf", "id;name, first\r\n1;a, b\r\n2;c\r\n", Info{Delimiter: ';', LineEnding: "CRLF", HasHeader: true, Columns: 2}, []string{"id", "name, first"}, 2},
		{"tab", "id\tname\n1\ta,b\n", Info{Delimiter: '\t', LineEnding: "LF", HasHeader: true, Columns: 2}, []string{"id", "name"}, 1},
		{"pipe", "id|name|x\n1|a,b|c\n", Info{Delimiter: '|', LineEnding: "LF", HasHeader: true, Columns: 3}, []string{"id", "name", "x"}, 1},
		{"bom", "\xef\xbb\xbf\"id\",name\n1,a\n", Info{Delimiter: ',', LineEnding: "LF", BOM: true, HasHeader: true, Columns: 2}, []string{"id", "name"}, 1},
		{"only bom", "\xef\xbb\xbf", Info{Delimiter: ',', LineEnding: "LF", BOM: true}, nil, 0},
		{"carriage returns", "id,name\r1,a\r2,b", Info{Delimiter: ',', LineEnding: "CR", HasHeader: true, Columns: 2}, []string{"id", "name"}, 2},
		{"header only", "id,name\n", Info{Delimiter: ',', LineEnding: "LF", HasHeader: true, Columns: 2}, []string{"id", "name"}, 0},
		{"header only, unended", "id,name", Info{Delimiter: ',', LineEnding: "LF", HasHeader: true, Columns: 2}, []string{"id", "name"}, 0},
		{"empty", "", Info{Delimiter: ',', LineEnding: "LF"}, nil, 0},
		{"one column", "name\na\nb\n", Info{Delimiter: ',', LineEnding: "LF", HasHeader: true, Columns: 1}, []string{"name"}, 2},
		{"separator line", "sep=;\r\na,b;c\r\n1;2\r\n", Info{Delimiter: ';', LineEnding: "CRLF", HasHeader: true, Columns: 2, SkippedLines: 1}, []string{"a,b", "c"}, 1},
		{"no separator line of quotes", "sep=\"\n1,2\n", Info{Delimiter: ',', LineEnding: "LF", HasHeader: true, Columns: 1}, []string{"sep=\""}, 1},
		{"no separator line", "sep=x,b\n1,2\n", Info{Delimiter: ',', LineEnding: "LF", HasHeader: true, Columns: 2}, []string{"sep=x", "b"}, 1},
		{"latin 1", "id,name\n1,gr\xf6\xdfer\n", Info{Delimiter: ',', LineEnding: "LF", Encoding: "Windows-1252", EncodingGuessed: true, HasHeader: true, Columns: 2}, []string{"id", "name"}, 1},
		{"no header", "1,2020-01-01T00:00:00Z,view\n2,2020-01-02T00:00:00Z,edit\n", Info{Delimiter: ',', LineEnding: "LF", Columns: 3}, []string{"Column 1", "Column 2", "Column 3"}, 2},
		{"years as header", "name,2019,2020\na,1,2\n", Info{Delimiter: ',', LineEnding: "LF", HasHeader: true, Columns: 3}, []string{"name", "2019", "2020"}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := openContent(t, c.content)
			c.want.Size, c.want.Encoding = int64(len(c.content)), cmp.Or(c.want.Encoding, "UTF-8")
			c.want.EncodingID, c.want.Quote, c.want.Widest = strings.ToLower(c.want.Encoding), '"', c.want.Columns
			got := f.Info()
			if got.Findings = nil; got.HeaderGuessed { // which others test
				got.HeaderGuessed = false
			}
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("info is %+v, want %+v", got, c.want)
			}
			if !slices.Equal(f.Header(), c.header) {
				t.Errorf("header is %q, want %q", f.Header(), c.header)
			}
			if n := indexed(t, f); n != c.rows {
				t.Errorf("%d rows, want %d", n, c.rows)
			}
			rows, err := f.Rows(context.Background(), 0, 10)
			if err != nil || int64(len(rows)) != c.rows {
				t.Errorf("Rows gave %d rows, %v", len(rows), err)
			}
		})
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	binary := make([]byte, 1000)
	for i := range binary {
		binary[i] = byte(i * 7)
	}
	for _, c := range []struct {
		name, path, want string
		is               error
	}{
		{"missing", filepath.Join(dir, "none.csv"), "there is no such file", fs.ErrNotExist},
		{"folder", dir, "it is a folder", nil},
		{"binary", write("b.csv", string(binary)), "binary file", nil},
		{"workbook", write("x.csv", "PK\x03\x04..."), "zip archive", nil},
		{"database", write("d.csv", "SQLite format 3\x00..."), "SQLite", nil},
		{"cut archive", write("c.csv.gz", "\x1f\x8b\x08\x00\x00"), "damaged", io.ErrUnexpectedEOF},
		{"bad archive", write("e.csv.gz", "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xff\xff\xff\xff"), "damaged", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Open(context.Background(), c.path)
			var oe *OpenError
			if !errors.As(err, &oe) || oe.Path != c.path || !strings.Contains(oe.Error(), c.want) {
				t.Fatalf("error is %v, want one about %q", err, c.want)
			}
			if c.is != nil && !errors.Is(err, c.is) {
				t.Fatalf("%v is not %v", err, c.is)
			}
		})
	}
}

func TestCellLimitAndCell(t *testing.T) {
	ctx := context.Background()
	long := strings.Repeat("0123456789äöü\"\n", 300_000) // 5 MB, streamed
	content := "a,b,c\nx,y,z\n1,\"" + strings.ReplaceAll(long, `"`, `""`) + "\",end\nlast,\"w\",v\n"
	f := openContent(t, content, WithCellLimit(12))
	rows, err := f.Rows(ctx, 1, 2)
	if err != nil {
		t.Fatal(err)
	}
	r := rows[0]
	if len(r.Fields) != 3 || r.Fields[1] != long[:12] || !r.Cut(1) || r.Size(1) != int64(len(long)) {
		t.Fatalf("cut cell is %q of %d bytes", r.Fields[1], r.Size(1))
	}
	if r.Cut(0) || r.Cut(2) || r.Fields[2] != "end" || r.Size(2) != 3 {
		t.Fatalf("the other cells are %q, %q", r.Fields[0], r.Fields[2])
	}
	if !slices.Equal(rows[1].Fields, []string{"last", "w", "v"}) {
		t.Fatalf("the row behind is %q", rows[1].Fields)
	}
	for col, want := range []string{"1", long, "end"} {
		rd, err := f.Cell(ctx, r, col)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(rd)
		if err != nil || string(got) != want {
			t.Fatalf("cell %d has %d bytes (%v), want %d", col, len(got), err, len(want))
		}
	}
	if s, size, err := f.CellString(ctx, r, 1, 11); s != long[:10] || size != int64(len(long)) || err != nil {
		t.Fatalf("CellString = %q, %d, %v", s, size, err)
	}
	if _, err := f.Cell(ctx, r, 3); err == nil {
		t.Fatal("cell 3 of 3 was read")
	}
}

func TestManyColumns(t *testing.T) {
	var b strings.Builder
	for r := range 50 {
		for c := range 2000 {
			if c > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, "r%dc%d", r, c)
		}
		b.WriteByte('\n')
	}
	f := openContent(t, b.String())
	rows, err := f.Rows(context.Background(), 48, 5)
	if err != nil || len(f.Header()) != 2000 || len(rows) != 1 || rows[0].Fields[1999] != "r49c1999" {
		t.Fatalf("%d columns, %d rows, %v", len(f.Header()), len(rows), err)
	}
}

func TestChanged(t *testing.T) {
	ctx := context.Background()
	path := writeFile(t, makeCSV("plain", 300<<10, 1))
	f := openFile(t, path)
	if changed, err := f.Changed(); changed || err != nil {
		t.Fatalf("unchanged file: %v, %v", changed, err)
	}
	if err := os.Truncate(path, 1000); err != nil {
		t.Fatal(err)
	}
	if changed, err := f.Changed(); !changed || err != nil {
		t.Fatalf("cut file: %v, %v", changed, err)
	}
	if _, err := f.Rows(ctx, 5000, 1); !errors.Is(err, ErrChanged) {
		t.Fatalf("reading a cut file: %v", err)
	}
	f.StartIndex(ctx)
	<-f.Done()
	if p := f.Progress(); p.Done || !errors.Is(p.Err, ErrChanged) {
		t.Fatalf("indexing a cut file: %+v", p)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if changed, err := f.Changed(); !changed || err != nil {
		t.Fatalf("removed file: %v, %v", changed, err)
	}
}

func TestIndexCancelAndResume(t *testing.T) {
	content := makeCSV("quoted", 3<<20, 4)
	f := openContent(t, content, WithWorkers(3))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	f.StartIndex(ctx)
	<-f.Done()
	if p := f.Progress(); p.Done || !errors.Is(p.Err, context.Canceled) {
		t.Fatalf("cancelled index: %+v", p)
	}
	if n, want := indexed(t, f), int64(len(reference([]byte(content), ','))-1); n != want {
		t.Fatalf("%d rows after resuming, want %d", n, want)
	}
}

// TestSeparatorLineOfABlock: what looks like a separator line and fills a block
// is a record like others.
func TestSeparatorLineOfABlock(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	if err := os.WriteFile(path, []byte("sep=;"+strings.Repeat("\r", 65530)+"\na;b\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.Rows(t.Context(), 0, 2)
	if err != nil || len(rows) != 1 || len(rows[0].Fields) != 2 || rows[0].Fields[1] != "b" {
		t.Errorf("%d rows, %v", len(rows), err)
	}
}
