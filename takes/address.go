package takes

import (
	"context"
	"net/url"
	"strings"

	"sluice/takes/feed"
	"sluice/takes/mylive"
	"sluice/takes/pglive"
)

// IsAddress reports whether a source is the address of a database and not a file.
func IsAddress(source string) bool { return pglive.IsAddress(source) || mylive.IsAddress(source) }

// CutPassword takes the password out of an address, which it returns as it was
// otherwise. A password that nobody has escaped, as a URL wants it, is taken as it
// stands: up to the last @ before the question mark. Of what is no address, and where
// a password is found in no usual place, rest is the source and has is false.
func CutPassword(source string) (rest, password string, has bool) {
	if _, in := PasswordIn(source); !IsAddress(source) || !in {
		return source, "", false
	}
	place, query, some := strings.Cut(source, "?")
	if begin := strings.Index(place, "//") + len("//"); begin >= len("//") {
		if at := strings.LastIndex(place, "@"); at >= begin {
			if user, secret, given := strings.Cut(place[begin:at], ":"); given {
				password = unescaped(secret)
				place = place[:begin] + user + place[at:]
			}
		}
	}
	if some {
		var kept []string
		for _, setting := range strings.Split(query, "&") {
			name, value, _ := strings.Cut(setting, "=")
			if strings.EqualFold(unescaped(name), "password") {
				password = unescaped(strings.ReplaceAll(value, "+", " "))
				continue
			}
			kept = append(kept, setting)
		}
		if len(kept) > 0 {
			place += "?" + strings.Join(kept, "&")
		}
	}
	if _, left := PasswordIn(place); left {
		return source, "", false
	}
	return place, password, true
}

// unescaped undoes the escaping of a URL, if that is what it is.
func unescaped(s string) string {
	if plain, err := url.PathUnescape(s); err == nil {
		return plain
	}
	return s
}

// UserIn is the user that an address names, "" if it names none.
func UserIn(source string) string {
	place, query, _ := strings.Cut(source, "?")
	if begin := strings.Index(place, "//") + len("//"); begin >= len("//") {
		if at := strings.LastIndex(place, "@"); at >= begin {
			user, _, _ := strings.Cut(place[begin:at], ":")
			return unescaped(user)
		}
	}
	for _, setting := range strings.Split(query, "&") {
		if name, value, _ := strings.Cut(setting, "="); strings.EqualFold(name, "user") {
			return unescaped(strings.ReplaceAll(value, "+", " "))
		}
	}
	return ""
}

// WithUser is the address with a user, unless it names one.
func WithUser(source, user string) string {
	if user == "" || UserIn(source) != "" {
		return source
	}
	join := "?"
	if strings.Contains(source, "?") {
		join = "&"
	}
	return source + join + "user=" + url.QueryEscape(user)
}

// Recognised is what a source is, as far as that can be told without reading it.
type Recognised struct {
	Kind  string // such as "PostgreSQL dump (custom format)"
	Bytes int64  // of a file; 0 if not known
	// Place is where a running database is, for people: host, port and name.
	Place string
	User  string // the one to log in as; "" for a file
	// Snapshot is true of a SQLite file, which can be exported as it is.
	Snapshot bool
}

// Recognise tells what kind of source a file or folder is by its first bytes, and of
// an address or the configuration of a Confluence which database it names. No
// database is asked.
func Recognise(ctx context.Context, source string) (Recognised, error) {
	if source == "" {
		return Recognised{}, feed.Misused("no source is named: name a dump, a backup or the address of a database")
	}
	t, err := Resolve(source)
	switch {
	case err != nil:
		return Recognised{}, err
	case t.Product == PostgreSQL:
		return Recognised{Kind: "PostgreSQL database", Place: t.Place, User: t.User}, nil
	case t.Product == MySQL:
		return Recognised{Kind: "MySQL or MariaDB database", Place: t.Place, User: t.User}, nil
	}
	in, err := open(ctx, source, Options{})
	if err != nil {
		return Recognised{}, err
	}
	defer in.close()
	return Recognised{Kind: in.kind.name, Bytes: in.total, Snapshot: in.kind.name == sqliteKind}, nil
}
