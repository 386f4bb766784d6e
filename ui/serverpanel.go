package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"sluice/schedule"
	"sluice/source"
	"sluice/ui/texts"
	"sluice/ui/view"
)

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
	// filled is the server as it was written into the form, and typed what stood there then.
	filled source.Source
	typed  view.ServerInput
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
			Proxy: sv.Proxy, SSHKey: sv.SSHKey, SSHPassphrase: sv.SSHPassphrase, KnownHosts: sv.KnownHosts,
			CertFile: sv.CertFile, KeyFile: sv.KeyFile, Headers: sv.Headers,
			TokenFile: sv.TokenFile, TokenCommand: sv.TokenCommand, Tags: strings.Join(s.e.source.Tags, ", "),
			WithPassword: sv.User != "", Insecure: sv.Insecure})
		s.filled, s.typed = s.e.source, s.view.Input()
		s.m.Secret = texts.T.Server.TokenKept
		if !sv.KeepsSecret() {
			s.m.Secret = texts.T.Server.TokenElsewhere
		}
	}
	s.view.Render(s.m)
	s.askKeyring()
}

// refill writes the server into the form again, which others have changed, unless somebody
// is typing.
func (s *serverPanel) refill() {
	if s.view.Input() == s.typed {
		s.fill()
	}
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

// save keeps the secret, then writes the server down and opens it.
func (s *serverPanel) save(in view.ServerInput) {
	s.read(in, func(next source.Source) { s.keep(next, in.Secret) })
}

func (s *serverPanel) keep(next source.Source, secret string) {
	servers, err := s.w.servers()
	if err != nil {
		s.refuse(texts.Error(err))
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
		s.refuse(texts.Error(err))
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
	if next.ID == s.filled.ID && next.ID == old.ID {
		next = mergedWith(s.filled, next, old)
	}
	next.Reached = old.Reached
	if old.ID != next.ID {
		s.w.forgetSecret(old)
		s.w.takeOut(old.ID)
		s.w.follow(old.ID, next.ID)
	}
	s.e.source = next
	s.e.remember()
	s.e.reopen()
	s.fillKeeping(s.m.Message)
}

// follow has the schedules and deliveries of a source go with it to another id.
func (w *Window) follow(from, to string) {
	if w.o.Settings == "" {
		return
	}
	go func() {
		err := schedule.Moved(w.o.Settings, from, to)
		w.later(func() {
			w.complain(err)
			if w.schedules != nil {
				w.schedules.runner.Reload()
				w.schedules.read()
			}
		})
	}()
}

// fillKeeping empties the secret and keeps the message.
func (s *serverPanel) fillKeeping(message string) {
	s.fill()
	s.m.Message = message
	s.view.Render(s.m)
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
func (s serverSettings) unsaved() bool             { return s.view.Unsaved() }
func (s serverSettings) saveNow()                  { s.view.Save() }
func (s serverSettings) discard()                  { s.fill() }
func (s serverSettings) shown() {
	if !s.view.Unsaved() {
		s.fill()
	}
	s.path.read()
}
