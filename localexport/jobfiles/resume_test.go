package jobfiles

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"sluice/formats"
	"sluice/localexport/disk"
	"sluice/pipeline"
)

// often keeps every state.
var often = Interval{Bytes: 1, Time: 1}

func resumable(dir string, id int64) Spec {
	return Spec{Dir: filepath.Join(dir, fmt.Sprint(id)), JobID: id, Started: started, Names: []string{"users", "pages"},
		Every: often, Resume: &Resume{JobID: id, Started: pipeline.At(started)}}
}

// keepState writes a piece and keeps a state behind it, once the one before is
// recorded.
func keepState(t *testing.T, w *Writer, piece, state string) {
	t.Helper()
	if _, err := io.WriteString(w, piece); err != nil {
		t.Fatal(err)
	}
	recorded(t, w)
	w.Keep(json.RawMessage(state))
}

// recorded waits until the last state is recorded.
func recorded(t *testing.T, w *Writer) {
	t.Helper()
	for w.keeps.busy.Load() {
		select {
		case <-w.done:
			t.Fatal(w.failure())
		default:
			runtime.Gosched()
		}
	}
}

func quiet(t *testing.T, s *Set) {
	t.Helper()
	if !s.Settle(t.Context()) {
		t.Fatal("the set is not quiet")
	}
}

// interruptedSet is the folder of a set that was cancelled behind a kept state of its second file.
func interruptedSet(t *testing.T, exports string) string {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	s, err := Create(ctx, resumable(exports, 1))
	if err != nil {
		t.Fatal(err)
	}
	w := openFile(t, s, "users")
	io.WriteString(w, "id\r\n1\r\n")
	w.Whole(json.RawMessage(`{"done":true}`))
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	<-w.done
	w = openFile(t, s, "pages")
	keepState(t, w, "id\r\n1\r\n", `{"after":1}`)
	keepState(t, w, "2\r\n", `{"after":2}`)
	recorded(t, w)
	io.WriteString(w, "3\r\n4, and a ha")
	w.Close()
	<-w.done
	cancel()
	quiet(t, s)
	return s.Dir
}

// TestGoOn interrupts a set and goes on with it in another folder: the same bytes
// and checksums as without the interruption, nothing left of the record.
func TestGoOn(t *testing.T) {
	exports := t.TempDir()
	old := interruptedSet(t, exports)
	r, err := ReadResume(old)
	if err != nil || len(r.Files) != 2 || !r.Files[0].Whole || r.Files[1].Whole || r.Files[1].Bytes != 10 || !strings.Contains(string(r.Files[1].State), `"after": 2`) {
		t.Fatalf("record = %+v, %v", r, err)
	}
	for i := range r.Files {
		if err := r.Files[i].Verify(t.Context(), old, nil); err != nil {
			t.Fatal(err)
		}
	}
	spec := resumable(exports, 2)
	from := r.From(old)
	spec.Resume = &from
	s, err := Create(t.Context(), spec)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ReadResume(old); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the old folder still owns the files: %v", err)
	}
	if _, err := os.Stat(old); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the old folder is left: %v", err)
	}
	users := openFile(t, s, "users")
	if got := string(users.From()); !strings.Contains(got, "done") {
		t.Errorf("users go on from %s", got)
	}
	if err := users.Commit(); err != nil {
		t.Fatal(err)
	}
	pages := openFile(t, s, "pages")
	io.WriteString(pages, "3\r\n4\r\n")
	pages.Whole(json.RawMessage(`{"done":true}`))
	if err := pages.Commit(); err != nil {
		t.Fatal(err)
	}
	written, err := s.Wait(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Commit(t.Context(), Manifest{}); err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"id\r\n1\r\n", "id\r\n1\r\n2\r\n3\r\n4\r\n"} {
		b, err := os.ReadFile(filepath.Join(s.Dir, written[i].File))
		if err != nil || string(b) != want {
			t.Errorf("%s = %q, %v, want %q", written[i].Name, b, err, want)
		}
		if written[i].SHA256 != sumOf(want) || written[i].Bytes != int64(len(want)) {
			t.Errorf("%s was written as %+v", written[i].Name, written[i])
		}
	}
	if _, err := ReadResume(s.Dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a complete export has a record: %v", err)
	}
}

func sumOf(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// TestUnkeptEnd goes on with a file whose end is not to be kept: what is recorded
// stays where it was, with the state that belongs there.
func TestUnkeptEnd(t *testing.T) {
	exports := t.TempDir()
	old := interruptedSet(t, exports)
	r, err := ReadResume(old)
	if err != nil {
		t.Fatal(err)
	}
	spec := resumable(exports, 2)
	from := r.From(old)
	spec.Resume = &from
	s, err := Create(t.Context(), spec)
	if err != nil {
		t.Fatal(err)
	}
	w := openFile(t, s, "pages")
	io.WriteString(w, "3\r\n")
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	quiet(t, s)
	r, err = ReadResume(s.Dir)
	if err != nil || r.Files[1].Whole || r.Files[1].Bytes != 10 || !strings.Contains(string(r.Files[1].State), `"after": 2`) {
		t.Errorf("record = %+v, %v", r.Files, err)
	}
}

// pulled lets the nth change fail, and all that come behind it.
type pulled struct {
	disk.Real
	left *int
}

var errPulled = errors.New("the disk was pulled out")

func (f pulled) count() error {
	if *f.left--; *f.left < 0 {
		return errPulled
	}
	return nil
}

func (f pulled) Create(path string) (disk.File, error) {
	if err := f.count(); err != nil {
		return nil, err
	}
	return f.Real.Create(path)
}

func (f pulled) Rename(from, to string) error {
	if err := f.count(); err != nil {
		return err
	}
	return f.Real.Rename(from, to)
}

func (f pulled) Remove(path string) error {
	if err := f.count(); err != nil {
		return err
	}
	return f.Real.Remove(path)
}

func (f pulled) Mkdir(path string) error {
	if err := f.count(); err != nil {
		return err
	}
	return f.Real.Mkdir(path)
}

func (f pulled) SyncDir(path string) error {
	if err := f.count(); err != nil {
		return err
	}
	return f.Real.SyncDir(path)
}

// TestTakeOverInterrupted stops the taking over at each of its steps: there is
// always a record, and each that there is finds every file as it was kept, or says
// that it is gone; the newest finds them all.
func TestTakeOverInterrupted(t *testing.T) {
	for steps := 0; ; steps++ {
		exports := t.TempDir()
		old := interruptedSet(t, exports)
		r, err := ReadResume(old)
		if err != nil {
			t.Fatal(err)
		}
		spec := resumable(exports, 2)
		from := r.From(old)
		left := steps
		spec.Resume, spec.Disk = &from, pulled{left: &left}
		_, err = Create(t.Context(), spec)
		if err == nil && steps > 5 {
			break
		}
		newest, err := ReadResume(spec.Dir)
		dir := spec.Dir
		if errors.Is(err, fs.ErrNotExist) {
			newest, err = ReadResume(old)
			dir = old
		}
		if err != nil {
			t.Fatalf("after %d steps: %v", steps, err)
		}
		again := resumable(exports, 3)
		from = newest.From(dir)
		again.Resume = &from
		for i := range from.Files {
			if err := newest.Files[i].Verify(t.Context(), dir, nil); err != nil {
				t.Errorf("after %d steps: %v", steps, err)
			}
		}
		if _, err := Create(t.Context(), again); err != nil {
			t.Errorf("after %d steps: %v", steps, err)
		}
		for _, k := range from.Files {
			if err := k.Verify(t.Context(), again.Dir, nil); err != nil {
				t.Errorf("after %d steps: %v", steps, err)
			}
		}
	}
}

func TestKeptFileIsDamaged(t *testing.T) {
	for name, change := range map[string]func(path string) error{
		"gone":    os.Remove,
		"cut":     func(path string) error { return os.Truncate(path, 3) },
		"changed": func(path string) error { return os.WriteFile(path, []byte("id\r\n1\r\n3\r\n3\r\n"), 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := interruptedSet(t, t.TempDir())
			r, err := ReadResume(dir)
			if err != nil {
				t.Fatal(err)
			}
			path, err := r.Files[1].Path(dir)
			if err != nil {
				t.Fatal(err)
			}
			if err := change(path); err != nil {
				t.Fatal(err)
			}
			var damage *DamageError
			if err := r.Files[1].Verify(t.Context(), dir, nil); !errors.As(err, &damage) && !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("Verify: %v", err)
			}
		})
	}
}

// syncing is a file whose first sync fails, as a disk tells of lost bytes.
type syncing struct {
	disk.File
	syncs int
}

func (f *syncing) Sync() error {
	if f.syncs++; f.syncs == 1 {
		return errPulled
	}
	return f.File.Sync()
}

type syncingDisk struct{ disk.Real }

func (d syncingDisk) Create(path string) (disk.File, error) {
	f, err := d.Real.Create(path)
	if !strings.HasPrefix(filepath.Base(path), "users_") {
		return f, err
	}
	return &syncing{File: f}, err
}

// TestFailedSyncOfAState: the system tells once that bytes are lost, to whoever
// syncs first. The file must not become complete.
func TestFailedSyncOfAState(t *testing.T) {
	spec := resumable(t.TempDir(), 1)
	spec.Disk = syncingDisk{}
	s, err := Create(t.Context(), spec)
	if err != nil {
		t.Fatal(err)
	}
	put(t, s, "pages", "")
	w := openFile(t, s, "users")
	io.WriteString(w, "id\r\n")
	w.Keep(json.RawMessage(`{}`))
	io.WriteString(w, "1\r\n")
	w.Commit()
	if _, err := s.Wait(t.Context()); !errors.Is(err, errPulled) {
		t.Errorf("Wait: %v", err)
	}
	if r, err := ReadResume(s.Dir); err == nil && len(r.Files) > 0 {
		t.Errorf("recorded: %+v", r.Files)
	}
}

func FuzzReadResume(f *testing.F) {
	b, _ := json.Marshal(Resume{Format: ResumeFormat, Version: formats.Leftover.Known, Files: []KeptFile{{Name: "users", File: "users.csv"}}})
	f.Add(b)
	f.Add([]byte(`{"format":"sluice-export-resume","version":1,"files":[{"file":"../x","origin":"/etc/passwd"}]}`))
	dir := filepath.Join(f.TempDir(), "exports", "7")
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := parseResume(filepath.Join(dir, ResumeName), b)
		if err != nil {
			return
		}
		for _, k := range r.Files {
			for _, path := range k.candidates(dir) {
				if !strings.HasPrefix(path, filepath.Dir(dir)+string(filepath.Separator)) {
					t.Errorf("%q and %q lead to %s", k.File, k.Origin, path)
				}
			}
		}
	})
}

// TestNothingIsTakenThroughLinks: a folder of a job, or a record, that is a link leads
// to files that are none of the home's, which would be moved and removed.
func TestNothingIsTakenThroughLinks(t *testing.T) {
	for name, move := range map[string]func(dir string) (from string){
		"the folder": func(dir string) string { return dir },
		"the record": func(dir string) string { return filepath.Join(dir, ResumeName) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := interruptedSet(t, t.TempDir())
			from, to := move(dir), filepath.Join(t.TempDir(), "elsewhere")
			if err := os.Rename(from, to); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink(to, from); err != nil {
				t.Skipf("no links here: %v", err)
			}
			if r, err := ReadResume(dir); err == nil || !strings.Contains(err.Error(), from) {
				t.Errorf("the record was read through a link: %+v, %v", r, err)
			}
			if path, err := (KeptFile{File: "users.csv"}).Path(dir); name == "the folder" && (err == nil || errors.Is(err, fs.ErrNotExist)) {
				t.Errorf("a file was found through a link: %s, %v", path, err)
			}
		})
	}
}
