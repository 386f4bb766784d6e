package jobfiles

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sluice/formats"
	"sluice/localexport/disk"
	"sluice/pipeline"
)

var (
	names   = []string{"users", "pages"}
	started = time.Date(2020, 9, 24, 5, 32, 18, 0, time.FixedZone("", 7200))
)

func newSet(t *testing.T, ctx context.Context) *Set {
	t.Helper()
	s, err := Create(ctx, Spec{Dir: filepath.Join(t.TempDir(), "7"), JobID: 7, Started: started, Names: names, Optional: []string{"rejected"}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func openFile(t *testing.T, s *Set, name string) *Writer {
	t.Helper()
	w, err := s.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// put writes a file of the set to its end.
func put(t *testing.T, s *Set, name, content string) {
	t.Helper()
	w := openFile(t, s, name)
	if _, err := io.WriteString(w, content); err != nil {
		t.Fatal(err)
	}
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
}

func TestFileName(t *testing.T) {
	if got := FileName("users", 124, started); got != "users_job124_2020_09_24T03_32_18Z.csv" {
		t.Errorf("FileName = %s", got)
	}
	if got := Dir("export", 124); got != filepath.Join("export", "124") {
		t.Errorf("Dir = %s", got)
	}
}

func TestLargeAndSmallWrites(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	s := newSet(t, t.Context())
	contents := map[string][]byte{}
	var writers sync.WaitGroup
	for _, name := range names {
		content := make([]byte, 6*bufferSize+random.IntN(bufferSize))
		for i := range content {
			content[i] = byte(random.Uint32())
		}
		contents[name] = content
		w := openFile(t, s, name)
		sizes := rand.New(rand.NewPCG(3, 4))
		writers.Go(func() {
			scratch := make([]byte, 3*bufferSize)
			for rest := content; len(rest) > 0; {
				n := copy(scratch[:1+sizes.IntN(len(scratch))], rest)
				if got, err := w.Write(scratch[:n]); got != n || err != nil {
					t.Errorf("Write = %d, %v, want %d", got, err, n)
					return
				}
				clear(scratch[:n]) // Write must have taken over what it was given
				rest = rest[n:]
			}
			if err := w.Commit(); err != nil {
				t.Error(err)
			}
		})
	}
	writers.Wait()
	written, err := s.Wait(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range names {
		sum := sha256.Sum256(contents[name])
		want := Written{Name: name, File: FileName(name, 7, started), Bytes: int64(len(contents[name])), SHA256: hex.EncodeToString(sum[:])}
		if diff := cmp.Diff(want, written[i]); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if b, err := os.ReadFile(filepath.Join(s.Dir, written[i].File+PartialSuffix)); err != nil || !bytes.Equal(b, contents[name]) {
			t.Errorf("%s on disk differs from what was written: %v", name, err)
		}
	}
}

func TestNamesArePartialUntilTheEnd(t *testing.T) {
	s := newSet(t, t.Context())
	w := openFile(t, s, "users")
	if _, err := io.WriteString(w, "id\r\n"); err != nil {
		t.Fatal(err)
	}
	files, err := List(s.Dir, names)
	want := []pipeline.File{{Name: "users", Path: filepath.Join(s.Dir, FileName("users", 7, started)+PartialSuffix), Rows: -1}}
	if diff := cmp.Diff(want, files); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if _, err := s.Wait(t.Context()); err == nil || !strings.Contains(err.Error(), "users was not written to its end") {
		t.Errorf("Wait: %v", err)
	}
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Wait(t.Context()); err == nil || !strings.Contains(err.Error(), "pages was not written to its end") {
		t.Errorf("Wait without pages: %v", err)
	}
	put(t, s, "pages", "")
	if _, err := s.Wait(t.Context()); err != nil {
		t.Errorf("Wait: %v", err)
	}
	files, err = List(s.Dir, names)
	if err != nil || len(files) != 2 || files[0].Complete || files[1].Complete || files[0].Bytes != 4 || files[0].Rows != -1 {
		t.Errorf("files = %+v, %v", files, err)
	}
}

func TestFilesOfASet(t *testing.T) {
	s := newSet(t, t.Context())
	if _, err := s.Open("attachments"); err == nil {
		t.Error("a file that is not of the set was opened")
	}
	put(t, s, "users", "x")
	if _, err := s.Open("users"); err == nil {
		t.Error("a file was opened twice")
	}
	if _, err := Create(t.Context(), s.Spec); !errors.Is(err, fs.ErrExist) {
		t.Errorf("second set in the folder: %v, want fs.ErrExist", err)
	}
}

// making is the machine's disk with files of a test's own.
type making struct {
	disk.Real
	create func(path string) (disk.File, error)
}

func (m making) Create(path string) (disk.File, error) { return m.create(path) }

// scripted is a file whose writes and syncs do what a test says.
type scripted struct {
	write, sync func() error
}

func (d scripted) Write(p []byte) (int, error)            { return len(p), d.write() }
func (d scripted) WriteAt(p []byte, _ int64) (int, error) { return len(p), d.write() }
func (d scripted) Sync() error                            { return d.sync() }
func (d scripted) Close() error                           { return nil }
func (d scripted) StartWriteback(_, _ int64)              {}

func fine() error { return nil }

func TestFullDisk(t *testing.T) {
	full := errors.New("no space left on device")
	for name, d := range map[string]scripted{
		"write": {func() error { return full }, fine},
		"sync":  {fine, func() error { return full }},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSet(t, t.Context())
			s.Disk = making{create: func(string) (disk.File, error) { return d, nil }}
			w := openFile(t, s, "users")
			var err error
			for range 2 * buffersPerFile { // more than the buffers hold
				if _, err = w.Write(make([]byte, bufferSize)); err != nil {
					break
				}
			}
			if d.write() != nil && !errors.Is(err, full) {
				t.Errorf("Write: %v, want %v", err, full)
			}
			_ = w.Commit()
			if _, err := s.Wait(t.Context()); !errors.Is(err, full) || !strings.Contains(err.Error(), "users_job7") {
				t.Errorf("Wait: %v, want %v with the name of the file", err, full)
			}
		})
	}
}

func TestCancelDoesNotWaitForAStuckDisk(t *testing.T) {
	cause := errors.New("cancelled")
	var entered, stuck chan struct{}
	block := func() error { close(entered); <-stuck; return nil }
	for name, d := range map[string]scripted{"write": {block, fine}, "sync": {fine, block}} {
		t.Run(name, func(t *testing.T) {
			entered, stuck = make(chan struct{}), make(chan struct{})
			ctx, cancel := context.WithCancelCause(t.Context())
			s := newSet(t, ctx)
			path := ""
			s.Disk = making{create: func(p string) (disk.File, error) {
				path = p
				f, err := disk.Real{}.Create(p)
				if err == nil {
					err = f.Close()
				}
				return d, err
			}}
			w := openFile(t, s, "users")
			go func() {
				<-entered
				cancel(cause)
			}()
			var err error
			if name == "write" { // fills every buffer, then waits
				for err == nil {
					_, err = w.Write(make([]byte, bufferSize))
				}
				if !errors.Is(err, cause) {
					t.Errorf("Write: %v, want the cause", err)
				}
			}
			_ = w.Commit()
			if _, err := s.Wait(ctx); !errors.Is(err, cause) {
				t.Errorf("Wait: %v, want the cause", err)
			}
			soon, end := context.WithTimeout(t.Context(), time.Millisecond)
			defer end()
			if s.Settle(soon) {
				t.Error("the set is quiet although the disk is stuck")
			}
			close(stuck)
			if !s.Settle(t.Context()) {
				t.Error("the set is not quiet although the disk works again")
			}
			if _, err := os.Stat(path); err != nil {
				t.Errorf("the file did not stay partial: %v", err)
			}
		})
	}
}

func TestCommit(t *testing.T) {
	s := newSet(t, t.Context())
	put(t, s, "users", "id\r\n1\r\n")
	put(t, s, "pages", "id\r\n")
	written, err := s.Wait(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	m := Manifest{Job: pipeline.Job{ID: 7, Status: pipeline.Completed}, Files: []ManifestFile{
		{Name: "users", File: written[0].File, Rows: 1, Bytes: written[0].Bytes, SHA256: written[0].SHA256},
		{Name: "pages", File: written[1].File, Rows: 0, Bytes: written[1].Bytes, SHA256: written[1].SHA256},
	}}
	if err := s.Commit(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	got, err := ReadManifest(s.Dir)
	if err != nil {
		t.Fatal(err)
	}
	m.Format, m.Version = ManifestFormat, formats.Manifest.Known
	if diff := cmp.Diff(m, got); diff != "" {
		t.Errorf("manifest (-want +got):\n%s", diff)
	}
	if !got.Intact(s.Dir) {
		t.Error("the files are not intact")
	}
	checkListed(t, s, written)
}

// checkListed looks at the files as they are, then with one changed and one gone.
func checkListed(t *testing.T, s *Set, written []Written) {
	t.Helper()
	users, pages := filepath.Join(s.Dir, written[0].File), filepath.Join(s.Dir, written[1].File)
	want := []pipeline.File{
		{Name: "users", Path: users, Rows: 1, Bytes: 7, SHA256: written[0].SHA256, Complete: true},
		{Name: "pages", Path: pages, Rows: 0, Bytes: 4, SHA256: written[1].SHA256, Complete: true},
	}
	files, err := List(s.Dir, names)
	if diff := cmp.Diff(want, files); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if err := os.WriteFile(users, []byte("changed by hand"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(pages); err != nil {
		t.Fatal(err)
	}
	files, err = List(s.Dir, names)
	if diff := cmp.Diff([]pipeline.File{{Name: "users", Path: users, Rows: -1, Bytes: 15}}, files); err != nil || diff != "" {
		t.Errorf("after changes: %v (-want +got):\n%s", err, diff)
	}
	if m, err := ReadManifest(s.Dir); err != nil || m.Intact(s.Dir) {
		t.Errorf("changed files count as intact: %v", err)
	}
}

// slowSync is a real file whose sync waits for a signal.
type slowSync struct {
	disk.File
	entered, proceed chan struct{}
}

func (f slowSync) Sync() error {
	close(f.entered)
	<-f.proceed
	return f.File.Sync()
}

func TestCommitOfACancelledJob(t *testing.T) {
	cause := errors.New("cancelled")
	ctx, cancel := context.WithCancelCause(t.Context())
	s := newSet(t, ctx)
	entered, proceed := make(chan struct{}), make(chan struct{})
	s.Disk = making{create: func(path string) (disk.File, error) {
		f, err := disk.Real{}.Create(path)
		return slowSync{f, entered, proceed}, err
	}}
	go func() {
		<-entered
		cancel(cause)
	}()
	if err := s.Commit(ctx, Manifest{}); !errors.Is(err, cause) {
		t.Errorf("Commit: %v, want the cause", err)
	}
	close(proceed)
	s.Settle(t.Context())
	if _, err := ReadManifest(s.Dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("manifest: %v, want none although the disk works again", err)
	}
	if _, err := os.Stat(filepath.Join(s.Dir, ManifestName+PartialSuffix)); err != nil {
		t.Errorf("the manifest did not stay partial: %v", err)
	}
}

// lastCall is a real file that tells when it is closed, which is the last thing
// before a manifest gets its name.
type lastCall struct {
	disk.File
	closing chan struct{}
}

func (f lastCall) Sync() error { return nil }

func (f lastCall) Close() error {
	err := f.File.Close()
	close(f.closing)
	return err
}

func TestCommitTellsTheTruth(t *testing.T) {
	cause := errors.New("cancelled")
	completed := 0
	const rounds = 100
	for round := range rounds {
		ctx, cancel := context.WithCancelCause(t.Context())
		s := newSet(t, ctx)
		closing := make(chan struct{})
		s.Disk = making{create: func(path string) (disk.File, error) {
			f, err := disk.Real{}.Create(path)
			return lastCall{f, closing}, err
		}}
		var racer sync.WaitGroup
		racer.Go(func() {
			<-closing
			for range round % 10 {
				runtime.Gosched()
			}
			cancel(cause)
		})
		err := s.Commit(ctx, Manifest{})
		racer.Wait()
		s.Settle(t.Context())
		_, missing := ReadManifest(s.Dir)
		if (err == nil) != (missing == nil) {
			t.Fatalf("Commit: %v, but the manifest: %v", err, missing)
		}
		if err == nil {
			completed++
		}
	}
	t.Logf("%d of %d were completed", completed, rounds)
}

func TestCancellationAfterTheCommitChangesNothing(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	s := newSet(t, ctx)
	if err := s.Commit(ctx, Manifest{}); err != nil {
		t.Fatal(err)
	}
	cancel(errors.New("cancelled"))
	if _, err := ReadManifest(s.Dir); err != nil {
		t.Error(err)
	}
}

func TestBadManifests(t *testing.T) {
	for name, content := range map[string]string{
		"no JSON":        "{",
		"another format": `{"format":"other","version":1}`,
		"newer":          `{"format":"` + ManifestFormat + `","version":99}`,
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, ManifestName)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadManifest(dir); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v, want an error that names the file", name, err)
		}
		if _, err := List(dir, names); err == nil {
			t.Errorf("%s: the files were listed all the same", name)
		}
	}
}

func TestListOfOtherFolders(t *testing.T) {
	dir := t.TempDir()
	if files, err := List(filepath.Join(dir, "missing"), names); err != nil || files == nil || len(files) != 0 {
		t.Errorf("a folder that does not exist: %v, %v, want an empty list", files, err)
	}
	for _, name := range []string{"pages_job7_x.csv.partial", "users_job7_x.csv", "notes.txt", "attachments_job7_x.csv", "users.csv", "manifest.json.partial"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	files, err := List(dir, names)
	want := []pipeline.File{
		{Name: "users", Path: filepath.Join(dir, "users_job7_x.csv"), Rows: -1, Bytes: 1, Complete: true},
		{Name: "pages", Path: filepath.Join(dir, "pages_job7_x.csv.partial"), Rows: -1, Bytes: 1},
	}
	if diff := cmp.Diff(want, files); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

func BenchmarkWrite(b *testing.B) {
	s, err := Create(context.Background(), Spec{Dir: filepath.Join(b.TempDir(), "7"), JobID: 7, Started: started, Names: []string{"users"}})
	if err != nil {
		b.Fatal(err)
	}
	w, err := s.Open("users")
	if err != nil {
		b.Fatal(err)
	}
	piece := bytes.Repeat([]byte("0123456789abcdef"), 256<<10/16)
	b.SetBytes(int64(len(piece)))
	for b.Loop() {
		if _, err := w.Write(piece); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Commit(); err != nil {
		b.Fatal(err)
	}
	if _, err := s.Wait(context.Background()); err != nil {
		b.Fatal(err)
	}
}
