package client

import (
	"bytes"
	"encoding/json"
	"html"
	"mime"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sluice/visible"
)

const (
	longestMessage = 200     // characters of a server's own message
	pageStart      = 8 << 10 // bytes of a page in which its title stands
)

// isWebPage reports whether an answer is HTML in place of JSON.
func isWebPage(a answer) bool {
	media, _, _ := mime.ParseMediaType(a.header.Get("Content-Type"))
	if media == "text/html" || media == "application/xhtml+xml" {
		return true
	}
	return looksLikePage(a.body)
}

// byteOrderMark may stand before JSON that a proxy has rewritten.
var byteOrderMark = []byte("\xef\xbb\xbf")

func looksLikePage(body []byte) bool {
	start := bytes.ToLower(plainStart(body, 512))
	return bytes.HasPrefix(start, []byte("<!doctype html")) || bytes.HasPrefix(start, []byte("<html"))
}

// plainStart is at most the first n bytes of a body, without what may stand before
// its text.
func plainStart(body []byte, n int) []byte {
	body = bytes.TrimPrefix(body, byteOrderMark)
	return bytes.TrimSpace(body[:min(len(body), n)])
}

var pageTitle = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title>`)

// titleOf is the title of a web page, "" if it has none: what the page says of
// itself in the fewest words.
func titleOf(body []byte) string {
	if m := pageTitle.FindSubmatch(body[:min(len(body), pageStart)]); m != nil {
		return html.UnescapeString(string(m[1]))
	}
	return ""
}

// serverMessage is the message for people that an answer carries, as it came: that of
// JSON in the forms that Data Center products and what stands before them use, the
// title of a web page, or a plain text; empty if there is none.
func serverMessage(body []byte) string {
	start := plainStart(body, len(body))
	switch {
	case bytes.Contains(start[:min(len(start), pageStart)], []byte("XSRF check failed")):
		return xsrfWords
	case bytes.HasPrefix(start, []byte("{")):
		return messageIn(start, 0)
	case bytes.HasPrefix(start, []byte("<")):
		return titleOf(start)
	case len(start) == 0 || bytes.ContainsAny(start[:1], `["`) || json.Valid(start) || !isText(start):
		return ""
	}
	return string(start)
}

// xsrfWords are how the products refuse a change without the header that it needs.
const xsrfWords = "XSRF check failed"

// isText reports whether a body is plain text, as opposed to something binary.
func isText(b []byte) bool {
	b = b[:min(len(b), pageStart)]
	for len(b) > 0 && !utf8.Valid(b) && len(b) > pageStart-utf8.UTFMax {
		b = b[:len(b)-1] // a rune that was cut
	}
	return utf8.Valid(b) && !bytes.ContainsFunc(b, func(r rune) bool { return unicode.IsControl(r) && !unicode.IsSpace(r) && r != '\x1b' })
}

// messageMembers are the members in which servers put their words, the most telling
// first.
var messageMembers = []string{"message", "errorMessage", "errorMessages", "errors", "error_description", "detail", "reason", "error", "title"}

// messageIn looks for words in a JSON value: a text, the first of a list, a member of
// an object. Each member is read by itself, so that one of another form hides none.
func messageIn(raw []byte, depth int) string {
	const deepest = 3
	var text string
	var list []json.RawMessage
	var members map[string]json.RawMessage
	switch {
	case depth > deepest:
	case json.Unmarshal(raw, &text) == nil:
		return strings.TrimSpace(text)
	case json.Unmarshal(raw, &list) == nil:
		for _, one := range list {
			if s := messageIn(one, depth+1); s != "" {
				return s
			}
		}
	case json.Unmarshal(raw, &members) == nil:
		for _, name := range messageMembers {
			if s := messageIn(members[name], depth+1); s != "" {
				return s
			}
		}
		if depth > 0 { // {"fromDate":"is no time"}, as Jira names fields
			return firstText(members)
		}
	}
	return ""
}

// firstText is the first text among the members of an object, by their names.
func firstText(members map[string]json.RawMessage) string {
	var names []string
	for name := range members {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		var text string
		if json.Unmarshal(members[name], &text) == nil && strings.TrimSpace(text) != "" {
			return name + ": " + text
		}
	}
	return ""
}

// oneLine makes a foreign text fit into a sentence.
func oneLine(s string) string {
	return visible.Cut(strings.Join(strings.Fields(s), " "), longestMessage)
}

// words are a server's own words without the secrets, which it may echo. They are
// hidden before the text is cut: no part of one is left at the end.
func (c *Client) words(s string) string { return oneLine(c.mask.hide(s)) }
