// Package server serves the export REST API (spec/rest-api.md) over any
// pipeline.Exporter, so that scripts written for the vendor's endpoint run
// unchanged against Sluice.
package server

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"sluice/pipeline"
)

// Options describes a Handler.
type Options struct {
	// Token is the bearer token that requests must carry. Without one every
	// request is refused.
	Token string
	// Hosts are the names, without port, under which the server may be
	// addressed, besides localhost and IP addresses.
	Hosts []string
	// ContextPath is put before /rest, such as "/confluence"; usually empty.
	ContextPath string
	// ExportPath is the directory that GET /config/export-path shows; if it is
	// empty the operation is not found.
	ExportPath string
	// StartTimeout bounds the start of an export with its pre-validation;
	// 10 min if 0.
	StartTimeout time.Duration
	// Timeout bounds every other request; 30 s if 0.
	Timeout time.Duration
	// Logger receives a record for each request; none if nil.
	Logger *slog.Logger
	// Now is the clock that tells future from dates; time.Now if nil.
	Now func() time.Time
}

// Handler returns the REST API over the exporter.
func Handler(e pipeline.Exporter, o Options) http.Handler { return http.NotFoundHandler() }

// ErrOptions is wrapped by the errors of Serve for options that cannot be used:
// a mistake of the person who called, not of the machine.
var ErrOptions = errors.New("options")

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

	Hosts       []string // as in Options
	ContextPath string   // as in Options
	ExportPath  string   // as in Options

	// Out receives the address and a generated token; nothing is printed if nil.
	Out    io.Writer
	Logger *slog.Logger // as in Options

	// Grace bounds the shutdown: open requests end, and a running job is
	// cancelled and waited for; 30 s if 0.
	Grace time.Duration

	// Ready, if not nil, is called once with the address and the token when
	// requests are accepted.
	Ready func(addr net.Addr, token string)
}

// Serve serves until the context ends, then shuts down in order: no new
// requests, a running job CANCELLED. It returns nil after an orderly shutdown.
func Serve(ctx context.Context, o ServeOptions) error { return errors.New("not built yet") }
