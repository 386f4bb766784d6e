package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/client/sites"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// TestServerFormTakesWhatSitesDemand: a client certificate and a file with headers are
// checked in the form, and kept with the server.
func TestServerFormTakesWhatSitesDemand(t *testing.T) {
	s := newStage(t)
	p := s.serverForm()
	in := view.ServerInput{URL: "https://wiki.example.com", Secret: "x", CertFile: filepath.Join(s.dir, "gone.pem"), Headers: filepath.Join(s.dir, "gone")}
	p.view.Fill(in)
	s.press("Add server")
	s.until("the certificate is missed", s.sees("The certificate with its key cannot be used"))
	s.until("the headers are missed", s.sees("The file with headers cannot be read"))
	in.CertFile, in.Headers = sites.CertificateFile(t), filepath.Join(s.dir, "headers")
	if err := os.WriteFile(in.Headers, []byte("Cookie: gate=open\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p.view.Fill(in)
	s.press("Add server")
	s.until("it is open", s.sees("No export has run here yet"))
	if sv := s.w.chosen.source.Server; sv.CertFile != in.CertFile || sv.Headers != in.Headers || sv.KeyFile != "" {
		t.Errorf("kept: %+v", sv)
	}
}

// TestServerFormKeepsWhereTheTokenIs: with a file no token is asked for, and none is
// kept; what the command line has set stays when the form is saved again.
func TestServerFormKeepsWhereTheTokenIs(t *testing.T) {
	s := newStage(t)
	p := s.serverForm()
	in := view.ServerInput{URL: "https://wiki.example.com", Secret: "x", TokenFile: filepath.Join(s.dir, "gone"), TokenCommand: "pass show wiki", Tags: " prod ,, eu,prod"}
	p.view.Fill(in)
	s.press("Add server")
	s.until("there are two places", s.sees("there is one place for the token"))
	in.Secret, in.TokenCommand = "", ""
	p.view.Fill(in)
	s.press("Add server")
	s.until("the file is missed", s.sees("The file with the token cannot be used"))
	in.TokenFile = filepath.Join(s.dir, "token")
	if err := os.WriteFile(in.TokenFile, []byte("tok\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p.view.Fill(in)
	s.press("Add server")
	s.until("it is open", s.sees("No export has run here yet"))
	kept := func() {
		t.Helper()
		l := s.kept()
		if len(l) != 1 || l[0].Server.TokenFile != in.TokenFile || strings.Join(l[0].Tags, " ") != "prod eu" || len(s.backend.secrets) != 0 {
			t.Errorf("kept: %+v, %v", l, s.backend.secrets)
		}
	}
	kept()
	settings := newServerPanel(s.w, s.w.entries[0])
	settings.save(settings.view.Input())
	s.until("it is saved", func() bool { return settings.m.Message == texts.T.Setup.Saved })
	kept()
}
