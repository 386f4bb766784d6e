package texts

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"sluice/client"
	"sluice/pipeline"
)

var update = flag.Bool("update", false, "write translations/en.json anew")

// template is what translators start from: the English, with the sentences from elsewhere.
func template(t *testing.T) Texts {
	t.Helper()
	all := English()
	all.Elsewhere = map[string]string{}
	for _, format := range slices.Concat(client.Formats(), foreign(t), []string{pipeline.PreValidationMessage}) {
		all.Elsewhere[format] = format
	}
	return all
}

// TestTemplate keeps the file that translators start from equal to the English.
func TestTemplate(t *testing.T) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(template(t)); err != nil {
		t.Fatal(err)
	}
	const path = "translations/en.json"
	if *update {
		if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(got, b.Bytes()) {
		t.Errorf("%s is not the English of the program (%v): run go test ./ui/texts -update", path, err)
	}
}

var verb = regexp.MustCompile(`%(\[\d\])?[a-z%]`)

// TestTranslationsKeepTheFigures holds every translation to the verbs of the
// English sentence.
func TestTranslationsKeepTheFigures(t *testing.T) {
	defer func() { T = English() }()
	entries, err := translations.ReadDir("translations")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		name := e.Name()[:len(e.Name())-len(".json")]
		if used, err := UseLanguage(name); err != nil || used != name {
			t.Errorf("%s: %q, %v", name, used, err)
			continue
		}
		english := map[string]string{}
		walk(t, reflect.ValueOf(template(t)), "", func(path, text string) { english[path] = text })
		walk(t, reflect.ValueOf(T), "", func(path, text string) {
			for _, form := range strings.Split(text, "|") {
				want, _, _ := strings.Cut(english[path], "|")
				if !slices.Equal(verbs(form), verbs(want)) {
					t.Errorf("%s: %s has the figures %q, want %q", name, path, verbs(form), verbs(want))
				}
			}
		})
	}
}

func TestUseLanguage(t *testing.T) {
	defer func() { T = English() }()
	for tag, want := range map[string]string{"en": "en", "en-GB": "en", "xx": "en", "": "en", "../texts": "en"} {
		if used, err := UseLanguage(tag); err != nil || used != want {
			t.Errorf("UseLanguage(%q) = %q, %v", tag, used, err)
		}
	}
}

// TestEnglishIsNotReadFromItsFile: the sentences stand in the program, and to read them again
// from the file of translators took a part of each start.
func TestEnglishIsNotReadFromItsFile(t *testing.T) {
	defer func() { T = English() }()
	if n := testing.AllocsPerRun(3, func() { _, _ = UseLanguage("en-GB") }); n > 500 {
		t.Errorf("it takes %v allocations", n)
	}
}

func TestMonth(t *testing.T) {
	n := English().New
	day := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	if got := n.Month(day); got != "November 2026" {
		t.Errorf("month is %q", got)
	}
	if got := n.Weekday(day) + " " + n.ShortMonth(day) + " " + n.Weekday(day.AddDate(0, 0, -1)); got != "Mon Nov Sun" {
		t.Errorf("days and month are %q", got)
	}
	n.Months, n.ShortMonths = "Jänner", ""
	if got := n.Month(day) + " " + n.ShortMonth(day); got != "2026-11 11" {
		t.Errorf("with a broken translation the months are %q", got)
	}
}

// verbs are the figures of a sentence, in the order of what they stand for.
func verbs(sentence string) []string {
	n := 0
	var out []string
	for _, v := range verb.FindAllString(sentence, -1) {
		if v == "%%" {
			continue
		}
		n++
		if v[1] != '[' {
			v = fmt.Sprintf("%%[%d]%s", n, v[1:])
		}
		out = append(out, v)
	}
	slices.Sort(out)
	return out
}

// walk visits every sentence.
func walk(t *testing.T, v reflect.Value, path string, visit func(path, text string)) {
	t.Helper()
	for i := range v.NumField() {
		name := path + "." + v.Type().Field(i).Name
		switch f := v.Field(i); f.Kind() {
		case reflect.Struct:
			walk(t, f, name, visit)
		case reflect.String:
			visit(name, f.String())
		case reflect.Map:
			for _, key := range f.MapKeys() {
				visit(name+"["+key.String()+"]", f.MapIndex(key).String())
			}
		default:
			t.Errorf("%s is a %s: texts are strings", name, f.Kind())
		}
	}
}

func TestEnglishIsComplete(t *testing.T) {
	seen := 0
	walk(t, reflect.ValueOf(English()), "", func(path, text string) {
		seen++
		if text == "" {
			t.Errorf("%s has no English", path)
		}
	})
	if seen < 200 {
		t.Errorf("only %d sentences were seen", seen)
	}
}

func TestUse(t *testing.T) {
	defer func() { T = English() }()
	if err := Use([]byte(`{"Status":{"Started":"Gestartet"}}`)); err != nil {
		t.Fatal(err)
	}
	if T.Status.Started != "Gestartet" || T.Status.Failed != English().Status.Failed {
		t.Errorf("started %q, failed %q: want the translation over the English", T.Status.Started, T.Status.Failed)
	}
	if err := Use([]byte(`{`)); err == nil {
		t.Error("broken JSON was taken as a translation")
	}
}
