package present

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/tone"
)

func steps(s Status) string {
	var list []string
	for _, step := range s.Steps {
		list = append(list, fmt.Sprintf("%s %d", step.Text, step.State))
	}
	return strings.Join(list, ", ")
}

// TestATrackTellsWhatHappened: nobody has asked for the cancellation of a job whose
// process was killed, or shut down.
func TestATrackTellsWhatHappened(t *testing.T) {
	of := func(status pipeline.Status, key string) pipeline.State {
		s := known(status)
		if key != "" {
			s.Job.Warnings = []pipeline.Diagnostic{{Key: key, Message: "The program ended."}}
		}
		return s
	}
	for _, test := range []struct {
		status    pipeline.Status
		key, want string
	}{
		{pipeline.Cancelled, "", "Not started 2, Started 2, Cancellation requested 2, Cancelled 1"},
		{pipeline.Cancelled, keyInterrupted, "Not started 2, Started 2, Interrupted 1"},
		{pipeline.Failed, keyInterrupted, "Not started 2, Started 2, Interrupted 1"},
		{pipeline.Cancelled, keyShutdown, "Not started 2, Started 2, Cancelled 1"},
		{pipeline.Completed, keyInterrupted, "Not started 2, Started 2, Completed 1"},
		{pipeline.Started, keyInterrupted, "Not started 2, Started 1, Completed 0"},
	} {
		in := Inputs{Kind: source.KindSnapshot, State: of(test.status, test.key), Now: now}
		s := StatusOf(in)
		if got := steps(s); got != test.want {
			t.Errorf("%s with %q: %s, want %s", test.status, test.key, got, test.want)
		}
		line := RailLine(in).Word
		if row := HistoryRows([]pipeline.Job{in.State.Job}, now, nil)[0]; row.Sign.Word != s.Word || !strings.HasPrefix(line, s.Word) {
			t.Errorf("%s with %q: the card says %q, the history %q, the rail %q", test.status, test.key, s.Word, row.Sign.Word, line)
		}
	}
}

// TestForcedJobsAreMarked wherever a job has a word.
func TestForcedJobsAreMarked(t *testing.T) {
	for status, want := range map[pipeline.Status]string{
		pipeline.Started: "Started, forced", pipeline.Completed: "Completed, forced", pipeline.Failed: "Failed, forced",
		pipeline.Cancelled: "Cancelled, forced", "PAUSED": "PAUSED, forced",
	} {
		st := known(status)
		st.Job.Config.ForcedExport = true
		in := Inputs{Kind: source.KindServer, State: st, Now: now}
		line := RailLine(in).Word
		row := HistoryRows([]pipeline.Job{st.Job}, now, nil)[0]
		if s := StatusOf(in); s.Word != want || row.Sign.Word != want || !strings.HasPrefix(line, want) {
			t.Errorf("%s: the card says %q, the history %q, the rail %q", status, s.Word, row.Sign.Word, line)
		}
	}
	if s := SignOfJob(pipeline.Job{ID: 1, Status: pipeline.Completed, Config: pipeline.Config{ForcedExport: true}}); s.Tone != tone.Caution {
		t.Errorf("a forced export that completed looks like any other: %+v", s)
	}
}

// TestLongTimes are told in units that people count in.
func TestLongTimes(t *testing.T) {
	const day = 24 * time.Hour
	for _, test := range []struct{ got, want string }{
		{Span(2097 * day), "5 y 270 d"}, {RunningSpan(2097*day + 5*time.Hour), "5 y 270 d"}, {Ago(2097 * day), "5 years ago"},
		{Ago(400 * day), "13 months ago"}, {Coarse(89 * day), "89 d"}, {Span(31*day + time.Hour), "31 d"},
		{Estimated(13*time.Minute + 29*time.Second), "14 min"}, {Estimated(41 * time.Second), "41 s"}, {Estimated(2*time.Hour + 50*time.Minute), "2 h 51 min"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
	old := known(pipeline.Started)
	old.Job.StartTime = pipeline.At(now.Add(-2097 * day))
	in := Inputs{Kind: source.KindServer, State: old, Now: now}
	if line := RailLine(in).Word; line != "Started · 5 years" {
		t.Errorf("the rail says %q", line)
	}
	if s := StatusOf(in); !strings.HasSuffix(s.Caption, "5 y 270 d") {
		t.Errorf("the card says %q", s.Caption)
	}
}

// TestAServerThatCountsAtTheEnd: the window says so, and shows what one counts.
func TestAServerThatCountsAtTheEnd(t *testing.T) {
	in := Inputs{Kind: source.KindServer, State: known(pipeline.Started), Now: now}
	if f := StatusOf(in).Facts; f[3].Value != "told at the end" {
		t.Errorf("the rows are %+v", f[3])
	}
	in.State.Job.Statistics = &pipeline.Statistics{ExportedEntities: 1200, WrittenRows: 3400}
	if f := StatusOf(in).Facts; f[2].Value != "1,200" || f[3].Value != "3,400" {
		t.Errorf("what the server counts is shown as %+v", f[2:4])
	}
}
