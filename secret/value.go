package secret

import (
	"fmt"
	"io"
	"log/slog"
)

// Secret is a token or a password. However it is printed, encoded or logged, by
// itself or inside of something else, it shows as Hidden; only Reveal gives it
// away. The zero Secret is empty.
type Secret struct {
	// A pointer, because a print of a struct with a Secret in an unexported field
	// calls no method: it shows an address then.
	value *string
}

var (
	_ fmt.Formatter  = Secret{}
	_ slog.LogValuer = Secret{}
)

// Of makes a secret of a text.
func Of(text string) Secret { return Secret{&text} }

// Reveal returns the text, for the one place that sends or compares it.
func (s Secret) Reveal() string {
	if s.value == nil {
		return ""
	}
	return *s.value
}

// Empty reports whether there is nothing to hide.
func (s Secret) Empty() bool { return s.Reveal() == "" }

// Format prints Hidden for every verb.
func (Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, Hidden) } // a print has nobody to tell

// String is Hidden, for those who call it.
func (Secret) String() string { return Hidden }

// MarshalText is Hidden; JSON uses it, for keys too.
func (Secret) MarshalText() ([]byte, error) { return []byte(Hidden), nil }

// LogValue is Hidden.
func (Secret) LogValue() slog.Value { return slog.StringValue(Hidden) }
