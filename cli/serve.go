package cli

import (
	"context"
	"errors"

	"github.com/alecthomas/kong"

	"sluice/localexport/snapshot"
	"sluice/metrics"
	"sluice/pipeline"
	"sluice/server"
)

// serveCommand serves the vendor's REST API over a snapshot.
type serveCommand struct {
	localFlags   `embed:""`
	Listen       string   `default:"127.0.0.1:8642" placeholder:"HOST:PORT" help:"Where to listen (${default})."`
	AllowRemote  bool     `help:"Allow listening beyond this computer; needs --tls-cert and --tls-key."`
	TLSCert      string   `name:"tls-cert" type:"path" placeholder:"FILE" help:"Certificate chain, PEM."`
	TLSKey       string   `name:"tls-key" type:"path" placeholder:"FILE" help:"Private key, PEM."`
	TokenFile    string   `type:"path" placeholder:"FILE" help:"File with the bearer token. Default: a new token, printed once."`
	Host         []string `placeholder:"NAME" help:"Further host names that requests may name."`
	ContextPath  string   `placeholder:"PATH" empty:"" help:"Path before /rest, such as /confluence."`
	metricsFlags `embed:""`
	LogFormat    string `default:"text" enum:"text,json" placeholder:"FORMAT" help:"How lines of the log are written: text or json (${default}). With json the address and a new token are printed on the standard output."`
}

func (s *serveCommand) Run(c *call, kctx *kong.Context) (err error) {
	if err := s.fromList(c, kctx, false); err != nil {
		return err
	}
	if s.Snapshot == "" {
		return errNoSnapshot
	}
	if err := s.takeFirst(c); err != nil {
		return err
	}
	if err := checkSnapshot(c.ctx, s.Snapshot); err != nil {
		return err
	}
	c.startedBy = pipeline.ByREST
	logger, told := c.logAs(s.LogFormat), c.program.Err
	if s.LogFormat == "json" { // nothing else is on the standard error
		told = c.program.Out
	}
	exporter, err := s.open(c)
	if err != nil {
		return err
	}
	defer func() {
		err = errors.Join(err, exporter.Close(context.WithoutCancel(c.ctx)))
	}()
	registry := metrics.Registry(c.program.Version, metrics.Exports{Source: nameOfSnapshot(s.Snapshot), Of: exporter})
	ctx, stop := context.WithCancel(c.ctx)
	defer stop()
	if err := s.serve(ctx, logger, registry); err != nil {
		return err
	}
	err = server.Serve(c.ctx, server.ServeOptions{
		Exporter: exporter, Listen: s.Listen, AllowRemote: s.AllowRemote, CertFile: s.TLSCert, KeyFile: s.TLSKey,
		TokenFile: s.TokenFile, Hosts: s.Host, ContextPath: s.ContextPath,
		Version: c.program.Version, Out: told, Logger: logger,
	})
	if errors.Is(err, server.ErrOptions) {
		return usageError{err}
	}
	return err
}

// checkSnapshot lets a wrong file show at once. Every start opens the snapshot
// anew, so that a newer one can take its place meanwhile.
func checkSnapshot(ctx context.Context, path string) error {
	s, err := snapshot.Open(ctx, path)
	if err != nil {
		return err
	}
	return s.Close()
}
