package redact

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/columns"
)

func TestParse(t *testing.T) {
	r, err := Parse("r.yaml", []byte(`
holds: {bodies: cut 500, addresses: drop}
columns: {users.user_email: pseudonymise, labels: mask}
unknown: keep
spaces: {exclude: [HR, "FIN*"], personal: drop}
profile: no-people
`))
	if err != nil {
		t.Fatal(err)
	}
	if r.Profile != "no-people" || r.Holds[columns.HoldsFullName].Verb != Drop || r.Holds[columns.HoldsBody] != (Action{Cut, 500}) ||
		r.Columns["users.user_email"].Verb != Pseudonymise || r.Unknown != Keep || r.Personal != Drop || !r.NeedsKey() {
		t.Errorf("%+v", r)
	}
	for key, out := range map[string]bool{"HR": true, "HRX": false, "FIN": true, "FINANCE": true, "~x": true, "ENG": false} {
		if r.Excludes(key) != out {
			t.Errorf("%s is excluded: %v", key, !out)
		}
	}
}

// TestParseRefuses: what is wrong is told with its line, and what may have been meant.
func TestParseRefuses(t *testing.T) {
	for text, says := range map[string]string{
		"":                              "it has no rules",
		"colums: {a: drop}":             `line 1: there is no rule "colums": did you mean columns?`,
		"\nprofile: gpdr":               `line 2: there is no profile "gpdr": did you mean gdpr?`,
		"holds: {bodys: drop}":          `did you mean bodies?`,
		"holds: {bodies: erase}":        `there is no action "erase"`,
		"holds: {bodies: pseudonymise}": "cannot be pseudonymised",
		"columns: {a: cut}":             "to how many characters",
		"columns: {a: cut -1}":          "to how many characters",
		"columns: {a: drop all}":        "which takes nothing",
		"columns: {users.mail: drop}":   `there is no column "users.mail"`,
		"columns: {a: [drop]}":          "there is no action",
		"columns: [a]":                  "must be names with values",
		"columns: {a: drop, a: keep}":   "a stands twice",
		"unknown: mask":                 `there is no action "mask"`,
		"spaces: {exclude: HR}":         "must be a list",
		"spaces: {exclude: ['[']}":      "no pattern of keys",
		"spaces: {persnal: drop}":       "did you mean personal?",
		"profile: gdpr\n---\nprofile: ": "more follows",
		"a: &a [*a":                     "rules in r.yaml",
	} {
		if _, err := Parse("r.yaml", []byte(text)); err == nil || !strings.Contains(err.Error(), says) || !strings.Contains(err.Error(), "r.yaml") {
			t.Errorf("%q: %v, want %q", text, err, says)
		}
	}
}

func TestLoad(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "r.yaml")
	if err := os.WriteFile(path, []byte("columns: {a: drop}"), 0o600); err != nil {
		t.Fatal(err)
	}
	if r, err := Load(path); err != nil || r.Columns["a"].Verb != Drop || r.NeedsKey() {
		t.Error(r, err)
	}
	for _, name := range Profiles {
		if r, err := Load(name); err != nil || r.Profile != name {
			t.Error(name, r, err)
		}
	}
	for word, says := range map[string]string{"gpdr": "did you mean gdpr", filepath.Join(dir, "none.yaml"): "there is no file", dir: "read the rules"} {
		if _, err := Load(word); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", word, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("profile: gdpr\nholds: {bodies: cut 5}\nspaces: {exclude: [A]}"))
	f.Add([]byte("columns: {a: drop}"))
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := Parse("r", text)
		if err == nil {
			if _, err := r.Plan("pages", []string{"page_id", "page_title"}, &Key{}, nil); err != nil {
				t.Error(err)
			}
		}
	})
}

// TestExcludesWhateverCase: no two spaces differ in the case of their keys alone, and events,
// addresses and mentions write a key as it was typed.
func TestExcludesWhateverCase(t *testing.T) {
	r := mustParse(t, `spaces: {exclude: [HR, "fin*", Öps]}`)
	for key, want := range map[string]bool{"HR": true, "hr": true, "FIN": true, "Finance": true, "öPS": true, "HRX": false, "ENG": false, "": false} {
		if got := r.Excludes(key); got != want {
			t.Errorf("%s: %t", key, got)
		}
	}
	if got := mentionsBy(r, []byte(`ri:space-key="hr" ri:space-key="eng"`), 3); got != `ri:space-key="`+Masked+`" ri:space-key="eng"` {
		t.Error(got)
	}
}
