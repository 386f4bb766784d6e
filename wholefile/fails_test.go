package wholefile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

var errDisk = errors.New("the disk says no")

// failing lets one of the system's calls fail for a test.
func failing(t *testing.T, call string) {
	t.Helper()
	was := calls
	t.Cleanup(func() { calls = was })
	switch call {
	case "sync":
		calls.sync = func(*os.File) error { return errDisk }
	case "close":
		calls.close = func(f *os.File) error { return errors.Join(f.Close(), errDisk) }
	case "rename":
		calls.rename = func(string, string) error { return errDisk }
	case "sync folder":
		calls.syncDir = func(string) error { return errDisk }
	}
}

// TestFailures: whichever call fails is told, the file of before stays as long as the
// new one has no name, and nothing incomplete is left. A folder that cannot be synced
// is an error, too.
func TestFailures(t *testing.T) {
	for _, call := range []string{"sync", "close", "rename", "sync folder"} {
		for name, begin := range map[string]func(string) (*File, error){"create": Create, "claim": Claim} {
			t.Run(call+", "+name, func(t *testing.T) {
				failing(t, call)
				dir := t.TempDir()
				path := filepath.Join(dir, "a.json")
				put(t, path, "old")
				f, err := begin(path)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := f.Write([]byte("new")); err != nil {
					t.Fatal(err)
				}
				err = f.Commit()
				if !errors.Is(err, errDisk) || errors.Is(err, ErrNotDurable) != (call == "sync folder") {
					t.Errorf("the error is %v", err)
				}
				want := "old"
				if call == "sync folder" {
					want = "new"
				}
				holds(t, path, want)
				onlyFile(t, dir, "a.json")
				if err := f.Discard(); err != nil {
					t.Errorf("and then: %v", err)
				}
				holds(t, path, want)
			})
		}
	}
}

// TestFullDisk: what cannot be written is no file.
func TestFullDisk(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip(err)
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "a.json")
	put(t, path, "old")
	f, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	own := f.f
	f.f = full
	if _, err := f.Write([]byte("new")); err == nil || f.Written() != 0 {
		t.Errorf("%v, %d bytes", err, f.Written())
	}
	full.Close()
	f.f = own
	if err := f.Discard(); err != nil {
		t.Error(err)
	}
	holds(t, path, "old")
	onlyFile(t, dir, "a.json")
}

// TestClaim: one run at a time; what another has put in the place of the incomplete
// file is neither finished nor removed.
func TestClaim(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.db")
	f, err := Claim(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Claim(path); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a second one: %v", err)
	}
	if info, err := os.Stat(path + Suffix); err != nil || info.Mode().Perm() != 0o600 || f.Name() != path+Suffix {
		t.Errorf("%s: %v, %v", f.Name(), info, err)
	}
	if err := os.Remove(path + Suffix); err != nil {
		t.Skip(err) // Windows removes no open file
	}
	put(t, path+Suffix, "theirs")
	if err := f.Commit(); !errors.Is(err, ErrReplaced) {
		t.Errorf("the error is %v", err)
	}
	holds(t, path+Suffix, "theirs")
	onlyFile(t, dir, "a.db"+Suffix)
}

// TestClaimReplacesLinks: other than Create, it puts the file in the place of a link.
func TestClaimReplacesLinks(t *testing.T) {
	dir := t.TempDir()
	real, link := filepath.Join(dir, "real"), filepath.Join(dir, "link")
	put(t, real, "old")
	if err := os.Symlink(real, link); err != nil {
		t.Skip(err)
	}
	f, err := Claim(link)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.OS().WriteAt([]byte("new"), 0); err != nil {
		t.Fatal(err)
	}
	if err := f.Commit(); err != nil {
		t.Fatal(err)
	}
	holds(t, real, "old")
	holds(t, link, "new")
	if info, err := os.Lstat(link); err != nil || !info.Mode().IsRegular() {
		t.Errorf("it is %v, %v", info, err)
	}
}

// TestRename gives a folder its name, and tells what has it.
func TestRename(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"new", "taken"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
		put(t, filepath.Join(dir, name, "a"), name)
	}
	if err := Rename(filepath.Join(dir, "new"), filepath.Join(dir, "taken")); err == nil || errors.Is(err, ErrNotDurable) {
		t.Errorf("over a folder with something in it: %v", err)
	}
	if err := Rename(filepath.Join(dir, "new"), filepath.Join(dir, "fresh")); err != nil {
		t.Error(err)
	}
	holds(t, filepath.Join(dir, "fresh", "a"), "new")
	failing(t, "sync folder")
	if err := Rename(filepath.Join(dir, "fresh"), filepath.Join(dir, "again")); !errors.Is(err, ErrNotDurable) || !errors.Is(err, errDisk) {
		t.Errorf("a folder that cannot be synced: %v", err)
	}
	holds(t, filepath.Join(dir, "again", "a"), "new")
}

// TestSyncDir: a folder that is not there cannot be synced.
func TestSyncDir(t *testing.T) {
	dir := t.TempDir()
	if err := SyncDir(dir); err != nil {
		t.Error(err)
	}
	if err := SyncDir(filepath.Join(dir, "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no folder: %v", err)
	}
}
