package preview

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sluice/csvfile"
	"sluice/ui/preview/celltext"
)

// withFile runs body on a pane that shows a real file with that content.
func withFile(t *testing.T, name, content string, body func(b *bench)) {
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	withPath(t, path, body)
}

// withPath runs body on a pane that shows a real file.
func withPath(t *testing.T, path string, body func(b *bench)) {
	withPane(t, newFake(0), func(o *Options) {
		o.Explain = nil
		o.open = func(ctx context.Context, _ string, r csvfile.Reading, follow bool) (file, error) {
			opts := []csvfile.Option{csvfile.WithReading(r), csvfile.WithCellLimit(cellLimit), csvfile.WithCacheDir("")}
			if follow {
				opts = append(opts, csvfile.WithFollow())
			}
			f, err := csvfile.Open(ctx, path, opts...)
			if err != nil {
				return nil, err
			}
			return csvFile{f}, nil
		}
	}, body)
}

func TestAnOddFileIsShownAsItIs(t *testing.T) {
	odd := "id,text,note\r\n1,\"two\r\nlines\",\"says \"\"héllo\"\"\"\r\n2,a\x00b \xff,x\r\n3,short\r\n\r\n4,one,two,three\r\n5,\"never closed\r\n6,y\r\n"
	withFile(t, "odd.csv", odd, func(b *bench) {
		b.later(5 * time.Second)
		for i, want := range []string{"two¶lines", "a‹NUL›b ‹FF›", "short", noField, "one"} {
			if _, got := b.cell(int64(i), 1); got != want {
				t.Errorf("row %d shows %q, want %q", i+1, got, want)
			}
		}
		b.sees("4 ragged rows")
		b.sees("1 row with NUL bytes · 1 row not in UTF-8")
		b.sees("In row 6, at byte")
	})
}

func TestFilterFindProfileAndSaveOnAFile(t *testing.T) {
	var csv strings.Builder
	csv.WriteString("id,kind,when\n")
	for i := range 5000 {
		fmt.Fprintf(&csv, "%d,%s,2026-%02d-01T00:00:00Z\n", i, []string{"page", "blogpost"}[i%2], 1+i%12)
	}
	withFile(t, "some.csv", csv.String(), func(b *bench) {
		b.later(2 * time.Second)
		b.sees("of 5,000 · indexed 100 %")
		b.do(func() {
			b.p.Filter(csvfile.Condition{Column: 1, Text: "page"}, csvfile.Condition{Column: 2, Op: csvfile.OpTime, Min: "2026-07-01"})
		})
		b.later(time.Second)
		b.sees("rows 1–")
		b.sees("1,249 of 5,000 rows")
		b.do(func() { b.p.Find("4986") })
		b.later(time.Second)
		row, _ := b.focus()
		if label, text := b.cell(row, 0); label != "4,987" || text != "4986" {
			t.Errorf("found row %q with %q", label, text)
		}
		b.do(func() { b.p.side.profile(1) })
		b.later(time.Second)
		b.do(func() {
			if pr := b.p.side.column.known[1]; pr.Rows != 1249 || pr.Distinct != 1 {
				t.Errorf("the profile of the rows that match: %+v", pr)
			}
		})
		out := filepath.Join(t.TempDir(), "out.csv")
		b.do(func() {
			b.p.save.open()
			b.p.save.run(out)
		})
		b.later(time.Second)
		b.sees("Saved 1,249 rows")
		b.do(func() {
			if got := b.w.Canvas().Focused(); got != fyne.Focusable(b.p.grid) {
				t.Errorf("after saving the keyboard is on %T", got)
			}
		})
		saved, err := os.ReadFile(out)
		if n := strings.Count(string(saved), "\n"); err != nil || n != 1250 || strings.Contains(string(saved), "blogpost") {
			t.Errorf("%d lines were saved, %v", n, err)
		}
	})
}

func TestALongCellIsReadInFull(t *testing.T) {
	long := strings.Repeat("<p>word</p>", 4000) // 44,000 bytes
	withFile(t, "long.csv", "a,b\n1,"+long+"\n", func(b *bench) {
		b.do(func() { b.p.grid.Select(0, 1) })
		b.later(time.Second)
		b.sees("storage format · 44,000 characters")
		b.do(b.p.copier.cell)
		b.later(time.Second)
		if got := b.o.Clipboard.Content(); got != long {
			t.Errorf("copied %d bytes", len(got))
		}
	})
}

func TestAHugeCellIsShownInParts(t *testing.T) {
	long := strings.Repeat("0123456789", 200_000) // 2 MB
	withFile(t, "huge.csv", "a,b\n1,"+long+"\n", func(b *bench) {
		b.do(func() { b.p.grid.Select(0, 1) })
		b.later(time.Second)
		b.sees("the first 262 kB of 2.0 MB")
		for range 2 {
			b.do(b.p.side.cell.showMore)
			b.later(time.Second)
		}
		b.sees("2,000,000 characters")
	})
}

func TestNamesOfUsersComeFromTheJob(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("users_job7_2026_11_22T03_32_18Z.csv", "instance_url,user_id,user_name,user_fullname,user_email\r\nu,ff01,ana,Ana Lima,ana@example.com\r\nu,ff02,bot,,\r\n")
	write("spaces_job7_2026_11_22T03_32_18Z.csv", "space_key,space_name\r\nENG,Engineering\r\n")
	write("users_job77_2026_11_22T03_32_18Z.csv", "user_id,user_fullname\r\nff01,Somebody else\r\n")
	pages := write("pages_job7_2026_11_22T03_32_18Z.csv", "page_id\r\n")
	n, err := LoadNames(t.Context(), pages)
	if err != nil {
		t.Fatal(err)
	}
	if name, more, ok := n.User("ff01"); !ok || name != "Ana Lima" || more != "ana@example.com" {
		t.Errorf("ff01 is %q, %q", name, more)
	}
	if name, _, ok := n.User("ff02"); !ok || name != "bot" {
		t.Errorf("a user without a full name is %q", name)
	}
	if _, _, ok := n.User("ff03"); ok {
		t.Error("a user is known that is in no file")
	}
	if name, ok := n.Space("ENG"); !ok || name != "Engineering" {
		t.Errorf("ENG is %q", name)
	}
}

func TestLinesOfALargeTextAreCutInTheBackground(t *testing.T) {
	asked := 0
	l := layOut(strings.Repeat("word ", partBytes), 40)
	l.again = func() { asked++ }
	if before := len(l.lines); len(l.at(20)) != before || asked != 1 {
		t.Errorf("a large text was cut anew on the spot, asked %d times", asked)
	}
	small := layOut("some words that wrap", 40)
	if got := small.at(10); len(got) != len(celltext.Lines("some words that wrap", 10)) {
		t.Errorf("a small text has %d lines", len(got))
	}
}

// pack is a text packed with gzip.
func pack(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestADamagedArchiveSaysSo: what can be read is shown, and saved, with the word that
// rows are missing.
func TestADamagedArchiveSaysSo(t *testing.T) {
	var csv strings.Builder
	csv.WriteString("id,noise\n")
	noise := rand.NewChaCha8([32]byte{})
	for i := range 5000 {
		fmt.Fprintf(&csv, "%d,%x\n", i, noise.Uint64())
	}
	packed := pack(t, csv.String())
	withFile(t, "cut.csv.gz", packed[:len(packed)*3/4], func(b *bench) {
		b.sees("This packed file is damaged: it ends in the middle.") // at once
		b.later(2 * time.Second)
		b.sees("that can be read · indexed 100 %")
		b.sees("damaged: rows are missing")
		out := filepath.Join(t.TempDir(), "out.csv")
		b.do(func() { b.p.save.run(out) })
		b.later(time.Second)
		b.sees("all that can be read of a damaged file, and rows are missing")
		if saved, err := os.ReadFile(out); err != nil || !strings.HasPrefix(csv.String(), strings.TrimSuffix(string(saved), "\n")) || len(saved) < csv.Len()/2 {
			t.Errorf("saved %d bytes, %v", len(saved), err)
		}
	})
	withFile(t, "whole.csv.gz", packed, func(b *bench) {
		b.later(2 * time.Second)
		b.sees("of 5,000 · indexed 100 %")
		if texts := b.p.notices.texts(); len(texts) != 0 {
			t.Errorf("notices %v", texts)
		}
	})
}

// TestAPackedFileWhoseRowsComeLater: before all is unpacked the rows that are known
// are shown, and then the others; the pane never says that there are none.
func TestAPackedFileWhoseRowsComeLater(t *testing.T) {
	long := strings.Repeat("x", 3<<20)
	for _, first := range []string{"a,b\n1,2\n", "a,b\n"} {
		withFile(t, "long.csv.gz", pack(t, first+"7,"+long+"\n8,end\n"), func(b *bench) {
			if m := b.p.Message(); strings.Contains(m, "no rows") {
				t.Errorf("while it is unpacked, the pane says %q", m)
			}
			b.later(2 * time.Second)
			last := int64(strings.Count(first, "\n"))
			b.sees(fmt.Sprintf("of %d", last+1))
			if _, got := b.cell(last, 1); got != "end" {
				t.Errorf("the last row shows %q", got)
			}
			b.do(func() {
				if c := b.p.grid.Columns().At(1); last == 1 && c.Width < 200 {
					t.Errorf("the column of a cell of 3 MB is %v wide: it was laid out before there were rows", c.Width)
				}
			})
		})
	}
}

// TestARowOfTooManyCellsIsNamed: by the number that the table gives it.
func TestARowOfTooManyCellsIsNamed(t *testing.T) {
	withFile(t, "wide.csv", "a,b\n1,2\n"+strings.Repeat(",", csvfile.MaxCells)+"\n", func(b *bench) {
		b.later(time.Second)
		b.sees("Row 2, at byte 8 of the text, has more than 65,536 cells, which is more than is shown.")
	})
}
