package deliver

import (
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"sluice/deliver/target"
	"sluice/localexport/jobfiles"
	"sluice/pipeline"
	"sluice/redact"
)

var contents = map[string]string{
	"users_job12_2026.csv":     "user_id\n1\n",
	"pages_job12_2026.csv":     "page_id,title\n" + strings.Repeat("7,\"a title, with a comma\"\n", 50_000),
	"pages_job12_2026.parquet": "PAR1 not really PAR1",
}

// job is the folder of a finished job.
func job(t *testing.T, format string) string {
	t.Helper()
	dir := t.TempDir()
	m := jobfiles.Manifest{Format: jobfiles.ManifestFormat, Version: 1, Job: pipeline.Job{ID: 12, Status: pipeline.Completed}, Options: jobfiles.Options{Format: format}}
	for _, name := range []string{"users", "pages", "pages.parquet"} {
		file := strings.TrimSuffix(name, ".parquet") + "_job12_2026.csv"
		if strings.HasSuffix(name, ".parquet") {
			file = strings.Replace(file, ".csv", ".parquet", 1)
		}
		content := contents[file]
		sum := sha256.Sum256([]byte(content))
		m.Files = append(m.Files, jobfiles.ManifestFile{Name: name, File: file, Rows: int64(strings.Count(content, "\n")), Bytes: int64(len(content)), SHA256: hex.EncodeToString(sum[:])})
		write(t, filepath.Join(dir, file), content)
	}
	b, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, pipeline.ManifestName), string(b))
	return dir
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func folder(t *testing.T) (string, target.Target) {
	t.Helper()
	dir := t.TempDir()
	p, err := target.Folder(dir)
	if err != nil {
		t.Fatal(err)
	}
	return dir, p
}

// files are those below a folder, unpacked.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		var r io.Reader = f
		switch filepath.Ext(path) {
		case ".gz":
			r, err = gzip.NewReader(f)
		case ".zst":
			r, err = zstd.NewReader(f)
		}
		if err != nil {
			return err
		}
		b, err := io.ReadAll(r)
		name, _ := filepath.Rel(dir, path)
		all[filepath.ToSlash(name)] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestForms(t *testing.T) {
	from := job(t, "both")
	for _, c := range []struct {
		o    Options
		want []string // besides manifest and markers
	}{
		{Options{}, []string{"job=12/users_job12_2026.csv", "job=12/pages_job12_2026.csv", "job=12/pages_job12_2026.parquet"}},
		{Options{Pack: PackGzip}, []string{"job=12/users_job12_2026.csv.gz", "job=12/pages_job12_2026.csv.gz", "job=12/pages_job12_2026.parquet"}},
		{Options{Pack: PackZstd, Format: FormatCSV}, []string{"job=12/users_job12_2026.csv.zst", "job=12/pages_job12_2026.csv.zst"}},
		{Options{Layout: LayoutTable, Format: FormatParquet}, []string{"file=pages/job=12/pages_job12_2026.parquet"}},
		{Options{Layout: LayoutTable, Format: FormatCSV}, []string{"file=users/job=12/users_job12_2026.csv", "file=pages/job=12/pages_job12_2026.csv"}},
	} {
		dir, to := folder(t)
		r, err := Job(t.Context(), from, to, c.o)
		if err != nil {
			t.Errorf("%+v: %v", c.o, err)
			continue
		}
		got := files(t, dir)
		if got[r.Marker] == "" || len(r.Files) != len(c.want)+1 || r.Already {
			t.Errorf("%+v: %+v", c.o, r)
		}
		for _, name := range c.want {
			of := strings.TrimSuffix(strings.TrimSuffix(filepath.Base(name), ".gz"), ".zst")
			if got[name] != contents[of] {
				t.Errorf("%+v: %s is not as it was", c.o, name)
			}
			marker, marked := got[filepath.ToSlash(filepath.Join(filepath.Dir(name), "_SUCCESS"))]
			if !marked || marker != "" && filepath.Dir(name) != "job=12" {
				t.Errorf("%+v: marker beside %s: %t, %q", c.o, name, marked, marker)
			}
		}
		again, err := Job(t.Context(), from, to, c.o)
		if err != nil || !again.Already || again.Bytes != r.Bytes || len(again.Files) != len(r.Files) {
			t.Errorf("%+v, again: %+v, %v", c.o, again, err)
		}
	}
	_, to := folder(t)
	if r, err := Job(t.Context(), from, to, Options{Layout: LayoutTable}); err != nil || len(r.Notes) != 1 {
		t.Errorf("both formats in one folder: %q, %v", r.Notes, err)
	}
}

// TestWhatIsNotWhole is delivered again: a file that is gone or of another size, another
// form, or when somebody asks.
func TestWhatIsNotWhole(t *testing.T) {
	from := job(t, "")
	dir, to := folder(t)
	deliver := func(o Options) Result {
		t.Helper()
		r, err := Job(t.Context(), from, to, o)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	deliver(Options{})
	if err := os.Remove(filepath.Join(dir, "job=12", "users_job12_2026.csv")); err != nil {
		t.Fatal(err)
	}
	if r := deliver(Options{}); r.Already {
		t.Error("a file is gone, and nothing was done")
	}
	write(t, filepath.Join(dir, "job=12", "users_job12_2026.csv"), "x")
	if r := deliver(Options{}); r.Already || files(t, dir)["job=12/users_job12_2026.csv"] != contents["users_job12_2026.csv"] {
		t.Error("a file was changed, and nothing was done")
	}
	if r := deliver(Options{Again: true}); r.Already {
		t.Error("nothing was done again")
	}
	if r := deliver(Options{Format: FormatCSV}); r.Already {
		t.Error("another form counts as this")
	}
	write(t, filepath.Join(dir, "job=12", "_SUCCESS"), "")
	if r := deliver(Options{Format: FormatCSV}); r.Already {
		t.Error("a marker of another program counts")
	}
	write(t, filepath.Join(dir, "job=12", "_SUCCESS"), `{"version": 99}`)
	if _, err := Job(t.Context(), from, to, Options{}); err == nil || !strings.Contains(err.Error(), "newer Sluice") {
		t.Errorf("a marker of a newer version: %v", err)
	}
}

// startedAt changes when the job of a folder was started, and whether it is redacted.
func startedAt(t *testing.T, dir string, second int, redacted bool) string {
	t.Helper()
	m, err := jobfiles.ReadManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	m.Job.StartTime = pipeline.Time{Time: time.Unix(int64(second), 0).UTC()}
	if m.Redaction = nil; redacted {
		m.Redaction = &redact.Record{Profile: "gdpr"}
	}
	b, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, pipeline.ManifestName), string(b))
	return dir
}

// TestOtherJobOfTheSameNumber: each home counts its jobs from 1. What one has delivered is as
// it was after another of the same number was to go there, and so is what was redacted.
func TestOtherJobOfTheSameNumber(t *testing.T) {
	for says, other := range map[string]string{
		"another job 12, started 1970-01-01T00:00:01Z and not 1970-01-01T00:00:02Z": startedAt(t, job(t, "both"), 2, true),
		"the same job lies there, redacted":                                         startedAt(t, job(t, "both"), 1, false),
	} {
		for _, o := range []Options{{}, {Layout: LayoutTable, Format: FormatCSV}, {Pack: PackGzip, Again: true}} {
			dir, to := folder(t)
			first := startedAt(t, job(t, "both"), 1, true)
			if _, err := Job(t.Context(), first, to, o); err != nil {
				t.Fatal(err)
			}
			before := files(t, dir)
			if _, err := Job(t.Context(), other, to, o); err == nil || !strings.Contains(err.Error(), says) {
				t.Errorf("%+v: %v, want %s", o, err, says)
			}
			if after := files(t, dir); !maps.Equal(after, before) {
				t.Errorf("%+v: %s: the place has changed", o, says)
			}
			if _, err := Job(t.Context(), first, to, Options{Layout: o.Layout, Format: o.Format, Pack: PackZstd}); err != nil {
				t.Errorf("the same job in another form: %v", err)
			}
		}
	}
}

// TestPackedIsGone: a process that is killed leaves nothing of what it packed.
func TestPackedIsGone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("an open file keeps its name there")
	}
	temp := t.TempDir()
	p, err := PackZstd.file(t.Context(), strings.NewReader("a secret"), temp)
	if err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(temp); err != nil || len(left) != 0 {
		t.Errorf("%v, %v", left, err)
	}
	if b, err := io.ReadAll(p); err != nil || int64(len(b)) != p.bytes {
		t.Errorf("%d bytes of %d, %v", len(b), p.bytes, err)
	}
	if err := p.Close(); err != nil {
		t.Error(err)
	}
}

// TestFilesThatAreRefused: what is not as the manifest says is never delivered.
func TestFilesThatAreRefused(t *testing.T) {
	for says, spoil := range map[string]func(path string) error{
		"removed, or moved away": os.Remove,
		"changed since": func(path string) error {
			return os.WriteFile(path, []byte(strings.Replace(contents[filepath.Base(path)], "1", "2", 1)), 0o600)
		},
		"changed since the": func(path string) error { return os.Truncate(path, 3) },
	} {
		for _, pack := range []Pack{PackNone, PackZstd} {
			from := job(t, "")
			if err := spoil(filepath.Join(from, "users_job12_2026.csv")); err != nil {
				t.Fatal(err)
			}
			dir, to := folder(t)
			if _, err := Job(t.Context(), from, to, Options{Pack: pack}); err == nil || !strings.Contains(err.Error(), says) {
				t.Errorf("%s: %v", says, err)
			}
			if got := files(t, dir); len(got) > 0 {
				t.Errorf("%s: delivered %d files", says, len(got))
			}
		}
	}
	_, to := folder(t)
	if _, err := Job(t.Context(), t.TempDir(), to, Options{}); err == nil || !strings.Contains(err.Error(), "no folder of a finished job") {
		t.Errorf("no job: %v", err)
	}
}

// flaky is a place at which the nth operation that changes something fails, and all after it.
type flaky struct {
	target.Target
	left int
}

var errGone = errors.New("the share is gone")

func (f *flaky) fails() bool { f.left--; return f.left < 0 }

func (f *flaky) Put(ctx context.Context, name string, r io.Reader, size int64) error {
	if f.fails() {
		return errGone
	}
	return f.Target.Put(ctx, name, r, size)
}

func (f *flaky) Remove(ctx context.Context, name string) error {
	if f.fails() {
		return errGone
	}
	return f.Target.Remove(ctx, name)
}

// TestCutDeliveries: wherever a delivery ends, there is no marker but that of one that is
// whole, and the next one makes it whole.
func TestCutDeliveries(t *testing.T) {
	from := job(t, "")
	for _, layout := range []Layout{LayoutJob, LayoutTable} {
		for n := 0; ; n++ {
			dir, to := folder(t)
			o := Options{Layout: layout}
			if _, err := Job(t.Context(), from, to, Options{Layout: layout, Format: FormatCSV}); err != nil { // of before
				t.Fatal(err)
			}
			r, err := Job(t.Context(), from, &flaky{to, n}, o)
			if err == nil {
				if n < 6 {
					t.Errorf("%s: only %d operations", layout, n)
				}
				break
			}
			if !errors.Is(err, errGone) {
				t.Fatal(err)
			}
			if m, err := readMarker(t.Context(), to, r.Marker); err != nil || m != nil && n > 0 {
				t.Errorf("%s, cut before operation %d: there is a marker (%v)", layout, n, err)
			}
			whole, err := Job(t.Context(), from, to, o)
			if err != nil || whole.Already || files(t, dir)[whole.Marker] == "" {
				t.Errorf("%s, after operation %d: %+v, %v", layout, n, whole, err)
			}
		}
	}
}

// spoiling is a place that keeps something else than it was given.
type spoiling struct{ target.Target }

func (s spoiling) Put(ctx context.Context, name string, r io.Reader, size int64) error {
	b, err := io.ReadAll(r)
	if err != nil || len(b) == 0 {
		return errors.Join(err, s.Target.Put(ctx, name, strings.NewReader(string(b)), size))
	}
	b[len(b)/2] ^= 1
	return s.Target.Put(ctx, name, strings.NewReader(string(b)), size)
}

func TestASpoiledFileIsNoticed(t *testing.T) {
	_, to := folder(t)
	if r, err := Job(t.Context(), job(t, ""), spoiling{to}, Options{}); err == nil || !strings.Contains(err.Error(), "is not what was sent") {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestProgressAndCancel(t *testing.T) {
	_, to := folder(t)
	var seen []string
	var last Progress
	ctx, cancel := context.WithCancel(t.Context())
	o := Options{Progress: func(p Progress) {
		if last.Bytes > p.Bytes || p.Bytes > p.TotalBytes {
			t.Errorf("%+v after %+v", p, last)
		}
		if last = p; !slices.Contains(seen, p.File) {
			seen = append(seen, p.File)
		}
	}}
	if _, err := Job(ctx, job(t, ""), to, o); err != nil || last.Bytes != last.TotalBytes || last.Done != 4 || len(seen) != 4 {
		t.Errorf("%+v, %q, %v", last, seen, err)
	}
	last = Progress{}
	o.Again, o.Progress = true, func(p Progress) { cancel() }
	if _, err := Job(ctx, job(t, ""), to, o); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestPackedFilesLeaveNothing(t *testing.T) {
	temp := t.TempDir()
	_, to := folder(t)
	if _, err := Job(t.Context(), job(t, ""), to, Options{Pack: PackZstd, Temp: temp}); err != nil {
		t.Fatal(err)
	}
	if _, err := PackGzip.file(t.Context(), io.MultiReader(strings.NewReader("x"), errReader{}), temp); !errors.Is(err, errGone) {
		t.Error(err)
	}
	if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
}

type errReader struct{}

func (errReader) Read([]byte) (int, error) { return 0, fmt.Errorf("read: %w", errGone) }
