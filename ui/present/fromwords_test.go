package present

import (
	"testing"
)

// TestWindowWords: what settings name by a keyword is said in words, in the language in force.
func TestWindowWords(t *testing.T) {
	for word, want := range map[string]string{"since-last-success": "since the last success", "last-success": "since the last success", "all": "everything", "last-30-days": "the last 30 days",
		"-1w": "the last 1 week", "last-1-week": "the last 1 week", "-12mo": "the last 12 months", "last-2-years": "the last 2 years", "2026-11-01": "2026-11-01", "": "", "yesterday": "yesterday"} {
		if got := windowWords(word); got != want {
			t.Errorf("%q is %q, want %q", word, got, want)
		}
	}
	german(t)
	for word, want := range map[string]string{"since-last-success": "seit dem letzten Erfolg", "last-1-days": "seit 1 Tag", "-12mo": "seit 12 Monaten"} {
		if got := windowWords(word); got != want {
			t.Errorf("%q is %q, want %q", word, got, want)
		}
	}
	for word, want := range map[string]string{"no-people": "Keine Personen", "/home/a/rules.yaml": "rules.yaml", "rules of a file": "Regeln einer Datei", "gdpr, changed by rules of a file": "gdpr, geändert durch Regeln einer Datei"} {
		if got := RulesName(word); got != want {
			t.Errorf("%q is %q, want %q", word, got, want)
		}
	}
}
