package listfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"sluice/wording"
)

// Broken says what is wrong with JSON, and in which line, for whoever has written it by
// hand. It wraps ErrBroken.
func Broken(b []byte, err error) error {
	var syntax *json.SyntaxError
	var other *json.UnmarshalTypeError
	switch {
	case len(bytes.TrimSpace(b)) == 0:
		return wording.Errorf("%w: it is empty", ErrBroken)
	case errors.As(err, &syntax) && syntax.Offset >= int64(len(bytes.TrimSpace(b))):
		return wording.Errorf("%w: it ends too early", ErrBroken)
	case errors.As(err, &syntax):
		return wording.Errorf("%w: line %d is no JSON", ErrBroken, lineAt(b, syntax.Offset-1))
	case errors.As(err, &other):
		what := "it begins with"
		if other.Field != "" {
			what = fmt.Sprintf("%q is", other.Field)
		}
		return wording.Errorf("%w: line %d: %s a value of the wrong kind, %s", ErrBroken, lineAt(b, other.Offset-1), what, other.Value)
	}
	return wording.Errorf("%w: %w", ErrBroken, err)
}

// lineAt is the number of the line that a byte stands in.
func lineAt(b []byte, at int64) int {
	return 1 + bytes.Count(b[:min(max(at, 0), int64(len(b)))], []byte("\n"))
}
