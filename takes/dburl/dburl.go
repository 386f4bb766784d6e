// Package dburl takes the addresses of databases apart, as their own tools and
// their JDBC drivers write them: //user@host:port,host:port/name?setting=value.
// Go's own parser takes no lists of hosts.
package dburl

import (
	"errors"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sluice/secret"
)

// Host is a host of an address.
type Host struct{ Name, Port string } // the port may be empty

// String is host:port for people, with the port that counts where none is named.
func (h Host) String(port string) string {
	if h.Port != "" {
		port = h.Port
	}
	return net.JoinHostPort(h.Name, port)
}

// URL is an address without its scheme.
type URL struct {
	User     string
	Password secret.Secret
	Hosts    []Host // none, if the address names none
	Name     string // of the database
	Settings []Setting
}

// Setting is a parameter of an address, decoded.
type Setting struct{ Name, Value string }

// errSyntax says no part of the address: one may be a password.
var errSyntax = errors.New("the address of the database is not understood")

// Parse takes apart what stands behind the scheme, which begins with two slashes.
// Its errors repeat nothing of the address.
func Parse(rest string) (URL, error) {
	rest, ok := strings.CutPrefix(rest, "//")
	if !ok || strings.ContainsRune(rest, 0) {
		return URL{}, errSyntax
	}
	var u URL
	path, query, _ := strings.Cut(rest, "?")
	authority, name, _ := strings.Cut(path, "/")
	if at := strings.LastIndexByte(authority, '@'); at >= 0 {
		user, password, has := strings.Cut(authority[:at], ":")
		var secretive string
		if !decode(&u.User, user, url.PathUnescape) || !decode(&secretive, password, url.PathUnescape) {
			return URL{}, errSyntax
		}
		if has && secretive != "" {
			u.Password = secret.Of(secretive)
		}
		authority = authority[at+1:]
	}
	if !decode(&u.Name, name, url.PathUnescape) || strings.Contains(name, "/") {
		return URL{}, errSyntax
	}
	if err := u.hosts(authority); err != nil {
		return URL{}, err
	}
	return u, u.settings(query)
}

func decode(to *string, text string, how func(string) (string, error)) bool {
	s, err := how(text)
	*to = s
	return err == nil && !strings.ContainsRune(s, 0)
}

// hosts reads the list of hosts. A path of a socket stands there with its slashes
// escaped.
func (u *URL) hosts(list string) error {
	if list == "" {
		return nil
	}
	for item := range strings.SplitSeq(list, ",") {
		var h Host
		host, port := item, ""
		if strings.HasPrefix(item, "[") { // IPv6
			end := strings.IndexByte(item, ']')
			if end < 2 {
				return errSyntax
			}
			host, port = item[1:end], item[end+1:]
			if port != "" && port[0] != ':' {
				return errSyntax
			}
			port = strings.TrimPrefix(port, ":")
		} else {
			host, port, _ = strings.Cut(item, ":")
		}
		if !decode(&h.Name, host, url.PathUnescape) || strings.ContainsAny(h.Name, "@()= \t\r\n") || port != "" && !IsPort(port) {
			return errSyntax
		}
		h.Port = port
		u.Hosts = append(u.Hosts, h)
	}
	return nil
}

// IsPort reports whether a text is the number of a port.
func IsPort(text string) bool {
	n, err := strconv.ParseUint(text, 10, 16)
	return err == nil && n > 0
}

func (u *URL) settings(query string) error {
	for pair := range strings.SplitSeq(query, "&") {
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		var s Setting
		if !decode(&s.Name, name, url.QueryUnescape) || !decode(&s.Value, value, url.QueryUnescape) {
			return errSyntax
		}
		u.Settings = append(u.Settings, s)
	}
	return nil
}

// Take removes a setting and returns its value; of one that stands twice, the last
// counts. Names are compared by same.
func (u *URL) Take(same func(name string) bool) (value string, has bool) {
	u.Settings = slices.DeleteFunc(u.Settings, func(s Setting) bool {
		if !same(s.Name) {
			return false
		}
		value, has = s.Value, true
		return true
	})
	return value, has
}

// Unused are the names of the settings that nobody took, for people. Values are
// not said: one may be a secret.
func (u *URL) Unused() []string {
	var names []string
	for _, s := range u.Settings {
		if !slices.Contains(names, s.Name) {
			names = append(names, s.Name)
		}
	}
	return names
}

// spaced is an assignment with spaces around it, which settings may have.
var spaced = regexp.MustCompile(`\s+=\s*|=\s+`)

// HasPassword reports whether a text that is, or is meant as, the address of a
// database holds a password: also one that Parse would not find, because it has
// characters that an address would have to escape, and also in the lists of
// settings that drivers of other databases take.
func HasPassword(address string) bool {
	text, query, _ := strings.Cut(address, "?")
	// Where the text before a question mark is no more than "scheme://user:pass",
	// the mark was a part of the password.
	if first, _, at := strings.Cut(query, "@"); at && !strings.ContainsAny(first, "=&") {
		text = address
	}
	if before, _, at := strings.Cut(text, "@"); at && strings.ContainsAny(withoutScheme(before), ":") {
		return true
	}
	for name := range strings.FieldsFuncSeq(spaced.ReplaceAllString(address, "="), func(r rune) bool { return strings.ContainsRune("?&;(), \t\n", r) }) {
		name, value, assigned := strings.Cut(name, "=")
		if decoded, err := url.QueryUnescape(name); err == nil {
			name = decoded
		}
		name = strings.ToLower(name)
		if assigned && value != "" && (strings.Contains(name, "password") || strings.Contains(name, "passwd") || strings.HasSuffix(name, "pwd")) {
			return true
		}
	}
	return false
}

// withoutScheme cuts "jdbc:mysql://" and the like off, and Oracle's "thin:".
func withoutScheme(text string) string {
	if _, rest, ok := strings.Cut(text, "//"); ok {
		return rest
	}
	for {
		scheme, rest, ok := strings.Cut(text, ":")
		if !ok || !slices.Contains([]string{"jdbc", "postgres", "postgresql", "mysql", "mariadb", "oracle", "thin", "oci"}, strings.ToLower(scheme)) {
			break
		}
		text = rest
	}
	if _, _, ok := strings.Cut(text, "/"); ok { // Oracle's user/password@
		return ":" + text
	}
	return text
}
