package live

import (
	"strings"
	"testing"
	"time"
)

func TestPatience(t *testing.T) {
	for said, want := range map[time.Duration]time.Duration{0: LockPatience, time.Second: time.Second, time.Hour: time.Hour} {
		if got := (Options{LockTimeout: said}).Patience(); got != want {
			t.Errorf("%s: %s", said, got)
		}
	}
}

func TestList(t *testing.T) {
	quote := func(s string) string { return "[" + strings.ReplaceAll(s, "]", "]]") + "]" }
	for want, names := range map[string][]string{"": nil, "[a]": {"a"}, "[a], [b]]c], []": {"a", "b]c", ""}} {
		if got := List(names, quote); got != want {
			t.Errorf("%q: %s", names, got)
		}
	}
}
