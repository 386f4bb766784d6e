package match

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"

	"sluice/wording"
)

// anyCase makes an expression one that takes upper and lower case alike.
const anyCase = "(?i)"

// Expression compiles a regular expression. The error says what is wrong with it in plain
// words, as it was typed: those who ask for either case put (?i) before it.
func Expression(text string) (*regexp.Regexp, error) {
	re, err := regexp.Compile(text)
	if err != nil {
		return nil, wording.Errorf("%q is no regular expression: %s", strings.TrimPrefix(text, anyCase), reason(err))
	}
	return re, nil
}

// Wrong says in plain words what is wrong with a regular expression; "" if nothing is.
func Wrong(text string) string {
	if _, err := regexp.Compile(text); err != nil {
		return reason(err)
	}
	return ""
}

// reason says in plain words why an expression does not compile.
func reason(err error) string {
	var wrong *syntax.Error
	if !errors.As(err, &wrong) {
		return err.Error()
	}
	at := strings.TrimPrefix(wrong.Expr, anyCase)
	switch wrong.Code {
	case syntax.ErrMissingParen:
		return `a ( is never closed; to find one, write \(`
	case syntax.ErrUnexpectedParen:
		return `a ) closes nothing; to find one, write \)`
	case syntax.ErrMissingBracket:
		return `a [ is never closed; to find one, write \[`
	case syntax.ErrMissingRepeatArgument:
		return fmt.Sprintf(`there is nothing before %s that could be repeated; to find it, write \%s`, at, at)
	case syntax.ErrInvalidRepeatOp:
		return fmt.Sprintf("%s repeats what is repeated already", at)
	case syntax.ErrInvalidRepeatSize:
		return fmt.Sprintf("%s repeats more often than the 1,000 times that are possible, or at least more often than at most", at)
	case syntax.ErrTrailingBackslash:
		return `it ends with a backslash; to find one, write \\`
	case syntax.ErrInvalidEscape:
		return fmt.Sprintf(`%s means nothing; to find a backslash, write \\`, at)
	case syntax.ErrInvalidCharRange:
		return fmt.Sprintf("%s is no class, or no range of characters from a lower one to a higher", at)
	case syntax.ErrInvalidPerlOp:
		return fmt.Sprintf("%s is not known here: what stands before or behind what is found cannot be asked for", at)
	}
	return fmt.Sprintf("%s in %s", wrong.Code, at)
}
