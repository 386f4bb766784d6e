package pglive

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"sluice/takes/feed"
	"sluice/takes/live"
	"sluice/wording"
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
	crashed         = "57P02"
	protocol        = "08P01" // what PgBouncer says of logins
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
	if d.c != nil { // it was connected already
		return feed.Cut(d.address, feed.LastPart(err.Error()))
	}
	if told := feed.Told(err); told != nil { // of a tunnel
		return told
	}
	text := err.Error()
	switch told := feed.Certificate(err, d.address, "sslrootcert=FILE", "sslmode=verify-ca"); {
	case told != nil:
		return told
	case strings.Contains(text, "server refused TLS"):
		return feed.Unreachable("the server at %s takes no connections by TLS: choose sslmode=prefer, if the network is safe", d.address)
	case strings.Contains(text, "remote error: tls: "):
		return feed.Denied("the server at %s does not take the certificate of this client, or asks for one: name it with sslcert=FILE and sslkey=FILE in the address (%s)", d.address, feed.LastPart(text))
	case strings.Contains(text, "tls: ") || strings.Contains(text, "x509: "):
		return feed.Unreachable("no safe connection to %s: %s; check that it is PostgreSQL, or choose another sslmode", d.address, feed.LastPart(text))
	}
	return feed.Network(err, d.address, feed.LastPart(text))
}

// ofServer words what the server itself says.
func (d *database) ofServer(e *pgconn.PgError) error {
	switch e.Code {
	case wrongPassword, wrongLogin, protocol:
		return d.refused(e)
	case noDatabase:
		return d.noDatabase()
	case noRight:
		if d.c == nil { // what is refused before anything was asked is the database itself
			return feed.Denied("%s may not enter the database at %s. An administrator of it can allow that with\n  GRANT CONNECT ON DATABASE %s TO %s;", d.user, d.address, quote(d.name), quote(d.user))
		}
		return feed.Denied("%s has no right to read: %s", d.user, e.Message)
	case cancelled:
		return d.ended(e)
	case locked:
		return feed.Unreachable("somebody else locks a table of the database at %s for longer than %s, as a migration or a VACUUM FULL does (%s): try again when that is done", d.address, live.Options(d.o).Patience(), e.Message)
	case idleTooLong, openTooLong:
		return feed.Unreachable("the server at %s ended the transaction because it was open for too long (%s): read without --max-rate and --load, or let %s have no such limit", d.address, e.Message, d.user)
	case conflict, deadlock, tooOldForQuery:
		return &restartError{feed.Unreachable("the standby had to cancel the reading, because of what the primary did meanwhile (%s): read again, "+
			"or set hot_standby_feedback = on or a larger max_standby_streaming_delay on the standby", e.Message)}
	case shutdown, crashed:
		if d.c != nil {
			return feed.Cut(d.address, e.Message)
		}
		fallthrough
	case starting, tooMany:
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

func (d *database) noDatabase() error {
	return feed.Damaged("there is no such database at %s: check its name", d.address)
}

// errPassword is wrapped by the errors of a server that wants another password.
var errPassword = wording.New("the password is not accepted")

// asksForPassword finds the messages of the methods that take a password, and those
// of PgBouncer, which has no states of its own for them.
var asksForPassword = regexp.MustCompile(`(?i)(password|PAM|LDAP|RADIUS|BSD|SASL) authentication failed|empty password|no password supplied`)

// refused words why a server lets a user not in.
func (d *database) refused(e *pgconn.PgError) error {
	switch message := e.Message; {
	case strings.Contains(message, "no encryption") || strings.Contains(message, "SSL off") || strings.Contains(message, "SSL required"):
		return feed.Denied("the server at %s asks for TLS, or does not let %s in from here: try sslmode=require (%s)", d.address, d.user, message)
	case strings.Contains(message, "client certificate"):
		return feed.Denied("the server at %s asks for a certificate of the client: name it with sslcert=FILE and sslkey=FILE in the address (%s)", d.address, message)
	case strings.Contains(message, "no such database"): // PgBouncer
		return d.noDatabase()
	case e.Code == wrongPassword || asksForPassword.MatchString(message):
		return feed.With(feed.Denied("the server at %s does not accept the name %s with its password: %s", d.address, d.user, message), errPassword)
	case e.Code == protocol && !strings.Contains(message, "user"):
		return feed.Damaged("the database at %s says: %s (%s)", d.address, message, e.Code)
	default:
		return feed.Denied("the server at %s does not let %s in from here: %s", d.address, d.user, message)
	}
}
