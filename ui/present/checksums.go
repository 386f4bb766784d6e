package present

import (
	"fmt"
	"path/filepath"

	"sluice/pipeline"
	"sluice/ui/texts"
	"sluice/ui/tone"
	"sluice/verify"
)

// Checking is how far the comparison of a job's files with its manifest is. The
// zero value: nobody has asked for it.
type Checking struct {
	Job     int64
	Files   []pipeline.File // as the manifest says
	Sample  verify.Progress
	Others  []verify.Extra // what else lies there
	Running bool
	Stopped bool  // somebody stopped it
	Problem error // why nothing can be compared
}

// Asked reports whether a comparison runs, or has run.
func (c Checking) Asked() bool { return c.Running || len(c.Files) > 0 || c.Problem != nil }

// FileLine is a file in the list of checksums.
type FileLine struct {
	Name, Rows, Size string
	Sum              string // the checksum that the manifest names
	Sign             Sign   // whether it was verified
}

// Checksums is the list of a job's files with what is known about each.
type Checksums struct {
	Title    string
	Lines    []FileLine
	Running  bool
	Share    float64
	Say      string   // beside the bar, or how it ended
	Problems []string // a sentence for each file that is not as it was written
}

// ChecksumsOf builds the list.
func ChecksumsOf(c Checking) Checksums {
	t := texts.T.Files
	s := Checksums{Title: fmt.Sprintf(t.ChecksumsTitle, c.Job), Running: c.Running, Share: share(c.Sample.Done, c.Sample.Total)}
	if c.Problem != nil {
		s.Problems = []string{Sentence(c.Problem)}
		return s
	}
	for i, f := range c.Files {
		o := c.outcome(i)
		line := FileLine{Name: f.Name, Rows: texts.T.Format.Dash, Size: Size(f.Bytes), Sum: f.SHA256, Sign: signOf(o.State)}
		if f.Rows >= 0 {
			line.Rows = Count(f.Rows)
		}
		if c.Running && i == c.Sample.Current && o.State == verify.NotVerified {
			line.Sign = Sign{t.Verifying, "started", tone.Active}
		}
		s.Lines = append(s.Lines, line)
		if p := problemOf(f, o); p != "" {
			s.Problems = append(s.Problems, p)
		}
	}
	for _, o := range c.Others {
		if o.Poses {
			s.Problems = append(s.Problems, fmt.Sprintf(t.PosesText, o.Name, c.Job))
		}
	}
	s.Say = c.say()
	return s
}

func (c Checking) outcome(i int) verify.Outcome {
	if i < len(c.Sample.Outcomes) {
		return c.Sample.Outcomes[i]
	}
	return verify.Outcome{}
}

func (c Checking) count(is func(verify.State) bool) (n int) {
	for _, o := range c.Sample.Outcomes {
		if is(o.State) {
			n++
		}
	}
	return n
}

// say is how far the comparison is, or how it has ended.
func (c Checking) say() string {
	t := texts.T.Files
	verified := c.count(func(s verify.State) bool { return s == verify.Verified })
	switch {
	case c.Running && c.Sample.Total > 0:
		return fmt.Sprintf(t.VerifyProgress, Size(c.Sample.Done), Size(c.Sample.Total))
	case c.Running:
		return ""
	case c.Stopped:
		return t.VerifyStopped.Of(int64(len(c.Files)), Count(int64(verified)))
	case verified == len(c.Files):
		return t.AllVerified.Of(int64(verified))
	}
	return t.SomeVerified.Of(int64(len(c.Files)), Count(int64(verified)))
}

// Caption is the outcome in a few words, for the head of the page; "" while
// there is none.
func (c Checking) Caption() string {
	t := texts.T.Files
	failed := c.count(verify.State.Failed)
	switch {
	case failed > 0:
		return t.Differ.Of(int64(failed))
	case len(c.Files) > 0 && c.count(func(s verify.State) bool { return s == verify.Verified }) == len(c.Files):
		return t.Verified
	}
	return ""
}

func signOf(s verify.State) Sign {
	t := texts.T.Files
	switch s {
	case verify.Verified:
		return Sign{t.StateVerified, "completed", tone.Good}
	case verify.Differs:
		return Sign{t.StateDiffers, "failed", tone.Bad}
	case verify.Missing:
		return Sign{t.StateMissing, "failed", tone.Bad}
	case verify.Unreadable:
		return Sign{t.StateUnreadable, "failed", tone.Bad}
	case verify.NoChecksum:
		return Sign{t.StateNoChecksum, "unknown", tone.Caution}
	}
	return Sign{t.StateNotVerified, "not-started", tone.Neutral}
}

// problemOf says what is wrong with a file, and what to do about it.
func problemOf(f pipeline.File, o verify.Outcome) string {
	t := texts.T.Files
	name := filepath.Base(f.Path)
	switch {
	case o.State == verify.Missing:
		return fmt.Sprintf(t.MissingText, name, filepath.Dir(f.Path))
	case o.State == verify.Unreadable:
		return fmt.Sprintf(t.UnreadableText, name, texts.Error(o.Err))
	case o.State == verify.Differs && o.Size != f.Bytes:
		return fmt.Sprintf(t.SizeText, name, Count(o.Size), Count(f.Bytes))
	case o.State == verify.Differs:
		return fmt.Sprintf(t.SumText, name)
	}
	return ""
}
