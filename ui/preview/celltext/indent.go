package celltext

import "strings"

// inline are the elements that stay in the flow of their text.
var inline = map[string]bool{
	"a": true, "b": true, "br": true, "code": true, "del": true, "em": true, "i": true, "s": true, "small": true,
	"span": true, "strong": true, "sub": true, "sup": true, "u": true, "time": true, "ri:user": true,
	"ac:emoticon": true, "ac:link": true, "ac:link-body": true, "ac:plain-text-link-body": true,
	"ri:page": true, "ri:attachment": true, "ri:url": true, "ri:space": true, "ri:blog-post": true,
}

// Indent lays storage-format markup out: each block element on a line of its own,
// indented by its depth, with its text behind it while that is all it holds. It
// takes markup as it comes: what is cut short, unbalanced or no markup at all is
// kept, only white space between elements may change.
func Indent(s string) string {
	in := indenter{}
	for s != "" {
		token, rest := nextToken(s)
		in.add(token)
		s = rest
	}
	in.flush()
	return strings.TrimRight(in.out.String(), "\n")
}

// nextToken takes a tag, a comment, a CDATA section or the text up to the next of them.
func nextToken(s string) (token, rest string) {
	end := -1
	switch {
	case strings.HasPrefix(s, "<!--"):
		end = after(s, "-->")
	case strings.HasPrefix(s, "<![CDATA["):
		end = after(s, "]]>")
	case s[0] == '<' && len(s) > 1 && tagStart(s[1]):
		end = tagEnd(s)
	default:
		for i := 1; i < len(s); i++ {
			if s[i] == '<' && i+1 < len(s) && tagStart(s[i+1]) {
				return s[:i], s[i:]
			}
		}
	}
	if end < 0 {
		return s, ""
	}
	return s[:end], s[end:]
}

func after(s, mark string) int {
	if i := strings.Index(s, mark); i >= 0 {
		return i + len(mark)
	}
	return -1
}

// tagEnd is where the tag at the start of s ends; a > inside quotes does not end it.
func tagEnd(s string) int {
	var quote byte
	for i := range len(s) {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i + 1
		}
	}
	return -1
}

// indenter builds the lines. line is the one that grows; opened says that it is a
// block's opening tag with nothing but text behind it.
type indenter struct {
	out    strings.Builder
	line   strings.Builder
	depth  int
	opened bool
}

func (in *indenter) add(token string) {
	name, kind := tagOf(token)
	switch {
	case kind == noTag:
		in.text(token)
	case inline[name]:
		in.begin()
		in.line.WriteString(token)
	case kind == openTag:
		in.flush()
		in.begin()
		in.line.WriteString(token)
		in.depth++
		in.opened = true
	case kind == closeTag:
		in.close(token)
	default:
		in.flush()
		in.begin()
		in.line.WriteString(token)
		in.flush()
	}
}

// text adds text; white space alone, also escaped, is only a break between blocks.
func (in *indenter) text(s string) {
	if strings.TrimSpace(strings.ReplaceAll(s, `\n`, " ")) == "" && !strings.HasPrefix(s, "<![CDATA[") {
		if in.line.Len() > 0 && !strings.ContainsAny(s, "\n\\") {
			in.line.WriteString(s)
		}
		return
	}
	in.begin()
	in.line.WriteString(s)
}

func (in *indenter) close(token string) {
	in.depth = max(0, in.depth-1)
	if in.opened {
		in.line.WriteString(token)
		in.flush()
		return
	}
	in.flush()
	in.begin()
	in.line.WriteString(token)
	in.flush()
}

// begin starts a line at the current depth if none is growing.
func (in *indenter) begin() {
	if in.line.Len() == 0 {
		in.line.WriteString(strings.Repeat("  ", min(in.depth, 40)))
	}
}

func (in *indenter) flush() {
	if in.line.Len() > 0 {
		in.out.WriteString(strings.TrimRight(in.line.String(), " "))
		in.out.WriteByte('\n')
		in.line.Reset()
	}
	in.opened = false
}

type tagKind int

const (
	noTag tagKind = iota
	openTag
	closeTag
	emptyTag // <x/>, a comment, a declaration
)

// tagOf is the name and the kind of a token.
func tagOf(token string) (name string, kind tagKind) {
	if len(token) < 3 || token[0] != '<' || token[len(token)-1] != '>' || !tagStart(token[1]) {
		return "", noTag
	}
	if strings.HasPrefix(token, "<![CDATA[") {
		return "", noTag
	}
	if token[1] == '!' || token[1] == '?' {
		return "", emptyTag
	}
	body := strings.Trim(token, "</>")
	if i := strings.IndexAny(body, " \t\r\n/"); i >= 0 {
		body = body[:i]
	}
	switch {
	case token[1] == '/':
		return body, closeTag
	case strings.HasSuffix(token, "/>"):
		return body, emptyTag
	}
	return body, openTag
}
