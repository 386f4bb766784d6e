// Package sqltext reads the SQL of dumps: it cuts the text into tokens and
// understands the statements that matter, INSERT, CREATE TABLE and SET. It never
// executes anything.
package sqltext

import (
	"bytes"

	"sluice/takes/feed"
	"sluice/takes/window"
)

// Dialect is how a database writes SQL.
type Dialect struct {
	// Backslash says that a backslash escapes in every string: MySQL, and
	// PostgreSQL with standard_conforming_strings off.
	Backslash bool
	// MySQL has names in backticks, comments after #, hexadecimal values as
	// 0x…, and comments that are executed. PostgreSQL has dollar quotes,
	// E'' strings, nested comments and lines that begin with a backslash.
	MySQL bool
	// AnsiQuotes says that double quotes hold names, as everywhere but in MySQL, which
	// has them so in its mode ANSI_QUOTES.
	AnsiQuotes bool
}

// Kind is the kind of a token.
type Kind uint8

// The kinds of tokens.
const (
	End    Kind = iota // of the text
	Word               // a name or keyword without quotes
	Name               // a quoted name, decoded
	String             // a text in quotes, decoded
	Hex                // bytes in hexadecimal digits, decoded
	Number             // with its sign
	Symbol             // one character
	Meta               // a line for psql, without its backslash
)

// Token is a token. Its Text is valid until the next call of Next.
type Token struct {
	Kind Kind
	Text []byte
}

// Is reports whether the token is the keyword, whatever its case.
func (t Token) Is(keyword string) bool {
	return t.Kind == Word && len(t.Text) == len(keyword) && bytes.EqualFold(t.Text, []byte(keyword))
}

// IsSymbol reports whether the token is the character.
func (t Token) IsSymbol(c byte) bool { return t.Kind == Symbol && t.Text[0] == c }

// Lexer cuts a text into tokens.
type Lexer struct {
	Dialect
	w    *window.Window
	back Token // a token that was put back
	has  bool
	kept []byte // of back
}

// NewLexer returns a lexer at the place of reading of w.
func NewLexer(w *window.Window, d Dialect) *Lexer { return &Lexer{Dialect: d, w: w} }

// PutBack makes Next return the token once more.
func (l *Lexer) PutBack(t Token) {
	l.kept = append(l.kept[:0], t.Text...)
	l.back, l.has = Token{t.Kind, l.kept}, true
}

// Next returns the next token. The error wraps feed.ErrDamaged if the text ends
// within one.
func (l *Lexer) Next() (Token, error) {
	if l.has {
		l.has = false
		return l.back, nil
	}
	for {
		c, ok := l.w.Peek(0)
		if !ok {
			return Token{}, l.w.Err()
		}
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v':
			l.w.Skip(1)
			l.w.Mark()
		default:
			l.w.Mark()
			skipped, err := l.comment(c)
			if err != nil {
				return Token{}, err
			}
			if !skipped {
				return l.token(c)
			}
		}
	}
}

// comment skips a comment if c begins one.
func (l *Lexer) comment(c byte) (bool, error) {
	second, _ := l.w.Peek(1)
	switch {
	case c == '-' && second == '-' || c == '#' && l.MySQL:
		l.w.SkipTo('\n', '\n')
		return true, nil
	case c == '/' && second == '*':
		if third, _ := l.w.Peek(2); l.MySQL && third == '!' {
			l.w.Skip(3) // what follows counts, up to its end
			l.digits()
			return true, nil
		}
		l.w.Skip(2)
		return true, l.blockComment()
	case c == '*' && second == '/' && l.MySQL: // the end of a comment that counts
		l.w.Skip(2)
		return true, nil
	}
	return false, nil
}

func (l *Lexer) digits() {
	for {
		c, ok := l.w.Peek(0)
		if !ok || c < '0' || c > '9' {
			return
		}
		l.w.Skip(1)
	}
}

func (l *Lexer) blockComment() error {
	at := l.w.Offset() - 2
	for depth := 1; depth > 0; {
		l.w.Mark()
		if !l.w.SkipTo('*', '/') {
			return l.cut(at, "a comment")
		}
		a, _ := l.w.Peek(0)
		b, _ := l.w.Peek(1)
		switch {
		case a == '*' && b == '/':
			depth--
			l.w.Skip(2)
		case a == '/' && b == '*' && !l.MySQL:
			depth++
			l.w.Skip(2)
		default:
			l.w.Skip(1)
		}
	}
	return nil
}

func (l *Lexer) token(c byte) (Token, error) {
	second, _ := l.w.Peek(1)
	switch {
	case c == '\'':
		return l.quoted('\'', String, l.Backslash)
	case c == '"':
		if l.MySQL && !l.AnsiQuotes {
			return l.quoted('"', String, l.Backslash)
		}
		return l.quoted('"', Name, false)
	case c == '`' && l.MySQL:
		return l.quoted('`', Name, false)
	case (c == 'e' || c == 'E') && second == '\'' && !l.MySQL:
		l.w.Skip(1)
		return l.quoted('\'', String, true)
	case c == '$' && !l.MySQL:
		return l.dollar()
	case c == '\\' && !l.MySQL:
		l.w.Skip(1)
		l.w.Mark()
		l.w.SkipTo('\n', '\n')
		return Token{Meta, bytes.TrimRight(l.w.Marked(), "\r")}, nil
	case c == '0' && second == 'x' && l.MySQL:
		return l.hex()
	case isDigit(c) || (c == '-' || c == '+' || c == '.') && (isDigit(second) || second == '.'):
		return l.number()
	case isWord(c):
		return l.word()
	}
	l.w.Skip(1)
	return Token{Symbol, l.w.Marked()}, nil
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isWord(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '$' || c >= 0x80 || isDigit(c)
}

func (l *Lexer) while(in func(byte) bool) {
	for {
		c, ok := l.w.Peek(0)
		if !ok || !in(c) {
			return
		}
		l.w.Skip(1)
	}
}

func (l *Lexer) word() (Token, error) {
	l.while(isWord)
	return Token{Word, l.w.Marked()}, nil
}

func (l *Lexer) number() (Token, error) {
	l.w.Skip(1)
	for {
		l.while(func(c byte) bool { return isWord(c) || c == '.' })
		word := l.w.Marked()
		c, _ := l.w.Peek(0)
		last := word[len(word)-1]
		if (c != '-' && c != '+') || last != 'e' && last != 'E' {
			return Token{Number, l.w.Marked()}, nil
		}
		l.w.Skip(1) // the sign of an exponent
	}
}

// cut is the error of a text that ends within something.
func (l *Lexer) cut(at int64, what string) error {
	if err := l.w.Err(); err != nil {
		return err
	}
	return feed.Damaged("the text ends at byte %d within %s that begins at byte %d: the dump was cut, or copied in part", l.w.Offset(), what, at)
}
