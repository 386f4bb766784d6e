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
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sluice/localexport/confluence"
	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/look"
	"sluice/ui/present"
)

// fakeEngine is an exporter that does what the test says.
type fakeEngine struct {
	mu       sync.Mutex
	jobs     []pipeline.Job // newest first
	progress pipeline.Progress
	files    []pipeline.File
	startErr error
	failure  *pipeline.Diagnostic // of the next start
	requests []pipeline.Request
	poke     chan struct{}
	closed   bool
	wake     chan struct{} // gets a token when it is closed
	err      error         // of the status

	left    *pipeline.Resumable // of the newest job
	remains []pipeline.Remains
	resumed []int64
	cleaned []int64

	path    string // where it exports to
	pathErr error

	reach pipeline.Reach // of the last export of the site
	stuck string         // why the job seems to be stuck; "": it does not
}

// Reach tells what the test says, once there is an export.
func (e *fakeEngine) Reach(context.Context) (pipeline.Reach, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if present.LastCompleted(e.jobs, 0) == nil {
		return pipeline.Reach{}, nil
	}
	return e.reach, nil
}

func (e *fakeEngine) Resumable(_ context.Context, job int64) (pipeline.Resumable, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.left == nil || e.left.Job.ID != job {
		return pipeline.Resumable{}, &pipeline.NotResumableError{JobID: job, Why: "nothing is left"}
	}
	return *e.left, nil
}

func (e *fakeEngine) Resume(ctx context.Context, job int64) (pipeline.Job, error) {
	e.mu.Lock()
	e.resumed = append(e.resumed, job)
	e.left, e.remains = nil, nil
	e.mu.Unlock()
	return e.Start(ctx, pipeline.Request{})
}

func (e *fakeEngine) Remains(context.Context, int64) ([]pipeline.Remains, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.remains, nil
}

func (e *fakeEngine) Clean(_ context.Context, job int64) ([]pipeline.Remains, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.cleaned = append(e.cleaned, job)
	removed := e.remains
	e.left, e.remains, e.files = nil, nil, nil
	return removed, nil
}

// leave makes the newest job one that was cancelled and left something.
func (e *fakeEngine) leave() {
	e.mu.Lock()
	job := e.jobs[0]
	job.Status = pipeline.Cancelled
	e.left = &pipeline.Resumable{Job: job, Kept: []pipeline.KeptFile{{Name: "users", Bytes: 9, Whole: true}}}
	e.files = []pipeline.File{{Name: "users", Path: "users_job1_2026.csv.partial", Bytes: 9, Rows: -1}}
	e.remains = []pipeline.Remains{{Job: job, Files: e.files, Bytes: 9}}
	e.mu.Unlock()
	e.end(pipeline.Cancelled)
}

func newFakeEngine() *fakeEngine {
	return &fakeEngine{poke: make(chan struct{}, 1), wake: make(chan struct{}, 10)}
}

func (e *fakeEngine) Start(_ context.Context, r pipeline.Request) (pipeline.Job, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.requests = append(e.requests, r)
	j := pipeline.Job{ID: int64(len(e.jobs) + 1), Status: pipeline.Started, StartTime: pipeline.At(time.Now()),
		Config: pipeline.Config{ExportFrom: pipeline.At(r.FromDate), ForcedExport: r.Forced}}
	err := e.startErr
	var invalid *pipeline.ValidationError
	if errors.As(err, &invalid) && !r.Forced {
		j.Status = pipeline.Failed
		j.Errors = []pipeline.Diagnostic{{Key: pipeline.KeyPreValidation, Message: pipeline.PreValidationMessage}}
		e.jobs = append([]pipeline.Job{j}, e.jobs...)
		return j, &pipeline.ValidationError{Job: j}
	}
	if d := e.failure; d != nil {
		e.failure = nil
		j.Status, j.Errors = pipeline.Failed, []pipeline.Diagnostic{*d}
		e.jobs = append([]pipeline.Job{j}, e.jobs...)
		return j, fmt.Errorf("export job %d failed: %s", j.ID, d.Message)
	}
	if running := (*pipeline.RunningError)(nil); errors.As(err, &running) {
		return pipeline.Job{}, err
	}
	e.jobs = append([]pipeline.Job{j}, e.jobs...)
	e.progress = pipeline.Progress{JobID: j.ID, Phase: pipeline.PhaseExporting, Done: 40, Total: 100, Files: []pipeline.FileProgress{
		{Name: "pages", State: pipeline.FileWriting, Rows: 1200, Expected: 3000, Bytes: 5_000_000}}}
	return j, nil
}

func (e *fakeEngine) Status(context.Context) (pipeline.Job, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.err != nil || len(e.jobs) == 0 {
		return pipeline.Job{}, e.err
	}
	return e.jobs[0].Clone(), nil
}

func (e *fakeEngine) Cancel(context.Context) (pipeline.Cancellation, error) {
	e.end(pipeline.Cancelled)
	return pipeline.CancellationAccepted, nil
}

// end brings the newest job to its end.
func (e *fakeEngine) end(s pipeline.Status) {
	e.mu.Lock()
	j := &e.jobs[0]
	j.Status, j.CompletedTime = s, pipeline.At(j.StartTime.Add(time.Minute))
	j.Statistics = &pipeline.Statistics{ExportedEntities: 3000, WrittenRows: 3000}
	e.progress = pipeline.Progress{}
	e.mu.Unlock()
	e.Poke()
}

func (e *fakeEngine) Progress() pipeline.Progress {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.progress
}

func (e *fakeEngine) Jobs(context.Context, int) ([]pipeline.Job, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return append([]pipeline.Job(nil), e.jobs...), nil
}

func (e *fakeEngine) Files(context.Context, int64) ([]pipeline.File, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.files, nil
}

func (e *fakeEngine) Watch(ctx context.Context, tell func(pipeline.State)) {
	for {
		job, err := e.Status(ctx)
		s := pipeline.State{Job: job, At: time.Now(), Err: err, Stuck: e.stuck != "", StuckReason: e.stuck}
		if err != nil {
			s = pipeline.State{Err: err, UnreachableSince: time.Now()}
		}
		tell(s)
		select {
		case <-ctx.Done():
			return
		case <-e.poke:
		}
	}
}

func (e *fakeEngine) Poke() {
	select {
	case e.poke <- struct{}{}:
	default:
	}
}

func (e *fakeEngine) Close(context.Context) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.closed = true
	e.wake <- struct{}{}
	return nil
}

func (e *fakeEngine) asked() []pipeline.Request {
	e.mu.Lock()
	defer e.mu.Unlock()
	return append([]pipeline.Request(nil), e.requests...)
}

// fakeBackend hands out the engine of the test.
type fakeBackend struct {
	*fakeTakes
	mu      sync.Mutex
	engine  *fakeEngine
	openErr error
	refuses string // a path that is no snapshot
	opened  []source.Source
	hold    chan struct{} // opening waits for it, if it is not nil
	secrets map[string]string
	session map[string]bool // those that are kept for the session only
	tested  []source.Server
	report  source.Report
	keyring bool
	remote  source.Engine          // what OpenServer hands out instead of the engine, if not nil
	byHome  map[string]*fakeEngine // hands out these, by home, if not nil
	// manifest is what the manifest of every job says; nil: there is none
	manifest []pipeline.File
	origin   *source.Origin // of every snapshot

	compared    [][2]int64    // the jobs that were compared
	format      string        // of the changed rows that were asked for
	compareHold chan struct{} // a comparison waits for it, if it is not nil
	comparison  source.Comparison
	vendor      string // the folder of the vendor's files
	compareErr  error
}

func (b *fakeBackend) Manifest(dir string) ([]pipeline.File, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.manifest == nil {
		return nil, &fs.PathError{Op: "open", Path: dir, Err: fs.ErrNotExist}
	}
	return b.manifest, nil
}

// remoteEngine can do what a server can: it lists neither jobs nor files.
type remoteEngine struct{ e *fakeEngine }

func (r *remoteEngine) Start(ctx context.Context, q pipeline.Request) (pipeline.Job, error) {
	return r.e.Start(ctx, q)
}
func (r *remoteEngine) Status(ctx context.Context) (pipeline.Job, error) { return r.e.Status(ctx) }
func (r *remoteEngine) Cancel(ctx context.Context) (pipeline.Cancellation, error) {
	return r.e.Cancel(ctx)
}
func (r *remoteEngine) Watch(ctx context.Context, tell func(pipeline.State)) { r.e.Watch(ctx, tell) }
func (r *remoteEngine) Poke()                                                { r.e.Poke() }
func (r *remoteEngine) Close(ctx context.Context) error                      { return r.e.Close(ctx) }

func (b *fakeBackend) open(s source.Source) (*fakeEngine, error) {
	if b.hold != nil {
		<-b.hold
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.refuses != "" && s.Snapshot == b.refuses {
		return nil, errors.New("it is no SQLite file")
	}
	b.opened = append(b.opened, s)
	if e := b.byHome[s.Home]; e != nil {
		return e, b.openErr
	}
	return b.engine, b.openErr
}

func (b *fakeBackend) OpenLocal(_ context.Context, s source.Source) (source.Engine, source.Info, error) {
	e, err := b.open(s)
	if err != nil {
		return nil, source.Info{}, err
	}
	return e, source.Info{Product: "Confluence", Version: "8.5", Build: "9012", BaseURL: "https://wiki.example.com", TimeZone: "UTC",
		Newest: time.Date(2026, 11, 22, 23, 58, 0, 0, time.UTC), Bytes: 18_400_000, Counts: []source.Count{{Of: source.Pages, N: 3000}}, Origin: b.origin}, nil
}

func (b *fakeBackend) MakeDemo(_ context.Context, progress func(done, total int64)) (string, error) {
	for i := range int64(11) {
		progress(i*300, 3000)
	}
	return "/home/ana/sluice/demo.db", nil
}

func (b *fakeBackend) ServerSecret(ctx context.Context, s source.Server) (string, error) {
	if !s.KeepsSecret() {
		return "from " + s.TokenFile + s.TokenCommand, nil
	}
	return b.Secret(ctx, s.URL)
}

func (b *fakeBackend) OpenServer(_ context.Context, s source.Source, _ string) (source.Engine, error) {
	e, err := b.open(s)
	if b.remote != nil {
		return b.remote, err
	}
	return e, err
}

func (b *fakeBackend) TestServer(_ context.Context, s source.Server, _ string) source.Report {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.tested = append(b.tested, s)
	return b.report
}

func (b *fakeBackend) NormalizeURL(url string) (string, error) {
	if !strings.HasPrefix(url, "https://") {
		return "", errors.New("the server's address is not a URL")
	}
	return strings.TrimSuffix(url, "/"), nil
}

func (b *fakeBackend) NormalizeProxy(address string) (string, error) {
	if strings.Contains(address, "@") {
		return "", errors.New("the address of the proxy holds a login")
	}
	return address, nil
}

func (b *fakeBackend) CheckSharedHome(address string) error {
	if strings.HasPrefix(address, "s3:") {
		return errors.New("that is no folder to read from")
	}
	return nil
}

func (b *fakeBackend) Secret(_ context.Context, account string) (string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if s, ok := b.secrets[account]; ok {
		return s, nil
	}
	return "", source.ErrNoSecret
}

func (b *fakeBackend) KeepSecret(_ context.Context, account, secret string) (bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.secrets[account] = secret
	return b.keyring, nil
}

func (b *fakeBackend) ForgetSecret(_ context.Context, account string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.secrets, account)
	b.engine.wake <- struct{}{}
	return nil
}

func (b *fakeBackend) KeepForSession(account, secret string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.secrets[account], b.session[account] = secret, true
}

func (b *fakeBackend) InSession(account string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.session[account]
}

func (b *fakeBackend) KeyringWorks(context.Context) bool { return b.keyring }

// stage is a window with a fake backend. The test's goroutine is the UI
// goroutine: what is dispatched waits until the test runs it.
type stage struct {
	all     Backend // the window gets it in place of backend; nil: backend itself
	t       *testing.T
	w       *Window
	tongue  *tongue   // of another language than English; nil: English
	sized   *viewSize // what it is drawn at as a picture; nil: it is none
	app     fyne.App
	backend *fakeBackend
	engine  *fakeEngine
	queue   chan func()
	dir     string

	snapshot, home string // what the window is started with
	take           string
	warnings       []string
	schedules      Schedules
	panel          *panel // that shows the icon; nil: there is none
}

func newStage(t *testing.T, sources ...source.Source) *stage {
	t.Helper()
	return newStageOn(t, "", sources...)
}

// newStageOn is a window that was started with a snapshot.
func newStageOn(t *testing.T, snapshot string, sources ...source.Source) *stage {
	t.Helper()
	return newStageWith(t, func(s *stage) { s.snapshot = snapshot }, sources...)
}

// newStageWith lets the test prepare the stage before the window opens.
func newStageWith(t *testing.T, prepare func(*stage), sources ...source.Source) *stage {
	t.Helper()
	s := &stage{t: t, app: newStageApp(), engine: newFakeEngine(), queue: make(chan func(), 100_000), dir: t.TempDir()}
	s.backend = &fakeBackend{fakeTakes: newFakeTakes(), engine: s.engine, secrets: map[string]string{}, session: map[string]bool{}, keyring: true}
	if len(sources) > 0 {
		if err := s.store().Save(source.Prefs{Sources: sources}, nil); err != nil {
			t.Fatal(err)
		}
	}
	prepare(s)
	s.start()
	return s
}

func (s *stage) store() *source.Store { return source.NewStore(filepath.Join(s.dir, "window.json")) }

func (s *stage) start() {
	backend := Backend(s.backend)
	if s.all != nil {
		backend = s.all
	}
	s.w = New(s.t.Context(), Options{App: s.app, Rules: confluence.Rules(), Backend: backend, Store: s.store(), Homes: filepath.Join(s.dir, "homes"), Snapshot: s.snapshot, Take: s.take, Home: s.home, Warnings: s.warnings, Schedules: s.schedules,
		Version: "1.0", Dispatch: func(f func()) { s.queue <- f }, Tick: time.Hour, StatusIcon: s.panel.icon()})
	w := s.w
	s.t.Cleanup(func() {
		w.Close(context.Background())
		w.window.Close()
		forget()
	})
}

// until runs what is dispatched until the condition holds. It is asked after each, and when
// nothing is at work any more: not all that a test waits for is dispatched.
func (s *stage) until(what string, ok func() bool) {
	s.t.Helper()
	deadline, look := time.After(settlesWithin), time.NewTicker(20*time.Millisecond)
	defer look.Stop()
	for asks := true; !asks || !ok(); {
		asks = true
		select {
		case f := <-s.queue:
			f()
		case <-s.engine.wake:
		case <-look.C:
			asks = !atWork()
		case <-deadline:
			s.t.Fatalf("it never came to this: %s; the window says %q", what, s.says())
		}
	}
}

// visibleObjects are the objects that can be seen, overlays first.
func (s *stage) visibleObjects() []fyne.CanvasObject {
	var list []fyne.CanvasObject
	for _, o := range s.w.window.Canvas().Overlays().List() {
		list = walkVisible(list, o)
	}
	return walkVisible(list, s.w.window.Content())
}

func walkVisible(list []fyne.CanvasObject, o fyne.CanvasObject) []fyne.CanvasObject {
	if o == nil || !o.Visible() {
		return list
	}
	list = append(list, o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, child := range o.Objects {
			list = walkVisible(list, child)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			list = walkVisible(list, child)
		}
	}
	return list
}

// menu is what the menu in the head of the page offers, for which there is no room.
func (s *stage) menu() []look.Action {
	if s.w.chosen == nil || s.w.chosen.page == nil {
		return nil
	}
	return s.w.chosen.page.view.Menu()
}

// says is every text that can be seen, and what the menu of the head offers.
func (s *stage) says() string {
	var lines []string
	for _, a := range s.menu() {
		lines = append(lines, s.read(a.Text)...)
	}
	for _, o := range s.visibleObjects() {
		if t, ok := o.(interface{ Text() string }); ok && t.Text() != "" {
			lines = append(lines, s.read(t.Text())...)
		}
	}
	return strings.Join(lines, "\n")
}

// read is a text in English, in all ways in which it may be meant.
func (s *stage) read(text string) []string {
	if s.tongue == nil {
		return []string{text}
	}
	return s.tongue.english(text)
}

func (s *stage) sees(text string) func() bool {
	return func() bool { return strings.Contains(s.says(), text) }
}

type pressable interface {
	fyne.CanvasObject
	fyne.Tappable
	fyne.Disableable
	Text() string
}

// button finds what can be pressed by what it says.
func (s *stage) button(text string) pressable {
	s.t.Helper()
	for _, o := range s.visibleObjects() {
		if p, ok := o.(pressable); ok && slices.Contains(s.read(p.Text()), text) {
			return p
		}
	}
	s.t.Fatalf("nothing says %q; the window says %q", text, s.says())
	return nil
}

// offers tells whether something can be pressed that says a text.
func (s *stage) offers(text string) func() bool {
	return func() bool {
		return slices.ContainsFunc(s.visibleObjects(), func(o fyne.CanvasObject) bool {
			p, ok := o.(pressable)
			return ok && slices.Contains(s.read(p.Text()), text) && !p.Disabled()
		})
	}
}

// press clicks what says a text.
func (s *stage) press(text string) {
	s.t.Helper()
	for _, a := range s.menu() {
		if slices.Contains(s.read(a.Text), text) {
			a.Do()
			return
		}
	}
	b := s.button(text)
	if b.Disabled() {
		s.t.Fatalf("%q is disabled", text)
	}
	test.Tap(b)
}

// prefs are the files in which the window remembers.
func (s *stage) prefs() string {
	if err := s.w.keeper.wait(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
	window, err := os.ReadFile(s.store().Path())
	if err != nil {
		s.t.Fatal(err)
	}
	list, err := os.ReadFile(s.store().List().Path())
	if err != nil {
		s.t.Fatal(err)
	}
	return string(window) + string(list)
}

func wiki() source.Source {
	return source.NewSnapshot(source.KindSnapshot, "wiki.db", "/data/wiki.db", "/home/ana/sluice")
}

// fail makes the next start leave a job that failed with a diagnostic.
func (e *fakeEngine) fail(d pipeline.Diagnostic) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.failure = &d
}

// kept are the sources that the file holds once everything is written.
func (s *stage) kept() source.List {
	s.t.Helper()
	s.prefs()
	p, err := s.store().Load()
	if err != nil {
		s.t.Fatal(err)
	}
	return p.Sources
}
