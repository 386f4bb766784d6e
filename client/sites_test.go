package client

import (
	"errors"
	"log"
	"strings"
	"testing"

	"sluice/client/sites"
	"sluice/pipeline"
	"sluice/secret"
)

// TestSites asks every scripted site what it is there to be asked, and looks at the
// kind of what comes back and at every word of it. Twice: no cookie and no other state
// of the first answer may reach the second request.
func TestSites(t *testing.T) {
	for _, s := range sites.All() {
		if s.Asks == sites.Follow {
			continue // see the watcher
		}
		t.Run(s.Row+"/"+s.Name, func(t *testing.T) {
			t.Parallel()
			server := s.Start(t)
			o := Options{BaseURL: server.URL, Insecure: true, Header: s.Header, Retries: 1}
			switch s.Auth {
			case sites.WithToken:
				o.Token = secret.Of(sites.Token)
			case sites.WithPassword:
				o.User, o.Password = sites.User, secret.Of(sites.Password)
			}
			if s.Certificate {
				o.CertFile = sites.CertificateFile(t)
			}
			c, err := New(o)
			if err != nil {
				t.Fatal(err)
			}
			defer c.CloseIdleConnections()
			for range 2 {
				job, err := ask(t, c, s.Asks)
				checkSite(t, s, job, err)
			}
		})
	}
}

// ask does what a site is there to be asked.
func ask(t *testing.T, c *Client, what string) (pipeline.Job, error) {
	t.Helper()
	switch what {
	case sites.Start:
		return c.Start(t.Context(), pipeline.Request{})
	case sites.Cancel:
		_, err := c.Cancel(t.Context())
		return pipeline.Job{}, err
	}
	return c.Status(t.Context())
}

func checkSite(t *testing.T, s sites.Site, job pipeline.Job, err error) {
	t.Helper()
	kind := ""
	var e *Error
	switch {
	case errors.As(err, new(*pipeline.RunningError)):
		kind = sites.IsRunning
	case errors.As(err, new(*pipeline.ValidationError)):
		kind = sites.IsIndex
	case errors.Is(err, pipeline.ErrNotRunning):
		return // the words of the server are in the answer
	case errors.As(err, &e):
		kind = string(e.Kind)
	}
	if kind != s.Kind {
		t.Fatalf("it is %q (%v), want %q", kind, err, s.Kind)
	}
	if job = pipeline.Answered(job, err); job.ID != s.Job {
		t.Errorf("the answer names job %d, want %d", job.ID, s.Job)
	}
	if denied := errors.Is(err, pipeline.ErrNotAuthorised); denied != (s.Exit == sites.NotAuthorised) {
		t.Errorf("not authorised: %t", denied)
	}
	if err == nil {
		return // what people read of a job is for the command line and the window
	}
	text := err.Error()
	for _, says := range s.Says {
		if !strings.Contains(text, says) {
			t.Errorf("it is said: %s\nwant %q", text, says)
		}
	}
	for _, never := range append(s.Never, sites.Token, sites.Password) {
		if strings.Contains(text, never) {
			t.Errorf("it is said: %s\nand must not hold %q", text, never)
		}
	}
	if testing.Verbose() {
		log.Printf("%s/%s: %s", s.Row, s.Name, text)
	}
}
