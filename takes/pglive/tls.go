package pglive

import (
	"context"
	"crypto/tls"
	"errors"
	"io/fs"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"sluice/takes/feed"
	"sluice/takes/login"
)

// noConfig says why an address cannot be used, without a part of it.
func noConfig(err error) error {
	cause := errors.Unwrap(err)
	if cause == nil {
		return notUnderstood()
	}
	var file *fs.PathError
	text := cause.Error()
	switch {
	case errors.As(err, &file):
		return feed.Damaged("a file that the address or the environment names for TLS cannot be read: %w", file)
	case strings.Contains(text, "CA to cert pool"):
		return feed.Damaged("the file of sslrootcert holds no certificate in PEM")
	case strings.Contains(text, "are required"):
		return feed.Damaged("a certificate of the client takes both sslcert and sslkey")
	case strings.Contains(text, "sslpassword"), strings.Contains(text, "unable to decrypt key"):
		return feed.Denied("the key of sslkey is encrypted, and its passphrase is missing or wrong: set PGSSLPASSWORD, or enter it at the prompt of a terminal")
	case strings.Contains(text, "sslkey"), strings.Contains(text, "unable to load cert"):
		return feed.Damaged("the certificate and key of sslcert and sslkey cannot be used: they must belong together, in PEM, the key unencrypted or with a passphrase in the old form of PEM")
	case strings.Contains(text, "service"):
		return feed.Damaged("the service that the address or PGSERVICE names is not in the file of services")
	}
	return notUnderstood()
}

// keyPassphrase gives the driver the passphrase of an encrypted key of the client.
func (o Options) keyPassphrase(a address) func(context.Context) string {
	return func(ctx context.Context) string {
		if !a.keyPass.Empty() || o.Login == nil || o.Login.Ask == nil {
			return a.keyPass.Reveal()
		}
		answer, err := o.Login.Ask(ctx, login.Question{Kind: login.PassphraseOfKey, Of: a.settings["sslkey"]})
		if err != nil {
			return "" // the driver says that there is none
		}
		return answer.Reveal()
	}
}

// safety says how the connection is protected.
func safety(config *pgconn.Config, c *pgconn.PgConn) feed.Safety {
	conn, ok := c.Conn().(*tls.Conn)
	if !ok {
		return feed.Safety{}
	}
	state := conn.ConnectionState()
	s := feed.Safety{TLS: tls.VersionName(state.Version)}
	switch {
	case len(state.VerifiedChains) > 0:
		s.Checked = feed.CheckedName
	case config.TLSConfig != nil && config.TLSConfig.VerifyPeerCertificate != nil:
		s.Checked = feed.CheckedAuthority
	}
	return s
}
