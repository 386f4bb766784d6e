package csvfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"

	"sluice/wording"
)

// notTable tells a text that is something else than a table, by its start; whole says that
// there is no more of it.
func notTable(start []byte, whole bool) (kind FindingKind, said wording.Text) {
	text := bytes.TrimSpace(start)
	for bytes.HasPrefix(text, []byte("<!--")) {
		_, behind, closed := bytes.Cut(text, []byte("-->"))
		if !closed {
			break
		}
		text = bytes.TrimSpace(behind)
	}
	switch {
	case len(text) < 2:
	case text[0] == '<':
		return markup(text, whole)
	case (text[0] == '{' || text[0] == '[') && likeJSON(text):
		return JSONText, wording.Of("this is JSON, not a table")
	}
	return "", said
}

// pageTags begin web pages alone, and cellTags cells of tables, too.
var (
	pageTags = []string{"html", "head", "body", "title", "meta", "link", "script", "style", "form"}
	cellTags = []string{"table", "div", "center", "h1", "p"}
)

// markup tells HTML, and XML.
func markup(text []byte, whole bool) (kind FindingKind, said wording.Text) {
	page := wording.Of("this is an HTML page, perhaps a login page, not a table: get the file again, signed in")
	lower := bytes.ToLower(text[:min(len(text), 512)])
	name := string(lower[1:])
	if i := strings.IndexAny(name, " \t\r\n/>"); i >= 0 {
		name = name[:i]
	}
	switch {
	case bytes.HasPrefix(lower, []byte("<!doctype html")), bytes.HasPrefix(lower, []byte("<?xml")) && bytes.Contains(lower, []byte("html")):
		return WebPage, page
	case bytes.HasPrefix(lower, []byte("<?xml")), whole && oneElement(text):
		if slices.Contains(pageTags, name) || slices.Contains(cellTags, name) {
			return WebPage, page
		}
		return WebPage, wording.Of("this is an XML document, not a table")
	case slices.Contains(pageTags, name) && !cellBehind(lower),
		slices.Contains(cellTags, name) && !bytes.ContainsAny(topLine(lower), ",;\t|"):
		return WebPage, page
	}
	return "", said
}

// cellBehind reports whether another cell follows the tag at the start of a text.
func cellBehind(text []byte) bool {
	_, behind, ends := bytes.Cut(text, []byte{'>'})
	return !ends || len(behind) > 0 && bytes.IndexByte([]byte(",;\t|"), behind[0]) >= 0
}

// topLine is a text without what stands behind its first line.
func topLine(text []byte) []byte {
	line, _, _ := bytes.Cut(text, []byte{'\n'})
	return line
}

// oneElement reports whether a text is one element of XML: what opens it closes it, and does
// not stand in it once more, as it would in the cells of a column.
func oneElement(text []byte) bool {
	n := bytes.IndexAny(text, " \t\r\n/>")
	if n < 2 || text[len(text)-1] != '>' {
		return false
	}
	open := text[:n]
	for rest := text[n:]; ; {
		i := bytes.Index(rest, open)
		if i < 0 {
			break
		}
		if rest = rest[i+n:]; len(rest) > 0 && bytes.IndexByte([]byte(" \t\r\n/>"), rest[0]) >= 0 {
			return false
		}
	}
	end := bytes.LastIndex(text, []byte("</"))
	if end < 0 {
		return bytes.HasSuffix(text, []byte("/>")) && bytes.Count(text, []byte{'<'}) == 1
	}
	return bytes.Equal(bytes.TrimSpace(text[end+2:len(text)-1]), open[1:])
}

// fewTokens are as many of JSON as no table begins with.
const fewTokens = 16

// likeJSON reports whether a text begins with a value of JSON, which nothing follows that could
// be a further cell. The text may be cut.
func likeJSON(text []byte) bool {
	d := json.NewDecoder(bytes.NewReader(text))
	depth := 0
	for n := range fewTokens {
		token, err := d.Token()
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return n > 1
		case err != nil:
			return false
		case token == json.Delim('{') || token == json.Delim('['):
			depth++
		case token == json.Delim('}') || token == json.Delim(']'):
			depth--
		}
		if depth == 0 {
			rest := bytes.TrimLeft(text[d.InputOffset():], " \t")
			return len(rest) == 0 || bytes.IndexByte([]byte("\r\n{["), rest[0]) >= 0
		}
	}
	return true
}
