package secret

import "testing"

func TestUnquoted(t *testing.T) {
	for text, want := range map[string]string{
		"nothing quoted":                         "nothing quoted",
		`got "a\"b\\" and "c"; err=<nil>`:        `got "…" and "…"; err=<nil>`,
		`cut within "{\"token\": \"s3cr3t`:       `cut within "…"`,
		`cut behind a backslash "s3cr3t\`:        `cut behind a backslash "…"\`,
		"over lines \"s3\ncr3t\" and on":         `over lines "…" and on`,
		`"starts and "ends" with one it opens "`: `"…"ends"…"`,
	} {
		if got := Unquoted(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
