package ui

import (
	"sluice/pipeline"
	"sluice/ui/view"
)

// follow reads the files of a job that nobody has asked for: it has ended, or the source was
// opened.
func (l *fileList) follow(id int64) { l.read(id, true) }

// looksAtOther reports whether somebody looks at a file of another job, which has ended: that
// stays as it is, with the place in it.
func (l *fileList) looksAtOther(than pipeline.Job) bool {
	return l.p.w.chosen == l.p.e && l.p.view.Tab() == view.FilesTab && l.opened != "" && l.job.ID != 0 && l.job.Status.Ended() && !l.job.Same(than)
}

// catchUp shows the files that have come meanwhile.
func (l *fileList) catchUp() {
	if l.behind != 0 {
		l.load(l.behind)
	}
}

// noteLast keeps the files of the last job. While it is not known which that is, any may be it:
// the files may be found before the state is told.
func (l *fileList) noteLast(job pipeline.Job, files []pipeline.File) {
	if l.p.e.session == nil {
		return
	}
	if s := l.p.e.session.State(); !s.Known() || job.Same(s.Job) {
		l.ofLast, l.lastFiles = job, files
	}
}
