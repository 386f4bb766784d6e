package listfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/formats"
)

type list struct {
	Version int       `json:"version"`
	Sources []element `json:"sources"`
}

type element struct {
	Name   string `json:"name"`
	Server struct {
		URL string `json:"url"`
	} `json:"server"`
}

func TestRead(t *testing.T) {
	f := File{Path: filepath.Join(t.TempDir(), "deep", "list.json"), Kind: formats.Sources, Element: "source"}
	var l list
	if err := f.Read(&l); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("of a file that is not there: %v", err)
	}
	unlock, err := f.Lock()
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	if err := f.Write(list{1, []element{{Name: "wiki"}}}); err != nil {
		t.Fatal(err)
	}
	if err := f.Read(&l); err != nil || len(l.Sources) != 1 || l.Sources[0].Name != "wiki" {
		t.Errorf("%+v, %v", l, err)
	}
	if info, err := os.Stat(f.Path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	for text, says := range map[string]string{
		`{"sorces": []}`: `the nearest is "sources"`,
		`{"sources": [{"name": "wiki", "server": {"ulr": "x"}}]}`: `"ulr" in server of source "wiki"`,
		`{"version": 9}`:         "newer Sluice",
		"{\n\"sources\": \"x\"}": ErrBroken.Error() + `: line 2: "sources" is a value of the wrong kind, string`,
		`{"sources": [null`:      ErrBroken.Error() + ": it ends too early",
		"{\n\nhello\n}":          ErrBroken.Error() + ": line 3 is no JSON",
		"[]":                     ErrBroken.Error() + ": line 1: it begins with a value of the wrong kind, array",
		" \n":                    ErrBroken.Error() + ": it is empty",
	} {
		if err := os.WriteFile(f.Path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := f.Read(&list{}); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want %q", text, err, says)
		}
	}
}
