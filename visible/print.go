package visible

import (
	"fmt"
	"io"
	"reflect"
)

// Fprintf is fmt.Fprintf for lines of our own with foreign values in them: each
// text, error and Stringer among the arguments is shown by [Line], so that none of
// them begins a line or a column of its own.
func Fprintf(w io.Writer, format string, args ...any) (int, error) {
	return fmt.Fprintf(w, format, Args(args...)...)
}

// Args is args with each text, error and Stringer shown by [Line].
func Args(args ...any) []any {
	out := make([]any, len(args))
	for i, a := range args {
		out[i] = arg(a)
	}
	return out
}

func arg(a any) any {
	switch v := a.(type) {
	case nil:
		return nil
	case string:
		return Line(v)
	case error:
		return Line(v.Error())
	case fmt.Stringer:
		return Line(v.String())
	}
	if v := reflect.ValueOf(a); v.Kind() == reflect.String {
		return Line(v.String())
	}
	return a
}
