package confluence

import (
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sluice/localexport/product"
	"sluice/rules"
)

// recorded are a value of each rule that is not its default, as manifests have held it
// from the first: what stands there must be read for good.
var recorded = map[string]any{
	"UsersOfDirectoriesOnly": true, "LimitSpaces": true, "IgnoreOptOuts": true, "StatuslessContent": true, "ArchivedContent": true,
	"Labels": 1, "AllLabels": true, "BlogPostType": "blog post", "SpaceStatusAsStored": true, "PageURLs": 2,
	"CutAtCodePoints": true, "CutMarker": "…", "AttachmentComments": 1, "Milliseconds": true, "EventContainerAsStored": true,
	"AllEvents": true, "FromInclusive": true, "KeepNUL": true, "SkipBadRows": true,
}

// noRules are the options that every product has.
var noRules = []string{"From", "Plan", "Location", "BaseURL", "FullContent", "PreserveLineBreaks", "LineBreakEscape", "Workers", "CPUShare",
	"TempDir", "SQLiteOnly", "MapFile", "Only", "Formats", "Metadata", "ByteOrderMark", "Redaction"}

// TestEveryOptionIsARule: an option that shapes the files and that is not in the table
// could be chosen nowhere, and would be in no manifest.
func TestEveryOptionIsARule(t *testing.T) {
	fields := map[string]bool{}
	for _, name := range noRules {
		fields[name] = true
	}
	for _, r := range Rules() {
		if fields[r.Field] {
			t.Errorf("the field %s stands twice", r.Field)
		}
		fields[r.Field] = true
	}
	for field := range reflect.TypeFor[Options]().Fields() {
		if !fields[field.Name] {
			t.Errorf("the option %s is not in the table of rules", field.Name)
		}
		delete(fields, field.Name)
	}
	if len(fields) > 0 {
		t.Errorf("no options any more: %v", fields)
	}
}

// TestRulesSetTheirOptions: each rule sets the option that its field names, and none
// other, to what manifests hold.
func TestRulesSetTheirOptions(t *testing.T) {
	for _, r := range Rules() {
		value, known := recorded[r.Field]
		if !known {
			t.Errorf("%s: a value that it is recorded with is missing here", r.Field)
			continue
		}
		chosen, err := Rules().FromRecord(map[string]any{r.Field: value})
		if err != nil {
			t.Errorf("%s: %v", r.Field, err)
			continue
		}
		if got := Rules().Record(chosen); !cmp.Equal(got, map[string]any{r.Field: value}) {
			t.Errorf("%s: recorded as %v", r.Field, got)
		}
		var want Options
		field := reflect.ValueOf(&want).Elem().FieldByName(r.Field)
		field.Set(reflect.ValueOf(value).Convert(field.Type()))
		got, err := optionsOf(product.Options{Rules: chosen})
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%v: %+v, %v", chosen, got, err)
		}
	}
	if _, err := optionsOf(product.Options{Rules: rules.Chosen{"labels": "tabs"}}); err == nil {
		t.Error("a value that there is not")
	}
}

// TestRulesAreDeclaredWhole: nothing is missing of what a person reads.
func TestRulesAreDeclaredWhole(t *testing.T) {
	kebab, names := regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`), map[string]bool{}
	for _, r := range Rules() {
		for _, name := range append(r.Aliases, r.Name) {
			if !kebab.MatchString(name) || names[name] {
				t.Errorf("the name %q is none, or stands twice", name)
			}
			names[name] = true
		}
		for _, sentence := range []string{r.Meaning, r.Documentation} {
			if !strings.HasSuffix(sentence, ".") || strings.ContainsAny(sentence, "\n|") {
				t.Errorf("%s: %q is no sentence", r.Name, sentence)
			}
		}
		if r.Label == "" || r.Kind == rules.Choice && len(r.Values) < 2 {
			t.Errorf("%s: %+v", r.Name, r)
		}
	}
}

// TestOptionsOfEveryProduct come to Confluence's as they are.
func TestOptionsOfEveryProduct(t *testing.T) {
	var given product.Options
	v := reflect.ValueOf(&given).Elem()
	for i := range v.NumField() {
		switch field := v.Field(i); field.Kind() {
		case reflect.Bool:
			field.SetBool(true)
		case reflect.String:
			field.SetString("x")
		case reflect.Int:
			field.SetInt(3)
		case reflect.Float64:
			field.SetFloat(25)
		case reflect.Slice:
			field.Set(reflect.MakeSlice(field.Type(), 1, 1))
		case reflect.Map:
			field.Set(reflect.MakeMap(field.Type()))
		case reflect.Pointer:
			field.Set(reflect.New(field.Type().Elem()))
		}
	}
	got, err := optionsOf(given)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range noRules {
		if a, b := v.FieldByName(name).Interface(), reflect.ValueOf(got).FieldByName(name).Interface(); !reflect.DeepEqual(a, b) {
			t.Errorf("%s is %v, given was %v", name, b, a)
		}
	}
}
