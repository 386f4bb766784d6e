package view

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"sluice/ui/present"
	"sluice/ui/texts"
)

// TestFetchWord: the link of a job that is being fetched stops that.
func TestFetchWord(t *testing.T) {
	for link, want := range map[FetchLink]string{FetchOffer: texts.T.History.Fetch, FetchStop: texts.T.History.FetchStop} {
		if got := fetchWord(link); got != want {
			t.Errorf("%d: %q, want %q", link, got, want)
		}
	}
}

// TestServerFormKeepsItsFields: what is filled in comes out again, the secret, too.
func TestServerFormKeepsItsFields(t *testing.T) {
	test.NewTempApp(t)
	f := NewServerForm()
	want := ServerInput{Name: "Wiki", URL: "https://wiki.example.com", User: "ana", Secret: "x", CAFile: "/ca.pem", Folder: "sftp://me@wiki/srv",
		Proxy: "http://proxy:3128", SSHKey: "/key", SSHPassphrase: "/phrase", KnownHosts: "/hosts", CertFile: "/cert", KeyFile: "/certkey", Headers: "/headers",
		TokenFile: "/token", TokenCommand: "pass", Tags: "prod, eu", WithPassword: true, Insecure: true}
	f.Fill(want)
	if got := f.Input(); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	f.Fill(ServerInput{})
	if got := f.Input(); got != (ServerInput{}) {
		t.Errorf("emptied: %+v", got)
	}
	problems := present.Problems{{Field: present.FieldProxy, Message: "no proxy"}}
	f.RenderProblems(ServerModel{Problems: problems})
	if f.model.Problems.First() != present.FieldProxy {
		t.Errorf("%+v", f.model.Problems)
	}
}
