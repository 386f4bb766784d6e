package sqltext

import (
	"bytes"
	"encoding/hex"
	"unicode/utf16"
	"unicode/utf8"

	"sluice/takes/feed"
)

// quoted reads up to the closing quote. A doubled quote is one of the text.
func (l *Lexer) quoted(quote byte, kind Kind, backslash bool) (Token, error) {
	at := l.w.Offset()
	l.w.Skip(1)
	l.w.Mark()
	escape := quote
	if backslash {
		escape = '\\'
	}
	plain := true
	for {
		if !l.w.SkipTo(quote, escape) {
			return Token{}, l.cut(at, "a text in quotes")
		}
		c, _ := l.w.Peek(0)
		next, ok := l.w.Peek(1)
		switch {
		case c == '\\' && backslash:
			if !ok {
				return Token{}, l.cut(at, "a text in quotes")
			}
			plain = false
			l.w.Skip(2)
			continue
		case next == quote && ok:
			plain = false
			l.w.Skip(2)
			continue
		}
		text := l.w.Marked()
		l.w.Skip(1)
		if !plain {
			text = l.unescape(text, quote, backslash)
		}
		return Token{kind, text}, nil
	}
}

// unescape decodes a text in place.
func (l *Lexer) unescape(b []byte, quote byte, backslash bool) []byte {
	n := 0
	for i := 0; i < len(b); i++ {
		c := b[i]
		switch {
		case c == quote:
			i++ // the second of two
		case c == '\\' && backslash && i+1 < len(b):
			var used int
			var r rune
			if l.MySQL {
				c, used = mysqlEscape(b[i+1])
			} else if c, r, used = postgresEscape(b[i+1:]); r != 0 {
				n += utf8.EncodeRune(b[n:], r)
				i += used
				continue
			}
			i += used
		}
		b[n] = c
		n++
	}
	return b[:n]
}

// mysqlEscape is the meaning of a character behind a backslash (MySQL Reference
// Manual, "String Literals"), and how many bytes it takes. Before % and _ the backslash
// stays.
func mysqlEscape(c byte) (byte, int) {
	switch c {
	case '0':
		return 0, 1
	case 'b':
		return '\b', 1
	case 'n':
		return '\n', 1
	case 'r':
		return '\r', 1
	case 't':
		return '\t', 1
	case 'Z':
		return 26, 1
	case '%', '_':
		return '\\', 0
	}
	return c, 1
}

// postgresEscape is the meaning of what follows a backslash in an E” string
// (PostgreSQL documentation, "String Constants with C-Style Escapes"): a byte,
// or a character if r is not 0, and how many bytes it takes.
func postgresEscape(b []byte) (c byte, r rune, used int) {
	switch c := b[0]; c {
	case 'b':
		return '\b', 0, 1
	case 'f':
		return '\f', 0, 1
	case 'n':
		return '\n', 0, 1
	case 'r':
		return '\r', 0, 1
	case 't':
		return '\t', 0, 1
	case '0', '1', '2', '3', '4', '5', '6', '7':
		v, n := digits(b, 3, 8)
		return byte(v), 0, n
	case 'x':
		if v, n := digits(b[1:], 2, 16); n > 0 {
			return byte(v), 0, n + 1
		}
	case 'u', 'U':
		want := 4
		if c == 'U' {
			want = 8
		}
		if v, n := digits(b[1:], want, 16); n == want && v > 0 {
			if second, m := lowSurrogate(b[n+1:]); utf16.IsSurrogate(rune(v)) && m > 0 {
				return 0, utf16.DecodeRune(rune(v), second), n + 1 + m
			}
			return 0, rune(v), n + 1
		}
	}
	return b[0], 0, 1
}

// lowSurrogate is the second half of a character that is written as two of UTF-16, if b
// begins with one, and how many bytes it takes.
func lowSurrogate(b []byte) (r rune, used int) {
	for letter, want := range map[byte]int{'u': 4, 'U': 8} {
		if len(b) < 2 || b[0] != '\\' || b[1] != letter {
			continue
		}
		if v, n := digits(b[2:], want, 16); n == want && v >= 0xdc00 && v <= 0xdfff {
			return rune(v), n + 2
		}
	}
	return 0, 0
}

// digits reads at most n digits of a base.
func digits(b []byte, n, base int) (value, used int) {
	for used < n && used < len(b) {
		d := 99
		switch c := b[used]; {
		case c >= '0' && c <= '9':
			d = int(c - '0')
		case c >= 'a' && c <= 'f':
			d = int(c-'a') + 10
		case c >= 'A' && c <= 'F':
			d = int(c-'A') + 10
		}
		if d >= base {
			break
		}
		value = value*base + d
		used++
	}
	return value, used
}

// dollar reads a text in dollar quotes, $tag$…$tag$; a lone $ is a symbol.
func (l *Lexer) dollar() (Token, error) {
	at := l.w.Offset()
	n := 1
	for {
		c, ok := l.w.Peek(n)
		if ok && c != '$' && isWord(c) {
			n++
			continue
		}
		if !ok || c != '$' {
			l.w.Skip(1)
			return Token{Symbol, l.w.Marked()}, nil
		}
		break
	}
	l.w.Skip(n + 1)
	tag := bytes.Clone(l.w.Marked())
	l.w.Mark()
	for {
		if !l.w.SkipTo('$', '$') {
			return Token{}, l.cut(at, "a text in dollar quotes")
		}
		if l.follows(tag) {
			text := l.w.Marked() // looking ahead may have moved it
			l.w.Skip(len(tag))
			return Token{String, text}, nil
		}
		l.w.Skip(1)
	}
}

func (l *Lexer) follows(tag []byte) bool {
	for i, want := range tag {
		if c, ok := l.w.Peek(i); !ok || c != want {
			return false
		}
	}
	return true
}

// hex reads 0x….
func (l *Lexer) hex() (Token, error) {
	at := l.w.Offset()
	l.w.Skip(2)
	l.w.Mark()
	l.while(isWord)
	return l.fromHex(l.w.Marked(), at)
}

// fromHex decodes hexadecimal digits in place.
func (l *Lexer) fromHex(digits []byte, at int64) (Token, error) {
	n, err := hex.Decode(digits, digits)
	if err != nil {
		return Token{}, feed.Damaged("at byte %d: a hexadecimal value that is none", at)
	}
	return Token{Hex, digits[:n]}, nil
}
