package spelling

import "testing"

func TestNearest(t *testing.T) {
	names := []string{"min-free-space", "token-file", "tokenFile", "url"}
	for word, want := range map[string]string{"min_free_spce": "min-free-space", "tokenFlie": "tokenFile", "URI": "url", "token-fiel": "token-file"} {
		if got := Nearest(word, names); got != want {
			t.Errorf("%q is near %q, want %q", word, got, want)
		}
	}
	for word, of := range map[string][]string{"url": nil, "nonsense": {"athena", "spark", "hive"}, "xy": {"url"}, "": {"url"}} {
		if got := Nearest(word, of); got != "" {
			t.Errorf("near %q of %q is %q", word, of, got)
		}
	}
	if got := Hint("tokenFlie", names) + Hint("nonsense", names); got != `; the nearest is "tokenFile"` {
		t.Errorf("the hints are %q", got)
	}
	if got := Question("tokenFlie", names) + Question("nonsense", names); got != ": did you mean tokenFile?." {
		t.Errorf("the questions are %q", got)
	}
}
