package present

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

var (
	berlin = mustZone("Europe/Berlin")
	now    = time.Date(2026, 11, 23, 14, 3, 49, 0, berlin)
)

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return zone
}

func known(status pipeline.Status) pipeline.State {
	j := pipeline.Job{Status: status, StartTime: pipeline.At(now.Add(-time.Minute))}
	if status != pipeline.NotStarted {
		j.ID = 12
	}
	return pipeline.State{Job: j, At: now}
}

// TestControls is the state table of the design.
func TestControls(t *testing.T) {
	stuck := known(pipeline.Started)
	stuck.Stuck = true
	lost := known(pipeline.Completed)
	lost.UnreachableSince = now
	tests := []struct {
		name  string
		state pipeline.State
		busy  Busy
		since time.Duration
		want  Controls
	}{
		{"not started", known(pipeline.NotStarted), Idle, 0, Controls{Start: true, Force: true, Inputs: true}},
		{"completed", known(pipeline.Completed), Idle, 0, Controls{Start: true, Force: true, Inputs: true}},
		{"cancelled", known(pipeline.Cancelled), Idle, 0, Controls{Start: true, Force: true, Inputs: true}},
		{"failed", known(pipeline.Failed), Idle, 0, Controls{Start: true, Force: true, Inputs: true}},
		{"started", known(pipeline.Started), Idle, 0, Controls{Cancel: true, Inputs: true}},
		{"started while the start waits for the check", known(pipeline.Started), Starting, 0, Controls{Cancel: true, Inputs: true}},
		{"stuck", stuck, Idle, 0, Controls{Cancel: true, Release: true, Inputs: true}},
		{"cancellation requested", known(pipeline.CancellationRequested), Idle, time.Second, Controls{Inputs: true}},
		{"cancellation that lasts", known(pipeline.CancellationRequested), Idle, 3 * time.Minute, Controls{Release: true, Inputs: true}},
		{"starting", known(pipeline.Completed), Starting, 0, Controls{Inputs: true}},
		{"cancelling", known(pipeline.Started), Cancelling, 0, Controls{Inputs: true}},
		{"unknown status", known("PAUSED"), Idle, 0, Controls{Start: true, Force: true, Cancel: true, Inputs: true}},
		{"never known", pipeline.State{}, Idle, 0, Controls{Inputs: true}},
		{"unreachable", lost, Idle, 0, Controls{Inputs: true}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := ControlsFor(test.state, test.busy, test.since); got != test.want {
				t.Errorf("controls are %+v, want %+v", got, test.want)
			}
		})
	}
}

func TestFormat(t *testing.T) {
	tests := []struct{ got, want string }{
		{Count(0), "0"}, {Count(999), "999"}, {Count(1000), "1,000"}, {Count(59690660), "59,690,660"}, {Count(-12345), "-12,345"}, {KnownCount(-1), "?"}, {KnownCount(1000), "1,000"},
		{Size(0), "0 B"}, {Size(999), "999 B"}, {Size(1000), "1.0 kB"}, {Size(4_100_000), "4.1 MB"}, {Size(412_000_000_000), "412 GB"},
		{Size(999_999), "1.0 MB"}, {Size(18_400_000_000), "18.4 GB"},
		{Span(69 * time.Millisecond), "0.07 s"}, {Span(100 * time.Millisecond), "0.1 s"}, {Span(41 * time.Second), "41 s"},
		{Span(98 * time.Second), "1 min 38 s"}, {Span(2*time.Hour + 14*time.Minute), "2 h 14 min"}, {Span(2 * time.Hour), "2 h"},
		{Span(59*time.Second + 700*time.Millisecond), "1 min"}, {Span(9970 * time.Millisecond), "10 s"}, {Span(100 * time.Hour), "4 d 4 h"}, {Span(-1), "—"},
		{RunningSpan(1900 * time.Millisecond), "1 s"}, {RunningSpan(61 * time.Second), "1 min 1 s"},
		{Ago(2 * time.Second), "just now"}, {Ago(4 * time.Minute), "4 min ago"}, {Ago(145 * time.Hour), "6 d ago"},
		{Clock(now.Add(-time.Hour), now), "13:03:49"}, {Clock(now.Add(-24*time.Hour), now), "2026-11-22 14:03:49"},
		{Moment(now), "2026-11-23 14:03 +01:00"}, {Moment(time.Time{}), "—"},
		{Short(612), "612"}, {Short(8_120_004), "8.1 M"}, {Short(59_690), "59.7 k"},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}

func TestParseSize(t *testing.T) {
	for s, want := range map[string]int64{"": 0, "-1": -1, "5GB": 5e9, "500 MB": 5e8, "1.5tb": 15e11, "10": 10, "7B": 7, "2kB": 2000} {
		if got, err := source.ParseSize(s); err != nil || got != want {
			t.Errorf("source.ParseSize(%q) = %d, %v, want %d", s, got, err, want)
		}
	}
	for _, s := range []string{"five", "-2", "5XB", "NaN", "1e40"} {
		if n, err := source.ParseSize(s); err == nil {
			t.Errorf("source.ParseSize(%q) = %d: want an error", s, n)
		}
	}
}

func TestPresets(t *testing.T) {
	a := Anchor{Newest: now, Last: time.Date(2026, 11, 15, 2, 0, 59, 0, time.UTC)}
	tests := []struct {
		preset Preset
		want   FromDate
		sent   string
	}{
		{Days365, FromDate{"2025-11-23", "00:00", "Europe/Berlin"}, "2025-11-23T00:00+01:00"},
		{Days90, FromDate{"2026-08-25", "00:00", "Europe/Berlin"}, "2026-08-25T00:00+02:00"},
		{Days30, FromDate{"2026-10-24", "00:00", "Europe/Berlin"}, "2026-10-24T00:00+02:00"},
		{Days7, FromDate{"2026-11-16", "00:00", "Europe/Berlin"}, "2026-11-16T00:00+01:00"},
		{SinceLast, FromDate{"2026-11-15", "03:00", "Europe/Berlin"}, "2026-11-15T03:00+01:00"},
		{Everything, FromDate{"1970-01-01", "00:00", "UTC"}, "1970-01-01T00:00Z"},
	}
	for _, test := range tests {
		form, ok := test.preset.Fill(a, "Europe/Berlin")
		if !ok || form != test.want {
			t.Errorf("%s fills %+v, want %+v", test.preset.Name(), form, test.want)
			continue
		}
		at, _, err := form.Instant(now)
		if got := pipeline.FormatFromDate(at); err != nil || got != test.sent {
			t.Errorf("%s sends %s (%v), want %s", test.preset.Name(), got, err, test.sent)
		}
	}
	if _, ok := SinceLast.Fill(Anchor{Newest: now}, "UTC"); ok {
		t.Error("since last export is possible although there was none")
	}
}

func TestInstant(t *testing.T) {
	tests := []struct {
		form  FromDate
		sent  string
		field string // of the error
		note  string
	}{
		{FromDate{"2026-11-01", "09:30", "UTC"}, "2026-11-01T09:30Z", "", ""},
		{FromDate{"2026-11-01", "", "+05:30"}, "2026-11-01T00:00+05:30", "", ""},
		{FromDate{" 2026-11-01 ", " 9:05 ", " Asia/Tokyo "}, "2026-11-01T09:05+09:00", "", ""},
		{FromDate{"2026-11-01", "09:30:15", "UTC"}, "2026-11-01T09:30:15Z", "", ""},
		{FromDate{"2020-12-30T22:01+01:00", "09:00", "UTC"}, "2020-12-30T22:01+01:00", "", ""},
		{FromDate{"2026-03-29", "02:30", "Europe/Berlin"}, "2026-03-29T03:30+02:00", "", "02:30"},
		{FromDate{"2026-10-25", "02:30", "Europe/Berlin"}, "2026-10-25T02:30+02:00", "", ""}, // the first of the two
		{FromDate{"01/11/2026", "00:00", "UTC"}, "", "date", ""},
		{FromDate{"2026-02-30", "00:00", "UTC"}, "", "date", ""},
		{FromDate{"", "00:00", "UTC"}, "", "date", ""},
		{FromDate{"2026-11-01", "25:00", "UTC"}, "", "time", ""},
		{FromDate{"2026-11-01", "noon", "UTC"}, "", "time", ""},
		{FromDate{"2026-11-01", "00:00", "Mars/Base"}, "", "zone", ""},
		{FromDate{"2026-11-01", "00:00", "+99"}, "", "zone", ""},
		{FromDate{"2027-01-01", "00:00", "UTC"}, "", "date", ""},
		{FromDate{"2026-11-23", "23:00", "Europe/Berlin"}, "", "date", ""},
	}
	for _, test := range tests {
		at, note, err := test.form.Instant(now)
		var wrong *FieldError
		if test.field != "" {
			if !errors.As(err, &wrong) || wrong.Field != test.field {
				t.Errorf("%+v: error %v, want one of field %s", test.form, err, test.field)
			}
			continue
		}
		if got := pipeline.FormatFromDate(at); err != nil || got != test.sent {
			t.Errorf("%+v sends %s (%v), want %s", test.form, got, err, test.sent)
		}
		if (note != "") != (test.note != "") || !strings.Contains(note, test.note) {
			t.Errorf("%+v: note %q, want %q", test.form, note, test.note)
		}
	}
}

func TestReachedAt(t *testing.T) {
	early, late := now.Add(-time.Hour), now
	for name, c := range map[string]struct {
		guessed     bool
		noted, want time.Time
	}{
		"written down":                  {false, early, late},
		"guessed":                       {true, time.Time{}, late},
		"guessed, and noted as earlier": {true, early, early},
		"guessed, and noted as later":   {true, late.Add(time.Hour), late},
	} {
		if got := ReachedAt(pipeline.Reach{Job: 1, At: late, Guessed: c.guessed}, c.noted); !got.Equal(c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestReached(t *testing.T) {
	job := pipeline.Job{ID: 1, Status: pipeline.Completed, StartTime: pipeline.At(now)}
	if got := Reached(job, now.Add(-48*time.Hour)); !got.Equal(now.Add(-48 * time.Hour)) {
		t.Errorf("a job over an older snapshot reached %v", got)
	}
	if got := Reached(job, time.Time{}); !got.Equal(now) {
		t.Errorf("a job on a server reached %v", got)
	}
	job.Status = pipeline.Cancelled
	if got := Reached(job, time.Time{}); !got.IsZero() {
		t.Errorf("a cancelled job reached %v", got)
	}
}

func TestCommands(t *testing.T) {
	from := time.Date(2025, 11, 23, 0, 0, 0, 0, mustZone("Australia/Sydney"))
	local := LocalCommand{Snapshot: "my wiki.db", Home: "~/sluice/it's", From: from, Forced: true, FullContent: true, MinFreeSpace: "-1", Rules: []string{"--skip-bad-rows", "--cut-marker=a b"}}
	want := `sluice export --snapshot 'my wiki.db' --home ~/'it'\''s' --from-date 2025-11-23T00:00+11:00 --force --full-content --skip-bad-rows '--cut-marker=a b' --min-free-space=-1`
	want = strings.Replace(want, `~/'it`, `~/'sluice/it`, 1)
	if got := local.String(); got != want {
		t.Errorf("command is\n%s, want\n%s", got, want)
	}
	r := pipeline.Request{FromDate: from, Forced: true}
	if got, want := RequestLine(r), "POST …/rest/datapipeline/latest/export?fromDate=2025-11-23T00%3A00%2B11%3A00&forceExport=true"; got != want {
		t.Errorf("request is %s, want %s", got, want)
	}
	curl := Curl("https://wiki.example.com/", pipeline.Request{})
	if !strings.HasSuffix(curl, " https://wiki.example.com/rest/datapipeline/latest/export") || !strings.Contains(curl, "$SLUICE_TOKEN") {
		t.Errorf("curl is %s", curl)
	}
}

func TestEstimatorTellsOnlySteadyFigures(t *testing.T) {
	var e Estimator
	at := now
	for i := range 100 { // 10 s at 1,000 a second
		e.Add(at, int64(i*100), 100_000, int64(i*100), int64(i*5000))
		if _, ok := e.Left(); ok && at.Sub(now) < leastWindow {
			t.Fatalf("time left is told after %v", at.Sub(now))
		}
		at = at.Add(100 * time.Millisecond)
	}
	left, ok := e.Left()
	if !ok || left < 85*time.Second || left > 95*time.Second {
		t.Errorf("left %v %v, want about 90 s", left, ok)
	}
	if r := e.Rows(); r < 990 || r > 1010 {
		t.Errorf("rate is %v rows/s", r)
	}
	if r := e.Bytes(); r < 49_000 || r > 51_000 {
		t.Errorf("rate is %v bytes/s", r)
	}
	e.Add(at, 10, 100_000, 10, 10) // another job
	if _, ok := e.Left(); ok || e.Rows() != 0 || len(e.Chart()) > 1 {
		t.Error("the estimator remembers another job")
	}
}

func TestEstimatorKeepsQuietWhileRatesJump(t *testing.T) {
	var e Estimator
	done := int64(0)
	for i := range 200 {
		step := int64(1)
		if i%40 < 20 {
			step = 2000
		}
		done += step
		e.Add(now.Add(time.Duration(i)*500*time.Millisecond), done, 1_000_000, done, done)
		if i%40 == 20 && i > 20 {
			if left, ok := e.Left(); ok && left < time.Second {
				t.Errorf("%v are left of a job that has not done half", left)
			}
		}
	}
	if n := len(e.Chart()); n > chartLength {
		t.Errorf("the chart has %d points", n)
	}
}

func TestStatusOf(t *testing.T) {
	running := Inputs{Kind: source.KindSnapshot, State: known(pipeline.Started), Now: now, Progress: pipeline.Progress{
		Phase: pipeline.PhaseExporting, Done: 41, Total: 100, Files: []pipeline.FileProgress{
			{Name: "users", State: pipeline.FileDone, Rows: 61204, Bytes: 4_100_000},
			{Name: "pages", State: pipeline.FileWriting, Rows: 500, Expected: 1000},
			{Name: "comments", State: pipeline.FileWriting, Rows: 500, Expected: -1},
			{Name: "spaces", State: pipeline.FileWaiting},
			{Name: "analytics_events", State: pipeline.FileWriting, Rows: 2159, Expected: 60_000, About: true, Done: 1, Total: 4},
			{Name: "likes", State: pipeline.FileWriting, Rows: 2159, Expected: -1, Done: 43, Total: 100},
		}}}
	s := StatusOf(running)
	if s.Word != "Started" || s.Tone != tone.Active || s.Caption != "Job 12 · this computer · started 14:02:49 · 1 min" {
		t.Errorf("running: %q %v %q", s.Word, s.Tone, s.Caption)
	}
	if s.Overall == nil || s.Overall.Share != 0.41 || s.Overall.Text != "41 %" {
		t.Errorf("overall is %+v", s.Overall)
	}
	want := []FileRow{
		{"users", 1, tone.Good, "61,204", "4.1 MB"}, {"pages", 0.5, tone.Active, "500 of 1,000", "0 B"},
		{"comments", -1, tone.Active, "500", "0 B"}, {"spaces", 0, tone.Active, "waiting", ""},
		{"analytics_events", 0.25, tone.Active, "2,159 of about 60,000", "0 B"}, {"likes", 0.43, tone.Active, "2,159 · about 43 %", "0 B"},
	}
	for i := range want {
		if s.Files[i] != want[i] {
			t.Errorf("file %d is %+v, want %+v", i, s.Files[i], want[i])
		}
	}
	if f := s.Facts[3]; f.Value != "66,522" {
		t.Errorf("rows so far are %q", f.Value)
	}
	checking := running
	checking.Progress.Phase = pipeline.PhaseChecking
	if got := StatusOf(checking).Overall.Text; got != "Checking the indexes · 41 %" {
		t.Errorf("checking says %q", got)
	}
	// A completedTime on a job that still runs is no end (spec/rest-api.md §4).
	requested := Inputs{Kind: source.KindServer, State: known(pipeline.CancellationRequested), Now: now}
	requested.State.Job.CompletedTime = pipeline.At(now.Add(-50 * time.Second))
	if got := StatusOf(requested); !strings.HasSuffix(got.Caption, "1 min") || got.Tone != tone.Caution {
		t.Errorf("cancellation requested says %q", got.Caption)
	}
}

// TestUnreachableIsSaidOnce: where nothing was known before, the card says it above the box.
func TestUnreachableIsSaidOnce(t *testing.T) {
	in := Inputs{Kind: source.KindServer, Now: now}
	in.State.UnreachableSince, in.State.Err = now.Add(-time.Minute), errors.New("wiki.example.com refuses the connection")
	s := StatusOf(in)
	if s.Word != "Unreachable" || len(s.Notices) != 1 || s.Notices[0].Title != "" || s.Notices[0].Text != "Wiki.example.com refuses the connection." && s.Notices[0].Text != "wiki.example.com refuses the connection." {
		t.Errorf("%q, %+v", s.Word, s.Notices)
	}
}

func TestUnreachableKeepsWhatWasKnown(t *testing.T) {
	in := Inputs{Kind: source.KindServer, State: known(pipeline.Started), Now: now}
	in.State.At, in.State.UnreachableSince = now.Add(-4*time.Minute), now.Add(-3*time.Minute)
	in.State.Next = now.Add(24 * time.Second)
	in.State.Err = errors.New("wiki.example.com refuses the connection")
	s := StatusOf(in)
	if !s.Stale || s.Word != "Unreachable" || s.Caption != "last known 4 min ago: Started · next try in 24 s" {
		t.Errorf("%v %q %q", s.Stale, s.Word, s.Caption)
	}
	if len(s.Steps) == 0 || len(s.Facts) == 0 {
		t.Error("the last known state is not shown")
	}
	if len(s.Notices) != 1 || s.Notices[0].Text != "wiki.example.com refuses the connection." || s.Notices[0].Actions[0].Action != ActRetry {
		t.Errorf("notices are %+v", s.Notices)
	}
	line := RailLine(in).Word
	if line != "Unreachable · 4 min" {
		t.Errorf("the rail says %q", line)
	}
}

// TestRefusedAccessIsNotUnreachable: a server that answers 401, or with the page of a
// single sign-on, can be reached.
func TestRefusedAccessIsNotUnreachable(t *testing.T) {
	in := Inputs{Kind: source.KindServer, Now: now, State: pipeline.State{UnreachableSince: now, Err: fmt.Errorf("wiki.example.com answers with a login page: %w", pipeline.ErrNotAuthorised)}}
	s := StatusOf(in)
	sign := RailLine(in)
	line, tint := sign.Word, sign.Tone
	if want := "Not authorised"; s.Word != want || s.Tone != tone.Bad || line != want || tint != tone.Bad {
		t.Errorf("the card says %q in %v, the rail %q in %v", s.Word, s.Tone, line, tint)
	}
	in.State.Job, in.State.At = known(pipeline.Started).Job, now.Add(-4*time.Minute)
	if line := RailLine(in).Word; line != "Not authorised · 4 min" || StatusOf(in).Word != "Not authorised" || !StatusOf(in).Stale {
		t.Errorf("with a state that was known: %+v, the rail %q", StatusOf(in), line)
	}
}

func TestNotices(t *testing.T) {
	invalid := pipeline.Diagnostic{Key: pipeline.KeyPreValidation, Message: pipeline.PreValidationMessage}
	job := func(s pipeline.Status, errs, warns []pipeline.Diagnostic) pipeline.State {
		st := known(s)
		st.Job.Errors, st.Job.Warnings = errs, warns
		return st
	}
	stuck := known(pipeline.Started)
	stuck.Stuck, stuck.StuckReason = true, "It runs three times as long as any before."
	tests := []struct {
		name    string
		in      Inputs
		title   string
		says    string
		actions []Action
	}{
		{"validation failed on a server", Inputs{Kind: source.KindServer, State: job(pipeline.Failed, []pipeline.Diagnostic{invalid}, nil)},
			pipeline.PreValidationMessage, "Reindex the site", []Action{ActReindex, ActForce}},
		{"validation failed on a snapshot", Inputs{Kind: source.KindSnapshot, State: job(pipeline.Failed, []pipeline.Diagnostic{invalid}, nil)},
			pipeline.PreValidationMessage, "REINDEX", []Action{ActForce}},
		{"forced", Inputs{Kind: source.KindServer, State: job(pipeline.Started, nil, []pipeline.Diagnostic{invalid})},
			pipeline.PreValidationMessage, "was forced", nil},
		{"disk", Inputs{Kind: source.KindSnapshot, State: job(pipeline.Failed, []pipeline.Diagnostic{{Key: keyLowSpace, Message: "Only 2 GB are free."}}, nil)},
			"Only 2 GB are free.", "", []Action{ActHome, ActSettings}},
		{"error without advice", Inputs{Kind: source.KindServer, State: job(pipeline.Failed, []pipeline.Diagnostic{{Key: "new.key", Message: "Something new."}}, nil)},
			"Something new.", "Correct what", []Action{ActCopy}},
		{"no message", Inputs{Kind: source.KindServer, State: job(pipeline.Failed, []pipeline.Diagnostic{{Key: "new.key"}}, nil)},
			"Error", "Correct what", []Action{ActCopy}},
		{"stuck", Inputs{Kind: source.KindServer, State: stuck}, "This export may be stuck", "three times", []Action{ActRelease}},
		{"cancelled by the node", Inputs{Kind: source.KindServer, State: known(pipeline.Cancelled)}, "Cancelled", "shut down", nil},
		{"conflict", Inputs{Kind: source.KindServer, State: known(pipeline.Started), Problem: fmt.Errorf("start: %w", &pipeline.RunningError{
			Job: pipeline.Job{ID: 12, NodeID: "node2", StartTime: pipeline.At(now.Add(-time.Minute))}})},
			"Another export is already running", "Job 12 runs on node2 since 14:02:49", []Action{ActCancel}},
		{"an owner that cannot be seen", Inputs{Kind: source.KindSnapshot, State: known(pipeline.Started), Problem: fmt.Errorf("start: %w", &pipeline.RunningError{
			Job: pipeline.Job{ID: 12}, Owner: &pipeline.Owner{Host: "nas2", PID: 4711, Seen: now}})},
			"Another export is already running", "process 4711 on nas2", []Action{ActRelease}},
		{"a job whose owner cannot be seen", Inputs{Kind: source.KindSnapshot, State: job(pipeline.Started, nil,
			[]pipeline.Diagnostic{{Key: keyOwner, Message: "Process 4711 on nas2 has reported nothing."}})},
			"Process 4711 on nas2", "gone for sure", []Action{ActRelease}},
		{"a home that others can write", Inputs{Kind: source.KindSnapshot, State: job(pipeline.Completed, nil,
			[]pipeline.Diagnostic{{Key: keyHomeOpen, Message: "The folder can be written by everybody."}})},
			"The folder can be written", "Take the right to write", nil},
		{"a note that others can write the home", Inputs{Kind: source.KindSnapshot, State: pipeline.State{At: now, Job: pipeline.Job{ID: 12, Status: pipeline.Completed,
			Notes: []pipeline.Diagnostic{{Key: keyHomeOpen, Message: "The folder can be written by everybody."}}}}},
			"The folder can be written", "Take the right to write", nil},
		{"a process that was killed", Inputs{Kind: source.KindSnapshot, State: job(pipeline.Cancelled, nil,
			[]pipeline.Diagnostic{{Key: keyInterrupted, Message: "The program ended. Resume the export, or start it again."}})},
			"The program ended. Resume", "Nothing is locked", nil},
		{"not authorised", Inputs{Kind: source.KindServer, State: known(pipeline.Completed), Problem: fmt.Errorf("start: %w", pipeline.ErrNotAuthorised)},
			"The server refuses the access", "new token", []Action{ActToken}},
		{"insecure", Inputs{Kind: source.KindServer, State: known(pipeline.Completed), Insecure: true}, "The certificate", "read the token", []Action{ActSettings}},
		{"unknown status", Inputs{Kind: source.KindServer, State: known("PAUSED")}, "The server reports", `"PAUSED"`, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.in.Now = now
			list := Notices(test.in)
			if len(list) != 1 {
				t.Fatalf("%d notices: %+v", len(list), list)
			}
			n := list[0]
			var actions []Action
			for _, a := range n.Actions {
				actions = append(actions, a.Action)
			}
			if !strings.HasPrefix(n.Title, test.title) || !strings.Contains(n.Text, test.says) || fmt.Sprint(actions) != fmt.Sprint(test.actions) {
				t.Errorf("title %q, text %q, actions %v", n.Title, n.Text, actions)
			}
		})
	}
}

func TestNothingToSay(t *testing.T) {
	validation := &pipeline.ValidationError{Job: pipeline.Job{ID: 12}}
	mine := Inputs{Kind: source.KindServer, State: known(pipeline.Cancelled), Mine: true, Now: now}
	for name, in := range map[string]Inputs{
		"completed":             {Kind: source.KindServer, State: known(pipeline.Completed), Now: now},
		"cancelled here":        mine,
		"nothing to cancel":     {Kind: source.KindServer, State: known(pipeline.Completed), Problem: pipeline.ErrNotRunning, Now: now},
		"the job says it all":   {Kind: source.KindServer, State: known(pipeline.Completed), Problem: validation, Now: now},
		"cancelled on this one": {Kind: source.KindSnapshot, State: known(pipeline.Cancelled), Now: now},
	} {
		if list := Notices(in); len(list) != 0 {
			t.Errorf("%s: %+v", name, list)
		}
	}
}

func TestManyWarningsAreCounted(t *testing.T) {
	st := known(pipeline.Completed)
	for i := range 10 {
		st.Job.Warnings = append(st.Job.Warnings, pipeline.Diagnostic{Key: "k", Message: fmt.Sprint("warning ", i)})
	}
	list := Notices(Inputs{Kind: source.KindSnapshot, State: st, Now: now})
	if len(list) != mostNotices || !strings.Contains(list[mostNotices-1].Text, "7 more") {
		t.Errorf("%d notices, the last says %q", len(list), list[len(list)-1].Text)
	}
}

func TestHistory(t *testing.T) {
	forced := pipeline.Job{ID: 7, Status: pipeline.Completed, Config: pipeline.Config{ForcedExport: true, ExportFrom: pipeline.At(now.AddDate(-1, 0, 0))},
		StartTime: pipeline.At(now.Add(-time.Hour)), CompletedTime: pipeline.At(now.Add(-57 * time.Minute)), Statistics: &pipeline.Statistics{WrittenRows: 57950301}}
	failed := pipeline.Job{ID: 9, Status: pipeline.Failed, StartTime: pipeline.At(now)}
	jobs := []pipeline.Job{failed, forced}
	rows := HistoryRows(jobs, now, nil)
	if r := rows[1]; r.Sign.Word != "Completed, forced" || r.Duration != "3 min" || r.Rows != "57,950,301" || r.From != "2025-11-23" || r.Started != "2026-11-23 13:03" {
		t.Errorf("row is %+v", r)
	}
	if r := rows[0]; r.Rows != texts.T.Format.Dash || r.Duration != texts.T.Format.Dash {
		t.Errorf("row is %+v", r)
	}
	chart := ChartOf(jobs, ByRows, 5, now)
	if len(chart) != 2 || chart[0].ID != 7 || chart[0].Value != 57950301 || chart[0].Tone != tone.Caution {
		t.Errorf("chart is %+v: want the oldest first", chart)
	}
	if last := LastCompleted(jobs, 9); last == nil || last.ID != 7 {
		t.Errorf("last completed is %v", last)
	}
	if LastCompleted(jobs, 7) != nil {
		t.Error("a job is its own predecessor")
	}
}

func TestZones(t *testing.T) {
	for _, z := range Zones() {
		if _, err := LoadZone(z); err != nil {
			t.Error(err)
		}
	}
}

func TestSortJobs(t *testing.T) {
	job := func(id, rows int64, took time.Duration, s pipeline.Status) pipeline.Job {
		j := pipeline.Job{ID: id, Status: s, StartTime: pipeline.At(now.Add(time.Duration(id) * time.Hour))}
		j.CompletedTime = pipeline.At(j.StartTime.Add(took))
		if rows >= 0 {
			j.Statistics = &pipeline.Statistics{WrittenRows: rows}
		}
		return j
	}
	jobs := []pipeline.Job{job(4, 10, 3*time.Second, pipeline.Completed), job(3, -1, time.Second, pipeline.Failed),
		job(2, 30, 2*time.Second, pipeline.Completed), job(1, 10, 9*time.Second, pipeline.Cancelled)}
	for _, test := range []struct {
		by      JobColumn
		upwards bool
		want    string
	}{
		{ColumnJob, false, "[4 3 2 1]"}, {ColumnJob, true, "[1 2 3 4]"}, {ColumnRows, false, "[2 4 1 3]"}, {ColumnRows, true, "[3 4 1 2]"},
		{ColumnDuration, false, "[1 4 2 3]"}, {ColumnStatus, true, "[1 4 2 3]"}, {ColumnStarted, true, "[1 2 3 4]"}, {ColumnFrom, true, "[4 3 2 1]"},
	} {
		var ids []int64
		for _, j := range SortJobs(jobs, test.by, test.upwards, now, nil) {
			ids = append(ids, j.ID)
		}
		if got := fmt.Sprint(ids); got != test.want {
			t.Errorf("by %d, upwards %v: %s, want %s", test.by, test.upwards, got, test.want)
		}
	}
	if jobs[0].ID != 4 {
		t.Error("sorting changed the list that it was given")
	}
}

func TestFreeDiskIsSaidWhileAJobRuns(t *testing.T) {
	in := Inputs{Kind: source.KindSnapshot, State: pipeline.State{Job: pipeline.Job{ID: 1, Status: pipeline.Started}, At: time.Now()}, Free: 412_000_000_000, Now: time.Now()}
	said := func() string {
		for _, f := range StatusOf(in).Facts {
			if f.Caption == texts.T.Status.FreeDisk {
				return f.Value
			}
		}
		return ""
	}
	if got := said(); got != "412 GB" {
		t.Errorf("while it runs the free disk is %q", got)
	}
	in.State.Job.Status = pipeline.Completed
	if got := said(); got != "" {
		t.Errorf("once it has ended the free disk is %q, of a moment long ago", got)
	}
}

func TestParseShare(t *testing.T) {
	for text, want := range map[string]float64{"": 0, " ": 0, "25": 25, "12.5 %": 12.5, " 100% ": 100, "1": 1} {
		if got, err := source.ParseShare(text); err != nil || got != want {
			t.Errorf("source.ParseShare(%q) = %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"0", "-5", "0.5", "half", "%", "NaN", "inf", "25%%", "150"} {
		if got, err := source.ParseShare(text); err == nil {
			t.Errorf("source.ParseShare(%q) = %v, want an error", text, got)
		}
	}
	if got := (LocalCommand{Snapshot: "a", Home: "b", CPUShare: "25 %"}).String(); !strings.HasSuffix(got, "--cpu-share 25") {
		t.Errorf("the command is %s", got)
	}
}
