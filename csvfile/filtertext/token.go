package filtertext

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// kind is what a token is.
type kind uint8

const (
	end      kind = iota
	word          // a name, a value or a keyword
	quoted        // a name or a value in quotes
	operator      // of a comparison
	mark          // a parenthesis or a comma
)

// token is a piece of the text, from byte at up to byte behind.
type token struct {
	kind       kind
	text       string // without its quotes
	at, behind int
}

// is reports whether a token is a keyword, in either case.
func (t token) is(keyword string) bool { return t.kind == word && strings.EqualFold(t.text, keyword) }

// marks reports whether a token is a parenthesis or comma.
func (t token) marks(text string) bool { return t.kind == mark && t.text == text }

// operators are those of comparisons, the longer ones first, and what they stand for.
var operators = []struct{ text, means string }{
	{"==", "="}, {"=~", "~"}, {"!=", "!="}, {"!~", "!~"}, {"<>", "!="}, {"<=", "<="}, {">=", ">="},
	{"=", "="}, {"<", "<"}, {">", ">"}, {"~", "~"},
}

// operatorAt is the operator that text begins with.
func operatorAt(text string) (written, means string, ok bool) {
	for _, o := range operators {
		if strings.HasPrefix(text, o.text) {
			return o.text, o.means, true
		}
	}
	return "", "", false
}

// tokens cuts a text into tokens; the last is the end.
func tokens(text string) ([]token, error) {
	var out []token
	for at := 0; ; {
		r, size := utf8.DecodeRuneInString(text[at:])
		switch {
		case size == 0:
			return append(out, token{at: at, behind: at}), nil
		case unicode.IsSpace(r):
			at += size
			continue
		case strings.ContainsRune("(),", r):
			out = append(out, token{mark, string(r), at, at + size})
		case r == '"' || r == '\'':
			t, err := quotedAt(text, at)
			if err != nil {
				return nil, err
			}
			out = append(out, t)
		default:
			written, means, ok := operatorAt(text[at:])
			if ok {
				out = append(out, token{operator, means, at, at + len(written)})
				break
			}
			n := wordLen(text[at:])
			if n == 0 { // a control character
				return nil, &Error{Text: text, At: at, Behind: at + size, Reason: "this character stands only in quotes"}
			}
			out = append(out, token{word, text[at : at+n], at, at + n})
		}
		at = out[len(out)-1].behind
	}
}

// wordLen is how long the word is that text begins with.
func wordLen(text string) int {
	for i, r := range text {
		if unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune(`(),"'`, r) {
			return i
		}
		if _, _, ok := operatorAt(text[i:]); ok {
			return i
		}
	}
	return len(text)
}

// quotedAt is what stands in the quotes that open at byte at.
func quotedAt(text string, at int) (token, error) {
	quote := text[at]
	var b strings.Builder
	for i := at + 1; i < len(text); i++ {
		if text[i] != quote {
			b.WriteByte(text[i])
			continue
		}
		if i+1 == len(text) || text[i+1] != quote {
			return token{quoted, b.String(), at, i + 1}, nil
		}
		b.WriteByte(quote)
		i++
	}
	return token{}, &Error{Text: text, At: at, Behind: len(text), Reason: "this quote is never closed"}
}
