package localexport

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/localexport/jobfiles"
	"sluice/pipeline"
	"sluice/redact"
)

func writeRules(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestResumeRedacted: a job is gone on with by the rules and the key that it began with,
// or not at all, and then one sentence says why.
func TestResumeRedacted(t *testing.T) {
	for name, c := range map[string]struct {
		change func(t *testing.T, o *Options, rules, key string)
		says   string // "": it is gone on with
	}{
		"as it was":     {func(*testing.T, *Options, string, string) {}, ""},
		"nothing asked": {func(_ *testing.T, o *Options, _, _ string) { o.Redact = "" }, ""},
		"other rules":   {func(_ *testing.T, o *Options, _, _ string) { o.Redact = "no-content" }, "it was begun by other rules"},
		"rules changed": {func(t *testing.T, o *Options, rules, _ string) {
			o.Redact = ""
			writeRules(t, rules, "profile: no-people")
		}, "were changed since"},
		"rules gone":      {func(t *testing.T, o *Options, rules, _ string) { o.Redact = ""; remove(t, rules) }, "there is no file with rules"},
		"key gone":        {func(t *testing.T, _ *Options, _, key string) { remove(t, key) }, "the key for pseudonyms"},
		"another key":     {func(t *testing.T, _ *Options, _, key string) { remove(t, key); makeKey(t, key) }, "is another one than it was"},
		"no key any more": {func(t *testing.T, _ *Options, _, key string) { writeRules(t, key, "") }, "is no key"},
	} {
		f, o := newFake(), testOptions(t)
		rules := filepath.Join(t.TempDir(), "rules.yaml")
		writeRules(t, rules, "profile: gdpr\ncolumns: {labels: mask}")
		o.Redact = rules
		old := interruptedJob(t, f, o, pipeline.Request{})
		if old.Redaction != "gdpr, changed by rules of a file" {
			t.Errorf("%s: %q", name, old.Redaction)
		}
		again := testOptionsAt(t, o.Home)
		again.Redact = rules
		c.change(t, &again, rules, redact.KeyFile(o.Home))
		e := openFake(t, f, again)
		job, err := e.Resume(t.Context(), 0)
		if c.says != "" {
			if not := (*pipeline.NotResumableError)(nil); !errors.As(err, &not) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%s: %v", name, err)
			}
			if _, err := os.Stat(redact.KeyFile(o.Home)); name == "key gone" && !errors.Is(err, fs.ErrNotExist) {
				t.Error("another key was made")
			}
			continue
		}
		if err != nil || job.Redaction != old.Redaction {
			t.Errorf("%s: %v, %q", name, err, job.Redaction)
		}
		wait(t, e)
	}
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

func makeKey(t *testing.T, path string) {
	t.Helper()
	if _, _, err := redact.LoadKey(path, func(string) {}); err != nil {
		t.Fatal(err)
	}
}

// TestResumePlain: a job that was begun without redaction is not gone on with by rules.
func TestResumePlain(t *testing.T) {
	f, o := newFake(), testOptions(t)
	interruptedJob(t, f, o, pipeline.Request{})
	o = testOptionsAt(t, o.Home)
	o.Redact = "gdpr"
	if _, err := openFake(t, f, o).Resume(t.Context(), 0); err == nil || !strings.Contains(err.Error(), "was begun without redaction") {
		t.Error(err)
	}
}

// TestRedactedManifest: neither rules nor key are in what is kept of a job, nor where its
// snapshot lies; what ends a job whose process died knows its place all the same.
func TestRedactedManifest(t *testing.T) {
	f, o := newFake(), testOptions(t)
	o.Redact = "gdpr"
	e := openFake(t, f, o)
	job := runToEnd(t, e, pipeline.Request{})
	if job.Redaction != "gdpr" || len(job.Notes) == 0 || job.Notes[len(job.Notes)-1].Key != KeyPseudonyms {
		t.Errorf("%+v", job)
	}
	m, err := jobfiles.ReadManifest(JobFolder(o.Home, job.ID))
	if err != nil || m.Redaction == nil || m.Snapshot.Path != "" || m.Job.NodeID != "" {
		t.Errorf("%+v, %v", m, err)
	}
	if end, ok := e.manifestEnd(job); !ok || end.NodeID != job.NodeID || end.Redaction != "gdpr" {
		t.Errorf("%+v", end)
	}
	if again := runToEnd(t, e, pipeline.Request{}); len(again.Notes) >= len(job.Notes) {
		t.Errorf("a key is made twice: %+v", again.Notes)
	}
}
