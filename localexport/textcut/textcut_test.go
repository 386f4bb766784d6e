package textcut

import (
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

func TestCut(t *testing.T) {
	tests := []struct {
		name, in     string
		limit        int
		units, runes string
	}{
		{"shorter", "abc", 5, "abc", "abc"},
		{"exact", "abcde", 5, "abcde", "abcde"},
		{"ascii", "abcdefghijklmnop", 10, "abcdefghij", "abcdefghij"},
		{"two bytes each", "ääääää", 4, "ääää", "ääää"},
		{"pair fits", "abc😀x", 5, "abc😀", "abc😀x"},
		{"pair would be split", "abcd😀x", 5, "abcd", "abcd😀"},
		{"pair first", "😀😀", 1, "", "😀"},
		{"invalid", "ab\xffcd", 3, "ab\xff", "ab\xff"},
		{"zero", "abc", 0, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := string(UTF16([]byte(tt.in), tt.limit)); got != tt.units {
				t.Errorf("UTF-16: %q, want %q", got, tt.units)
			}
			if got := string(CodePoints([]byte(tt.in), tt.limit)); got != tt.runes {
				t.Errorf("code points: %q, want %q", got, tt.runes)
			}
		})
	}
}

// FuzzCut compares with the conversion to UTF-16 of the standard library.
func FuzzCut(f *testing.F) {
	f.Add("abcdefgh😀ijklmnop", 9)
	f.Add("ä€😀", 2)
	f.Fuzz(func(t *testing.T, s string, limit int) {
		if !utf8.ValidString(s) || limit < 0 || limit > 1000 {
			t.Skip()
		}
		got := UTF16([]byte(s), limit)
		units := utf16.Encode([]rune(s))
		want := units[:min(limit, len(units))]
		if n := len(want); n > 0 && n < len(units) && utf16.IsSurrogate(rune(want[n-1])) && utf16.DecodeRune(rune(want[n-1]), rune(units[n])) != utf8.RuneError {
			want = want[:n-1]
		}
		if string(got) != string(utf16.Decode(want)) {
			t.Errorf("UTF16(%q, %d) = %q, want %q", s, limit, got, string(utf16.Decode(want)))
		}
	})
}
