package listfile

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"

	"sluice/spelling"
	"sluice/wording"
)

// checkKeys refuses keys of the file that mean nothing: a setting whose name was typed
// wrong would not hold, and nobody would know.
func (f File) checkKeys(b []byte, t reflect.Type) error {
	var all any
	if err := json.Unmarshal(b, &all); err != nil {
		return Broken(b, err)
	}
	return f.checkValue(all, t, wording.Of("the file"))
}

// checkValue holds the keys of a value against the fields of its type.
func (f File) checkValue(v any, t reflect.Type, where wording.Text) error {
	switch v := v.(type) {
	case []any:
		for i, element := range v {
			if t.Kind() != reflect.Slice {
				return nil
			}
			if err := f.checkValue(element, t.Elem(), wording.Of("number %d of %s", i+1, where)); err != nil {
				return err
			}
		}
	case map[string]any:
		if t.Kind() != reflect.Struct {
			return nil
		}
		fields := fieldsOf(t)
		for _, key := range slices.Sorted(maps.Keys(v)) {
			field, known := fields[key]
			if !known {
				return wording.Errorf("%q in %s is no setting that there is%s", key, f.nameOf(v, where), spelling.Hint(key, slices.Sorted(maps.Keys(fields))))
			}
			if err := f.checkValue(v[key], field, wording.Of("%s of %s", key, f.nameOf(v, where))); err != nil {
				return err
			}
		}
	}
	return nil
}

// nameOf is the name of an element, by which it is easier found than by its place.
func (f File) nameOf(v map[string]any, where wording.Text) wording.Text {
	if name, ok := v["name"].(string); ok && name != "" {
		return wording.Of("%s %q", wording.Of(f.Element), name)
	}
	return where
}

// fieldsOf are the types of the fields of a struct by their keys.
func fieldsOf(t reflect.Type) map[string]reflect.Type {
	fields := map[string]reflect.Type{}
	for f := range t.Fields() {
		if key, _, _ := strings.Cut(f.Tag.Get("json"), ","); key != "" {
			fields[key] = f.Type
		}
	}
	return fields
}
