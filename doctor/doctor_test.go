package doctor

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// healthy are options of a computer without any fault.
func healthy(t *testing.T) Options {
	t.Helper()
	dir := t.TempDir()
	o := Options{Home: filepath.Join(dir, "home"), Config: filepath.Join(dir, "config"), Cache: filepath.Join(dir, "cache"), Keep: 5e9,
		Keyring: func(context.Context) error { return nil }, OpenGL: func() (string, error) { return "Mesa 25", nil }, Fonts: func() error { return nil },
		Tray: func(context.Context) (bool, error) { return true, nil }, Free: func(string) (int64, error) { return 50e9, nil }}
	for _, folder := range []string{o.Home, o.Config, o.Cache} {
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	put(t, filepath.Join(o.Config, "sources.json"), `{"version": 1, "sources": []}`)
	return o
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// of is the worst finding of a check.
func of(found []Finding, check string) (worst Finding) {
	for _, f := range found {
		if f.Check == check && (worst.Check == "" || worse[f.Result] > worse[worst.Result]) {
			worst = f
		}
	}
	return worst
}

// TestHealthy: where nothing is wrong every check says so, and there is nothing to do.
func TestHealthy(t *testing.T) {
	o := healthy(t)
	found := Look(t.Context(), o)
	if len(found) != 10 || Worst(found) != OK {
		t.Errorf("%d findings: %+v", len(found), found)
	}
	for _, f := range found {
		if f.Do != "" || !strings.HasSuffix(f.Says, ".") {
			t.Errorf("%+v", f)
		}
	}
	for _, folder := range []string{o.Home, o.Config, o.Cache} {
		if left, _ := filepath.Glob(filepath.Join(folder, ".sluice-doctor-*")); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	}
}

// TestNoPanel: nobody has to have one.
func TestNoPanel(t *testing.T) {
	for says, tray := range map[string]func(context.Context) (bool, error){
		"closing the window ends the program": func(context.Context) (bool, error) { return false, nil },
		"there is no session bus":             func(context.Context) (bool, error) { return false, errors.New("there is no session bus") },
	} {
		o := healthy(t)
		o.Tray = tray
		if f := of(Look(t.Context(), o), Tray); f.Result != OK || !strings.Contains(f.Says, says) {
			t.Errorf("%+v, want %q", f, says)
		}
	}
}

// TestFaults breaks one thing at a time: its check tells, with what to do, and no other does.
func TestFaults(t *testing.T) {
	no := errors.New("no such driver")
	for name, c := range map[string]struct {
		check, says string
		want        Result
		breakIt     func(t *testing.T, o *Options)
	}{
		"no OpenGL":  {OpenGL, "no such driver", Warning, func(_ *testing.T, o *Options) { o.OpenGL = func() (string, error) { return "", no } }},
		"no keyring": {Keyring, "for one session only", Warning, func(_ *testing.T, o *Options) { o.Keyring = func(context.Context) error { return no } }},
		"no fonts":   {Fonts, "Letters of other scripts", Warning, func(_ *testing.T, o *Options) { o.Fonts = func() error { return no } }},
		"a keyring that waits": {Keyring, "deadline", Warning, func(_ *testing.T, o *Options) {
			o.Keyring = func(ctx context.Context) error {
				if _, bounded := ctx.Deadline(); bounded {
					return context.DeadlineExceeded
				}
				return nil
			}
		}},
		"a full disk":       {Disk, "is full: 1.0 MB", Bad, func(_ *testing.T, o *Options) { o.Free = func(string) (int64, error) { return 1e6, nil } }},
		"less than is kept": {Disk, "none can start", Bad, func(_ *testing.T, o *Options) { o.Free = func(string) (int64, error) { return 4e9, nil } }},
		"little":            {Disk, "ends early", Warning, func(_ *testing.T, o *Options) { o.Free = func(string) (int64, error) { return 6e9, nil } }},
		"an unknown disk":   {Disk, "not known", Warning, func(_ *testing.T, o *Options) { o.Free = func(string) (int64, error) { return 0, no } }},
		"a file as home":    {Home, "is a file", Bad, func(t *testing.T, o *Options) { o.Home = filepath.Join(o.Cache, "file"); put(t, o.Home, "x") }},
		"a file as log":     {Log, "keeps no log", Warning, func(t *testing.T, o *Options) { o.Cache = filepath.Join(o.Home, "file"); put(t, o.Cache, "x") }},
		"no temporary files": {Temp, "Nothing can be written", Bad, func(t *testing.T, o *Options) {
			t.Setenv("TMPDIR", filepath.Join(o.Home, "none"))
			t.Setenv("TMP", filepath.Join(o.Home, "none"))
		}},
		"a list that is none": {Sources, "not understood", Bad, func(t *testing.T, o *Options) { put(t, filepath.Join(o.Config, "sources.json"), "{") }},
		"a list set aside":    {Settings, "set aside", Warning, func(t *testing.T, o *Options) { put(t, filepath.Join(o.Config, "sources.json.broken"), "{") }},
		"a missing snapshot": {Sources, `The snapshot of "wiki"`, Warning, func(t *testing.T, o *Options) {
			put(t, filepath.Join(o.Config, "sources.json"), `{"version": 1, "sources": [{"id": "a", "kind": "snapshot", "name": "wiki", "snapshot": "/nowhere/wiki.db"}]}`)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			o := healthy(t)
			c.breakIt(t, &o)
			found := Look(t.Context(), o)
			if f := of(found, c.check); f.Result != c.want || !strings.Contains(f.Says, c.says) || f.Do == "" {
				t.Errorf("%+v", f)
			}
			for _, f := range found {
				if f.Result != OK && f.Check != c.check {
					t.Errorf("another check tells: %+v", f)
				}
			}
			if Worst(found) != c.want {
				t.Errorf("the worst is %s", Worst(found))
			}
		})
	}
}

// TestOpenToOthers: what others can read is told, file by file.
func TestOpenToOthers(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("rights are no modes there")
	}
	o := healthy(t)
	list := filepath.Join(o.Config, "sources.json")
	if err := errors.Join(os.Chmod(o.Home, 0o755), os.Chmod(list, 0o644)); err != nil {
		t.Fatal(err)
	}
	found := Look(t.Context(), o)
	if f := of(found, Home); f.Result != Warning || !strings.Contains(f.Do, "chmod 700") {
		t.Errorf("%+v", f)
	}
	if f := of(found, Settings); f.Result != Warning || !strings.Contains(f.Says, list) || !strings.Contains(f.Do, "chmod 600") {
		t.Errorf("%+v", f)
	}
}

// TestNothingYet: before the first start nothing is there, and nothing is wrong or made.
func TestNothingYet(t *testing.T) {
	dir := t.TempDir()
	o := Options{Home: filepath.Join(dir, "a", "home"), Config: filepath.Join(dir, "config"), Cache: filepath.Join(dir, "cache"), Keep: 1, Free: func(string) (int64, error) { return 50e9, nil }}
	if found := Look(t.Context(), o); Worst(found) != OK || len(found) != 6 {
		t.Errorf("%+v", found)
	}
	if entries, _ := os.ReadDir(dir); len(entries) > 0 {
		t.Errorf("made: %v", entries)
	}
}

// TestEnded: who gives up waits for no further check.
func TestEnded(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	o := healthy(t)
	o.Fonts = func() error { cancel(); return nil }
	if found := Look(ctx, o); len(found) != 2 {
		t.Errorf("%+v", found)
	}
}
