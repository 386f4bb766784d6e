package cli

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"sluice/client"
	"sluice/figures"
	"sluice/pipeline"
	"sluice/source"
	"sluice/visible"
)

// answered is how a server has answered.
type answered struct {
	source  source.Source
	job     pipeline.Job
	usual   *usual    // nil: nothing can be said
	success time.Time // the end of its last complete job; zero if none is known
	rank    pipeline.Standing
	err     error
}

// answeredBy is an answer with what the journal of the server tells besides.
func (c *call) answeredBy(s source.Source, job pipeline.Job, err error) answered {
	earlier := c.journal()
	a := answered{source: s, job: job, usual: c.usualAmong(job, earlier), success: pipeline.LastSuccess(append(earlier, job)...), err: err}
	a.rank = a.standing(c.program.Now.now())
	return a
}

// standing is how the server stands, as the window tells it.
func (a answered) standing(now time.Time) pipeline.Standing {
	known := pipeline.State{Job: a.job, At: now}
	var refused *client.Error
	switch code := exitCode(a.err); {
	case a.err == nil, a.job.Exists():
	case code == exitSignal: // nobody knows what it would have answered
		return pipeline.Asking
	case a.closed():
		return pipeline.Closed
	case code == exitNotAuthorised, code == exitUnreachable, errors.As(a.err, &refused):
		known.Err, known.UnreachableSince = a.err, now
	default:
		return pipeline.Closed
	}
	if a.usual == nil {
		return pipeline.StandingOf(known, pipeline.Usual{}, now)
	}
	return pipeline.StandingOf(known, a.usual.of, now)
}

// closed reports whether the server could not be asked, for want of its token.
func (a answered) closed() bool {
	var away *source.SecretError
	return errors.As(a.err, &away)
}

// word is the standing for people; of a failure that says no more of the server the kind
// of the failure, and a status that is not known as it came.
func (a answered) word() string {
	switch code := exitCode(a.err); {
	case a.rank == pipeline.Closed && code != exitFailed && !a.closed():
		return strings.ReplaceAll(kindOf(code), "-", " ")
	case a.rank == pipeline.Odd:
		return visible.Cut(a.job.Status.String(), longestWord)
	}
	return a.rank.String()
}

// serverDocument is what a server has answered, as JSON.
type serverDocument struct {
	Name        string     `json:"name"`
	URL         string     `json:"url"`
	Tags        []string   `json:"tags,omitempty"`
	Standing    string     `json:"standing"`              // as the table says it, for programs
	LastSuccess *time.Time `json:"lastSuccess,omitempty"` // of what is known here
	Job         any        `json:"job"`                   // {} if there was none, null if that is not known
	Usual       *usual     `json:"usual,omitempty"`       // of a job that runs
	Error       *problem   `json:"error,omitempty"`
}

// severalDocument has the servers in the order of the list.
func severalDocument(results []answered) any {
	list := make([]serverDocument, len(results))
	for i, r := range results {
		list[i] = serverDocument{Name: r.source.Name, URL: r.source.Server.URL, Tags: r.source.Tags, Standing: r.rank.Slug(), Usual: r.usual}
		if !r.success.IsZero() {
			at := r.success.UTC()
			list[i].LastSuccess = &at
		}
		if r.job.Exists() || r.err == nil {
			list[i].Job = pipeline.Kept(r.job)
		}
		if r.err != nil {
			p := problemOf(r.err)
			list[i].Error = &p
		}
	}
	return struct {
		Servers []serverDocument `json:"servers"`
	}{list}
}

// describeResults tells people of servers in aligned columns, the worst first, and of what
// is wrong below.
func describeResults(c *call, results []answered) {
	results = slices.Clone(results)
	slices.SortStableFunc(results, func(a, b answered) int {
		return pipeline.WorstFirst(pipeline.Ranked{Standing: a.rank, Success: a.success, Name: a.source.Name},
			pipeline.Ranked{Standing: b.rank, Success: b.success, Name: b.source.Name})
	})
	lines := [][]string{{"server", "status", "last success", "job", "started", "took", "rows", ""}}
	for _, r := range results {
		lines = append(lines, resultLine(r, c.program.Now.now()))
	}
	aligned(c.program.Out, "", lines, 3, 5, 6)
	for _, r := range results {
		if r.err != nil && !isSilent(r.err) {
			complain(c.program.Err, fmt.Errorf("%s: %w", r.source.Name, r.err))
		}
	}
}

func resultLine(r answered, now time.Time) []string {
	success := ""
	if !r.success.IsZero() {
		success = figures.Ago(now.Sub(r.success))
	}
	line := []string{visible.Cut(cmp.Or(r.source.Name, r.source.Server.URL), longestWord), r.word(), success, "", "", "", "", ""}
	job := r.job
	if !job.Exists() {
		return line
	}
	line[3], line[7] = job.Label(), r.usual.words(now)
	if !job.StartTime.IsZero() {
		line[4], line[5] = job.StartTime.Local().Format("2006-01-02 15:04"), figures.Span(job.Duration(now))
	}
	if job.Statistics != nil {
		line[6] = number(job.Statistics.WrittenRows)
	}
	return line
}
