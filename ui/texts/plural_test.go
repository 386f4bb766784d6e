package texts

import (
	"reflect"
	"strings"
	"testing"
)

// TestPlurals counts in English, in a language of three forms, and in one that has a
// single form.
func TestPlurals(t *testing.T) {
	defer func() { T = English() }()
	english := Plural("%d row|%d rows")
	for n, want := range map[int64]string{0: "0 rows", 1: "1 row", 2: "2 rows", 21: "21 rows", 1_000: "1,000 rows", 10_000_001: "10,000,001 rows", -1: "-1 row"} {
		if got := english.Of(n); got != want {
			t.Errorf("English, %d: %q, want %q", n, got, want)
		}
	}
	if got := Plural("%[2]s of %[1]d row|%[2]s of %[1]d rows").Of(1, "0"); got != "0 of 1 row" {
		t.Errorf("with another argument: %q", got)
	}
	if err := Use([]byte(`{"Format": {"Language": "pl", "Plurals": "one few many other"}}`)); err != nil {
		t.Fatal(err)
	}
	polish := Plural("%d wiersz|%d wiersze|%d wierszy|%d wiersza")
	for n, want := range map[int64]string{1: "1 wiersz", 2: "2 wiersze", 5: "5 wierszy", 12: "12 wierszy", 22: "22 wiersze", 10_000_001: "10,000,001 wierszy"} {
		if got := polish.Of(n); got != want {
			t.Errorf("Polish, %d: %q, want %q", n, got, want)
		}
	}
	if err := Use([]byte(`{"Format": {"Language": "ja", "Plurals": "other"}}`)); err != nil {
		t.Fatal(err)
	}
	if got := Plural("%d行").Of(1); got != "1行" {
		t.Errorf("Japanese: %q", got)
	}
}

// TestPluralsHaveAllForms holds each sentence of every language that counts to the forms
// of the language.
func TestPluralsHaveAllForms(t *testing.T) {
	defer func() { T = English() }()
	entries, err := translations.ReadDir("translations")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		name := strings.TrimSuffix(e.Name(), ".json")
		if _, err := UseLanguage(name); err != nil {
			t.Fatal(err)
		}
		forms := strings.Fields(T.Format.Plurals)
		if T.Format.Language != name || len(forms) == 0 || forms[len(forms)-1] != "other" {
			t.Errorf("%s: the language is called %q and has the forms %q: the last one is “other” everywhere", name, T.Format.Language, forms)
		}
		english := map[string]string{}
		eachPlural(reflect.ValueOf(English()), "", func(path, text string) { english[path] = text })
		eachPlural(reflect.ValueOf(T), "", func(path, text string) {
			if name != "en" && text == english[path] {
				return // not translated
			}
			if got := strings.Count(text, "|") + 1; got != len(forms) {
				t.Errorf("%s: %s has %d forms, want %q", name, path, got, forms)
			}
		})
	}
}

// eachPlural visits every sentence that counts.
func eachPlural(v reflect.Value, path string, visit func(path, text string)) {
	for i := range v.NumField() {
		f, name := v.Field(i), path+"."+v.Type().Field(i).Name
		switch {
		case f.Kind() == reflect.Struct:
			eachPlural(f, name, visit)
		case f.Type() == reflect.TypeFor[Plural]():
			visit(name, f.String())
		}
	}
}

// TestFiguresAreOfTheLanguage: numbers in the window have the signs of the language in force.
func TestFiguresAreOfTheLanguage(t *testing.T) {
	defer func() { T = English() }()
	say := func() string {
		return strings.Join([]string{Count(1234567), Size(4_100_000), Decimal("99.9 %"), Plural("%d row|%d rows").Of(20_000)}, ", ")
	}
	if got := say(); got != "1,234,567, 4.1 MB, 99.9 %, 20,000 rows" {
		t.Errorf("in English: %s", got)
	}
	T.Format.Thousands, T.Format.Point = ".", ","
	if got := say(); got != "1.234.567, 4,1 MB, 99,9 %, 20.000 rows" {
		t.Errorf("in German: %s", got)
	}
	T.Format.Thousands = "\u202f"
	if got := say(); got != "1\u202f234\u202f567, 4,1 MB, 99,9 %, 20\u202f000 rows" {
		t.Errorf("in French: %s", got)
	}
}
