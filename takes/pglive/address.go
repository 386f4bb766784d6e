package pglive

import (
	"slices"
	"strings"

	"sluice/secret"
	"sluice/takes/dburl"
	"sluice/takes/feed"
)

// settingsOfLibpq are the parameters of an address that are passed on, by libpq's
// names. What is not among them is said to be unused.
var settingsOfLibpq = []string{"host", "port", "dbname", "user", "passfile", "connect_timeout", "sslmode", "sslkey", "sslcert", "sslcertmode",
	"sslrootcert", "sslnegotiation", "sslsni", "krbsrvname", "krbspn", "target_session_attrs", "service", "servicefile",
	"min_protocol_version", "max_protocol_version", "channel_binding", "require_auth"}

// settingsOfJDBC are the parameters of the JDBC driver that count here, in lower
// case, with libpq's names for them (pgJDBC documentation, "Connection Parameters").
var settingsOfJDBC = map[string]string{"user": "user", "sslmode": "sslmode", "sslrootcert": "sslrootcert", "sslcert": "sslcert", "sslkey": "sslkey",
	"connecttimeout": "connect_timeout", "targetservertype": "target_session_attrs", "sslnegotiation": "sslnegotiation", "channelbinding": "channel_binding"}

// serverTypes are the JDBC driver's words for which of several servers is meant,
// with libpq's.
var serverTypes = map[string]string{"any": "any", "primary": "primary", "master": "primary", "secondary": "standby", "slave": "standby",
	"prefersecondary": "prefer-standby", "preferslave": "prefer-standby", "preferprimary": "any"}

// sslModes are how safe a connection has to be.
var sslModes = []string{"disable", "allow", "prefer", "require", "verify-ca", "verify-full"}

// notUnderstood says no part of the address: one may be a password.
func notUnderstood() error {
	return feed.Misused("the address of the database is not understood: write it as postgres://host:5432/name?user=NAME&sslmode=require")
}

// address is what an address says.
type address struct {
	settings map[string]string // of libpq
	password secret.Secret
	keyPass  secret.Secret // of the client's key
	schema   string
	unused   []string // names of parameters that nobody takes
}

// parse reads the address of o: a URL of libpq or of the JDBC driver, as it stands
// in Confluence's own configuration; and what comes before it.
func (o Options) parse() (address, error) {
	a := address{settings: map[string]string{}}
	rest, isJDBC := cutPrefixFold(o.Address, "jdbc:")
	_, rest, _ = strings.Cut(rest, ":")
	if isJDBC && !strings.HasPrefix(rest, "//") { // jdbc:postgresql:name
		rest = "///" + strings.TrimPrefix(rest, "/")
	}
	u, err := dburl.Parse(rest)
	if err != nil {
		return a, notUnderstood()
	}
	a.password = u.Password
	a.set("user", u.User)
	a.set("dbname", u.Name)
	a.hosts(u.Hosts)
	if isJDBC {
		if len(u.Hosts) == 0 {
			a.set("host", "localhost")
		}
		err = a.ofJDBC(&u)
	} else {
		a.ofLibpq(&u)
	}
	a.unused = u.Unused()
	if mode := a.settings["sslmode"]; err == nil && mode != "" && !slices.Contains(sslModes, mode) {
		err = feed.Misused("the address asks for TLS in a way that is not known: write sslmode=%s or %s", strings.Join(sslModes[:len(sslModes)-1], ", "), sslModes[len(sslModes)-1])
	}
	a.override(o)
	return a, err
}

func (a *address) set(name, value string) {
	if value != "" {
		a.settings[name] = value
	}
}

func (a *address) hosts(list []dburl.Host) {
	var names, ports []string
	for _, h := range list {
		names, ports = append(names, h.Name), append(ports, h.Port)
	}
	a.set("host", strings.Join(names, ","))
	if slices.ContainsFunc(ports, func(p string) bool { return p != "" }) {
		a.set("port", strings.Join(ports, ","))
	}
}

// both takes the parameters that mean the same in every form of the address.
func (a *address) both(u *dburl.URL) {
	if v, has := u.Take(is("password")); has {
		a.password = secret.Of(v)
	}
	if v, has := u.Take(is("sslpassword")); has {
		a.keyPass = secret.Of(v)
	}
	if v, has := u.Take(is("currentSchema")); has {
		a.schema, _, _ = strings.Cut(v, ",")
		a.schema = strings.Trim(strings.TrimSpace(a.schema), `"`)
	}
}

func (a *address) ofLibpq(u *dburl.URL) {
	a.both(u)
	if v, has := u.Take(is("ssl")); has && v == "true" { // libpq's own alias
		a.settings["sslmode"] = "require"
	}
	for _, name := range settingsOfLibpq {
		if v, has := u.Take(func(n string) bool { return n == name }); has {
			a.set(name, v)
		}
	}
}

func (a *address) ofJDBC(u *dburl.URL) error {
	a.both(u)
	if v, has := u.Take(is("ssl")); has && !strings.EqualFold(v, "false") {
		a.settings["sslmode"] = "verify-full" // what the driver does
	}
	if v, has := u.Take(is("sslfactory")); has && strings.HasSuffix(v, ".NonValidatingFactory") && a.settings["sslmode"] != "" {
		a.settings["sslmode"] = "require"
	}
	for name, libpq := range settingsOfJDBC {
		if v, has := u.Take(is(name)); has {
			a.set(libpq, v)
		}
	}
	if kind := a.settings["target_session_attrs"]; kind != "" {
		known, ok := serverTypes[strings.ToLower(kind)]
		if !ok {
			return feed.Misused("the address asks for a kind of server that is not known: write targetServerType=any, primary, secondary or preferSecondary")
		}
		a.settings["target_session_attrs"] = known
	}
	return nil
}

// override puts what was said apart before what the address says.
func (a *address) override(o Options) {
	if o.Host != "" {
		a.settings["host"] = strings.Trim(o.Host, "[]")
		if strings.Contains(a.settings["port"], ",") {
			delete(a.settings, "port")
		}
	}
	a.set("port", o.Port)
	a.set("dbname", o.Name)
	if o.User != "" && o.User != a.settings["user"] {
		a.password = secret.Secret{} // it is another user's
	}
	a.set("user", o.User)
}

// is compares names as the JDBC driver's documentation spells them.
func is(name string) func(string) bool {
	return func(n string) bool { return strings.EqualFold(n, name) }
}

// text writes the settings as libpq's key=value pairs, which hold anything. The
// file of passwords is read here, not by the driver.
func (a *address) text() string {
	var b strings.Builder
	for name, value := range a.settings {
		if name != "passfile" {
			b.WriteString(name + "='" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(value) + "' ")
		}
	}
	return b.String() + "passfile=''"
}

func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix) {
		return s[len(prefix):], true
	}
	return s, false
}
