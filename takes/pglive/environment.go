package pglive

import (
	"maps"
	"os"

	"github.com/jackc/pgx/v5/pgconn"

	"sluice/takes/feed"
)

// variables are those of the environment whose values have to have a form, with the
// parameters that come before them and a value that is always understood.
var variables = []struct{ name, setting, good string }{
	{"PGPORT", "port", "5432"}, {"PGCONNECT_TIMEOUT", "connect_timeout", "15"}, {"PGSSLMODE", "sslmode", "prefer"},
	{"PGSSLSNI", "sslsni", "1"}, {"PGSSLCERTMODE", "sslcertmode", "allow"},
	{"PGTARGETSESSIONATTRS", "target_session_attrs", "any"}, {"PGCHANNELBINDING", "channel_binding", "prefer"},
	{"PGMINPROTOCOLVERSION", "min_protocol_version", "3.0"}, {"PGMAXPROTOCOLVERSION", "max_protocol_version", "3.0"}, {"PGREQUIREAUTH", "require_auth", "password"},
}

// notOfEnvironment is the error about a variable for which an address is not understood
// that is understood without it; nil if there is none.
func (a address) notOfEnvironment() error {
	without := address{settings: maps.Clone(a.settings)}
	for _, v := range variables {
		value, is := os.LookupEnv(v.name) // of some an empty one is wrong as well
		if !is || a.settings[v.setting] != "" {
			continue
		}
		without.settings[v.setting] = v.good
		if _, err := pgconn.ParseConfig(without.text()); err == nil {
			return feed.Misused("%s=%q in the environment is not understood: correct it or take it away", v.name, value)
		}
	}
	return nil
}
