package mylive

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/go-sql-driver/mysql"

	"sluice/takes/feed"
	"sluice/takes/live"
)

// numbers of the servers' errors (MySQL and MariaDB documentation, "Error Codes").
const (
	noDatabase     = 1049
	tableDenied    = 1142
	columnDenied   = 1143
	noTable        = 1146
	noColumn       = 1054
	insecure       = 3159 // TLS is required; MariaDB says it with the next
	insecureMaria  = 4164
	tooLong        = 1153
	changedMeant   = 1412 // a table was altered after the transaction began
	statementTime  = 3024
	statementTimeM = 1969
	interrupted    = 1317
	locked         = 1205

	accessDenied      = 1045
	accessDeniedMaria = 1698 // of a user that logs in in another way
)

var (
	// denials are errors about names, passwords and hosts.
	denials = []uint16{1044, 1045, 1130, 1251, 1698, 1820, 1862, 3118, 3955, 4151}
	// ended are what a server says of a connection that it ends.
	ended = []uint16{1053, 1927, 2006, 2013}
	// notNow are errors of a server that may answer later.
	notNow = []uint16{1040, 1053, 1129, 1203, 1213, 1226, 1927, 2006, 2013}
)

// number is that of an error of the server, or 0.
func number(err error) uint16 {
	var server *mysql.MySQLError
	if errors.As(err, &server) {
		return server.Number
	}
	return 0
}

// describe says what an error of the database means and what to do. No part of
// the address but its place is said, and never a password.
func (d *database) describe(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	var server *mysql.MySQLError
	if errors.As(err, &server) {
		return d.ofServer(server)
	}
	text := err.Error()
	if d.c != nil { // it was connected already
		return feed.Cut(d.address, text)
	}
	if told := feed.Told(err); told != nil { // of a tunnel
		return told
	}
	switch told := feed.Certificate(err, d.address, "?tls=true&ssl-ca=FILE", "?tls=verify-ca"); {
	case told != nil:
		return told
	case errors.Is(err, mysql.ErrNoTLS):
		return feed.Unreachable("the server at %s takes no connections by TLS: choose ?tls=preferred, if the network is safe", d.address)
	case strings.Contains(text, "remote error: tls: "):
		return feed.Denied("the server at %s does not take the certificate of this client, or asks for one: name it with ssl-cert=FILE and ssl-key=FILE in the address (%s)", d.address, text)
	case strings.Contains(text, "tls: ") || strings.Contains(text, "x509: "):
		return feed.Unreachable("no safe connection to %s: %s; check that it is MySQL or MariaDB, or choose another way with ?tls=", d.address, text)
	case slices.ContainsFunc([]error{mysql.ErrCleartextPassword, mysql.ErrOldPassword, mysql.ErrUnknownPlugin, mysql.ErrNativePassword}, func(e error) bool { return errors.Is(err, e) }):
		return feed.Denied("the server at %s asks %s for the password in a way that Sluice does not use: take a user that logs in with mysql_native_password, ed25519 or caching_sha2_password", d.address, d.user)
	}
	return feed.Network(err, d.address, text)
}

// serverError is what the server said, in our words.
type serverError struct {
	error
	server *mysql.MySQLError
}

func (e *serverError) Unwrap() []error { return []error{e.error, e.server} }

// ofServer words what the server itself says.
func (d *database) ofServer(e *mysql.MySQLError) error {
	return &serverError{d.words(e), e}
}

func (d *database) words(e *mysql.MySQLError) error {
	switch {
	case e.Number == noDatabase:
		return feed.Damaged("there is no such database at %s: check its name", d.address)
	case e.Number == insecure || e.Number == insecureMaria:
		return feed.Denied("the server at %s asks for TLS: choose ?tls=skip-verify, verify-ca or true (%s)", d.address, e.Message)
	case slices.Contains(denials, e.Number):
		return feed.Denied("the server at %s does not let %s in with this password, from here or to this database: %s", d.address, d.user, e.Message)
	case e.Number == tableDenied || e.Number == columnDenied:
		return feed.Denied("%s has no right to read: %s", d.user, e.Message)
	case e.Number == statementTime || e.Number == statementTimeM:
		pauses := ""
		if d.o.Paused {
			pauses = "; the pauses of --max-rate and --load count, too"
		}
		return feed.Unreachable("the server ended a query that took longer than --statement-timeout allows, %s (%s): give it more time%s", d.o.StatementTimeout, e.Message, pauses)
	case e.Number == interrupted:
		return feed.Unreachable("somebody cancelled the reading at the server %s (%s): ask who did, and read again", d.address, e.Message)
	case e.Number == locked:
		return feed.Unreachable("somebody else locks a table of the database at %s for longer than %s, as a migration does (%s): try again when that is done", d.address, live.Options(d.o).Patience(), e.Message)
	case e.Number == changedMeant:
		return feed.Unreachable("a table was altered at %s while it was read: read again (%s)", d.address, e.Message)
	case e.Number == tooLong:
		return feed.Damaged("a row of the database at %s is longer than the server may send: raise its max_allowed_packet (%s)", d.address, e.Message)
	case d.c != nil && slices.Contains(ended, e.Number):
		return feed.Cut(d.address, e.Message)
	case slices.Contains(notNow, e.Number):
		return feed.Unreachable("the server at %s takes no connections now: %s", d.address, e.Message)
	}
	return feed.Damaged("the database at %s says: %s (%d)", d.address, e.Message, e.Number)
}
