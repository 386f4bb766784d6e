package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"sluice/client"
	"sluice/pipeline"
	"sluice/secret"
)

// tokenVariable names the environment variable that may hold a token.
const tokenVariable = "SLUICE_TOKEN"

// remoteFlags say which server to talk to. A token is never a flag: it would
// show in the process list.
type remoteFlags struct {
	URL       string        `name:"url" required:"" env:"SLUICE_URL" placeholder:"BASE" help:"Base URL of the server, with its context path."`
	TokenFile string        `type:"path" placeholder:"FILE" help:"File with the personal access token. Default: SLUICE_TOKEN, else the keyring."`
	CAFile    string        `name:"ca-file" type:"path" placeholder:"FILE" help:"Certificates of further authorities to trust, PEM."`
	Insecure  bool          `help:"Do not verify the server's certificate. Anybody between here and the server can read the token."`
	Timeout   time.Duration `default:"30s" help:"How long one request may take (${default})."`
	JSON      bool          `name:"json" help:"Print the REST document."`
}

// connect makes the client that the flags describe.
func (r *remoteFlags) connect(c *call) (*client.Client, error) {
	base, err := client.NormalizeBaseURL(r.URL)
	if err != nil {
		return nil, usageError{fmt.Errorf("--url: %w", err)}
	}
	token, err := r.token(c, base)
	if err != nil {
		return nil, err
	}
	return client.New(client.Options{
		BaseURL: base, Token: token, CAFile: r.CAFile, Insecure: r.Insecure, Timeout: r.Timeout, Logger: c.logger,
	})
}

// token looks in the file, the environment and the keyring, in this order. No
// token at all is no error: the server may not want one.
func (r *remoteFlags) token(c *call, base string) (string, error) {
	if r.TokenFile != "" {
		b, err := os.ReadFile(r.TokenFile)
		if err != nil {
			return "", fmt.Errorf("--token-file: %w", err)
		}
		token := strings.TrimSpace(string(b))
		if token == "" {
			return "", usageError{fmt.Errorf("--token-file: %s is empty", r.TokenFile)}
		}
		return token, nil
	}
	if token := strings.TrimSpace(os.Getenv(tokenVariable)); token != "" {
		return token, nil
	}
	store := secret.New(secret.Service, keyringTimeout)
	token, err := store.Get(c.ctx, base)
	if err != nil {
		c.logger.Debug("no token from the keyring", "server", base, "reason", err)
		return "", nil
	}
	return token, nil
}

const keyringTimeout = 5 * time.Second

type startCommand struct {
	remoteFlags `embed:""`
	FromDate    string `placeholder:"TIME" help:"Export what was created or updated after this time. Default: the server's 365 days."`
	Force       bool   `help:"Export although the index is inconsistent; the result may be incomplete."`
	Wait        bool   `help:"Follow the job to its end."`
}

func (s *startCommand) Run(c *call) error {
	request := pipeline.Request{Forced: s.Force}
	if s.FromDate != "" {
		from, err := pipeline.ParseFromDate(s.FromDate, c.program.Now.now())
		if err != nil {
			return usageError{fmt.Errorf("--from-date: %w", err)}
		}
		request.FromDate = from
	}
	server, err := s.connect(c)
	if err != nil {
		return err
	}
	job, err := server.Start(c.ctx, request)
	var (
		running *pipeline.RunningError
		invalid *pipeline.ValidationError
	)
	switch {
	case errors.As(err, &running):
		job = running.Job
	case errors.As(err, &invalid):
		job = invalid.Job
	}
	if err == nil && s.Wait {
		job, err = follow(c, server, job)
	}
	return errors.Join(err, s.print(c, job))
}

// print prints the job unless there is none to print after a failure.
func (r *remoteFlags) print(c *call, job pipeline.Job) error {
	if r.JSON {
		return printJSON(c.program.Out, job)
	}
	describeJob(c.program.Out, job, c.program.Now.now())
	return nil
}

type statusCommand struct {
	remoteFlags `embed:""`
	Wait        bool `help:"Follow a running job to its end."`
}

func (s *statusCommand) Run(c *call) error {
	server, err := s.connect(c)
	if err != nil {
		return err
	}
	job, err := server.Status(c.ctx)
	if err == nil && s.Wait && job.Running() {
		job, err = follow(c, server, job)
	}
	if err != nil && !isSilent(err) {
		return err
	}
	return errors.Join(err, s.print(c, job))
}

type cancelCommand struct {
	remoteFlags `embed:""`
	Wait        bool `help:"Wait until the job has stopped."`
}

func (x *cancelCommand) Run(c *call) error {
	server, err := x.connect(c)
	if err != nil {
		return err
	}
	answer, err := server.Cancel(c.ctx)
	if errors.Is(err, pipeline.ErrNotRunning) {
		answer = pipeline.CancellationDiscarded
	} else if err != nil {
		return err
	}
	if err == nil && x.Wait {
		return x.wait(c, server)
	}
	if x.JSON {
		return errors.Join(err, printJSON(c.program.Out, answer))
	}
	fmt.Fprintln(c.program.Out, answer.Message)
	return err
}

func (x *cancelCommand) wait(c *call, server *client.Client) error {
	job, err := server.Status(c.ctx)
	if err == nil && job.Running() {
		job, err = follow(c, server, job)
	}
	if err != nil && !isSilent(err) {
		return err
	}
	return x.print(c, job)
}

// followInterval is how often a job on a server is looked at, and
// followPatience how long the server may be unreachable meanwhile.
const (
	followInterval = 2 * time.Second
	followPatience = 10 * time.Minute
)

// follow watches a job to its end, through failures of the network that may
// pass, and tells about it on the standard error. A job that did not complete
// is a silent error.
func follow(c *call, server pipeline.Exporter, job pipeline.Job) (pipeline.Job, error) {
	width, draw := isTerminal(c.program.Err)
	seen := c.program.Now.now()
	ticker := time.NewTicker(followInterval)
	defer ticker.Stop()
	for job.Running() {
		if draw {
			line := fmt.Sprintf("job %d  %s  %s", job.ID, job.Status, duration(job.Duration(c.program.Now.now())))
			fmt.Fprint(c.program.Err, "\r\x1b[K"+cut(line, width-1))
		}
		select {
		case <-c.ctx.Done():
			return job, fmt.Errorf("%w: job %d goes on on the server", errSignal, job.ID)
		case <-ticker.C:
		}
		next, err := server.Status(c.ctx)
		switch {
		case err == nil:
			job, seen = next, c.program.Now.now()
		case !mayPass(err) || c.program.Now.now().Sub(seen) > followPatience:
			return job, fmt.Errorf("follow job %d: %w", job.ID, err)
		default:
			c.logger.Warn("the server cannot be reached, trying again", "error", err)
		}
	}
	if draw {
		fmt.Fprint(c.program.Err, "\r\x1b[K")
	}
	if job.Status != pipeline.Completed {
		return job, silentError{fmt.Errorf("job %d ended as %s", job.ID, job.Status)}
	}
	return job, nil
}

// mayPass reports whether trying again can help.
func mayPass(err error) bool {
	var e *client.Error
	return errors.As(err, &e) && e.Temporary() && !errors.Is(err, context.Canceled)
}
