package ui

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/tone"
	"sluice/ui/view"
)

// fileList is the files tab at work: the files of one job, and the preview of
// one of them.
type fileList struct {
	p       *page
	view    *view.Files // nil until somebody has chosen the tab
	preview previewer   // the same
	job     pipeline.Job
	files   []pipeline.File
	chosen  string // path
	opened  string // path that the preview shows
	record  record // what the manifest of the job says
	failure error
	// ofLast is the last job, and lastFiles are its files, whichever are shown.
	ofLast    pipeline.Job
	lastFiles []pipeline.File
	behind    int64 // the job whose files have come while somebody looked at these; 0: none
	round     int
	sums      *checksums
}

func newFileList(p *page) *fileList {
	l := &fileList{p: p}
	l.sums = &checksums{l: l, work: work{render: p.render}}
	return l
}

// object makes the tab.
func (l *fileList) object() fyne.CanvasObject {
	p := l.p
	l.view = view.NewFiles()
	l.view.OnFile = l.choose
	l.view.Sums.OnStop, l.view.Sums.OnClose = l.sums.cancel, l.sums.hide
	l.view.OnOpen, l.view.OnAddress = p.w.chooseCSV, p.w.askAddress
	l.view.OnAct = l.act
	l.preview = p.w.newPreview(l.view.Chips, l.view.Resized)
	l.view.Host(l.preview.Object())
	return l.view.Object
}

// possible reports whether files of jobs can be opened here.
func (l *fileList) possible() bool {
	return l.mounted() || len(l.p.e.past.fetched) > 0
}

// mounted reports whether the files of all jobs can be opened here, and not only those
// that were fetched.
func (l *fileList) mounted() bool {
	_, ok := l.p.e.engine.(pipeline.FileLister)
	return ok || l.p.e.source.Server.Mounted() != ""
}

// load reads which files a job has; 0 is the newest job that has any.
func (l *fileList) load(id int64) { l.read(id, false) }

// read reads them; those of another job than the one that somebody looks at are kept until
// the tab is left, if they only follow.
func (l *fileList) read(id int64, follows bool) {
	if l.p.e.engine == nil || !l.possible() {
		return
	}
	l.round++
	round := l.round
	l.behind = 0
	type found struct {
		job   pipeline.Job
		files []pipeline.File
		rec   record
	}
	engine, folders := l.p.e.engine, l.p.e.folders()
	manifests, _ := l.p.w.o.Backend.(Manifests)
	background(l.p.e, func(ctx context.Context) (found, error) {
		job, err := jobWithFiles(ctx, engine, id)
		if err != nil || !job.Exists() {
			return found{}, err
		}
		folder := folders(job)
		files, err := filesOf(ctx, engine, job.ID, folder)
		if listed := rowsOf(manifests, folder, files); listed != nil {
			files = listed
		}
		return found{job, files, recordOf(manifests, folder, files)}, err
	}, func(f found, err error) {
		if round != l.round {
			return
		}
		if follows && err == nil && l.looksAtOther(f.job) {
			l.behind = f.job.ID
			l.noteLast(f.job, f.files)
			return
		}
		l.record = f.rec
		l.take(f.job, f.files, err)
	})
}

// jobWithFiles finds the job that is meant.
func jobWithFiles(ctx context.Context, engine source.Engine, id int64) (pipeline.Job, error) {
	historian, ok := engine.(pipeline.Historian)
	if !ok {
		job, err := engine.Status(ctx)
		if id != 0 && err == nil {
			job.ID = id
		}
		return job, err
	}
	jobs, err := historian.Jobs(ctx, mostJobs)
	if err != nil {
		return pipeline.Job{}, err
	}
	for _, j := range jobs {
		if j.ID == id || id == 0 && j.Status == pipeline.Completed {
			return j, nil
		}
	}
	if id == 0 && len(jobs) > 0 {
		return jobs[0], nil
	}
	return pipeline.Job{}, nil
}

// filesOf lists the files of a job: as the engine says, else what lies in the
// folder of the job.
func filesOf(ctx context.Context, engine source.Engine, id int64, folder string) ([]pipeline.File, error) {
	if lister, ok := engine.(pipeline.FileLister); ok {
		return lister.Files(ctx, id)
	}
	if folder == "" {
		return nil, errors.New(texts.T.Files.NotFetched)
	}
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf(texts.T.Files.Missing, folder)
	}
	if err != nil {
		return nil, fmt.Errorf("list the files of job %d: %w", id, err)
	}
	var files []pipeline.File
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || e.IsDir() || !strings.HasSuffix(e.Name(), ".csv") && !strings.HasSuffix(e.Name(), ".parquet") {
			continue
		}
		name, _, _ := strings.Cut(e.Name(), "_job")
		files = append(files, pipeline.File{Name: name, Path: filepath.Join(folder, e.Name()), Rows: -1, Bytes: info.Size(), Complete: true})
	}
	return files, nil
}

// record is what there is to know of the manifest of a job.
type record struct {
	there bool     // there is one, if only a damaged one: it says what is wrong then
	gone  []string // names of files that it has and the folder lacks
}

// recordOf reads the manifest in a folder and compares its names with those of the
// files that were found.
func recordOf(m Manifests, dir string, found []pipeline.File) (r record) {
	if m == nil || dir == "" {
		return r
	}
	files, err := m.Manifest(dir)
	if err != nil {
		return record{there: !errors.Is(err, fs.ErrNotExist)}
	}
	r.there = true
	for _, f := range files {
		if !slices.ContainsFunc(found, func(have pipeline.File) bool { return filepath.Base(have.Path) == filepath.Base(f.Path) }) {
			r.gone = append(r.gone, filepath.Base(f.Path))
		}
	}
	return r
}

// take shows the files of a job. The table that was chosen before stays so, in its format
// if the job has it.
func (l *fileList) take(job pipeline.Job, files []pipeline.File, err error) {
	if err == nil {
		l.noteLast(job, files)
	}
	first := present.MainFile(files)
	table, name := present.TableName(first), first.Name
	for _, f := range l.files {
		if f.Path == l.chosen {
			table, name = present.TableName(f), f.Name
		}
	}
	l.sums.refer(job.ID, l.files, files)
	l.job, l.files, l.failure, l.chosen = job, files, err, ""
	best := 0
	for _, f := range files {
		fits := 1
		if present.TableName(f) == table {
			fits = 2
		}
		if f.Name == name && fits == 2 {
			fits = 3
		}
		if fits > best {
			best, l.chosen = fits, f.Path
		}
	}
	l.p.news()
}

func (l *fileList) choose(path string) {
	l.chosen = path
	l.render()
}

func (l *fileList) render() {
	m := view.FilesModel{Shown: l.chosen != "", Empty: texts.T.Files.NoneText}
	m.Tables, m.Formats = present.TablesOf(l.files, l.chosen)
	switch {
	case l.failure != nil:
		m.Empty = present.Sentence(l.failure)
	case !l.possible():
		m.Empty = texts.T.Files.FolderHint
	default:
		m.Notice = l.notice()
	}
	if l.sums.shown {
		sums := present.ChecksumsOf(l.sums.state)
		m.Sums = &sums
	}
	l.view.Render(m)
	if l.p.view.Tab() == view.FilesTab && l.chosen != l.opened {
		l.opened = l.chosen
		if l.chosen != "" {
			l.preview.Open(l.chosen)
		}
	}
}

// act does what a button of the notice says.
func (l *fileList) act(a present.Action) {
	switch a {
	case present.ActResume:
		l.p.resume(l.job.ID)
	case present.ActClean:
		l.p.askToClean(l.job)
	}
}

// notice is what to know about the files.
func (l *fileList) notice() present.Notice {
	if left := l.p.left.of(l.job); left.Of(l.job.ID) && len(left.Remains.Files) > 0 {
		return present.RemainsNotice(left, !present.StatusOf(l.p.e.inputs()).Controls.Start)
	}
	return present.Notice{Tone: tone.Caution, Icon: "warning", Title: l.remark()}
}

// remark is a sentence about the files, or "".
func (l *fileList) remark() string {
	t := texts.T.Files
	changed := slices.IndexFunc(l.files, func(f pipeline.File) bool { return !f.Complete })
	switch {
	case len(l.record.gone) > 0:
		return fmt.Sprintf(t.Gone, strings.Join(l.record.gone, ", "))
	case len(l.files) == 0:
		return ""
	case l.job.Running():
		return t.Growing
	case l.job.Status != pipeline.Completed:
		return t.Partial
	case l.p.e.source.Kind.Local() && !l.record.there && l.p.folder(l.job) != "":
		return fmt.Sprintf(t.NoManifest, l.p.folder(l.job)) + "."
	case changed >= 0:
		return fmt.Sprintf(t.Changed, filepath.Base(l.files[changed].Path))
	}
	return ""
}

// caption is the head of the page while the tab is shown.
func (l *fileList) caption() string {
	if len(l.files) == 0 {
		return ""
	}
	var size int64
	for _, f := range l.files {
		size += f.Bytes
	}
	status := present.SignOfJob(l.job).Word
	if !l.job.CompletedTime.IsZero() {
		status = present.Joined(status, present.Clock(l.job.CompletedTime.Time, l.p.w.o.Now()))
	}
	count := texts.T.Files.Count.Of(int64(len(l.files)))
	return present.Joined(fmt.Sprintf(texts.T.Status.Job, l.job.ID), status, count, present.Size(size), l.sums.caption())
}

func (l *fileList) close() {
	l.sums.cancel()
	if l.preview != nil {
		l.preview.Close()
	}
}

// unfocus takes the keyboard from the preview.
func (l *fileList) unfocus() {
	if l.preview != nil {
		l.preview.Unfocus()
	}
}

// finished are the files of a job that is complete and the last one; none if it is another.
func (l *fileList) finished(job pipeline.Job) []pipeline.File {
	if !job.Exists() || job.Status != pipeline.Completed || !l.ofLast.Same(job) {
		return nil
	}
	return l.lastFiles
}

// showMain shows the file of the last job that is to be looked at first.
func (l *fileList) showMain() {
	main := present.MainFile(l.lastFiles)
	if !l.job.Same(l.ofLast) {
		l.take(l.ofLast, l.lastFiles, nil)
	}
	l.chosen = main.Path
	l.p.view.Choose(view.FilesTab)
}
