package cli

import (
	"cmp"
	"fmt"
	"time"

	"sluice/client"
	"sluice/figures"
	"sluice/pipeline"
	"sluice/source"
)

// usual is what earlier jobs of a server tell of the end of one that runs, as JSON.
type usual struct {
	of      pipeline.Usual
	Seconds int64     `json:"seconds"` // how long such jobs usually take
	Jobs    int       `json:"jobs"`    // by so many
	Ends    time.Time `json:"endsAbout"`
	Overdue bool      `json:"overdue"`
}

// noted keeps how a job of a server of the list stands in the journal of that, as the window
// and schedules do: its history and what is usual are made of it. by is who has started the
// job, "" if that is not known.
func (c *call) noted(job pipeline.Job, by string) {
	if c.server.ID == "" || c.journals == "" || !job.Exists() {
		return
	}
	j := c.backendIn(c.journals).Journal(c.server)
	job.StartedBy = cmp.Or(by, j.StartedBy(job))
	if err := j.Note(job); err != nil {
		c.logger.Warn("the job is not in the journal of its server", "server", c.server.Name, "error", err)
	}
}

// usual is what the journal of the server tells of a job; nil if that is nothing.
func (c *call) usual(job pipeline.Job) *usual {
	if !job.Running() {
		return nil
	}
	return c.usualAmong(job, c.journal())
}

// journal is what was noted of the jobs of the server, nothing if that cannot be read.
func (c *call) journal() []pipeline.Job {
	if c.server.ID == "" || c.journals == "" {
		return nil
	}
	jobs, err := c.backendIn(c.journals).Journal(c.server).Jobs(c.ctx, 0)
	if err != nil {
		return nil
	}
	return jobs
}

// usualAmong is how long a job usually takes by others of its server.
func (c *call) usualAmong(job pipeline.Job, jobs []pipeline.Job) *usual {
	of, ok := pipeline.UsualOf(job, jobs)
	if !ok {
		return nil
	}
	return &usual{of: of, Seconds: int64(of.Took.Round(time.Second).Seconds()), Jobs: of.Jobs, Ends: of.RoughEnd().UTC(), Overdue: of.Over(c.program.Now.now()) > 0}
}

// overdue reports whether the job runs longer than usual.
func (u *usual) overdue(now time.Time) bool { return u != nil && u.of.Over(now) > 0 }

// words says when the job ends in a few words: "usually 15 h, ends about 05:20", or "usually
// 15 h, is 2 h over"; "" if nothing is known.
func (u *usual) words(now time.Time) string {
	if u == nil {
		return ""
	}
	text := "usually " + figures.Span(pipeline.Rough(u.of.Took))
	end := u.of.RoughEnd().Local()
	switch over := u.of.Over(now); {
	case over > 0:
		return fmt.Sprintf("%s, is %s over", text, figures.Span(pipeline.Rough(over)))
	case end.Before(now):
		return text + ", ends soon"
	case end.Sub(now) >= 24*time.Hour:
		return fmt.Sprintf("%s, ends about %s", text, end.Format("2006-01-02 15:04"))
	}
	return fmt.Sprintf("%s, ends about %s", text, end.Format("15:04"))
}

// listedAt is the server at an address in the list of sources; the zero Source if there is
// none, or no list that can be read.
func listedAt(base string) source.Source {
	list, err := sourceList()
	if err != nil {
		return source.Source{}
	}
	for _, s := range list {
		if url, err := client.NormalizeBaseURL(s.Server.URL); err == nil && s.Kind == source.KindServer && url == base {
			return s
		}
	}
	return source.Source{}
}
