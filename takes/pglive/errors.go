package pglive

import (
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"sluice/takes/feed"
)

// states of PostgreSQL's errors (PostgreSQL documentation, "Error Codes").
const (
	wrongPassword   = "28P01"
	wrongLogin      = "28000"
	noDatabase      = "3D000"
	noRight         = "42501"
	cancelled       = "57014"
	conflict        = "40001" // also "conflict with recovery" on a standby
	deadlock        = "40P01"
	starting        = "57P03"
	shutdown        = "57P01"
	locked          = "55P03"
	idleTooLong     = "25P03"
	openTooLong     = "25P04"
	tooMany         = "53300"
	tooOldForQuery  = "72000" // snapshot too old
	undefinedTable  = "42P01"
	unsupportedFeat = "0A000"
)

// restartError says that the reading has to begin anew.
type restartError struct{ error }

func (e *restartError) Unwrap() error { return e.error }

// describe says what an error of the database means and what to do. No part of
// the address but its place is said, and never a password.
func (d *database) describe(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	var server *pgconn.PgError
	if errors.As(err, &server) {
		return d.ofServer(server)
	}
	text := err.Error()
	switch {
	case strings.Contains(text, "tls: ") || strings.Contains(text, "x509: "):
		return feed.Unreachable("no safe connection to %s: %s; give the certificate of its authority with sslrootcert, or choose another sslmode", d.address, lastPart(text))
	case strings.Contains(text, "server refused TLS"):
		return feed.Unreachable("the server at %s takes no connections by TLS: choose sslmode=prefer, if the network is safe", d.address)
	}
	return feed.Network(err, d.address, lastPart(text))
}

// lastPart is the cause in an error of the driver, whose first part names the
// address with the user.
func lastPart(text string) string {
	parts := strings.Split(strings.TrimSpace(text), ": ")
	return parts[len(parts)-1]
}

// ofServer words what the server itself says.
func (d *database) ofServer(e *pgconn.PgError) error {
	switch e.Code {
	case wrongPassword, wrongLogin:
		if strings.Contains(e.Message, "no encryption") || strings.Contains(e.Message, "SSL off") {
			return feed.Denied("the server at %s asks for TLS, or does not let %s in from here: try sslmode=require (%s)", d.address, d.user, e.Message)
		}
		return feed.Denied("the server at %s does not accept the name %s with its password: %s", d.address, d.user, e.Message)
	case noDatabase:
		return feed.Damaged("there is no such database at %s: check its name", d.address)
	case noRight:
		if d.c == nil { // what is refused before anything was asked is the database itself
			return feed.Denied("%s may not enter the database at %s. An administrator of it can allow that with\n  GRANT CONNECT ON DATABASE %s TO %s;", d.user, d.address, quote(d.name), quote(d.user))
		}
		return feed.Denied("%s has no right to read: %s", d.user, e.Message)
	case cancelled:
		return d.ended(e)
	case locked:
		return feed.Unreachable("somebody else locks a table of the database at %s for longer than %s, as a migration or a VACUUM FULL does (%s): try again when that is done", d.address, d.o.lockTimeout(), e.Message)
	case idleTooLong, openTooLong:
		return feed.Unreachable("the server at %s ended the transaction because it was open for too long (%s): read without --max-rate and --load, or let %s have no such limit", d.address, e.Message, d.user)
	case conflict, deadlock, tooOldForQuery:
		return &restartError{feed.Unreachable("the standby had to cancel the reading, because of what the primary did meanwhile (%s): read again, "+
			"or set hot_standby_feedback = on or a larger max_standby_streaming_delay on the standby", e.Message)}
	case starting, shutdown, tooMany:
		return feed.Unreachable("the server at %s takes no connections now: %s", d.address, e.Message)
	}
	return feed.Damaged("the database at %s says: %s (%s)", d.address, e.Message, e.Code)
}

// ended says why the server ended a query. Which of the two it was it tells in its
// own language only.
func (d *database) ended(e *pgconn.PgError) error {
	if d.o.StatementTimeout <= 0 { // and the server's own was switched off
		return feed.Unreachable("somebody cancelled the reading at the server %s (%s): ask who did, and read again", d.address, e.Message)
	}
	pauses := ""
	if d.o.Paused {
		pauses = "; the pauses of --max-rate and --load count, too"
	}
	return feed.Unreachable("the server ended a query that took longer than --statement-timeout allows, %s, or that somebody cancelled (%s): give it more time%s", d.o.StatementTimeout, e.Message, pauses)
}
