package pipeline

import (
	"net/url"
	"strings"

	"sluice/wording"
)

// ErrUserinfo is wrapped by the error for a base URL with a user name or a password,
// which would stand in every line that an export writes.
var ErrUserinfo = wording.New("it holds a user name or a password")

// ParseBaseURL reads the base URL that an export writes, without white space around
// it and without a slash at its end. It must be a web address, without a user name, a
// query or a fragment, since paths are written behind it; "" stays "". The error does
// not repeat an address that holds more than it should.
func ParseBaseURL(s string) (string, error) {
	s = strings.TrimSuffix(strings.TrimSpace(s), "/")
	if s == "" {
		return "", nil
	}
	u, err := url.Parse(s)
	switch {
	case strings.Contains(s, "@") && (err != nil || u.User != nil || u.Opaque != ""):
		return "", wording.Errorf("base URL: %w, which would be written into every file: leave that out", ErrUserinfo)
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		return "", wording.Errorf("base URL %q is no web address: write it as https://wiki.example.com", s)
	case strings.ContainsAny(s, "?#"):
		return "", wording.New("base URL: it holds a ? or a #, and paths are written behind it: write it as https://wiki.example.com")
	}
	return s, nil
}
