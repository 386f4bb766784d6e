package ui

import (
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/view"
	"sluice/visible"
)

// hostile is text that a server, a file or a snapshot may send: a colour, the
// clipboard of a terminal, C1 as UTF-8 and as a byte, a turned order, no width, line
// breaks.
const hostile = "evil\x1b[31m\x1b]52;c;cm0gLXJm\x07\u009b2J\x9b\u202etxt.exe\u2066\u200b\ufeff\u2028\r\n\ttail\x00\x7f"

// leaves are the texts as they are drawn; what a person edits is left out.
func leaves(list []string, o fyne.CanvasObject) []string {
	if o == nil || !o.Visible() {
		return list
	}
	switch o := o.(type) {
	case *canvas.Text:
		return append(list, o.Text)
	case *widget.TextGrid:
		return append(list, strings.Split(o.Text(), "\n")...)
	case *fyne.Container:
		for _, child := range o.Objects {
			list = leaves(list, child)
		}
	case interface{ SelectedText() string }: // a field: its text is edited, and must stay what it is
		return list
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			list = leaves(list, child)
		}
	}
	return list
}

func (s *stage) leaves() []string {
	var list []string
	for _, o := range s.w.window.Canvas().Overlays().List() {
		list = leaves(list, o)
	}
	return append(leaves(list, s.w.window.Content()), s.w.window.Title())
}

// clean fails the test where something is drawn that does not show or may do harm,
// or is longer than a window can take.
func (s *stage) clean(where string) {
	s.t.Helper()
	const longest = 2100
	found := false
	for _, text := range s.leaves() {
		found = found || strings.Contains(text, "vil‹001B›")
		if !utf8.ValidString(text) || strings.ContainsFunc(text, visible.Hidden) {
			s.t.Errorf("%s draws %q", where, text)
		}
		if n := utf8.RuneCountInString(text); n > longest {
			s.t.Errorf("%s draws a text of %d characters: %.40q…", where, n, text)
		}
	}
	if !found {
		s.t.Errorf("%s shows nothing of the hostile text: %q", where, s.leaves())
	}
}

// hostileJob has everything in it that a server can fill.
func hostileJob(messages int) pipeline.Job {
	long := hostile + strings.Repeat("A", 100_000)
	job := pipeline.Job{ID: 7, Status: pipeline.Failed, NodeID: long, StartTime: pipeline.At(time.Now().Add(-time.Minute)),
		CompletedTime: pipeline.At(time.Now()), RootExportPath: hostile}
	for i := range messages {
		d := pipeline.Diagnostic{Key: long, Message: long + strconv.Itoa(i)}
		job.Errors, job.Warnings = append(job.Errors, d), append(job.Warnings, d)
		job.Errors = append(job.Errors, pipeline.Diagnostic{Key: pipeline.KeyPreValidation, Message: long})
	}
	return job
}

func TestHostileJobIsShownSafely(t *testing.T) {
	s := newStage(t)
	s.backend.secrets["https://wiki.example.com"] = "tok"
	s.engine.jobs = []pipeline.Job{hostileJob(10)}
	s.w.addedServer(source.NewServer(hostile, source.Server{URL: "https://wiki.example.com"}))
	s.until("the job is there", s.sees("and 7 more"))
	s.clean("the export tab")
	says := s.says()
	if n := strings.Count(says, "more characters)"); n == 0 || n > 40 {
		t.Errorf("%d texts say how much is left out", n)
	}
	for _, want := range []string{"and 6 more", "and 7 more", "and 4 more"} {
		if !strings.Contains(says, want) {
			t.Errorf("it is not said that there are more errors or warnings (%s)", want)
		}
	}
	if len(says) > 40_000 {
		t.Errorf("%d bytes of text are shown", len(says))
	}
	s.w.chosen.page.view.Choose(view.HistoryTab)
	s.clean("the history")
	s.press("Details")
	s.clean("the details of a job")
	s.press("Copy")
	if clip := s.app.Clipboard().Content(); !strings.Contains(clip, strings.Repeat("A", 100_000)) {
		t.Errorf("what was copied has %d bytes, not the whole document", len(clip))
	}
	s.press("Close")
	s.w.chosen.page.view.Choose(view.SettingsTab)
	s.clean("the settings")
}

func TestHostileStatusAndErrorAreShownSafely(t *testing.T) {
	for name, prepare := range map[string]func(*fakeEngine){
		"status": func(e *fakeEngine) {
			e.jobs = []pipeline.Job{{ID: 1, Status: pipeline.Status(hostile + strings.Repeat("x", 100_000))}}
		},
		"error": func(e *fakeEngine) { e.err = errors.New(hostile + strings.Repeat("y", 100_000)) },
	} {
		s := newStage(t)
		s.backend.secrets["https://wiki.example.com"] = "tok"
		prepare(s.engine)
		s.w.addedServer(source.NewServer("Wiki", source.Server{URL: "https://wiki.example.com"}))
		s.until("it is shown", s.sees("vil‹001B›"))
		s.clean(name)
	}
}

func TestHostileNamesOfFilesAreShownSafely(t *testing.T) {
	path := filepath.Join("/data", hostile+".db")
	s := newStage(t)
	s.backend.openErr = fmt.Errorf("open %s: it is no snapshot", path)
	s.w.addSnapshot(path)
	s.until("it cannot be opened", s.sees("no snapshot"))
	s.clean("a snapshot that cannot be opened")
	s.w.tell("x", path)
	s.clean("a dialog")
	s.w.confirm(hostile, hostile, hostile, func() {})
	s.clean("a question")
}
