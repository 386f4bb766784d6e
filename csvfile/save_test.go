package csvfile

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/csvfile/internal/block"
)

func TestSaveView(t *testing.T) {
	ctx := context.Background()
	for _, kind := range []string{"plain", "quoted", "foreign", "wide"} {
		t.Run(kind, func(t *testing.T) {
			content := makeCSV(kind, 20*block.Size, 31)
			content += `1000000,"` + strings.Repeat("big \"\"cell\"\"\n", 200_000) + `",=x` + "\n7,a,b" // a record larger than memory allows; no final newline
			all := reference([]byte(content), ',')
			f := openContent(t, content, WithWorkers(3))
			var last SaveProgress
			out := filepath.Join(t.TempDir(), "out.csv")
			p, err := SaveView(ctx, f, out, SaveOptions{}, func(p SaveProgress) { last = p })
			if err != nil {
				t.Fatal(err)
			}
			got := readAll(t, out)
			if want := strings.TrimSuffix(content, "\n") + "\n"; strings.ReplaceAll(got, "\r\n", "\n") != strings.ReplaceAll(want, "\r\n", "\n") {
				t.Fatal("the copy differs from the file")
			}
			if p != last || p.Rows != int64(len(all)-1) || p.Written != int64(len(got)) || p.Bytes != p.TotalBytes {
				t.Fatalf("progress %+v, last seen %+v, %d bytes", p, last, len(got))
			}
			v := filtered(t, f, Condition{Column: 0, Op: OpContains, Text: "7"})
			if _, err := SaveView(ctx, v, out, SaveOptions{SpreadsheetSafe: true, Columns: []int{2, 0}}, nil); err != nil {
				t.Fatal(err)
			}
			want := [][]string{{"body", "id"}}
			for _, r := range all[1:] {
				if len(r) > 0 && strings.Contains(r[0], "7") {
					body := ""
					if len(r) > 2 {
						body = r[2]
					}
					want = append(want, []string{body, r[0]})
				}
			}
			equalRecords(t, "saved view", reference([]byte(readAll(t, out)), ','), want)
		})
	}
}

func readAll(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestSaveSpreadsheetSafe(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out.csv")
	big := strings.Repeat("x", 3<<20)
	f := openContent(t, "\xef\xbb\xbfname;v\r\n=1+1;-5\r\n+a;-b\r\n@x;\"\ty\"\r\n1;2\r\n\r\n=\""+big+"\";\"@"+big+"\"\r\nlast;\"a;\"\"b\"\"\"")
	if _, err := SaveView(context.Background(), f, out, SaveOptions{SpreadsheetSafe: true, BOM: true}, nil); err != nil {
		t.Fatal(err)
	}
	want := "\xef\xbb\xbfname;v\r\n'=1+1;-5\r\n'+a;'-b\r\n'@x;'\ty\r\n1;2\r\n\r\n\"'=\"\"" + big + "\"\"\";\"'@" + big + "\"\r\nlast;\"a;\"\"b\"\"\"\r\n"
	if got := readAll(t, out); got != want {
		t.Fatalf("saved %.300q", got)
	}
	if st, err := os.Stat(out); err != nil || st.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v, %v", st.Mode(), err)
	}
}

func TestSaveLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "out.csv")
	f := openContent(t, makeCSV("plain", 3<<20, 1))
	ctx, cancel := context.WithCancel(context.Background())
	_, err := SaveView(ctx, f, out, SaveOptions{}, func(SaveProgress) { cancel() })
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("cancelled save: %v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Fatalf("left behind: %v, %v", left, err)
	}
	if _, err := SaveView(context.Background(), f, f.Path(), SaveOptions{}, nil); err == nil || !strings.Contains(err.Error(), "another name") {
		t.Fatalf("saving over the file itself: %v", err)
	}
	if _, err := SaveView(context.Background(), f, filepath.Join(dir, "no", "folder.csv"), SaveOptions{}, nil); !errors.Is(err, os.ErrNotExist) {
		t.Fatalf("saving into a missing folder: %v", err)
	}
	if !bytes.HasPrefix([]byte(readAll(t, f.Path())), []byte("id,")) {
		t.Fatal("the file itself was touched")
	}
}

// TestSaveOverWhatIsShown: the file that is shown is never replaced, whatever name
// it is given, and not touched by saving to a name like its own.
func TestSaveOverWhatIsShown(t *testing.T) {
	text := makeCSV("plain", 1<<20, 1)
	for _, disk := range []string{text, gzipped(t, text), asUTF16(text)} {
		dir := t.TempDir()
		path := filepath.Join(dir, "out.csv.partial") // as an export under way calls it
		if err := os.WriteFile(path, []byte(disk), 0o600); err != nil {
			t.Fatal(err)
		}
		t.Chdir(dir)
		names := []string{path, "out.csv.partial", filepath.Join(dir, "..", filepath.Base(dir), "out.csv.partial")}
		for name, link := range map[string]func(string, string) error{"soft.csv": os.Symlink, "hard.csv": os.Link} {
			if err := link(path, filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
			names = append(names, name)
		}
		f := openFile(t, path, WithCacheDir(t.TempDir()))
		for _, name := range names {
			if _, err := SaveView(t.Context(), f, name, SaveOptions{}, nil); !errors.Is(err, errShown) {
				t.Errorf("saving over %s: %v", name, err)
			}
		}
		if _, err := SaveView(t.Context(), f, "out.csv", SaveOptions{}, nil); err != nil {
			t.Errorf("saving beside it: %v", err)
		}
		if readAll(t, path) != disk || readAll(t, "out.csv") != text {
			t.Error("what is shown was written to, or not saved")
		}
		if err := os.Rename("out.csv", path); err != nil { // another file takes its name
			t.Fatal(err)
		}
		if _, err := SaveView(t.Context(), f, path, SaveOptions{}, nil); !errors.Is(err, errShown) {
			t.Errorf("saving over the file that has taken its name: %v", err)
		}
	}
}

// TestFailedSaveKeepsTheOld: a save that is cancelled or fails leaves the file of
// before.
func TestFailedSaveKeepsTheOld(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "out.csv")
	if err := os.WriteFile(out, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	f := openContent(t, makeCSV("plain", 3<<20, 1))
	ctx, cancel := context.WithCancel(t.Context())
	if _, err := SaveView(ctx, f, out, SaveOptions{}, func(SaveProgress) { cancel() }); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	indexed(t, f)
	if err := os.Truncate(f.Path(), 1<<20); err != nil {
		t.Fatal(err)
	}
	if _, err := SaveView(t.Context(), f, out, SaveOptions{}, nil); !errors.Is(err, ErrChanged) {
		t.Errorf("a file that was cut: %v", err)
	}
	if list, err := os.ReadDir(dir); err != nil || len(list) != 1 || readAll(t, out) != "old" {
		t.Errorf("left behind: %v, %v, %q", list, err, readAll(t, out))
	}
}
