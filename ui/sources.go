package ui

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"time"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/present"
	"sluice/ui/session"
	"sluice/ui/texts"
)

// entry is a source in the window: opened, being opened, or not to be opened.
type entry struct {
	w      *Window
	source source.Source
	at     string             // the home that this window works in; "": that of the source
	fresh  bool               // it was never open: it is not remembered yet
	before *entry             // what was shown before it, while it is fresh
	stop   context.CancelFunc // ends the opening
	round  int                // number of the opening that counts

	take  *taking // the snapshot is being taken, or was not; nil: neither
	asked func()  // takes back what was asked about that; nil: nothing was

	engine  source.Engine // nil until it is open
	info    source.Info
	file    fs.FileInfo // the snapshot as it was opened; nil if it is none
	session *session.Session
	failure error // why it cannot be opened

	stale bool // others have changed how it is opened while it was at work
	past  past
	page  *page        // nil until it was looked at
	busy  present.Busy // as the session told it last, and the job
	job   pipeline.Job
}

// start opens the source in the background.
func (e *entry) start() {
	e.round++
	round := e.round
	e.failure = nil
	ctx, cancel := context.WithCancel(e.w.ctx)
	e.stop = cancel
	s, homes := e.working(), e.w.o.Homes
	go func() {
		stray, file := strayHome(s, homes), snapshotFile(s.Snapshot)
		engine, info, err := e.w.openEngine(ctx, s)
		e.w.later(func() {
			if stray != "" && round == e.round {
				e.source = e.source.Knowing(stray)
			}
			if round == e.round {
				e.file = file
			}
			e.opened(round, engine, info, err)
		})
	}()
}

func (w *Window) openEngine(ctx context.Context, s source.Source) (source.Engine, source.Info, error) {
	if s.Kind == source.KindServer {
		return w.openServer(ctx, s)
	}
	return w.o.Backend.OpenLocal(ctx, s)
}

// opened takes an engine in. One that comes too late is closed again.
func (e *entry) opened(round int, engine source.Engine, info source.Info, err error) {
	if round != e.round {
		e.w.closeLater(engine, e.source.Name)
		return
	}
	if err != nil {
		e.w.o.Logger.Debug("source", "name", e.source.Name, "error", err)
		if e.fresh {
			e.w.refuse(e, err)
			return
		}
		e.failure = err
		e.w.render()
		return
	}
	if e.fresh {
		e.accept()
	}
	e.engine, e.info = engine, info
	e.session = session.Open(e.w.ctx, session.Options{
		Exporter: engine, Watcher: engine, Dispatch: e.w.later, Now: e.w.o.Now,
		Changed: e.changed,
		Ended:   func(_ *session.Session, j pipeline.Job) { e.ended(j) },
	})
	e.loadPast()
	if e.page != nil {
		e.page.opened()
	}
	if e.source.Kind == source.KindServer && e.source.Server.Product == "" {
		e.recognise()
	}
	e.w.render()
}

// detach ends everything that the window does with the source, and returns the
// engine that is to be closed; nil if there is none.
func (e *entry) detach() source.Engine {
	e.round++
	e.stop()
	if e.session != nil {
		e.session.Close()
	}
	engine := e.engine
	e.engine, e.session, e.info = nil, nil, source.Info{}
	return engine
}

// closeLater closes an engine in the background.
func (w *Window) closeLater(engine source.Engine, name string) {
	if engine == nil {
		return
	}
	go func() {
		if err := engine.Close(context.WithoutCancel(w.ctx)); err != nil {
			w.o.Logger.Warn("close source", "name", name, "error", err)
		}
	}()
}

// reopen closes the source in the background and opens it with its settings.
func (e *entry) reopen() {
	e.w.closeLater(e.detach(), e.source.Name)
	e.start()
	e.w.render()
}

// changed is called whenever the session knows something new. That a request is on
// its way, which somebody has asked for, is drawn at once.
func (e *entry) changed(s *session.Session) {
	if e == e.w.chosen {
		e.w.renderTitle()
	}
	busy, job := s.Busy(), s.State().Job
	same := busy == e.busy && job.ID == e.job.ID && job.Status == e.job.Status
	asked := busy != e.busy && busy != present.Idle
	e.busy, e.job = busy, job
	if asked {
		e.drawNews()
		return
	}
	e.w.notifyStuck(e, s.State())
	e.w.trayAnswered(e)
	e.w.gather(e, same && job.Running() && s.Sampling())
}

// drawNews draws what has become known of the source.
func (e *entry) drawNews() {
	w := e.w
	if w.unseen() {
		w.renderUnseen()
		return
	}
	w.renderRail()
	w.board.render()
	w.renderMenu()
	if e != w.chosen {
		w.plan()
		return
	}
	e.render()
	w.drawn()
}

// longJob is how long a job runs before its end is worth a notification.
const longJob = 20 * time.Second

// ended is called when a job that was seen running has ended.
func (e *entry) ended(job pipeline.Job) {
	e.w.o.Logger.Debug("job ended", "source", e.source.Name, "job", job.ID, "status", string(job.Status))
	if job.Duration(e.w.o.Now()) >= longJob && !e.w.tellsOfRun(job) {
		e.w.notify(e.source.Name, job)
	}
	e.loadPast()
	if e.page != nil {
		e.page.jobEnded(job)
	}
	if e.stale {
		e.stale = false
		e.reopen()
		return
	}
	e.lookAtSnapshot()
}

// inputs are what the presenters need to know about the source.
func (e *entry) inputs() present.Inputs {
	in := present.Inputs{Kind: e.source.Kind, Now: e.w.o.Now(), Zone: e.formZone(), Insecure: e.source.Server.Insecure}
	if e.session != nil {
		e.session.Fill(&in)
	}
	if !in.Kind.Local() { // what runs here tells more of itself
		in.Usual, _ = pipeline.UsualOf(in.State.Job, e.past.jobs)
	}
	if e.source.Kind == source.KindServer {
		in.Warnings = e.w.o.Warnings
		if w, ok := e.engine.(Warner); ok && !in.Insecure {
			in.Warnings = append(w.Warnings(), in.Warnings...)
		}
	}
	return in
}

// formZone is the zone in which the form of the next export has its from date: that of the
// last one is told beside it in the same.
func (e *entry) formZone() *time.Location {
	if e.page != nil && e.page.export.zone != "" {
		if zone, err := present.LoadZone(e.page.export.zone); err == nil {
			return zone
		}
	}
	return e.zone()
}

// zone is the zone of a snapshot, as it was set or found out; for a server, which tells
// none, that of this computer, in which its form begins, too.
func (e *entry) zone() *time.Location {
	if !e.source.Kind.Local() {
		return time.Local
	}
	name := e.source.Local.TimeZone
	if name == "" {
		name = e.info.TimeZone
	}
	zone, err := present.LoadZone(name)
	if err != nil {
		return nil
	}
	return zone
}

// member is the source among all of them.
func (e *entry) member() present.Member {
	s := e.source
	m := present.Member{ID: s.ID, Icon: string(s.Kind), Name: s.Name, Place: s.Server.URL, Tags: s.Tags, In: e.inputs(),
		Open: e.session != nil, Failure: e.failure, Success: pipeline.LastSuccess(e.past.jobs...)}
	if now := pipeline.LastSuccess(e.job); now.After(m.Success) {
		m.Success = now
	}
	if s.Kind.Local() {
		m.Place = s.Snapshot
	}
	if e.take != nil {
		t := e.takingState()
		m.Taking = &t
	}
	return m
}

// word is the status of the source as one word, for the title of the window.
func (e *entry) word() string {
	switch {
	case e.take != nil:
		return present.TakingOf(e.takingState()).Word
	case errors.Is(e.failure, source.ErrNoSecret):
		return texts.T.Server.NeedsSecret
	case e.failure != nil:
		return texts.T.Rail.OpenFailed
	case e.session == nil || !e.session.State().Known() && !e.session.State().Unreachable():
		return texts.T.Rail.Connecting
	}
	return present.StatusOf(e.inputs()).Word
}

// titleWords are the words about a source in the title: its state, how far it is, and how the
// others stand.
func (w *Window) titleWords(e *entry) string {
	others := 0
	for _, r := range w.board.all.Rows {
		if r.ID != e.source.ID && r.Standing.NeedsCare() {
			others++
		}
	}
	in := present.Inputs{}
	if e.session != nil {
		in = e.inputs()
	}
	return present.TitleWords(e.word(), in, others)
}

// remember writes the source's settings down.
func (e *entry) remember() {
	if e.fresh {
		return
	}
	e.w.prefs.Sources = e.w.prefs.Sources.With(e.source)
	e.w.save()
}

// leavePreview takes the keyboard from the preview in sight, before something
// else comes into sight.
func (w *Window) leavePreview() {
	if p, ok := w.previewInSight(); ok {
		p.Unfocus()
	}
}

// chooseID shows the source with an id.
func (w *Window) chooseID(id string) {
	switch id {
	case csvID:
		w.showCSV()
		return
	case boardID:
		w.showBoard()
		return
	}
	for _, e := range w.entries {
		if e.source.ID == id {
			w.choose(e)
		}
	}
}

// leaveOthers is called before a page comes into sight that belongs to no source, or one
// of a source: the others that belong to none are not shown any more.
func (w *Window) leaveOthers() {
	w.board.shown = false
	if w.csv != nil {
		w.csv.shown = false
	}
}

// choose shows a source.
func (w *Window) choose(e *entry) {
	w.leaveChosen(e)
	w.chosen = e
	w.leaveOthers()
	w.frame.Show(e.pageOf().view.Object, true)
	e.page.shown()
	w.render()
	if w.prefs.Chosen != e.source.ID {
		w.save()
	}
}

// pageOf is the page of the source, which is made when somebody wants something of it.
func (e *entry) pageOf() *page {
	if e.page == nil {
		e.page = newPage(e)
	}
	return e.page
}

// takeOut takes a source out of what is remembered, by other windows, too.
func (w *Window) takeOut(id string) {
	w.prefs.Sources = w.prefs.Sources.Without(id)
}

// remove takes a source out of the list; its files stay.
func (w *Window) remove(e *entry) {
	e.endTaking()
	w.entries = slices.DeleteFunc(w.entries, func(other *entry) bool { return other == e })
	w.takeOut(e.source.ID)
	w.closeLater(e.detach(), e.source.Name)
	if e.page != nil {
		e.page.close()
	}
	w.chosen = nil
	w.prefs.Chosen = ""
	w.save()
	if len(w.entries) > 0 {
		w.choose(w.entries[0])
		return
	}
	w.showWelcome()
}

// showWelcome shows the page for adding a source.
func (w *Window) showWelcome() {
	w.leaveChosen(nil)
	w.chosen = nil
	w.leaveOthers()
	w.welcome.Render(-1, "", false)
	w.welcome.Recent(w.recent())
	w.frame.Show(w.welcome.Object, len(w.entries) > 0 || w.csv != nil)
	w.render()
}
