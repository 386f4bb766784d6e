package ui

import (
	"os"
	"path/filepath"
	"testing"

	"sluice/client/sites"
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
