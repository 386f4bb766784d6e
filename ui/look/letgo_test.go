package look

import (
	"reflect"
	"testing"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// TestAFieldIsLetGoOf: the toolkit keeps the theme of lines for good, so that it must not lead to
// the line of a field.
func TestAFieldIsLetGoOf(t *testing.T) {
	test.NewTempApp(t)
	line := container.NewHScroll(widget.NewLabel("text"))
	before := line.Content
	kept := hideBars(line)
	if line.Content != before {
		t.Error("the line has lost its text")
	}
	if leads(reflect.ValueOf(kept), reflect.ValueOf(line).Pointer(), map[uintptr]bool{}) {
		t.Error("what is kept leads to the line")
	}
	if !leads(reflect.ValueOf(container.NewThemeOverride(line, lineTheme{})), reflect.ValueOf(line).Pointer(), map[uintptr]bool{}) {
		t.Error("the test sees nothing")
	}
}

// leads reports whether pointers lead from a value to what lies at an address.
func leads(from reflect.Value, to uintptr, seen map[uintptr]bool) bool {
	switch from.Kind() {
	case reflect.Pointer:
		at := from.Pointer()
		if at == to {
			return true
		}
		if at == 0 || seen[at] {
			return false
		}
		seen[at] = true
		return leads(from.Elem(), to, seen)
	case reflect.Interface:
		return !from.IsNil() && leads(from.Elem(), to, seen)
	case reflect.Struct:
		for i := range from.NumField() {
			if leads(from.Field(i), to, seen) {
				return true
			}
		}
	case reflect.Slice:
		for i := range from.Len() {
			if leads(from.Index(i), to, seen) {
				return true
			}
		}
	}
	return false
}
