package sqlitefile

import (
	"errors"
	"strings"

	"sluice/sqliteformat"
)

// tokenKind is what a token of SQL is. A sign is its own kind.
type tokenKind byte

const (
	end    tokenKind = 0
	word   tokenKind = 'w' // a name or a keyword
	quoted tokenKind = 'q' // a name in "", ``, [] or ''
	number tokenKind = 'n'
)

// token is a token of SQL.
type token struct {
	kind     tokenKind
	text     string // a name without its quotes
	from, to int    // its place in the statement
}

// is reports whether the token is the keyword, given in upper case.
func (t token) is(keyword string) bool {
	return t.kind == word && sqliteformat.SameName(t.text, keyword)
}

// isName reports whether the token can be a name.
func (t token) isName() bool { return t.kind == word || t.kind == quoted }

// tokenize cuts a statement into tokens; the last one is of kind end.
func tokenize(sql string) ([]token, error) {
	var tokens []token
	for at := 0; ; {
		from := skipBlank(sql, at)
		t, err := nextToken(sql, from)
		if err != nil {
			return nil, err
		}
		tokens = append(tokens, t)
		if t.kind == end {
			return tokens, nil
		}
		at = t.to
	}
}

// skipBlank skips white space and comments.
func skipBlank(sql string, at int) int {
	for at < len(sql) {
		rest := sql[at:]
		switch {
		case strings.IndexByte(" \t\n\f\r", rest[0]) >= 0:
			at++
		case strings.HasPrefix(rest, "--"):
			n := strings.IndexByte(rest, '\n')
			if n < 0 {
				return len(sql)
			}
			at += n + 1
		case strings.HasPrefix(rest, "/*"):
			n := strings.Index(rest[2:], "*/")
			if n < 0 {
				return len(sql)
			}
			at += n + 4
		default:
			return at
		}
	}
	return at
}

func nextToken(sql string, from int) (token, error) {
	if from >= len(sql) {
		return token{kind: end, from: from, to: from}, nil
	}
	switch c := sql[from]; {
	case c == '"' || c == '`' || c == '\'' || c == '[':
		return quotedToken(sql, from)
	case isDigit(c) || c == '.' && from+1 < len(sql) && isDigit(sql[from+1]):
		return span(sql, from, number, func(c byte) bool { return isDigit(c) || isLetter(c) || c == '.' }), nil
	case isLetter(c):
		return span(sql, from, word, func(c byte) bool { return isDigit(c) || isLetter(c) || c == '$' }), nil
	case c < ' ':
		return token{}, errors.New("its statement has a control character")
	default:
		return token{kind: tokenKind(c), text: sql[from : from+1], from: from, to: from + 1}, nil
	}
}

func span(sql string, from int, kind tokenKind, in func(byte) bool) token {
	to := from
	for to < len(sql) && in(sql[to]) {
		to++
	}
	return token{kind: kind, text: sql[from:to], from: from, to: to}
}

// quotedToken reads a name or text in quotes; within, a quote stands twice.
func quotedToken(sql string, from int) (token, error) {
	quote := sql[from : from+1]
	if quote == "[" {
		quote = "]"
	}
	for to := from + 1; ; {
		n := strings.Index(sql[to:], quote)
		if n < 0 {
			return token{}, errors.New("its statement has a quote that is not closed")
		}
		to += n + 1
		if quote != "]" && strings.HasPrefix(sql[to:], quote) {
			to++
			continue
		}
		text := sql[from+1 : to-1]
		if quote != "]" {
			text = strings.ReplaceAll(text, quote+quote, quote)
		}
		return token{kind: quoted, text: text, from: from, to: to}, nil
	}
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isLetter(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c >= 0x80
}
