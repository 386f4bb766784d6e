package demo

import (
	"testing"
	"unicode/utf8"
)

// TestNamesAreText: nicknames are initials, which may take several bytes.
func TestNamesAreText(t *testing.T) {
	for i := range int64(5000) {
		if display, _, _ := fullName(i); !utf8.ValidString(display) {
			t.Fatalf("user %d is called %q, which is no UTF-8", i, display)
		}
	}
}
