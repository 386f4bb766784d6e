package client

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestErrorsInALanguage: an error is the same sentence in English as ever, and in another
// language nothing of it is left in English but what others wrote.
func TestErrorsInALanguage(t *testing.T) {
	known := Formats()
	for kind := range texts {
		for _, e := range []Error{{}, {anonymous: true}, {write: true}, {back: true}, {many: true}, {later: true}, {mend: pathAdvice}, {Message: "m"}, {Message: "m", page: true}, {RetryAfter: time.Minute}, {Server: "https://wiki.example.com"}} {
			for _, op := range []string{opStart, opStatus, opCancel, opPath, opSetPath, opResetPath, opVersion} {
				e.Kind, e.Op, e.StatusCode, e.Err = kind, op, 403, errors.New("x")
				var asked []string
				said := e.In(func(format string) string {
					asked = append(asked, format)
					if !slices.Contains(known, format) {
						t.Errorf("%s, %s: a translator is not told of %q", kind, op, format)
					}
					return strings.Map(func(r rune) rune {
						if r >= 'A' && r <= 'Z' {
							return 'Ä'
						}
						return r
					}, format)
				})
				if len(asked) < 3 || e.Error() != e.In(english) || said == "" {
					t.Errorf("%s, %s: %q, asked for %q", kind, op, said, asked)
				}
			}
		}
	}
}
