package ofjob

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sluice/columns"
	"sluice/formats"
	"sluice/kit"
	"sluice/localexport/jobfiles"
	"sluice/pipeline"
)

// folder makes a folder with files, by name and content.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// manifest is that of job 12 in a format, whose files are given as name and file.
func manifest(t *testing.T, format string, files ...string) string {
	t.Helper()
	m := jobfiles.Manifest{Format: jobfiles.ManifestFormat, Version: formats.Manifest.Known, Job: pipeline.Job{ID: 12},
		Options: jobfiles.Options{Format: format, LineBreakEscape: `\n`, FullContent: true}}
	for i := 0; i < len(files); i += 2 {
		m.Files = append(m.Files, jobfiles.ManifestFile{Name: files[i], File: files[i+1]})
	}
	b, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// said is a job in a line: each table, its file and how many columns are more than text.
func said(j kit.Job) string {
	line := j.Name
	for _, f := range j.Files {
		typed := 0
		for _, c := range f.Columns {
			if c.Type != columns.TypeText {
				typed++
			}
		}
		kind := "text"
		if typed > 0 {
			kind = "typed"
		}
		line += ", " + f.Table + "=" + filepath.Base(f.Path) + " " + kind
	}
	return line
}

func TestFoldersOfJobs(t *testing.T) {
	pages, _ := columns.Find(columns.Confluence, "pages")
	known := strings.Join(pages.Names(), ",") + "\n"
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"a job in CSV": {map[string]string{"manifest.json": manifest(t, "", "pages", "p.csv", "rejected", "r.csv"), "p.csv": known, "r.csv": "x\n", "other.csv": "y\n"},
			"job 12, pages=p.csv typed"},
		"a job in Parquet": {map[string]string{"manifest.json": manifest(t, "parquet", "pages.parquet", "p.parquet", "rejected", "r.csv")}, "job 12, pages=p.parquet typed"},
		"a job in both":    {map[string]string{"manifest.json": manifest(t, "both", "pages", "p.csv", "pages.parquet", "p.parquet"), "p.csv": known}, "job 12, pages=p.csv typed"},
		// A path in a manifest that came from elsewhere leads nowhere else.
		"a path upwards": {map[string]string{"manifest.json": manifest(t, "", "pages", "../../etc/p.csv"), "p.csv": known}, "job 12, pages=p.csv typed"},
		"files of a server": {map[string]string{"pages_job7_2026-01-02T03-04-05Z.csv": "\ufeff" + known, "rejected_job7_x.csv": "x\n", "issue fields.CSV": "id,a\n", "notes.txt": "z"},
			"the folder x, issue_fields=issue fields.CSV text, pages=pages_job7_2026-01-02T03-04-05Z.csv typed"},
		"another header": {map[string]string{"pages.csv": "title,id\n"}, "the folder x, pages=pages.csv text"},
	} {
		dir := folder(t, c.files)
		j, err := Folder(dir)
		if got := strings.Replace(said(j), "folder "+filepath.Base(dir), "folder x", 1); err != nil || got != c.want || j.Folder != dir {
			t.Errorf("%s: %s, %v; want %s", name, got, err, c.want)
		}
		if _, made := c.files["manifest.json"]; j.Preserved == made || j.Full != true || made && j.Escape != `\n` {
			t.Errorf("%s: line breaks preserved %v, %q", name, j.Preserved, j.Escape)
		}
		for _, f := range j.Files {
			if filepath.Dir(f.Path) != dir {
				t.Errorf("%s: the file %s lies elsewhere", name, f.Path)
			}
		}
	}
	names := typed("pages", []string{"title", "id"})
	if !slices.Equal([]string{names[0].Name, names[1].Name}, []string{"title", "id"}) {
		t.Errorf("the columns of another header: %v", names)
	}
}

// TestWhatIsNoJobIsRefused, by the name of the file that is wrong.
func TestWhatIsNoJobIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"nothing":            {map[string]string{"a.txt": "x"}, "neither a manifest.json of a finished job nor CSV files"},
		"an empty file":      {map[string]string{"a.csv": ""}, "a.csv is empty: it has no header"},
		"a damaged header":   {map[string]string{"a.csv": "a,\"b\n"}, "read the header of"},
		"a header too long":  {map[string]string{"a.csv": "id," + strings.Repeat("x", longestHeader) + ",z\n"}, "the header of"},
		"a cell too long":    {map[string]string{"a.csv": `"` + strings.Repeat("x", longestHeader+9) + "\"\n"}, "read the header of"},
		"a damaged manifest": {map[string]string{"manifest.json": "{", "a.csv": "a\n"}, "manifest.json"},
		"a file that went":   {map[string]string{"manifest.json": manifest(t, "", "pages", "p.csv"), "other.csv": "a\n"}, "a file of the manifest is gone"},
	} {
		if j, err := Folder(folder(t, c.files)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %s, %v", name, said(j), err)
		}
	}
	if _, err := Finished(t.TempDir()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder without a manifest is a finished job: %v", err)
	}
	if _, err := Folder(filepath.Join(t.TempDir(), "nix")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder that is not there: %v", err)
	}
}
