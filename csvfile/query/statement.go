package query

import "strings"

// trimmed is a statement without what stands behind its last word: semicolons, comments and
// white space, in any order.
func trimmed(statement string) string {
	end := 0
	for at := 0; at < len(statement); {
		n, word := lexeme(statement[at:])
		if at += n; word {
			end = at
		}
	}
	return statement[:end]
}

// lexeme is how long the first part of a text is, as SQLite takes it apart, and whether it is
// a word of a statement. A text in quotes and a comment may lack their ends.
func lexeme(s string) (n int, word bool) {
	closing := func(from int, end string) int {
		if i := strings.Index(s[from:], end); i >= 0 {
			return from + i + len(end)
		}
		return len(s)
	}
	switch {
	case strings.HasPrefix(s, "--"):
		return closing(2, "\n"), false
	case strings.HasPrefix(s, "/*"):
		return closing(2, "*/"), false
	case s[0] == '[':
		return closing(1, "]"), true
	case strings.ContainsRune("'\"`", rune(s[0])): // a doubled one is the end of a text and the start of another
		return closing(1, s[:1]), true
	}
	return 1, !strings.ContainsRune("; \t\r\n\f", rune(s[0]))
}
