package server

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"sluice/pipeline"
	"sluice/secret"
	"sluice/visible"
)

// ErrOptions is wrapped by the errors of Serve for options that cannot be used:
// a mistake of the person who called, not of the machine.
var ErrOptions = errors.New("cannot serve")

// DefaultListen is where Serve listens if nothing else is said.
const DefaultListen = "127.0.0.1:8642"

// ServeOptions describes a server.
type ServeOptions struct {
	Exporter pipeline.Exporter

	// Listen is host:port; DefaultListen if empty. Port 0 takes a free port.
	Listen string
	// AllowRemote permits Listen to be reachable from other computers. It
	// needs CertFile and KeyFile.
	AllowRemote       bool
	CertFile, KeyFile string // PEM

	// TokenFile holds the bearer token. If it does not exist, a token is
	// generated, written there with mode 0600 and printed once; if TokenFile is
	// empty, the generated token is only printed.
	TokenFile string

	// Hosts are names for the Host header, as in Options; those of the
	// certificate are added.
	Hosts       []string
	ContextPath string // as in Options
	Version     string // as in Options

	// Out receives the address and a generated token; nothing is printed if nil.
	Out    io.Writer
	Logger *slog.Logger // as in Options

	// Grace bounds the shutdown: open requests end, and the job that Exporter
	// itself runs (pipeline.Stopper) is cancelled and waited for; 30 s if 0.
	Grace time.Duration

	// Ready, if not nil, is called once with the address and the token when
	// requests are accepted.
	Ready func(addr net.Addr, token secret.Secret)
}

// Serve serves until the context ends, then shuts down in order: no new
// requests, its own job CANCELLED. It returns nil after an orderly shutdown.
// Errors for options that cannot be used wrap ErrOptions.
func Serve(ctx context.Context, o ServeOptions) error {
	o = o.withDefaults()
	secure, err := o.check()
	if err != nil {
		return err
	}
	token, fresh, err := loadToken(o.TokenFile)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", o.Listen)
	if err != nil {
		return fmt.Errorf("listen at %s: %w", o.Listen, err)
	}
	scheme := "http"
	listener = limitConnections(listener, func(remote string) {
		o.Logger.Info("connection refused: too many at once", "from", remote)
	})
	if secure != nil {
		listener, scheme = tls.NewListener(listener, secure), "https"
	}
	o.warn(token)
	o.announce(scheme, listener.Addr(), token, fresh)

	lifetime, end := context.WithCancel(context.WithoutCancel(ctx))
	defer end()
	server := o.server(token, secure, lifetime)
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	if o.Ready != nil {
		o.Ready(listener.Addr(), token)
	}
	select {
	case err := <-done:
		return fmt.Errorf("serve at %s: %w", listener.Addr(), err)
	case <-ctx.Done():
	}
	err = o.shutDown(server, end)
	<-done
	return err
}

func (o ServeOptions) withDefaults() ServeOptions {
	if o.Listen == "" {
		o.Listen = DefaultListen
	}
	if o.Grace <= 0 {
		o.Grace = 30 * time.Second
	}
	if o.Out == nil {
		o.Out = io.Discard
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o
}

// server bounds every phase of a request, so that a slow or silent peer cannot
// hold a connection for ever.
func (o ServeOptions) server(token secret.Secret, secure *tls.Config, lifetime context.Context) *http.Server {
	return &http.Server{
		Handler: Handler(o.Exporter, Options{Token: token, Hosts: append(certificateNames(secure), o.Hosts...),
			ContextPath: o.ContextPath, Version: o.Version, Logger: o.Logger, lifetime: lifetime}),
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(o.Logger.Handler(), slog.LevelDebug),
	}
}

// warn tells what is not safe about a token and its file.
func (o ServeOptions) warn(token secret.Secret) {
	if n := len(token.Reveal()); n < goodToken {
		o.Logger.Warn(fmt.Sprintf("the token has only %d characters and could be guessed: take one of %d or more, or let the server make one", n, goodToken))
	}
	if info, err := os.Stat(o.TokenFile); err == nil {
		if w := secret.Exposed(o.TokenFile, info); w != "" {
			o.Logger.Warn(w)
		}
	}
}

// announce prints the address, and the token if it is new.
func (o ServeOptions) announce(scheme string, addr net.Addr, token secret.Secret, fresh bool) {
	fmt.Fprintf(o.Out, "Serving the export API at %s://%s%s/latest/export\n", scheme, addr, o.contextPath()+"/rest/datapipeline")
	switch {
	case fresh && o.TokenFile != "":
		visible.Fprintf(o.Out, "New token, written to %s and shown only now: %s\n", o.TokenFile, token.Reveal())
	case fresh:
		fmt.Fprintf(o.Out, "Token for this run, shown only now: %s\n", token.Reveal())
	}
}

// shutDown ends a start that is under way, waits for open requests, and sees the
// job that the exporter itself runs to its end. That of another process, or of a
// server, is not ours to cancel.
func (o ServeOptions) shutDown(server *http.Server, end context.CancelFunc) error {
	ctx, cancel := context.WithTimeout(context.Background(), o.Grace)
	defer cancel()
	end()
	// A caller that hangs must not use up the time that the job needs to end.
	closeCtx, closed := context.WithTimeout(ctx, o.Grace/3)
	defer closed()
	closing := server.Shutdown(closeCtx)
	if closing != nil {
		closing = errors.Join(fmt.Errorf("shut down: %w", closing), server.Close())
	}
	if own, ok := o.Exporter.(pipeline.Stopper); ok {
		if err := own.Stop(ctx); err != nil {
			return errors.Join(closing, fmt.Errorf("shut down: %w", err))
		}
	}
	return closing
}
