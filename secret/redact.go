package secret

import (
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// Hidden stands wherever a secret would.
const Hidden = "***"

var (
	// schemes finds where URLs begin. A cleaned path has one slash where the URL
	// had two, and a drive letter is no scheme.
	schemes = regexp.MustCompile(`[A-Za-z][A-Za-z0-9+.-]+:/+`)
	// assignments finds passwords that are named: in the query of a URL, or in
	// the key=value form of a connection.
	assignments = regexp.MustCompile(`(?i)\b(password|passwd|pwd|access_token|api_key|client_secret)(\s*=\s*)('[^']*'|"[^"]*"|[^\s&;,"']+)`)
	// hostAndPort is the part of a URL before its path when nothing is odd about it.
	hostAndPort = regexp.MustCompile(`^(?:[\pL\pM\pN._-]+|\[[0-9A-Fa-f:.%a-z]+\])(:[0-9]*)?$`)
)

// Redact returns text with Hidden in place of what stands before the @ of each
// URL in it, and of passwords that are named as such ("password=…").
//
// A password that was pasted as it is may hold any character: everything up to
// the last @ before a space goes, where one cannot tell what belongs to it. So a
// host can be lost, but no part of a password shows.
func Redact(text string) string {
	text = assignments.ReplaceAllString(text, "${1}${2}"+Hidden)
	if !strings.Contains(text, "@") {
		return text
	}
	var b strings.Builder
	for {
		found := schemes.FindStringIndex(text)
		if found == nil {
			b.WriteString(text)
			return b.String()
		}
		scheme, rest := text[found[0]:found[1]], text[found[1]:]
		run := rest
		if end := strings.IndexFunc(rest, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }); end >= 0 {
			run = rest[:end]
		}
		b.WriteString(text[:found[1]])
		if at := strings.LastIndexByte(run, '@'); at >= 0 && isUserinfo(scheme, run) {
			b.WriteString(Hidden)
			rest = rest[at:]
		}
		text = rest
	}
}

// isUserinfo reports whether what stands before an @ of run, which is a URL
// without its scheme, can be a user name and a password.
func isUserinfo(scheme, run string) bool {
	name := strings.ToLower(strings.TrimRight(scheme, ":/"))
	if name == "file" {
		return false
	}
	authority := run
	if end := strings.IndexAny(run, "/?#"); end >= 0 {
		authority = run[:end]
	}
	if strings.Contains(authority, "@") {
		return true
	}
	m := hostAndPort.FindStringSubmatch(authority)
	if m == nil {
		return true // a password with a slash in it
	}
	path, _, _ := strings.Cut(run, "?")
	// "host:8443/~a@b" and "user:8443/~a@host" look the same.
	return m[1] != "" && (strings.Contains(path, "@") || name != "http" && name != "https")
}

// Redactor is Redact for a program with the given arguments. It knows in
// addition the user names and passwords of URLs among them that hold spaces,
// which nobody could find in a text.
type Redactor struct{ known []string }

// NewRedactor returns the redactor for arguments of a program.
func NewRedactor(args ...string) Redactor {
	var r Redactor
	for _, arg := range args {
		found := schemes.FindStringIndex(arg)
		if found == nil {
			continue
		}
		at := strings.LastIndexByte(arg, '@')
		if at < found[1] {
			continue
		}
		info := arg[found[1]:at]
		if strings.ContainsFunc(info, func(c rune) bool { return unicode.IsSpace(c) || unicode.IsControl(c) }) {
			quoted := strconv.Quote(info)
			r.known = append(r.known, info, quoted[1:len(quoted)-1])
		}
	}
	return r
}

// Redact is the function Redact, with what r knows.
func (r Redactor) Redact(text string) string {
	for _, known := range r.known {
		text = strings.ReplaceAll(text, known, Hidden)
	}
	return Redact(text)
}

// Writer returns a writer that redacts what is written to w. Each call must
// hold whole lines, as those of a logger do.
func (r Redactor) Writer(w io.Writer) io.Writer { return &redacted{r, w} }

type redacted struct {
	Redactor
	w io.Writer
}

// Write reports all of p as written when its redacted form was.
func (r *redacted) Write(p []byte) (int, error) {
	if _, err := io.WriteString(r.w, r.Redact(string(p))); err != nil {
		return 0, err
	}
	return len(p), nil
}

// Unwrap returns the writer behind.
func (r *redacted) Unwrap() io.Writer { return r.w }
