package present

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/texts"
)

// TestFindingsShareOneBox: several findings of one pre-validation are one box
// with one button; other diagnostics keep theirs.
func TestFindingsShareOneBox(t *testing.T) {
	found := findings([]pipeline.Diagnostic{
		{Key: pipeline.KeyPreValidation, Message: pipeline.PreValidationMessage},
		{Key: "export.other", Message: "Another thing."},
		{Key: pipeline.KeyPreValidation, Message: "Index a lacks 7 rows."},
		{Key: pipeline.KeyPreValidation, Message: "Index b lacks 9 rows."},
		{Key: "export.other", Message: "One more."},
	})
	if len(found) != 3 {
		t.Fatalf("%d boxes: %+v", len(found), found)
	}
	n := found[0].notice(Inputs{Kind: source.KindSnapshot}, true)
	forces := 0
	for _, a := range n.Actions {
		if a.Action == ActForce {
			forces++
		}
	}
	if n.Title != pipeline.PreValidationMessage || forces != 1 ||
		!strings.HasPrefix(n.Text, "Index a lacks 7 rows. Index b lacks 9 rows. ") {
		t.Errorf("box %+v", n)
	}
	if again := found[2].notice(Inputs{Kind: source.KindSnapshot}, true); again.Title != "One more." {
		t.Errorf("box %+v", again)
	}
}

// TestAdviceDoesNotRepeatTheMessage: what an export on this computer says of how it
// was interrupted names what to do; the box does not say it once more in other words.
func TestAdviceDoesNotRepeatTheMessage(t *testing.T) {
	const message = "It ended. Its files are incomplete: resume the export, or start it again."
	for _, key := range []string{keyInterrupted, keyShutdown, "export.abandoned"} {
		n := diagnosticNotice(Inputs{Kind: source.KindSnapshot}, pipeline.Diagnostic{Key: key, Message: message}, false)
		if n.Title != message || strings.Contains(n.Text, "again") || strings.Contains(n.Text, "incomplete") {
			t.Errorf("%s: %q advises %q", key, n.Title, n.Text)
		}
	}
}

// refusal is an error that says itself what to do.
type refusal struct{}

func (refusal) Error() string {
	return "the server wants a CAPTCHA answered. Log in once with a browser."
}
func (refusal) Advice() string       { return "Log in once with a browser." }
func (refusal) Is(target error) bool { return target == pipeline.ErrNotAuthorised }

// TestRefusalsHaveTheirOwnRemedy: what a refusal says to do is not followed by an
// advice that fits another one.
func TestRefusalsHaveTheirOwnRemedy(t *testing.T) {
	list := Notices(Inputs{Kind: source.KindServer, Problem: refusal{}})
	if len(list) != 1 || !strings.Contains(list[0].Text, "with a browser") || strings.Contains(list[0].Text, texts.T.Advice.NotAuthorised) {
		t.Errorf("%+v", list)
	}
}

// TestDoubtNotice: an answer that is doubted is said, and takes no control away.
func TestDoubtNotice(t *testing.T) {
	now := time.Now()
	running := pipeline.Job{ID: 8, Status: pipeline.Started, StartTime: pipeline.At(now)}
	s := pipeline.State{Job: running, At: now, Doubt: errors.New("the server tells of no job, and job 8 is known"), BadSince: now}
	found := Notices(Inputs{Kind: source.KindServer, State: s, Now: now})
	if len(found) == 0 || found[0].Title != texts.T.Advice.DoubtTitle || !strings.Contains(found[0].Text, "The server tells of no job, and job 8 is known. A node") {
		t.Errorf("%+v", found)
	}
	if c := ControlsFor(s, Idle, 0); !c.Cancel || c.Start {
		t.Errorf("%+v", c)
	}
}

// TestOddAnswersAreOneRemark: what was odd about an answer is told once, while the job
// runs, too.
func TestOddAnswersAreOneRemark(t *testing.T) {
	odd := pipeline.Diagnostic{Key: pipeline.KeyOddMember, Message: `startTime is "soon", which is no time that can be read.`}
	job := pipeline.Job{ID: 7, Status: pipeline.Started}
	for range 20 {
		job.Notes = append(job.Notes, odd)
	}
	job.Notes = append(job.Notes, pipeline.Diagnostic{Key: "other", Message: "Waits for the end."})
	list := Notices(Inputs{Kind: source.KindServer, Now: time.Now(), State: pipeline.State{At: time.Now(), Job: job}})
	if len(list) != 1 || list[0].Title != texts.T.Advice.OddAnswer || !strings.Contains(list[0].Text, `startTime is "soon"`) || !strings.Contains(list[0].Text, "more") {
		t.Errorf("%+v", list)
	}
}

// TestSaidAgain: what a job tells many times in the same words is one box with its
// count, and takes no room from what else it tells.
func TestSaidAgain(t *testing.T) {
	errors := slices.Repeat([]pipeline.Diagnostic{{Key: "a.b", Message: "No more space."}}, 12)
	errors = append(errors, pipeline.Diagnostic{Key: "c.d", Message: "Gone."})
	list := failures(Inputs{Kind: source.KindServer}, pipeline.Job{ID: 3, Status: pipeline.Failed, Errors: errors})
	if len(list) != 2 || !strings.Contains(list[0].Text, "Said 12 times.") || strings.Contains(list[1].Text, "Said") {
		t.Errorf("%d boxes: %+v", len(list), list)
	}
}
