package cli

import (
	"context"
	"errors"
	"fmt"

	"sluice/client"
	"sluice/deliver"
	"sluice/fetch"
	"sluice/figures"
	"sluice/pipeline"
	"sluice/secret"
	"sluice/source"
	"sluice/visible"
)

// fetchCommand brings the files of a finished job of a server to this computer.
type fetchCommand struct {
	remoteFlags     `embed:""`
	severalFlags    `embed:""`
	sharedHomeFlags `embed:""`
	Job             int64  `placeholder:"N" help:"The job to fetch. Default: the last one. One that runs, was cancelled or has failed is refused."`
	To              string `type:"path" placeholder:"DIR" help:"The home to fetch into: the job's folder is data-pipeline/export/N in it. Default: one for the server, where jobs are kept."`
	Again           bool   `help:"Fetch also what is here already."`
	Unseen          bool   `help:"With --job: fetch an earlier job although nobody here saw how it ended; its manifest says so."`
	Deliver         bool   `help:"Run the deliveries of the source (\"sluice deliveries\") when the files are here."`

	passphrase secret.Secret
}

// fetched is what became of one server.
type fetched struct {
	Name      string           `json:"name,omitempty"` // in the list of sources
	Fetched   *fetch.Result    `json:"fetched,omitempty"`
	Delivered []deliver.Result `json:"delivered,omitempty"`
	Error     *problem         `json:"error,omitempty"`
	err       error
}

func (x *fetchCommand) Run(c *call) (err error) {
	several, err := x.chosen(c, &x.remoteFlags)
	if err = errors.Join(x.check(several), err); err != nil {
		return err
	}
	if x.SSHPassphraseFile != "" {
		if x.passphrase, err = readPassword("--ssh-passphrase-file", x.SSHPassphraseFile, c.logger); err != nil {
			return err
		}
	}
	if several != nil {
		return x.each(c, several)
	}
	server, err := x.connect(c)
	if err != nil {
		return err
	}
	defer server.CloseIdleConnections()
	done := x.from(c, server, c.server, newFetchLine(c.program.Err, 1))
	if x.JSON && done.Fetched != nil {
		return c.document(done, done.err)
	}
	if done.Fetched != nil {
		describeFetched(c, done)
	}
	return done.err
}

// check refuses what does not go together.
func (x *fetchCommand) check(several []source.Source) error {
	switch {
	case x.Job < 0:
		return usageError{fmt.Errorf("--job %d: jobs have numbers from 1", x.Job)}
	case x.Unseen && x.Job == 0:
		return usageError{errors.New("--unseen is about an earlier job: name it with --job")}
	case len(several) > 1 && (x.Job != 0 || x.To != "" || x.SharedHome != ""):
		return usageError{errors.New("--job, --to and --shared-home are of one server, and several are named")}
	}
	return nil
}

// fromListed fetches from a server of the list.
func (x *fetchCommand) fromListed(c *call, s source.Source, line *fetchLine) fetched {
	server, err := x.connectTo(c, s, false)
	if err != nil {
		p := problemOf(err)
		return fetched{Name: s.Name, Error: &p, err: err}
	}
	defer server.CloseIdleConnections()
	done := x.from(c, server, s, line)
	if done.err != nil {
		p := problemOf(done.err)
		done.Error = &p
	}
	return done
}

// from fetches from one server, and delivers if that is asked for.
func (x *fetchCommand) from(c *call, server *client.Client, s source.Source, line *fetchLine) fetched {
	if s.ID == "" { // it is not in the list
		s = source.NewServer(server.BaseURL(), source.Server{URL: server.BaseURL()})
	}
	done := fetched{Name: s.Name}
	if done.err = x.into(c, &s.Server); done.err != nil {
		return done
	}
	r, err := c.backendIn(c.journals).Fetch(c.ctx, server, s, x.passphrase, source.Fetch{Job: x.Job, Home: x.To, Again: x.Again, Unseen: x.Unseen,
		Progress: func(p source.Fetching) { line.draw(s.Name, p) }})
	line.end(s.Name)
	if err != nil {
		done.err = signalled(adviseFetch(advise(err)))
		return done
	}
	done.Fetched = &r
	if x.Deliver {
		done.Delivered, done.err = deliverFetched(c, s, r)
	}
	return done
}

// describeFetched tells people what was fetched.
func describeFetched(c *call, done fetched) {
	r, w := done.Fetched, c.program.Out
	for _, n := range r.Notes {
		visible.Fprintf(w, "note: %s\n", n)
	}
	for _, f := range r.Files {
		rows := "?"
		if f.Rows >= 0 {
			rows = number(f.Rows)
		}
		visible.Fprintf(w, "  %10s  %12s rows  %s\n", size(f.Bytes), rows, f.File)
	}
	switch {
	case r.Already:
		visible.Fprintf(w, "Job %d is in %s already, whole: %s. Nothing was fetched (--again fetches it).\n", r.Job, r.Folder, size(r.Bytes))
	case r.Kept > 0:
		visible.Fprintf(w, "Fetched job %d from %s into %s: %s, found whole; %s had come before.\n", r.Job, r.From, r.Folder, size(r.Bytes), figures.Some(int64(r.Kept), "one file", "%d files"))
	default:
		visible.Fprintf(w, "Fetched job %d from %s into %s: %s, found whole.\n", r.Job, r.From, r.Folder, size(r.Bytes))
	}
	for _, d := range done.Delivered {
		describeDelivery(w, d)
	}
}

// adviseFetch says with which flag a refused job can be had.
func adviseFetch(err error) error {
	var unseen *fetch.UnseenError
	if errors.As(err, &unseen) {
		return hintedError{err, "--unseen fetches it all the same"}
	}
	return err
}

// exitOfFetch is the exit code of a fetch that was refused, if it is one.
func exitOfFetch(err error) (code int, is bool) {
	var not *fetch.NotFinishedError
	switch {
	case errors.Is(err, fetch.ErrBusy):
		return exitRunning, true
	case !errors.As(err, &not) || errors.Is(err, context.Canceled):
		return 0, false
	case not.Job.Status == pipeline.Failed:
		return exitJobFailed, true
	case not.Job.Status == pipeline.Cancelled:
		return exitElsewhere, true
	}
	return exitRunning, true
}
