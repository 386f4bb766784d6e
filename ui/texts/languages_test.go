package texts

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// alike are sentences of several words that other languages say in the same ones.
var alike = []string{}

// TestTranslationsAreComplete: every translation has every sentence, and no sentence of
// several words is still in English.
func TestTranslationsAreComplete(t *testing.T) {
	whole := template(t)
	for _, l := range Languages() {
		if l.Tag == EnglishTag {
			continue
		}
		b, err := translations.ReadFile("translations/" + l.Tag + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var said Texts // nothing but the translation
		d := json.NewDecoder(strings.NewReader(string(b)))
		d.DisallowUnknownFields()
		if err := d.Decode(&said); err != nil {
			t.Errorf("%s: %v: a sentence that is gone, or was misspelled", l.Tag, err)
			continue
		}
		for format := range whole.Elsewhere {
			if said.Elsewhere[format] == "" {
				t.Errorf("%s: Elsewhere is without %q", l.Tag, format)
			}
		}
		for format := range said.Elsewhere {
			if whole.Elsewhere[format] == "" {
				t.Errorf("%s: nobody says %q", l.Tag, format)
			}
		}
		english := map[string]string{}
		walk(t, reflect.ValueOf(whole), "", func(path, text string) { english[path] = text })
		walk(t, reflect.ValueOf(said), "", func(path, text string) {
			switch e := english[path]; {
			case text == "" && e != "":
				t.Errorf("%s: %s is missing: %q", l.Tag, path, e)
			case text == e && len(strings.Fields(verb.ReplaceAllString(e, ""))) > 3 && !slices.Contains(alike, e):
				t.Errorf("%s: %s is not translated: %q", l.Tag, path, e)
			}
			if forms, want := strings.Count(text, "|")+1, len(strings.Fields(said.Format.Plurals)); strings.Contains(english[path], "|") && !strings.HasPrefix(path, ".Elsewhere") && text != "" && forms != want {
				t.Errorf("%s: %s has %d forms, and the language %d", l.Tag, path, forms, want)
			}
		})
	}
}

func TestLanguages(t *testing.T) {
	all := Languages()
	if all[0] != (Language{EnglishTag, "English"}) {
		t.Errorf("the first is %+v", all[0])
	}
	for _, l := range all {
		if used, err := UseLanguage(l.Tag); err != nil || used != l.Tag {
			t.Errorf("%+v: %q, %v", l, used, err)
		}
	}
	T = English()
}
