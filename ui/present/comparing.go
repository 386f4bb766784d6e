package present

import (
	"fmt"
	"slices"
	"time"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/texts"
)

// Comparing is the comparison of two jobs as it stands.
type Comparing struct {
	Jobs           []pipeline.Job // to choose from, newest first
	Earlier, Later int64          // those that are chosen; 0: none
	Format         int            // place in CompareFormats
	Vendor         string         // the folder of the vendor's files that the later job is compared with, or ""
	Calibrates     bool           // that can be done
	Running        bool
	Progress       source.Comparing
	Done           *source.Comparison // nil: nothing was compared yet
	Stopped        bool
	Problem        error
	Zone           *time.Location // of from dates; nil: as they come
}

// CompareFormats are the formats in which changed rows are written.
var CompareFormats = []string{"csv", "parquet"}

// CompareCard is what the window shows of it.
type CompareCard struct {
	Choices                 []string // in the order of the jobs
	Earlier, Later          string   // the chosen ones
	CanStart, Running, Done bool
	Formats                 []string // as they are told
	Format                  string   // the chosen one
	Calibrates, CanVendor   bool
	With                    string // what was compared, if not the chosen jobs
	Share                   float64
	Say                     string // beside the bar, or how it ended
	Lines                   []CompareLine
	Notes                   []string
	Findings                []string
	Problem                 string
}

// CompareLine is a file in the card.
type CompareLine struct {
	Name, Added, Changed, Removed, Unchanged, Outside string
	Path                                              string // "" if there is nothing to show
}

// Comparable are the jobs that can be compared: those that have ended and may have
// files. jobs come newest first.
func Comparable(jobs []pipeline.Job) []pipeline.Job {
	return slices.DeleteFunc(slices.Clone(jobs), func(j pipeline.Job) bool { return !j.Status.Ended() || !j.Exists() })
}

// Choose fills in what nobody has chosen: the newest completed job, and the one before.
func (c Comparing) Choose() Comparing {
	known := func(id int64) bool {
		return slices.ContainsFunc(c.Jobs, func(j pipeline.Job) bool { return j.ID == id })
	}
	if !known(c.Later) {
		c.Later = 0
		if last := LastCompleted(c.Jobs, 0); last != nil {
			c.Later = last.ID
		}
	}
	if !known(c.Earlier) {
		c.Earlier = 0
		if before := LastCompleted(c.Jobs, c.Later); c.Later != 0 && before != nil {
			c.Earlier = before.ID
		}
	}
	return c
}

// CompareCardOf builds the card.
func CompareCardOf(c Comparing, now time.Time) CompareCard {
	t := texts.T.Compare
	m := CompareCard{Running: c.Running, Share: share(c.Progress.Done, c.Progress.Total), Done: c.Done != nil}
	for _, j := range c.Jobs {
		choice := CompareChoice(j, now, c.Zone)
		m.Choices = append(m.Choices, choice)
		if j.ID == c.Earlier {
			m.Earlier = choice
		}
		if j.ID == c.Later {
			m.Later = choice
		}
	}
	m.Formats = []string{texts.T.Setup.CSV, texts.T.Setup.Parquet}
	m.Format = m.Formats[c.Format]
	m.CanStart = !c.Running && c.Earlier != 0 && c.Later != 0 && c.Earlier != c.Later
	m.Calibrates, m.CanVendor = c.Calibrates, !c.Running && c.Later != 0
	if c.Vendor != "" {
		m.With = fmt.Sprintf(t.VendorChosen, c.Vendor, c.Later)
	}
	if c.Problem != nil {
		m.Problem = Sentence(c.Problem)
	}
	switch {
	case c.Running && c.Progress.Total > 0:
		m.Say = fmt.Sprintf(t.Progress, c.Progress.File, Size(c.Progress.Done), Size(c.Progress.Total))
	case c.Running:
	case c.Stopped:
		m.Say = t.Stopped
	case c.Done != nil:
		m.Say = c.outcome()
	case len(c.Jobs) < 2:
		m.Say = t.NeedTwo
	case c.Earlier == c.Later && c.Later != 0:
		m.Say = t.SameJob
	}
	if c.Done != nil {
		m.Notes, m.Findings = EachElsewhere(c.Done.Notes), EachElsewhere(c.Done.Findings)
		for _, f := range c.Done.Files {
			m.Lines = append(m.Lines, compareLine(f))
		}
	}
	return m
}

// CompareChoice is a job as it stands in the list to choose from. Its from date is that of the
// zone, as in the history.
func CompareChoice(j pipeline.Job, now time.Time, zone *time.Location) string {
	say := fmt.Sprintf(texts.T.Compare.Choice, j.ID, Minute(j.StartTime.Time, now.Location()))
	if from := j.Config.ExportFrom; !from.IsZero() {
		say = Joined(say, fmt.Sprintf(texts.T.Compare.From, FromInZone(from.Time, zone).Format(time.DateOnly)))
	}
	if j.Status != pipeline.Completed {
		say = Joined(say, SignOfJob(j).Word)
	}
	return say
}

func compareLine(f source.ComparedFile) CompareLine {
	l := CompareLine{Name: f.Name, Added: Count(f.Added), Changed: Count(f.Changed), Removed: Count(f.Removed),
		Unchanged: Count(f.Unchanged), Outside: Count(f.OutOfWindow + f.Unproven)}
	if f.Added+f.Changed+f.Removed > 0 {
		l.Path = f.Path
	}
	return l
}

func (c Comparing) outcome() string {
	var n, outside int64
	for _, f := range c.Done.Files {
		n += f.Added + f.Changed + f.Removed
		outside += f.OutOfWindow + f.Unproven
	}
	if n == 0 && outside > 0 {
		return texts.T.Compare.SameTold.Of(outside)
	}
	if n == 0 && c.Vendor != "" && len(c.Done.Findings) == 0 {
		return fmt.Sprintf(texts.T.Compare.VendorSame, c.Later)
	}
	if n == 0 {
		return texts.T.Compare.Same
	}
	return texts.T.Compare.Differs.Of(n)
}
