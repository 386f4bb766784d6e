package jobfiles

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sluice/pipeline"
	"sluice/wording"
)

// List lists the files in the folder of a job, in the order of names. Rows and
// checksums come from the manifest; without one, files with a final name are
// complete, the others partial, and the rows of neither are known. A folder that
// does not exist has no files.
func List(dir string, names []string) ([]pipeline.File, error) {
	m, err := ReadManifest(dir)
	if err == nil {
		return fromManifest(dir, m), nil
	}
	if !isMissing(err) {
		return nil, err
	}
	entries, err := os.ReadDir(dir)
	if isMissing(err) {
		return []pipeline.File{}, nil
	}
	if err != nil {
		return nil, wording.Errorf("list files: %w", err)
	}
	files := []pipeline.File{}
	for _, entry := range entries {
		f, ok := fromEntry(dir, entry, names)
		if ok {
			files = append(files, f)
		}
	}
	slices.SortStableFunc(files, func(a, b pipeline.File) int {
		return slices.Index(names, a.Name) - slices.Index(names, b.Name)
	})
	return files, nil
}

// fromManifest leaves out files that were taken away since, and does not vouch
// for the rows of files that were changed.
func fromManifest(dir string, m Manifest) []pipeline.File {
	files := []pipeline.File{}
	for _, f := range m.Files {
		path := filepath.Join(dir, filepath.Base(f.File))
		info, err := os.Stat(path)
		if err != nil {
			continue
		}
		file := pipeline.File{Name: f.Name, Path: path, Rows: f.Rows, Bytes: f.Bytes, SHA256: f.SHA256, Complete: true}
		if info.Size() != f.Bytes {
			file.Rows, file.Bytes, file.SHA256, file.Complete = -1, info.Size(), "", false
		}
		files = append(files, file)
	}
	return files
}

func fromEntry(dir string, entry os.DirEntry, names []string) (pipeline.File, bool) {
	base, partial := strings.CutSuffix(entry.Name(), PartialSuffix)
	name, found := nameOf(base)
	if !found || !slices.Contains(names, name) {
		return pipeline.File{}, false
	}
	info, err := entry.Info()
	if err != nil { // renamed or removed since
		return pipeline.File{}, false
	}
	return pipeline.File{Name: name, Path: filepath.Join(dir, entry.Name()),
		Rows: -1, Bytes: info.Size(), Complete: !partial}, true
}
