package ui

import (
	"context"
	"fmt"

	"sluice/kit"
	"sluice/pipeline"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
	"sluice/wholefile"
)

// Kits is the part of the Backend that looks at files for the programs that are to load
// them. A Backend that does not implement it offers no statements.
type Kits interface {
	// KitJob is what the statements for the files in a folder are made of. The error is
	// one sentence for people.
	KitJob(dir string) (kit.Job, error)
}

// usable reports whether there are files of a complete job to make statements for.
func (l *fileList) usable() bool { return len(l.files) > 0 && l.loadable(l.job) }

// loadable reports whether other programs can be told how to load the files of a job.
func (l *fileList) loadable(job pipeline.Job) bool {
	_, ok := l.p.w.o.Backend.(Kits)
	return ok && job.Status == pipeline.Completed && l.p.folder(job) != ""
}

// use shows how other programs load the files of the job in sight.
func (l *fileList) use() {
	if l.usable() {
		l.useOf(l.job)
	}
}

// useOf shows how other programs load the files of a job.
func (l *fileList) useOf(job pipeline.Job) {
	if !l.loadable(job) {
		return
	}
	kits, dir := l.p.w.o.Backend.(Kits), l.p.folder(job)
	background(l.p.e, func(context.Context) (kit.Job, error) { return kits.KitJob(dir) }, func(j kit.Job, err error) {
		if err != nil {
			l.p.w.problem(err)
			return
		}
		l.p.w.showKit(job, j)
	})
}

// showKit shows the statements for the files of a job.
func (w *Window) showKit(job pipeline.Job, files kit.Job) {
	var shown present.Kit
	panel := view.NewKit(present.KitTitles())
	panel.OnEngine = func(i int) {
		shown = present.KitOf(kit.Engines[i], files)
		panel.Render(shown)
	}
	panel.OnCopy = func() { w.copy(shown.Statements) }
	panel.OnSave = func() {
		statements := []byte(shown.Statements)
		w.chooseSave(shown.File, func(path string) { w.saveStatements(path, statements) })
	}
	panel.Engine.SetSelectedIndex(0)
	w.showPanel(fmt.Sprintf(texts.T.Kit.Title, job.ID), panel.Object)
}

// saveStatements writes a kit to a file that was chosen.
func (w *Window) saveStatements(path string, statements []byte) {
	go func() {
		if err := wholefile.Write(path, statements); err != nil {
			w.later(func() { w.problem(fmt.Errorf("save %s: %w", path, err)) })
		}
	}()
}
