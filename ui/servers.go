package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"sluice/source"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/tone"
	"sluice/ui/view"
)

// servers is the part of the backend that talks to servers.
func (w *Window) servers() (Servers, error) {
	if s, ok := w.o.Backend.(Servers); ok {
		return s, nil
	}
	return nil, errors.New(texts.T.Server.NoServers)
}

// openServer opens a server with the secret that is kept for it.
func (w *Window) openServer(ctx context.Context, s source.Source) (source.Engine, source.Info, error) {
	servers, err := w.servers()
	if err != nil {
		return nil, source.Info{}, err
	}
	secret, err := servers.ServerSecret(ctx, s.Server)
	if err != nil {
		return nil, source.Info{}, err
	}
	engine, err := servers.OpenServer(ctx, s, secret)
	return engine, source.Info{Product: s.Server.Product, Version: s.Server.Version, BaseURL: s.Server.URL}, err
}

// recognise finds out in the background which product a server is, and
// remembers it.
func (e *entry) recognise() {
	servers, err := e.w.servers()
	if err != nil {
		return
	}
	s := e.source
	background(e, func(ctx context.Context) (source.Report, error) {
		secret, err := servers.ServerSecret(ctx, s.Server)
		if err != nil {
			return source.Report{}, err
		}
		r := servers.TestServer(ctx, s.Server, secret)
		return r, r.Err
	}, func(r source.Report, err error) {
		if err != nil || r.Product == "" {
			return // the status says what is wrong
		}
		e.source.Server.Product, e.source.Server.Version = r.Product, r.Version
		e.remember()
		e.w.render()
	})
}

// serverCaption says which server it is, and how fresh its state is.
func serverCaption(e *entry) string {
	product := strings.TrimSpace(e.source.Server.Product + " " + e.source.Server.Version)
	checked, mark := "", ""
	if e.session != nil && e.session.State().Known() {
		checked = fmt.Sprintf(texts.T.Page.Checked, present.Ago(e.w.o.Now().Sub(e.session.State().At)))
	}
	if e.source.Server.Insecure {
		mark = texts.T.Server.InsecureMark
	}
	return present.Joined(product, e.source.Server.URL, checked, mark)
}

// serverPanel is the form of a server at work: a new one, or one of the list.
type serverPanel struct {
	w    *Window
	e    *entry // nil: a new server
	view *view.ServerForm
	m    view.ServerModel
	test context.CancelFunc
	// found is what a test has recognised at an address.
	found map[string]source.Report
	// reading is the number of the last time that the form was sent.
	reading int
}

func newServerPanel(w *Window, e *entry) *serverPanel {
	s := &serverPanel{w: w, e: e, view: view.NewServerForm(), found: map[string]source.Report{}}
	s.view.OnTest = s.try
	s.view.OnSave = s.save
	s.view.OnChange = s.changed
	s.view.OnRemove = func() { e.page.askToRemove() }
	s.view.OnBrowse = func(folder bool, done func(string)) {
		if folder {
			w.chooseFolder(done)
			return
		}
		w.chooseFile(nil, done)
	}
	s.fill()
	return s
}

// fill writes the server into the form.
func (s *serverPanel) fill() {
	s.m = view.ServerModel{Editing: s.e != nil, Secret: texts.T.Server.TokenHint}
	if s.e != nil {
		sv := s.e.source.Server
		s.view.Fill(view.ServerInput{Name: s.e.source.Name, URL: sv.URL, User: sv.User, CAFile: sv.CAFile, Folder: sv.Folder,
			CertFile: sv.CertFile, KeyFile: sv.KeyFile, Headers: sv.Headers,
			TokenFile: sv.TokenFile, TokenCommand: sv.TokenCommand, Tags: strings.Join(s.e.source.Tags, ", "),
			WithPassword: sv.User != "", Insecure: sv.Insecure})
		s.m.Secret = texts.T.Server.TokenKept
		if !sv.KeepsSecret() {
			s.m.Secret = texts.T.Server.TokenElsewhere
		}
	}
	s.view.Render(s.m)
	s.askKeyring()
}

// askKeyring finds out whether secrets are kept here, and says so.
func (s *serverPanel) askKeyring() {
	servers, err := s.w.servers()
	if err != nil {
		return
	}
	go func() {
		works := servers.KeyringWorks(s.w.ctx)
		s.w.later(func() {
			if !works && (s.e == nil || s.e.source.Server.KeepsSecret()) {
				s.m.Secret = texts.T.Server.TokenAsk
				s.view.Render(s.m)
			}
		})
	}()
}

// secretOf is the secret of the form, else that of the server that it describes.
func (s *serverPanel) secretOf(ctx context.Context, in view.ServerInput, sv source.Server) (string, error) {
	if in.Secret != "" {
		return in.Secret, nil
	}
	servers, err := s.w.servers()
	if err != nil {
		return "", err
	}
	return servers.ServerSecret(ctx, sv)
}

// try tests the connection that the form describes.
func (s *serverPanel) try(in view.ServerInput) {
	s.read(in, func(next source.Source) { s.testServer(in, next.Server) })
}

func (s *serverPanel) testServer(in view.ServerInput, sv source.Server) {
	if s.test != nil {
		s.test()
	}
	ctx, cancel := context.WithCancel(s.w.ctx)
	s.test = cancel
	s.m.Testing, s.m.Checks, s.m.Message = true, nil, ""
	s.view.Render(s.m)
	go func() {
		report := source.Report{Reachable: source.NotChecked, Authorised: source.NotChecked, Feature: source.NotChecked}
		secret, err := s.secretOf(ctx, in, sv)
		if err != nil {
			report.Err = err
		} else if servers, err := s.w.servers(); err == nil {
			report = servers.TestServer(ctx, sv, secret)
		}
		s.w.later(func() {
			if ctx.Err() == nil {
				s.tested(sv.URL, report)
			}
		})
	}()
}

func (s *serverPanel) tested(url string, r source.Report) {
	if r.Err == nil {
		s.found[url] = r
	}
	s.m.Testing, s.m.Checks = false, checksOf(r)
	s.m.Message, s.m.Bad = "", false
	if r.Err == nil {
		s.m.Message = texts.T.Server.TestOK
	}
	s.view.Render(s.m)
}

// checksOf writes a report as lines: what works, and what to do about the rest.
func checksOf(r source.Report) []view.Check {
	t := texts.T.Server
	line := func(name string, v source.Verdict, says string) view.Check {
		switch v {
		case source.Passed:
			return view.Check{Text: name, Says: or(says, t.Yes), Tone: tone.Good, Icon: "completed"}
		case source.Refused:
			return view.Check{Text: name, Says: or(says, t.No), Tone: tone.Bad, Icon: "failed"}
		}
		return view.Check{Text: name, Says: t.NotChecked, Tone: tone.Neutral, Icon: "unknown"}
	}
	took := ""
	if r.Reachable == source.Passed {
		took = fmt.Sprintf(t.TookTime, present.Span(r.Took))
	}
	checks := []view.Check{line(t.Reachable, r.Reachable, took), line(t.Authorised, r.Authorised, ""), line(t.Feature, r.Feature, "")}
	if r.Err != nil {
		said := false
		for i := range checks {
			if checks[i].Tone == tone.Bad {
				checks[i].Says, said = r.Err.Error(), true
				break
			}
		}
		if !said {
			checks = append(checks, view.Check{Text: texts.T.Advice.Error, Says: r.Err.Error(), Tone: tone.Bad, Icon: "failed"})
		}
		return append(checks, warningsOf(r)...)
	}
	if r.Product != "" {
		checks = append(checks, view.Check{Text: t.Product, Says: strings.TrimSpace(r.Product + " " + r.Version), Tone: tone.Neutral, Icon: "info"})
	}
	last := view.Check{Text: t.Last, Says: t.NoExport, Tone: tone.Neutral, Icon: "not-started"}
	if r.Job.Exists() {
		sign := present.SignOfJob(r.Job)
		last = view.Check{Text: t.Last, Says: present.Joined(fmt.Sprintf(texts.T.Status.Job, r.Job.ID), sign.Word), Tone: sign.Tone, Icon: sign.Icon}
	}
	return append(append(checks, last), warningsOf(r)...)
}

func warningsOf(r source.Report) []view.Check {
	var checks []view.Check
	for _, text := range r.Warnings {
		checks = append(checks, view.Check{Text: texts.T.Advice.Warning, Says: text, Tone: tone.Caution, Icon: "warning"})
	}
	return checks
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// save keeps the secret, then writes the server down and opens it.
func (s *serverPanel) save(in view.ServerInput) {
	s.read(in, func(next source.Source) { s.keep(next, in.Secret) })
}

func (s *serverPanel) keep(next source.Source, secret string) {
	servers, err := s.w.servers()
	if err != nil {
		s.refuse(err.Error())
		return
	}
	s.view.Render(s.m)
	go func() {
		kept, err := true, error(nil)
		if secret != "" {
			kept, err = servers.KeepSecret(s.w.ctx, next.Server.URL, secret)
		}
		s.w.later(func() { s.saved(next, kept, err) })
	}()
}

func (s *serverPanel) saved(next source.Source, kept bool, err error) {
	if err != nil {
		s.refuse(err.Error())
		return
	}
	s.m.Message, s.m.Bad = texts.T.Setup.Saved, false
	if !kept {
		s.m.Message = texts.T.Server.NoKeyring
	}
	if s.e == nil {
		s.w.addedServer(next)
		return
	}
	old := s.e.source
	next.Reached = old.Reached
	if old.ID != next.ID {
		s.w.forgetSecret(old)
		s.w.takeOut(old.ID)
	}
	s.e.source = next
	s.e.remember()
	s.e.reopen()
	s.fillKeeping(s.m.Message)
}

// fillKeeping empties the secret and keeps the message.
func (s *serverPanel) fillKeeping(message string) {
	s.fill()
	s.m.Message = message
	s.view.Render(s.m)
}

// addServer shows the form for a new server.
func (w *Window) addServer() {
	w.chosen = nil
	if w.csv != nil {
		w.csv.shown = false
	}
	p := newServerPanel(w, nil)
	page := view.NewPanelPage(texts.T.Server.AddTitle, texts.T.Welcome.ServerText, w.showWelcome, p.view.Object)
	w.frame.Show(page, true)
	w.render()
	p.view.FocusName(w.window.Canvas())
}

// addedServer puts a new server into the list. One that is there already gets
// the new settings.
func (w *Window) addedServer(s source.Source) {
	for _, e := range w.entries {
		if e.source.ID == s.ID {
			e.source = s
			e.remember()
			e.reopen()
			w.choose(e)
			return
		}
	}
	w.add(s)
}

// forgetSecret removes the secret of a source in the background.
func (w *Window) forgetSecret(s source.Source) {
	secrets, ok := w.o.Backend.(Secrets)
	if !ok {
		return
	}
	go func() {
		account := s.Account()
		if takes, ok := secrets.(Takes); ok && s.CanTake() {
			account = takes.TakeAccount(s.Taken.From)
		}
		if account == "" {
			return
		}
		if err := secrets.ForgetSecret(context.WithoutCancel(w.ctx), account); err != nil {
			w.o.Logger.Warn("forget secret", "source", s.Name, "error", err)
		}
	}()
}

// serverSettings is the settings tab of a server.
type serverSettings struct {
	*serverPanel
	path *exportPath
}

func newServerSettings(p *page) serverSettings {
	s := serverSettings{serverPanel: newServerPanel(p.w, p.e)}
	s.path = newExportPath(p.e, s.view.Relayout)
	s.view.Append(s.path.view.Object)
	return s
}

func (s serverSettings) object() fyne.CanvasObject { return s.view.Object }
func (s serverSettings) render()                   {}
func (s serverSettings) shown() {
	s.fill()
	s.path.read()
}
