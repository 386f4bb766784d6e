package secret

import "regexp"

// quotation is a text as strconv.Quote writes it.
var quotation = regexp.MustCompile(`"(?:[^"\\]|\\.)*"?`)

// Unquoted is what a library says, without what it quotes: it says things such as that
// a server sent "…" without being asked, and nobody has looked for secrets in that.
func Unquoted(text string) string { return quotation.ReplaceAllString(text, `"…"`) }
