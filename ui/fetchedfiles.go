package ui

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"sluice/pipeline"
)

// fetchedJobs are the folders of the jobs that were fetched into a home, by their numbers.
func fetchedJobs(m Manifests, home string) map[int64]string {
	exports := filepath.Join(home, "data-pipeline", "export")
	entries, err := os.ReadDir(exports)
	if m == nil || home == "" || err != nil {
		return nil
	}
	jobs := map[int64]string{}
	for _, entry := range entries {
		id, err := strconv.ParseInt(entry.Name(), 10, 64)
		if err != nil {
			continue
		}
		folder := filepath.Join(exports, entry.Name())
		if _, err := m.Manifest(folder); err == nil {
			jobs[id] = folder
		}
	}
	return jobs
}

// folders tells where the files of jobs are on this computer, "" if they are not: what
// was fetched goes before what is mounted.
func (e *entry) folders() func(pipeline.Job) string {
	s, fetched := e.working(), e.past.fetched // which is replaced, and never changed
	return func(job pipeline.Job) string {
		if folder, here := fetched[job.ID]; here {
			return folder
		}
		return folderOf(s, job)
	}
}

// rowsOf are the files that were found with what their manifest says of them; nil where
// the files are told by who made them, or are not those of a manifest.
func rowsOf(m Manifests, dir string, found []pipeline.File) []pipeline.File {
	if m == nil || dir == "" || len(found) == 0 || found[0].Rows >= 0 {
		return nil
	}
	files, err := m.Manifest(dir)
	if err != nil || len(files) != len(found) {
		return nil
	}
	for i, f := range files {
		if at := slices.IndexFunc(found, func(have pipeline.File) bool { return have.Path == f.Path }); at < 0 || found[at].Bytes != f.Bytes {
			return nil
		}
		files[i].Complete = true
	}
	return files
}
