package doctor

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sluice/figures"
	"sluice/source"
	"sluice/wording"
)

// settings looks at who can read the files with settings. They hold no tokens, but where
// tokens are, and the names of servers and people.
func (o Options) settings(context.Context) []Finding {
	if o.Config == "" {
		return nil
	}
	entries, err := os.ReadDir(o.Config)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return ok(Settings, wording.Of("There are no settings yet; they will be in %s.", o.Config))
	case err != nil:
		return bad(Settings, wording.Of("The settings in %s cannot be read: %s.", o.Config, reason(err)), "Give yourself the right to read that folder.")
	}
	var found []Finding
	n := int64(0)
	for _, e := range entries {
		if e.IsDir() || !slices.Contains(kept, filepath.Ext(e.Name())) {
			continue
		}
		n++
		found = append(found, file(filepath.Join(o.Config, e.Name()))...)
	}
	if err := tryWriting(o.Config); err != nil {
		found = append(found, bad(Settings, wording.Of("Settings cannot be kept: nothing can be written in %s: %s.", o.Config, reason(err)), "Give yourself the right to write there.")...)
	}
	if len(found) == 0 {
		return ok(Settings, wording.Of("%s in %s, and nobody else can read them.", figures.Some(n, "One file with settings is", "%d files with settings are"), o.Config))
	}
	return found
}

// kept are the endings of files with settings.
var kept = []string{".json", ".yaml", ".yml", ".broken"}

// file looks at one file with settings.
func file(path string) []Finding {
	switch f, err := os.Open(path); {
	case err != nil:
		return bad(Settings, wording.Of("%s cannot be read: %s.", path, reason(err)), "Give yourself the right to read it.")
	default:
		f.Close()
	}
	switch {
	case strings.HasSuffix(path, ".broken"):
		return warning(Settings, wording.Of("%s was not understood, and was set aside.", path), "Mend it and give it its name again, or remove it.")
	case open(path):
		return warning(Settings, wording.Of("Other people of this computer can read %s.", path), closeToOthers(path, "600"))
	}
	return nil
}

// sources reads the list of sources, and looks for the snapshots that it names.
func (o Options) sources(context.Context) []Finding {
	if o.Config == "" {
		return nil
	}
	file := source.NewFileIn(o.Config)
	list, err := file.Load()
	if err != nil {
		return bad(Sources, wording.Of("The list of sources is not understood: %s.", said(err)), "Mend the file, or remove it: the list then starts empty.")
	}
	var found []Finding
	for _, s := range list {
		if s.Snapshot == "" || s.Taken.From != "" { // what is taken of a database is taken anew
			continue
		}
		if _, err := os.Stat(s.Snapshot); err != nil {
			found = append(found, warning(Sources, wording.Of("The snapshot of %q cannot be read, %s: %s.", s.Name, s.Snapshot, reason(err)), "Bring the file back, or remove the source.")...)
		}
	}
	if len(found) > 0 {
		return found
	}
	return ok(Sources, wording.Of("%s in the list.", figures.Some(int64(len(list)), "One source is", "%d sources are")))
}
