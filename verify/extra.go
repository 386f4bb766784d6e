package verify

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"sluice/pipeline"
	"sluice/wording"
)

// Extra is a file that lies beside those of a job.
type Extra struct {
	Name string
	// Poses is true if the name is that of a file of an export, so that somebody
	// may take it for one.
	Poses bool
}

// posing are the names of files of exports: complete, partial and lists of rows.
var posing = regexp.MustCompile(`^.+_job\d+_.+\.csv(\.partial)?$`)

// Extras lists what lies in a folder and is neither a file of the job nor its
// manifest, by name.
func Extras(dir string, files []pipeline.File) ([]Extra, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil // then the files are missing, which says it all
	}
	if err != nil {
		return nil, wording.Errorf("look for other files: %w", err)
	}
	known := map[string]bool{pipeline.ManifestName: true}
	for _, f := range files {
		known[filepath.Base(f.Path)] = true
	}
	var extras []Extra
	for _, e := range entries {
		if !known[e.Name()] {
			extras = append(extras, Extra{Name: e.Name(), Poses: posing.MatchString(strings.ToLower(e.Name()))})
		}
	}
	return extras, nil
}
