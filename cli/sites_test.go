package cli

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sluice/client"
	"sluice/client/sites"
	"sluice/secret"
)

// TestSites runs the command that each scripted site is there for, for people and for
// programs, and looks at the exit code and at what is said.
func TestSites(t *testing.T) {
	for _, s := range sites.All() {
		if s.Asks == sites.Follow {
			continue
		}
		t.Run(s.Row+"/"+s.Name, func(t *testing.T) {
			alone(t)
			args := append(siteFlags(t, s), "--insecure", "--timeout", "20s", "--url", s.Start(t).URL)
			code, out, errs := runProgram(t, append([]string{s.Asks}, args...)...)
			checkSaid(t, s, code, out+errs)
			if code != exitDone && strings.Count(errs, "\n") > 1+strings.Count(errs, "level=WARN") {
				t.Errorf("it is told in several lines: %q", errs)
			}
			code, out, errs = runProgram(t, append([]string{s.Asks, "--json"}, args...)...)
			if strings.Contains(out+errs, sites.Token) || strings.Contains(out+errs, sites.Password) || code != s.Exit {
				t.Errorf("--json: exit code %d, want %d: %s %s", code, s.Exit, out, errs)
			}
			if job := jobOf(t, out); job.ID != s.Job {
				t.Errorf("--json: the document has job %d, want %d: %s", job.ID, s.Job, out)
			}
			if s.Exit != exitDone {
				if p := problemIn(t, out); p.Kind != kindOf(s.Exit) || s.Kind != sites.IsRunning && s.Kind != sites.IsIndex && s.Kind != sites.IsIdle && p.Cause != s.Kind {
					t.Errorf("--json: %+v, want %s and %s", p, kindOf(s.Exit), s.Kind)
				}
			}
			if testing.Verbose() {
				t.Logf("%s\n%s%s", s.Asks, out, errs)
			}
		})
	}
}

// siteFlags are the flags, variables and files with which a site is asked.
func siteFlags(t *testing.T, s sites.Site) (flags []string) {
	t.Helper()
	t.Setenv(tokenVariable, "")
	os.Unsetenv(tokenVariable)
	switch s.Auth {
	case sites.WithToken:
		t.Setenv(tokenVariable, sites.Token)
	case sites.WithPassword:
		t.Setenv(tokenVariable, sites.Password)
		flags = append(flags, "--user", sites.User)
	}
	if s.Certificate {
		flags = append(flags, "--client-cert", sites.CertificateFile(t))
	}
	if s.Header != nil {
		flags = append(flags, "--header-file", headerFile(t, s.Header))
	}
	return flags
}

// headerFile writes headers as --header-file reads them.
func headerFile(t *testing.T, h http.Header) string {
	t.Helper()
	text := "# what the site wants\n\n"
	for name, values := range h {
		for _, value := range values {
			text += name + ": " + value + "\n"
		}
	}
	file := filepath.Join(t.TempDir(), "headers")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func checkSaid(t *testing.T, s sites.Site, code int, text string) {
	t.Helper()
	if code != s.Exit {
		t.Errorf("exit code %d, want %d: %s", code, s.Exit, text)
	}
	for _, says := range s.Says {
		if !strings.Contains(text, says) {
			t.Errorf("it is said: %s\nwant %q", text, says)
		}
	}
	for _, never := range append(s.Never, sites.Token, sites.Password, "\x1b") {
		if strings.Contains(text, never) {
			t.Errorf("it is said: %s\nand must not hold %q", text, never)
		}
	}
}

// TestFollowSites waits for the job of every site that is there for it, on a clock that
// counts in no time.
func TestFollowSites(t *testing.T) {
	for _, s := range sites.All() {
		if s.Asks != sites.Follow {
			continue
		}
		t.Run(s.Name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server, err := client.New(client.Options{BaseURL: "http://pipeline.test", Token: secret.Of(sites.Token), Dial: sites.InMemory(t, s.Handler())})
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(server.CloseIdleConnections)
				var logs strings.Builder
				c := &call{ctx: t.Context(), program: &Program{Err: &logs}, logger: newLogger(&logs, false)}
				job, err := server.Status(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				job, err = follow(c, server, job, time.Time{}, waitFlags{Wait: true, WaitTimeout: 100 * time.Hour, Patience: 15 * time.Minute})
				if code := exitCode(err); code != s.Exit || job.ID != s.Job {
					t.Errorf("exit code %d of job %d (%v), want %d and job %d; %s", code, job.ID, err, s.Exit, s.Job, &logs)
				}
			})
		})
	}
}

// TestHeaderFile: a mistake is told by its line, and never with what may be secret.
func TestHeaderFile(t *testing.T) {
	alone(t)
	for text, says := range map[string]string{
		"":                                "holds no header",
		"# nothing\n":                     "holds no header",
		"X-Ok: 1\nno colon s3cret-value":  "line 2",
		"X Bad: s3cret-value":             "line 1",
		"Authorization: s3cret-value":     "token",
		"x-atlassian-token: s3cret-value": "cannot be set",
		"X-Empty:":                        "line 1",
		"X-A: s3cret-value\x00":           "holds a character",
	} {
		file := filepath.Join(t.TempDir(), "headers")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		code, out, errs := runProgram(t, "status", "--url", "http://127.0.0.1:9", "--header-file", file)
		expect(t, text, code, exitUsage, errs, says)
		if strings.Contains(out+errs, "s3cret") || !strings.Contains(errs, "--header-file") {
			t.Errorf("%q: %s", text, errs)
		}
	}
}

// TestExposedHeaderFile: others can read what is as secret as a token.
func TestExposedHeaderFile(t *testing.T) {
	alone(t)
	s := httptest.NewServer(page(200, "application/json", "{}"))
	defer s.Close()
	file := headerFile(t, http.Header{"X-Key": {"s3cret-value"}})
	if err := os.Chmod(file, 0o644); err != nil {
		t.Fatal(err)
	}
	code, out, errs := runProgram(t, "status", "--url", s.URL, "--header-file", file)
	if code != exitDone || !strings.Contains(errs, file) || strings.Contains(out+errs, "s3cret") {
		t.Errorf("%d, %s%s", code, out, errs)
	}
}
