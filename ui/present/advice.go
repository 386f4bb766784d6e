package present

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/texts"
	"sluice/ui/tone"
	"sluice/visible"
)

// Action is what a button of a notice does.
type Action int

// The actions.
const (
	ActForce    Action = iota // start the same export, forced
	ActRelease                // cancel a job that may be gone
	ActReindex                // explain how to reindex
	ActCopy                   // copy the details
	ActRetry                  // ask for the status again
	ActSettings               // open the settings of the source
	ActResume                 // go on with a job that ended early
	ActClean                  // remove the partial files of a job
	ActCancel                 // cancel the job that runs
	ActHome                   // choose another home for the source
	ActTake                   // take the snapshot again
	ActSource                 // change what the snapshot is taken of
	ActBack                   // go back to the snapshot that is there
	ActToken                  // enter the token of the server
	ActFiles                  // show the main file of the job
	ActKits                   // show how other programs load the files
)

// ActionButton is a button of a notice.
type ActionButton struct {
	Action Action
	Text   string
	Danger bool // it forces or destroys: drawn in red
}

// Notice is a box that says what is wrong, why, and what to do about it.
type Notice struct {
	Tone    tone.Tone
	Icon    string
	Title   string
	Text    string
	Key     string // for programs; shown small
	Actions []ActionButton
}

// The keys of diagnostics of the local exporter, as its package names them.
const (
	keyLowSpace    = "export.disk.space.low"
	keyInterrupted = pipeline.KeyInterrupted
	keyShutdown    = "export.cancelled.by.shutdown"
	keyFailed      = "export.failed"
	keyInternal    = "export.internal.error"
	keyOwner       = "export.owner.unknown"
	keyHomeOpen    = "export.home.open"
	keyTimeZone    = "export.snapshot.time.zone"
)

// What the window shows of the diagnostics of a job, which a server may send in any
// number and length: the first warnings and errors, the first findings of one, and so
// many characters of each message and key. What is left out is counted, and copying
// the details takes all of it.
const (
	mostNotices    = 3
	mostErrors     = 5
	mostFindings   = 5
	longestMessage = 400
	longestDetail  = 250
	longestKey     = 60
	longestError   = 1000
)

// Notices lists what the window has to say about a source, the most urgent
// first.
func Notices(in Inputs) []Notice {
	var list []Notice
	if in.Insecure {
		t := texts.T.Advice
		list = append(list, Notice{Tone: tone.Bad, Icon: "warning", Title: t.InsecureTitle, Text: t.Insecure,
			Actions: []ActionButton{{ActSettings, t.OpenSettings, false}}})
	}
	list = append(list, Cautions(in.Warnings)...)
	if n, ok := problemNotice(in); ok {
		list = append(list, n)
	}
	if n, ok := stateNotice(in); ok {
		list = append(list, n)
	}
	if !in.State.Known() || in.State.Unreachable() {
		return list
	}
	job := in.State.Job
	list = append(list, failures(in, job)...)
	if n, ok := resumeNotice(in); ok {
		list = append(list, n)
	}
	list = append(list, warnings(in, job)...)
	list = append(list, remarks(job)...)
	if job.Status == pipeline.Cancelled && !in.Mine && len(job.Warnings)+len(job.Errors) == 0 && in.Kind == source.KindServer {
		list = append(list, Notice{Tone: tone.Neutral, Icon: "info", Title: texts.T.Status.Cancelled, Text: texts.T.Advice.CancelledElsewhere})
	}
	return list
}

// Cautions are the boxes of warnings that say themselves what to do.
func Cautions(warnings []string) (list []Notice) {
	for _, w := range warnings {
		list = append(list, Notice{Tone: tone.Caution, Icon: "warning", Title: capital(texts.Elsewhere(w))})
	}
	return list
}

// failures are the first errors of a job, and how many more there are.
func failures(in Inputs, job pipeline.Job) []Notice {
	var list []Notice
	found := findings(job.Errors)
	for _, f := range found[:min(len(found), mostErrors)] {
		list = append(list, f.notice(in, true))
	}
	return counted(list, len(found)-len(list))
}

// counted says behind the last notice how many more there are.
func counted(list []Notice, left int) []Notice {
	if left > 0 && len(list) > 0 {
		last := &list[len(list)-1]
		last.Text = strings.TrimSpace(last.Text + " " + texts.T.Advice.MoreWarnings.Of(int64(left)))
	}
	return list
}

// warnings are the first warnings of a job, and how many more there are. While
// it runs, what is only worth knowing waits for its end.
func warnings(in Inputs, job pipeline.Job) []Notice {
	var list []Notice
	left := 0
	for _, f := range findings(job.Warnings) {
		n := f.notice(in, false)
		switch {
		case n.Tone == tone.Neutral && job.Running():
		case len(list) == mostNotices:
			left++
		default:
			list = append(list, n)
		}
	}
	return counted(list, left)
}

// remarks are the first notes of a job that has ended, and how many more there are.
// What was odd about the answer of a server is one remark, also while the job runs:
// what stands above may be read from it.
func remarks(job pipeline.Job) []Notice {
	var notes []pipeline.Diagnostic
	var odd []string
	for _, d := range job.Notes {
		switch {
		case d.Key == pipeline.KeyOddMember:
			odd = append(odd, texts.Cut(inLanguage(d), longestDetail))
		case !job.Running():
			notes = append(notes, d)
		}
	}
	var list []Notice
	if len(odd) > 0 {
		n := Notice{Tone: tone.Neutral, Icon: "info", Title: texts.T.Advice.OddAnswer, Key: pipeline.KeyOddMember,
			Text: strings.Join(odd[:min(len(odd), mostFindings)], " ")}
		list = counted([]Notice{n}, len(odd)-mostFindings)
	}
	for _, d := range notes[:min(len(notes), mostNotices)] {
		list = append(list, note(d))
	}
	return counted(list, len(notes)-mostNotices)
}

// finding is a diagnostic with what others under the same key add to it.
type finding struct {
	pipeline.Diagnostic
	details []string // shown ones
	left    int      // how many more there are
	times   int      // how often it was said
}

// findings joins the diagnostics of a failed pre-validation: first comes the
// vendor's sentence, then what exactly is inconsistent, and one advice and one
// button serve them all. What is said again in the same words is counted.
func findings(diagnostics []pipeline.Diagnostic) []finding {
	var list []finding
	validation := -1                      // its place in the list
	said := map[pipeline.Diagnostic]int{} // its place in the list
	for _, d := range diagnostics {
		at, again := said[d]
		switch {
		case again:
			list[at].times++
		case d.Key != pipeline.KeyPreValidation:
			said[d] = len(list)
			list = append(list, finding{Diagnostic: d, times: 1})
		case validation < 0:
			validation = len(list)
			list = append(list, finding{Diagnostic: d})
		case len(list[validation].details) == mostFindings:
			list[validation].left++
		default:
			list[validation].details = append(list[validation].details, texts.Cut(inLanguage(d), longestDetail))
		}
	}
	return list
}

// notice is the box of the finding: what was found, then what to do.
func (f finding) notice(in Inputs, isError bool) Notice {
	n := diagnosticNotice(in, f.Diagnostic, isError)
	details := f.details
	if f.times > 1 {
		details = append(slices.Clone(details), texts.T.Advice.Said.Of(int64(f.times)))
	}
	if f.left > 0 {
		details = append(slices.Clone(details), texts.T.Advice.MoreWarnings.Of(int64(f.left)))
	}
	if len(details) > 0 {
		n.Text = strings.TrimSpace(strings.Join(details, " ") + " " + n.Text)
	}
	return n
}

// Remark is the box of a diagnostic of a snapshot that was only looked at.
func Remark(d pipeline.Diagnostic) Notice {
	if d.Key == keyTimeZone {
		return note(d)
	}
	d = shortened(d)
	return Notice{Tone: tone.Caution, Icon: "warning", Title: d.Message, Key: d.Key}
}

// shortened is a diagnostic as a box shows it.
func shortened(d pipeline.Diagnostic) pipeline.Diagnostic {
	return pipeline.Diagnostic{Key: texts.Cut(d.Key, longestKey), Message: texts.Cut(inLanguage(d), longestMessage)}
}

// inLanguage is what a diagnostic says in the language of the window; a sentence stays one.
func inLanguage(d pipeline.Diagnostic) string {
	if first, _ := utf8.DecodeRuneInString(d.Message); !unicode.IsUpper(first) {
		return texts.Say(d)
	}
	return capital(texts.Say(d))
}

// note is the box of what is worth knowing and no reason to worry.
func note(d pipeline.Diagnostic) Notice {
	short := shortened(d)
	n := Notice{Tone: tone.Neutral, Icon: "info", Text: short.Message, Key: short.Key}
	if d.Key == keyHomeOpen {
		n.Title, n.Text = n.Text, texts.T.Advice.HomeOpen
	}
	return n
}

// stateNotice is about a state that asks for attention.
func stateNotice(in Inputs) (Notice, bool) {
	t, job := texts.T.Advice, in.State.Job
	release := []ActionButton{{ActRelease, fmt.Sprintf(t.Release, job.ID), true}}
	switch {
	case in.State.Unreachable():
		n := Notice{Tone: tone.Neutral, Icon: "unreachable", Title: t.UnreachableTitle, Text: Sentence(in.State.Err),
			Actions: []ActionButton{{ActRetry, t.Retry, false}}}
		if !in.State.Known() {
			n.Title = "" // the word stands above it
		}
		if errors.Is(in.State.Err, pipeline.ErrNotAuthorised) {
			n.Tone, n.Icon, n.Title = tone.Bad, "failed", t.NotAuthorisedTitle
			n.Actions = []ActionButton{{ActToken, texts.T.Board.EnterToken, false}, {ActRetry, t.Retry, false}}
		}
		return n, true
	case in.State.Doubt != nil:
		return Notice{Tone: tone.Caution, Icon: "info", Title: t.DoubtTitle, Text: fmt.Sprintf(t.Doubt, Sentence(in.State.Doubt)),
			Actions: []ActionButton{{ActRetry, t.Retry, false}}}, true
	case job.Running() && in.State.Stuck:
		return Notice{Tone: tone.Caution, Icon: "warning", Title: t.StuckTitle, Text: strings.TrimSpace(texts.Elsewhere(in.State.StuckReason) + " " + t.Stuck), Actions: release}, true
	case job.Status == pipeline.CancellationRequested && in.Since >= ReleaseAfter:
		return Notice{Tone: tone.Caution, Icon: "cancelling", Title: t.CancelLongTitle, Text: t.CancelLong, Actions: release}, true
	case !in.Told.IsZero() && job.Running():
		return Notice{Tone: tone.Neutral, Icon: "info", Title: t.ToldTitle, Text: fmt.Sprintf(t.Told, Ago(in.Now.Sub(in.Told)))}, true
	case in.State.Known() && !job.Status.Known():
		return Notice{Tone: tone.Caution, Icon: "unknown", Title: t.UnknownStatusTitle, Text: fmt.Sprintf(t.UnknownStatus, word(job.Status))}, true
	}
	return Notice{}, false
}

// diagnosticNotice turns a diagnostic of a job into a box: its own message, and
// what to do by the troubleshooting table (spec/behaviour.md §10).
func diagnosticNotice(in Inputs, d pipeline.Diagnostic, isError bool) Notice {
	t := texts.T.Advice
	short := shortened(d)
	n := Notice{Tone: tone.Caution, Icon: "warning", Title: short.Message, Key: short.Key}
	if isError {
		n.Tone, n.Icon = tone.Bad, "failed"
	}
	if n.Title == "" {
		n.Title = t.Warning
		if isError {
			n.Title = t.Error
		}
	}
	switch d.Key {
	case pipeline.KeyPreValidation:
		n.Text = t.ValidationForced
		if isError {
			n.Text = t.Validation
			n.Actions = []ActionButton{{ActReindex, t.HowToReindex, false}, {ActForce, t.Force, true}}
			if in.Kind.Local() {
				n.Text = t.ValidationLocal
				n.Actions = n.Actions[1:]
			}
		}
	case keyTimeZone, keyHomeOpen:
		return note(d)
	case keyLowSpace:
		if short.Message == "" { // it says what to do
			n.Text = t.LowSpace
		}
		if in.Kind.Local() {
			n.Actions = []ActionButton{{ActHome, texts.T.Setup.OtherHome, false}, {ActSettings, t.OpenSettings, false}}
		}
	case keyOwner:
		n.Text, n.Actions = t.OwnerUnknown, []ActionButton{{ActRelease, fmt.Sprintf(t.Release, in.State.Job.ID), true}}
	case keyInterrupted:
		n.Text = t.Interrupted
	case keyShutdown:
		if !in.Kind.Local() { // the message of an export on this computer says what to do
			n.Text = t.Shutdown
		}
	case keyInternal:
		n.Text, n.Actions = t.Internal, []ActionButton{{ActCopy, t.CopyDetails, false}}
	case keyFailed:
		n.Text, n.Actions = t.Failed, []ActionButton{{ActCopy, t.CopyDetails, false}}
	default:
		if isError {
			n.Text, n.Actions = t.Failed, []ActionButton{{ActCopy, t.CopyDetails, false}}
		}
	}
	if short.Message != visible.Line(inLanguage(d)) && len(n.Actions) == 0 {
		n.Actions = []ActionButton{{ActCopy, t.CopyDetails, false}}
	}
	return n
}

func capital(s string) string { return texts.Capital(s) }

// Sentence writes an error as a sentence: a capital first, a full stop last.
func Sentence(err error) string {
	if err == nil {
		return ""
	}
	return sentence(texts.Error(err), longestError)
}

func sentence(text string, longest int) string {
	return texts.Sentence(texts.CutText(strings.TrimSpace(text), longest))
}
