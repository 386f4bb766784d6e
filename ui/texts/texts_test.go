package texts

import (
	"reflect"
	"testing"
)

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
