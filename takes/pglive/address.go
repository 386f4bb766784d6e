package pglive

import (
	"net/url"
	"strings"

	"sluice/takes/feed"
)

// jdbcOptions are the parameters of the JDBC driver that count here, with
// libpq's names for them.
var jdbcOptions = map[string]string{"user": "user", "sslmode": "sslmode", "sslrootcert": "sslrootcert", "sslcert": "sslcert", "sslkey": "sslkey", "password": "password"}

// FromAddress reads the address of a database: a URL of libpq or of the JDBC
// driver, as it stands in Confluence's own configuration.
func FromAddress(address string) (Options, error) {
	rest, isJDBC := cutPrefixFold(address, "jdbc:")
	if !isJDBC {
		return Options{Address: address}, nil
	}
	u, err := url.Parse(rest)
	if err != nil {
		return Options{}, feed.Damaged("the JDBC address is not understood: it should look like jdbc:postgresql://host:5432/name")
	}
	var o Options
	given, kept := u.Query(), url.Values{}
	for name, values := range given {
		switch libpq := jdbcOptions[strings.ToLower(name)]; {
		case libpq != "":
			kept[libpq] = values
		case strings.EqualFold(name, "currentSchema"):
			o.Schema, _, _ = strings.Cut(values[0], ",")
		case strings.EqualFold(name, "ssl") && values[0] != "false" && given.Get("sslmode") == "":
			kept.Set("sslmode", "verify-full") // what the driver does
		}
	}
	u.RawQuery = kept.Encode()
	if u.Host == "" { // jdbc:postgresql:name
		u = &url.URL{Scheme: "postgres", Host: "localhost", Path: "/" + strings.TrimPrefix(u.Opaque, "/"), RawQuery: u.RawQuery}
	}
	o.Address = u.String()
	return o, nil
}

func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix) {
		return s[len(prefix):], true
	}
	return s, false
}

// HasPassword reports whether an address holds a password.
func HasPassword(address string) bool {
	rest, _ := cutPrefixFold(address, "jdbc:")
	u, err := url.Parse(rest)
	if err != nil {
		return strings.Contains(address, "@") && strings.Count(address, ":") > 1
	}
	_, has := u.User.Password()
	return has || u.Query().Has("password")
}
