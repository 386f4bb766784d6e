package client

import (
	"net"
	"net/netip"
	"net/url"
	"path"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"sluice/wording"
)

// apiRoot is where the API lies below the base URL (spec/rest-api.md §1).
const apiRoot = "/rest/datapipeline"

// NormalizeBaseURL returns the address of a product in one spelling, without a
// slash at its end: "https://example.com/confluence".
//
// It accepts what people paste: an address without scheme (https is added, or
// http for this computer's own names), the default port, an IPv6 address with
// or without brackets, a trailing slash, a query, and the address of the API
// itself. It refuses user and password inside the address, which would show
// wherever the address is shown. The error never repeats them.
func NormalizeBaseURL(s string) (string, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return "", wording.Errorf("the server's address is empty: enter its base URL, such as https://example.com/confluence")
	}
	if !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) {
		return "", wording.Errorf("the server's address contains a space or a control character: enter one URL, such as https://example.com/confluence")
	}
	u, err := url.Parse(withScheme(s))
	if err == nil && isWord(s) {
		return "", wording.Errorf("the server's address is one word, %s: if a server of the network has that name, write https://%s, else its base URL, such as https://example.com/confluence", s, s)
	}
	if err != nil {
		return "", wording.Errorf("the server's address is not a URL: enter its base URL, such as https://example.com:8443/confluence")
	}
	if u.User != nil {
		return "", wording.Errorf("the server's address contains a user name or password: remove everything up to the @ and enter them separately")
	}
	if u.Scheme = strings.ToLower(u.Scheme); u.Scheme != "https" && u.Scheme != "http" {
		return "", wording.Errorf("the server's address begins with %s: only https:// and http:// are possible", u.Scheme)
	}
	host, err := normalHost(u)
	if err != nil {
		return "", err
	}
	dir := path.Clean("/" + u.Path)
	if i := strings.Index(dir+"/", apiRoot+"/"); i >= 0 {
		dir = dir[:i]
	}
	clean := url.URL{Scheme: u.Scheme, Host: host, Path: strings.TrimSuffix(dir, "/")}
	return clean.String(), nil
}

// isWord reports whether an address is a mere word: the name of a source more likely
// than that of a host, unless it is this computer's.
func isWord(s string) bool {
	return !strings.ContainsAny(s, ".:/[@?#") && !isLoopback(s)
}

// withScheme adds the scheme that the address lacks.
func withScheme(s string) string {
	if strings.Contains(s, "://") {
		return s
	}
	if addr, err := netip.ParseAddr(s); err == nil && addr.Is6() {
		s = "[" + strings.Replace(s, "%", "%25", 1) + "]"
	}
	if u, err := url.Parse("//" + s); err == nil && isLoopback(u.Hostname()) {
		return "http://" + s
	}
	return "https://" + s
}

// normalHost returns host or host:port in lower case, without the scheme's
// default port.
func normalHost(u *url.URL) (string, error) {
	host := strings.ToLower(u.Hostname())
	if host == "" {
		return "", wording.Errorf("the server's address names no host: enter its base URL, such as https://example.com/confluence")
	}
	if !isHostName(host) {
		return "", wording.Errorf("the host in the server's address has a character that no host name has: enter its base URL, such as https://example.com/confluence")
	}
	port := u.Port()
	if port != "" {
		n, err := strconv.Atoi(port)
		if err != nil || n < 1 || n > 65535 {
			return "", wording.Errorf("the port %q in the server's address is not a number from 1 to 65535", port)
		}
		port = strconv.Itoa(n)
	}
	if u.Scheme == "https" && port == "443" || u.Scheme == "http" && port == "80" {
		port = ""
	}
	switch {
	case port != "":
		return net.JoinHostPort(host, port), nil
	case strings.Contains(host, ":"):
		return "[" + host + "]", nil
	}
	return host, nil
}

// isHostName reports whether the host is an IP address, or a name of letters of
// any script, digits, dots, hyphens and underscores. The zone of an address is the
// name of a network card, in ASCII.
func isHostName(host string) bool {
	if strings.ContainsAny(host, ":%") {
		addr, err := netip.ParseAddr(host)
		return err == nil && !strings.ContainsFunc(addr.Zone(), func(r rune) bool { return r >= 0x80 || !hostCharacter(r) })
	}
	return !strings.ContainsFunc(host, func(r rune) bool { return !hostCharacter(r) })
}

func hostCharacter(r rune) bool {
	return unicode.In(r, unicode.L, unicode.M, unicode.Nd) || strings.ContainsRune(".-_", r)
}

// isLoopback reports whether the host is this computer by its name or address.
func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.Unmap().IsLoopback()
}
