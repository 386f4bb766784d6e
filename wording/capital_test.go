package wording

import "testing"

func TestCapital(t *testing.T) {
	for s, want := range map[string]string{"": "", "a": "A", "the file": "The file", "état": "État", "ファイルは": "ファイルは", "\xff is": "\xff is", "9 rows": "9 rows", "\ufffd": "\ufffd"} {
		if got := Capital(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}
