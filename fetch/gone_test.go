package fetch

import (
	"errors"
	"os"
	"testing"
)

// TestGone: files that are not there any more are told from a place that has no exports, since
// nothing may be mounted there.
func TestGone(t *testing.T) {
	for name, c := range map[string]struct {
		left []string // folders
		gone bool
	}{
		"the folder is empty":           {[]string{"data-pipeline/export/12"}, true},
		"the folder is removed":         {[]string{"data-pipeline/export"}, true},
		"of a folder that it is set to": {[]string{"13", "logs"}, true},
		"nothing is mounted":            {nil, false},
		"another folder":                {[]string{"logs"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			for _, folder := range c.left {
				if err := os.MkdirAll(root+"/"+folder, 0o700); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := Job(t.Context(), place(t, root), jobOf(12), optionsFor(t)); err == nil || errors.Is(err, ErrGone) != c.gone {
				t.Errorf("%v", err)
			}
		})
	}
}

// TestGoneThere: what was fetched and is whole is here, whatever has become of it there.
func TestGoneThere(t *testing.T) {
	root, o := home(t, map[string]string{"users": users}), optionsFor(t)
	if _, err := Job(t.Context(), place(t, root), jobOf(12), o); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(root + "/data-pipeline/export/12"); err != nil {
		t.Fatal(err)
	}
	r, err := Job(t.Context(), place(t, root), jobOf(12), o)
	if err != nil || !r.Already || len(r.Files) != 1 || len(r.Notes) != 1 {
		t.Errorf("%+v, %v", r, err)
	}
	o.Again = true
	if _, err := Job(t.Context(), place(t, root), jobOf(12), o); !errors.Is(err, ErrGone) {
		t.Errorf("again: %v", err)
	}
	o.Again = false
	write(t, r.Folder+"/"+r.Files[0].File, "cut")
	if _, err := Job(t.Context(), place(t, root), jobOf(12), o); !errors.Is(err, ErrGone) {
		t.Errorf("one that is not whole: %v", err)
	}
}
