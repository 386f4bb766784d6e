package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"sluice/client"
	"sluice/localexport"
	"sluice/pipeline"
	"sluice/visible"
)

type startCommand struct {
	remoteFlags  `embed:""`
	severalFlags `embed:""`
	fromFlag     `embed:""`
	TimeZone     string `placeholder:"ZONE" help:"Zone of a from date that says none: a name such as Europe/Berlin, or an offset. Default: this computer's."`
	Force        bool   `help:"Export although the index is inconsistent; the result may be incomplete."`
	waitFlags    `embed:""`
}

// Run starts an export. The answers 409 and 422 carry a job too, which is
// printed like that of a success; after any other failure there is none.
func (s *startCommand) Run(c *call) error {
	if err := s.waitFlags.check(); err != nil {
		return err
	}
	if _, err := localexport.ParseZone(s.TimeZone); err != nil {
		return usageError{fmt.Errorf("--time-zone: %w", err)}
	}
	from, limited, err := s.read(s.TimeZone, c.program.Now.now())
	if err != nil {
		return err
	}
	if several, err := s.chosen(c, &s.remoteFlags); several != nil || err != nil {
		if err != nil {
			return err
		}
		return s.onEach(c, several, func(c *call, server *client.Client) (pipeline.Job, error) { return s.on(c, server, from, limited) })
	}
	server, err := s.connect(c)
	if err != nil {
		return err
	}
	defer server.CloseIdleConnections()
	job, err := s.on(c, server, from, limited)
	return s.finish(c, job, err)
}

// on starts an export on one server.
func (s *startCommand) on(c *call, server *client.Client, from pipeline.FromDate, limited bool) (pipeline.Job, error) {
	request := pipeline.Request{Forced: s.Force}
	if limited {
		var err error
		if request.FromDate, err = s.fromOfServer(c, server, from); err != nil {
			return pipeline.Job{}, err
		}
	}
	asked := c.program.Now.now()
	job, err := server.Start(c.ctx, request)
	var (
		running *pipeline.RunningError
		invalid *pipeline.ValidationError
	)
	switch {
	case errors.As(err, &running):
		job = running.Job
		c.noted(job, "")
	case errors.As(err, &invalid):
		job = invalid.Job
	case err == nil:
		c.noted(job, cmp.Or(c.startedBy, pipeline.ByPerson))
		if s.Wait {
			job, err = follow(c, server, job, asked, s.waitFlags)
		}
	}
	return job, err
}

type statusCommand struct {
	remoteFlags  `embed:""`
	severalFlags `embed:""`
	waitFlags    `embed:""`
}

func (s *statusCommand) Run(c *call) error {
	if err := s.waitFlags.check(); err != nil {
		return err
	}
	if several, err := s.chosen(c, &s.remoteFlags); several != nil || err != nil {
		if err != nil {
			return err
		}
		return s.onEach(c, several, func(c *call, server *client.Client) (pipeline.Job, error) {
			job, err := s.on(c, server)
			if err == nil && job.Status == pipeline.Failed {
				err = verdict(job)
			}
			return job, err
		})
	}
	server, err := s.connect(c)
	if err != nil {
		return err
	}
	defer server.CloseIdleConnections()
	job, err := s.on(c, server)
	if err == nil && !job.Exists() {
		return s.print(c, job, nil) // {} is the answer
	}
	return s.finish(c, job, err)
}

// on reads the status of one server, or follows its job to the end.
func (s *statusCommand) on(c *call, server *client.Client) (pipeline.Job, error) {
	job, err := server.Status(c.ctx)
	c.noted(job, "")
	if err == nil && s.Wait && job.Exists() {
		job, err = follow(c, server, job, time.Time{}, s.waitFlags)
	}
	return job, err
}

type cancelCommand struct {
	remoteFlags `embed:""`
	Home        string `type:"path" placeholder:"DIR" help:"Cancel the export that runs in this home on this computer, instead of one on a server."`
	waitFlags   `embed:""`
}

func (x *cancelCommand) Run(c *call) error {
	if err := x.waitFlags.check(); err != nil {
		return err
	}
	if x.Home != "" {
		return x.local(c)
	}
	server, err := x.connect(c)
	if err != nil {
		return err
	}
	defer server.CloseIdleConnections()
	running := x.running(c, server)
	return x.cancel(c, server, func() (pipeline.Job, error) {
		job, err := running, error(nil)
		if !job.Running() {
			job, err = server.Status(c.ctx)
		}
		if err == nil && job.Running() {
			job, err = follow(c, server, job, time.Time{}, x.waitFlags)
		}
		return job, err
	})
}

// beforeCancel bounds how long a cancellation waits to learn what it is about.
const beforeCancel = 10 * time.Second

// running is the job that is about to be cancelled, with --wait and as far as it can
// be known: an answer after that may be of an older one.
func (x *cancelCommand) running(c *call, server pipeline.Exporter) pipeline.Job {
	if !x.Wait {
		return pipeline.Job{}
	}
	ctx, cancel := context.WithTimeout(c.ctx, beforeCancel)
	defer cancel()
	job, err := server.Status(ctx)
	if err != nil {
		c.logger.Debug("the job before its cancellation is not known", "error", err)
	}
	return job
}

// cancel asks the exporter to cancel. With --wait the job is followed to its end,
// which is what was asked for, whatever it is.
func (x *cancelCommand) cancel(c *call, e pipeline.Exporter, wait func() (pipeline.Job, error)) error {
	answer, err := e.Cancel(c.ctx)
	switch {
	case errors.Is(err, pipeline.ErrNotRunning):
		if answer == (pipeline.Cancellation{}) { // on this computer nobody has answered
			answer = pipeline.CancellationDiscarded
		}
		if x.JSON {
			return c.document(answer, err)
		}
		if words := answer.Message; words != "" && words != pipeline.CancellationDiscarded.Message {
			return fmt.Errorf("%w; the server says \"%s\"", err, visible.Cut(words, longestMessage))
		}
		return err
	case err != nil:
		return advise(err)
	case x.Wait:
		job, err := wait()
		if job.Status.Ended() {
			err = nil
		}
		return x.finish(c, job, err)
	case x.JSON:
		return c.document(answer, nil)
	}
	fmt.Fprintln(c.program.Out, visible.Cut(answer.Message, longestMessage))
	return nil
}

// finish prints the job, if there is one, and returns err with what to do about
// it.
func (r *remoteFlags) finish(c *call, job pipeline.Job, err error) error {
	if !job.Exists() {
		return advise(err)
	}
	return r.print(c, job, advise(err))
}

// print prints the job, and returns err.
func (r *remoteFlags) print(c *call, job pipeline.Job, err error) error {
	usual := c.usual(job)
	if r.JSON && usual != nil {
		with, broken := withMember(pipeline.Kept(job), "usual", usual)
		if broken != nil {
			return broken
		}
		return c.document(with, err)
	}
	if r.JSON {
		return c.jobDocument(job, nil, err)
	}
	describeJob(c.program.Out, job, c.program.Now.now())
	if words := usual.words(c.program.Now.now()); words != "" {
		fmt.Fprintf(c.program.Out, "  %s\n", words)
	}
	return err
}

// flagFor names the flags that help against a failure, which the client, made
// for the window as well, does not know.
var flagFor = map[client.Kind]string{
	client.KindUnauthorized: "Here that is a file named by --token-file, or " + tokenVariable,
	client.KindTLSAuthority: "Here that is --ca-file",
	client.KindStaleCookie:  "Here it stands in the file of --header-file",
	client.KindClientCert:   "Here those are --client-cert and --client-key",
	client.KindLoginPage:    "What an access proxy wants with every request can stand in a --header-file",
	client.KindTimeout:      "A longer --timeout may help",
}

// advise adds to a failure what to do about it on the command line.
func advise(err error) error {
	var e *client.Error
	if !errors.As(err, &e) || errors.Is(err, context.Canceled) || flagFor[e.Kind] == "" {
		return err
	}
	return hintedError{err, flagFor[e.Kind]}
}
