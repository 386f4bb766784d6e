package fetch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sluice/deliver/target"
	"sluice/formats"
	"sluice/localexport/jobfiles"
	"sluice/pipeline"
	"sluice/wholefile"
	"sluice/wording"
)

// remote is the folder of a job at the place.
type remote struct {
	folder string
	files  []target.Entry // in the order of names
	notes  []string
	// manifest is true if one of Sluice lies there: the server is one of its own.
	manifest bool
}

// vendorName is how files of exports are called: the rows, the job, and the time.
var vendorName = regexp.MustCompile(`^(.+?)_job(\d+)_.*\.(csv|parquet)$`)

// foldersOf are where the files of a job may lie: below the shared home, or below the
// folder that a server was told to export to.
func foldersOf(id int64) []string {
	number := strconv.FormatInt(id, 10)
	return []string{path.Join("data-pipeline", "export", number), number}
}

// ErrGone is matched by the error for a job whose files are not at the place any more, which has
// the folder of exports.
var ErrGone = wording.New("the files of the job are gone")

// goneError is what is said of one.
type goneError struct{ error }

func (e goneError) Unwrap() error      { return e.error }
func (goneError) Is(target error) bool { return target == ErrGone }

// look finds the folder of a job and lists the files in it.
func look(ctx context.Context, from target.Place, job pipeline.Job) (remote, error) {
	folders := foldersOf(job.ID)
	for _, folder := range folders {
		entries, err := from.List(ctx, folder)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return remote{}, wording.Errorf("list %s: %w", folder, err)
		}
		r := remote{folder: folder}
		return r, r.sort(entries, job.ID)
	}
	said := ""
	if job.RootExportPath != "" {
		said = fmt.Sprintf("; the server says that it exports to %s", job.RootExportPath)
	}
	switch exports, err := exportsIn(ctx, from); {
	case err != nil:
		return remote{}, err
	case exports != "":
		return remote{}, goneError{wording.Errorf("there is no folder %d in %s: its files were removed, or that is not where the server exports to%s", job.ID, exports, said)}
	}
	return remote{}, wording.Errorf("there is neither %s nor %s in it: name the shared home of the server, or the folder that it exports to%s", folders[0], folders[1], said)
}

// exportsIn is the folder of exports in a place, by which a job whose folder is missing is told
// from a place where nothing is mounted; "" if there is none.
func exportsIn(ctx context.Context, from target.Place) (string, error) {
	const below = "data-pipeline/export"
	switch _, err := from.List(ctx, below); {
	case err == nil:
		return below, nil
	case !errors.Is(err, fs.ErrNotExist):
		return "", wording.Errorf("list %s: %w", below, err)
	}
	entries, err := from.List(ctx, ".")
	if err != nil { // a place that is not there was said to be none
		return "", nil
	}
	for _, e := range entries {
		if _, err := strconv.ParseInt(e.Name, 10, 64); err == nil && !e.Regular {
			return from.String(), nil
		}
	}
	return "", nil
}

// sort tells the files of the job from what else lies there.
func (r *remote) sort(entries []target.Entry, id int64) error {
	var others []string
	for _, e := range entries {
		found := vendorName.FindStringSubmatch(e.Name)
		switch {
		case strings.HasSuffix(e.Name, wholefile.Suffix) || strings.HasSuffix(e.Name, ".tmp"):
			return wording.Errorf("%s there is not complete: the job has not ended, or not well", e.Name)
		case e.Name == pipeline.ManifestName && e.Regular:
			r.manifest = true
		case found == nil || !e.Regular:
			others = append(others, e.Name)
		case found[2] != strconv.FormatInt(id, 10):
			return wording.Errorf("%s there is of another job than %d: the folder is not that of the job", e.Name, id)
		default:
			r.files = append(r.files, e)
		}
	}
	if len(others) > 0 {
		r.notes = append(r.notes, fmt.Sprintf("Left where they are, since they are no files of an export: %s.", strings.Join(others, ", ")))
	}
	if len(r.files) == 0 {
		return goneError{wording.Errorf("in %s there is no file of an export: were they removed?", r.folder)}
	}
	slices.SortFunc(r.files, func(a, b target.Entry) int { return strings.Compare(a.Name, b.Name) })
	return nil
}

// same reports whether the folder has the files that it had.
func (r remote) same(other remote) bool {
	return slices.EqualFunc(r.files, other.files, func(a, b target.Entry) bool {
		return a.Name == b.Name && a.Bytes == b.Bytes && a.Modified.Equal(b.Modified)
	})
}

// has reports whether a manifest is of the files at the place, by their names and sizes.
func (r remote) has(m jobfiles.Manifest) bool {
	if len(m.Files) != len(r.files) {
		return false
	}
	for _, f := range r.files {
		if !slices.ContainsFunc(m.Files, func(of jobfiles.ManifestFile) bool { return of.File == f.Name && of.Bytes == f.Bytes }) {
			return false
		}
	}
	return true
}

// table is the name of the rows in a file, as manifests have it.
func table(file string) string {
	found := vendorName.FindStringSubmatch(file)
	if found == nil {
		return file
	}
	if found[3] != "csv" {
		return found[1] + "." + found[3]
	}
	return found[1]
}

// maxManifest bounds what is read of a file that is named like a manifest.
const maxManifest = 16 << 20

// ownManifest reads the manifest that a server of Sluice's own has beside its files; nil
// if there is none, or another program has put something there.
func ownManifest(ctx context.Context, from target.Place, r remote) (*jobfiles.Manifest, error) {
	if !r.manifest {
		return nil, nil
	}
	in, err := from.Open(ctx, path.Join(r.folder, pipeline.ManifestName))
	if err != nil {
		return nil, wording.Errorf("read %s: %w", pipeline.ManifestName, err)
	}
	defer in.Close()
	b, err := io.ReadAll(io.LimitReader(in, maxManifest))
	if err != nil {
		return nil, wording.Errorf("read %s: %w", pipeline.ManifestName, err)
	}
	var m jobfiles.Manifest
	if err := formats.Manifest.CheckJSON(b); formats.Refused(err) {
		return nil, err
	}
	if json.Unmarshal(b, &m) != nil || m.Format != jobfiles.ManifestFormat {
		return nil, nil
	}
	return &m, nil
}
