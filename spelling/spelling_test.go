package spelling

import "testing"

func TestNearest(t *testing.T) {
	names := []string{"min-free-space", "token-file", "tokenFile", "url"}
	for word, want := range map[string]string{"min_free_spce": "min-free-space", "tokenFlie": "tokenFile", "URI": "url", "token-fiel": "token-file"} {
		if got := Nearest(word, names); got != want {
			t.Errorf("%q is near %q, want %q", word, got, want)
		}
	}
	if got := Nearest("url", nil); got != "" {
		t.Errorf("near nothing is %q", got)
	}
}
