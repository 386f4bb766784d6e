package client

import (
	"net/http"
	"slices"
	"strings"

	"sluice/wording"
)

// reservedHeaders are those that the client sets itself, or that belong to the
// connection.
var reservedHeaders = map[string]string{
	"Authorization":     "it is made of the token, or of the user name and password",
	"X-Atlassian-Token": "it is sent with every change",
	"Accept":            "the API answers in JSON",
	"Content-Type":      "it follows from what is sent",
	"Content-Length":    "it follows from what is sent",
	"Host":              "it follows from the address",
	"Connection":        "it belongs to the connection",
	"Transfer-Encoding": "it belongs to the connection",
	"Upgrade":           "it belongs to the connection",
	"Te":                "it belongs to the connection",
	"Trailer":           "it belongs to the connection",
}

// nameRunes are what the name of a header is made of (RFC 9110 §5.6.2).
const nameRunes = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// CheckHeader tells what is wrong with headers that are to be sent with every request.
// The error does not hold their values.
func CheckHeader(h http.Header) error {
	for name, values := range h {
		why, reserved := reservedHeaders[http.CanonicalHeaderKey(name)]
		switch {
		case name == "" || strings.ContainsFunc(name, func(r rune) bool { return !strings.ContainsRune(nameRunes, r) }):
			return wording.Errorf("%q is no name of a header", name)
		case reserved:
			return wording.Errorf("the header %s cannot be set: %s", name, why)
		case slices.ContainsFunc(values, func(v string) bool {
			return strings.ContainsFunc(v, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f })
		}):
			return wording.Errorf("the value of the header %s holds a character that no header has, such as a line break", name)
		}
	}
	return nil
}

// ParseHeader reads headers from the text of a file: one a line, as "Name: value"; lines
// that begin with # say nothing. Errors name the line, and do not hold what may be
// secret. A text without any is an error, too.
func ParseHeader(text string) (http.Header, error) {
	h := http.Header{}
	for n, line := range strings.Split(strings.TrimPrefix(text, string(byteOrderMark)), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		if !ok || value == "" || name == "" {
			return nil, wording.Errorf("line %d is not in the form Name: value", n+1)
		}
		if err := CheckHeader(http.Header{name: {value}}); err != nil {
			return nil, wording.Errorf("line %d: %w", n+1, err)
		}
		h.Add(name, value)
	}
	if len(h) == 0 {
		return nil, wording.New("it holds no header: write one a line, as Name: value")
	}
	return h, nil
}

// shortestHeaderSecret is how long the value of a header must be to be looked for in
// what a server says: a shorter one, such as 1, is no secret, and stands everywhere.
const shortestHeaderSecret = 6

// secretsIn are the parts of the value of a header that must appear nowhere: the whole,
// and the value of each cookie.
func secretsIn(value string) []string {
	var all []string
	for _, part := range append(strings.Split(value, ";"), value) {
		if _, after, ok := strings.Cut(part, "="); ok && !strings.Contains(part, ";") {
			part = after
		}
		if part = strings.TrimSpace(part); len(part) >= shortestHeaderSecret {
			all = append(all, part)
		}
	}
	return all
}
