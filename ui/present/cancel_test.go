package present

import (
	"strings"
	"testing"
	"time"

	"sluice/pipeline"
	"sluice/source"
)

func TestCancelQuestion(t *testing.T) {
	started := func(at time.Time) Inputs {
		s := known(pipeline.Started)
		s.Job.StartTime = pipeline.At(at)
		return Inputs{Kind: source.KindServer, State: s, Now: now}
	}
	for name, test := range map[string]struct {
		in   Inputs
		says string // "" where nothing is asked
	}{
		"just begun":                  {started(now.Add(-59 * time.Second)), ""},
		"a minute":                    {started(now.Add(-time.Minute)), "Job 12 has run for 1 min. "},
		"hours":                       {started(now.Add(-134 * time.Minute)), "Job 12 has run for 2 h 14 min. "},
		"no start":                    {started(time.Time{}), "It is not known how long job 12 has run. "},
		"a start that is yet to come": {started(now.Add(time.Hour)), "It is not known how long job 12 has run. "},
	} {
		q, ask := CancelQuestion(test.in)
		if ask != (test.says != "") || !strings.HasPrefix(q.Text, test.says) {
			t.Errorf("%s: %v, %q", name, ask, q.Text)
		}
		if ask && (q.Yes != "Cancel job 12" || !strings.Contains(q.Text, "cannot be taken up again")) {
			t.Errorf("%s: %+v", name, q)
		}
	}
	in := started(now.Add(-time.Hour))
	in.Kind = source.KindSnapshot
	if q, _ := CancelQuestion(in); !strings.Contains(q.Text, "can be resumed") {
		t.Errorf("for a snapshot it says %q", q.Text)
	}
}
