package present

import (
	"errors"
	"strings"
	"testing"

	"sluice/pipeline"
)

func actionsOf(list ...Notice) (actions []Action) {
	for _, n := range list {
		for _, a := range n.Actions {
			actions = append(actions, a.Action)
		}
	}
	return actions
}

func has(actions []Action, a Action) bool {
	for _, x := range actions {
		if x == a {
			return true
		}
	}
	return false
}

// TestResumeIsOffered: for the job in sight, when it has ended and nothing is on its
// way.
func TestResumeIsOffered(t *testing.T) {
	left := func(id int64) Left {
		return Left{Resumable: &pipeline.Resumable{Job: pipeline.Job{ID: id}, Kept: []pipeline.KeptFile{
			{Name: "users", Bytes: 5, Whole: true}, {Name: "pages", Bytes: 48_000_000}}}}
	}
	for name, c := range map[string]struct {
		in   Inputs
		want bool
	}{
		"cancelled":           {Inputs{State: known(pipeline.Cancelled), Left: left(12)}, true},
		"failed":              {Inputs{State: known(pipeline.Failed), Left: left(12)}, true},
		"another job":         {Inputs{State: known(pipeline.Failed), Left: left(11)}, false},
		"nothing left":        {Inputs{State: known(pipeline.Failed)}, false},
		"it runs":             {Inputs{State: known(pipeline.Started), Left: left(12)}, false},
		"it is being resumed": {Inputs{State: known(pipeline.Failed), Left: left(12), Busy: Starting}, false},
	} {
		c.in.Now = now
		if got := has(actionsOf(Notices(c.in)...), ActResume); got != c.want {
			t.Errorf("%s: offered %v, want %v", name, got, c.want)
		}
	}
	if s := ResumeText(*left(12).Resumable); !strings.Contains(s, "users, 48.0 MB of pages") {
		t.Errorf("it says %q", s)
	}
	if s := ResumeText(pipeline.Resumable{}); !strings.Contains(s, "nothing") {
		t.Errorf("it says %q", s)
	}
}

func TestRemainsNotice(t *testing.T) {
	remains := pipeline.Remains{Job: pipeline.Job{ID: 12, Status: pipeline.Cancelled}, Files: make([]pipeline.File, 5), Bytes: 48_000_000}
	n := RemainsNotice(Left{Remains: remains, Resumable: &pipeline.Resumable{}}, false)
	if n.Title != "Incomplete export of job 12 (cancelled): 48.0 MB" || !has(actionsOf(n), ActResume) || !has(actionsOf(n), ActClean) {
		t.Errorf("%+v", n)
	}
	if n := RemainsNotice(Left{Remains: remains, Resumable: &pipeline.Resumable{}}, true); has(actionsOf(n), ActResume) {
		t.Errorf("while a job runs: %+v", n)
	}
	remains.NotResumable = errors.New("the snapshot was changed")
	if n := RemainsNotice(Left{Remains: remains}, false); !strings.Contains(n.Text, "It cannot be resumed: the snapshot was changed") || has(actionsOf(n), ActResume) {
		t.Errorf("%+v", n)
	}
	remains.Job.Status = ""
	if n := RemainsNotice(Left{Remains: remains}, false); !strings.Contains(n.Title, "not known how it ended") {
		t.Errorf("%+v", n)
	}
}

func TestResumedJobsNameEachOther(t *testing.T) {
	in := Inputs{State: known(pipeline.Completed), Now: now}
	in.State.Job.ResumedFrom = 9
	if s := StatusOf(in); !strings.Contains(s.Caption, "resumed from job 9") {
		t.Errorf("caption %q", s.Caption)
	}
	in = Inputs{State: known(pipeline.Failed), Now: now}
	in.State.Job.ResumedAs = 13
	if s := StatusOf(in); !strings.Contains(s.Caption, "resumed as job 13") {
		t.Errorf("caption %q", s.Caption)
	}
}
