package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"sluice/source"
	"sluice/ui/present"
	"sluice/ui/texts"
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

// addServer shows the form for a new server.
func (w *Window) addServer() {
	w.leaveChosen(nil)
	w.chosen = nil
	w.leaveOthers()
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
