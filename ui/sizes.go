package ui

import (
	"time"

	"sluice/jobcsv"
	"sluice/pipeline"
)

// sizes knows how large the files of jobs are, as far as that was looked at. It belongs to
// the UI goroutine; it looks in the background, as a folder may be on a disk far away.
type sizes struct {
	w       *Window
	known   map[string]int64 // by folder; 0: there are no files
	waiting map[string]bool  // folders that are looked at, or will be
}

func newSizes(w *Window) *sizes {
	return &sizes{w: w, known: map[string]int64{}, waiting: map[string]bool{}}
}

// of is how many bytes the files of a job have, -1 if that is not known.
func (s *sizes) of(e *entry, job *pipeline.Job) int64 {
	if bytes, ok := s.known[e.folders()(*job)]; ok {
		return bytes
	}
	return -1
}

// tellSizes is how often what was found is told.
const tellSizes = 500 * time.Millisecond

// want has the files of jobs looked at that were not yet. Those of a job that runs grow:
// they are looked at once it has ended.
func (s *sizes) want(e *entry, jobs []pipeline.Job) {
	of := e.folders()
	var folders []string
	for i := range jobs {
		folder := of(jobs[i])
		if _, known := s.known[folder]; known || folder == "" || s.waiting[folder] || jobs[i].Running() {
			continue
		}
		s.waiting[folder] = true
		folders = append(folders, folder)
	}
	if len(folders) > 0 {
		go s.look(folders)
	}
}

// look adds the files of folders up, and tells from time to time what it has found.
func (s *sizes) look(folders []string) {
	found, told := map[string]int64{}, time.Now()
	for i, folder := range folders {
		if s.w.ctx.Err() != nil {
			return
		}
		found[folder] = jobcsv.BytesIn(folder)
		if i == len(folders)-1 || time.Since(told) >= tellSizes {
			part := found
			s.w.later(func() { s.take(part) })
			found, told = map[string]int64{}, time.Now()
		}
	}
}

func (s *sizes) take(found map[string]int64) {
	for folder, bytes := range found {
		s.known[folder] = bytes
		delete(s.waiting, folder)
	}
	s.w.board.jobs.measured()
	if s.w.chosen != nil {
		s.w.gather(s.w.chosen, false)
	}
}

// forget has the files of a source looked at again: some may be gone.
func (s *sizes) forget(e *entry) {
	folder := e.folders()
	for i := range e.past.jobs {
		delete(s.known, folder(e.past.jobs[i]))
	}
}
