package kit

import (
	"path/filepath"
	"regexp"
	"strings"
	"unicode/utf8"

	"sluice/columns"
	"sluice/wording"
)

// File is one file of a job.
type File struct {
	Table   string // what its rows are: pages, users, …
	Path    string
	Columns []columns.Column
}

// Job is what a kit is made for.
type Job struct {
	Name   string // such as "job 12"
	Folder string
	Files  []File
	// Preserved tells that line breaks stand inside of cells as they are. Else
	// Escape stands for each.
	Preserved bool
	Escape    string
	// Full tells that bodies are whole: a record may be longer than what an engine
	// reads at once.
	Full bool
	// Marked tells that the files begin with a byte order mark.
	Marked bool
	// Parquet tells that the files are Parquet files, which bear their types themselves.
	Parquet bool
}

// Typed reports whether any column is more than text.
func (j Job) Typed() bool {
	for _, f := range j.Files {
		for _, c := range f.Columns {
			if c.Type != columns.TypeText {
				return true
			}
		}
	}
	return false
}

// identifier is what is a name in every engine.
var identifier = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// TableName makes a name of a table of any text.
func TableName(s string) string {
	name := regexp.MustCompile(`[^A-Za-z0-9_]+`).ReplaceAllString(s, "_")
	if name == "" || name[0] >= '0' && name[0] <= '9' {
		name = "t_" + name
	}
	return name
}

// check refuses what no statement could say.
func (j Job) check() error {
	if len(j.Files) == 0 {
		return wording.Errorf("%s has no files to load", j.Name)
	}
	tables := map[string]string{}
	for _, f := range j.Files {
		switch {
		case len(f.Columns) == 0:
			return wording.Errorf("%s has no columns", f.Path)
		case !utf8.ValidString(f.Path) || strings.ContainsAny(f.Path, "\r\n\x00"):
			return wording.Errorf("%q: a path that is no text of one line cannot be written into a statement: move the files to another folder", f.Path)
		case !filepath.IsAbs(f.Path):
			return wording.Errorf("%s is no absolute path", f.Path)
		case !identifier.MatchString(f.Table):
			return wording.Errorf("%q is no name for a table", f.Table)
		case tables[f.Table] != "":
			return wording.Errorf("%s and %s would both be the table %s", tables[f.Table], f.Path, f.Table)
		}
		tables[f.Table] = f.Path
		names := map[string]bool{}
		for _, c := range f.Columns {
			name := strings.ToLower(c.Name)
			if c.Name == "" || !utf8.ValidString(c.Name) || strings.ContainsAny(c.Name, "\r\n\x00") || names[name] {
				return wording.Errorf("%s: the column %q has no name, or that of another: no table can have it", f.Path, c.Name)
			}
			names[name] = true
		}
	}
	return nil
}
