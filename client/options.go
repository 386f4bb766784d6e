package client

import (
	"log/slog"
	"time"
)

// Options says which server to talk to, and how.
type Options struct {
	// BaseURL is the address of the product with its context path, if it has
	// one: "https://example.com/confluence". NormalizeBaseURL tells what is
	// accepted.
	BaseURL string

	// Token is a personal access token. It wins over User and Password.
	Token string
	// User and Password are sent with HTTP Basic authentication when there is
	// no Token.
	User, Password string

	// CAFile is a PEM file with certificates that are trusted in addition to
	// those of the operating system.
	CAFile string
	// Insecure switches the verification of the server's certificate off. The
	// connection can then be read and changed on its way; Probe warns of it.
	Insecure bool

	// Timeout bounds each attempt of a read, and of a cancellation; 30 s if 0.
	Timeout time.Duration
	// StartTimeout bounds the start of an export, which the server answers
	// only after it has checked its index; 5 min if 0.
	StartTimeout time.Duration
	// Retries is how often a failed read is repeated; 2 if 0, none if below 0.
	Retries int
	// MaxBody is the largest answer that is read, in bytes after
	// decompression; 4 MiB if 0.
	MaxBody int64

	// UserAgent names the program to the server; "Sluice" if empty.
	UserAgent string
	// Logger receives one debug record for each request; none if nil.
	Logger *slog.Logger
}
