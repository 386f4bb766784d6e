package server

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// jsonSpace is what JSON takes for white space (RFC 8259, section 2).
const jsonSpace = " \t\r\n"

// emptyBody refuses a body that says something: the API takes its parameters from
// the address (spec/rest-api.md §3), and a from date in a body that is not read
// would export a whole year. Nothing, white space and {} say nothing.
func emptyBody(r *http.Request) (problem, bool) {
	b, err := io.ReadAll(r.Body)
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return bodyTooLarge, false
	case err != nil:
		return badRequest("body.unreadable", "The body of the request broke off: send none."), false
	}
	b = bytes.Trim(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")), jsonSpace)
	var members map[string]json.RawMessage
	if len(b) == 0 || json.Unmarshal(b, &members) == nil && len(members) == 0 && b[0] == '{' {
		return problem{}, true
	}
	const rule = "The export API takes its parameters from the address"
	if name := parameterIn(b, members); name != "" {
		return badRequest("body.not.empty", rule+": write ?"+name+"=… behind the path, not into the body."), false
	}
	return badRequest("body.not.empty", rule+": send no body."), false
}

// parameterIn is the parameter that a body seems to be meant for, "" if none.
func parameterIn(body []byte, members map[string]json.RawMessage) string {
	var names []string
	for name := range members {
		names = append(names, name)
	}
	if members == nil {
		form, _ := url.ParseQuery(string(body[:min(len(body), 4096)])) // what can be read of it
		for name := range form {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		if known := meant(name); known != "" {
			return known
		}
	}
	return ""
}

// meant is the parameter that a name is a misspelling of, "" if of none.
func meant(name string) string {
	plain := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, strings.ToLower(name))
	switch plain {
	case "fromdate", "from", "date", "since", "start", "startdate", "exportfrom":
		return "fromDate"
	case "forceexport", "force", "forced", "forcedexport":
		return "forceExport"
	}
	return ""
}
