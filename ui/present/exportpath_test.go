package present

import (
	"errors"
	"fmt"
	"testing"

	"sluice/ui/texts"
)

func TestExportPath(t *testing.T) {
	refused := errors.New("the user lacks a permission")
	for _, tt := range []struct {
		name               string
		path               ExportPath
		typed              string
		change, reset, bad bool
		hidden             bool
		says               string
	}{
		{"reading", ExportPath{Busy: true}, "/a", false, false, false, false, texts.T.Path.Reading},
		{"read", ExportPath{Path: "/a", Known: true}, "/a", false, true, false, false, ""},
		{"typed", ExportPath{Path: "/a", Known: true}, " /b ", true, true, false, false, ""},
		{"emptied", ExportPath{Path: "/a", Known: true}, " ", false, true, false, false, ""},
		{"sending", ExportPath{Path: "/a", Known: true, Busy: true}, "/b", false, false, false, false, texts.T.Path.Sending},
		{"changed", ExportPath{Path: "/b", Known: true, Done: true}, "/b", false, true, false, false, fmt.Sprintf(texts.T.Path.Changed, "/b")},
		{"reset", ExportPath{Known: true, Done: true}, "", false, true, false, false, texts.T.Path.ChangedToDefault},
		{"refused", ExportPath{Path: "/a", Known: true, Err: refused}, "/b", true, true, true, false, "The user lacks a permission."},
		{"not read", ExportPath{Err: refused}, "/b", false, false, true, false, "The user lacks a permission."},
		{"not there", ExportPath{Err: fmt.Errorf("x: %w", errors.ErrUnsupported)}, "", false, false, true, true, "x: unsupported operation."},
		{"not there for a change", ExportPath{Known: true, Err: fmt.Errorf("x: %w", errors.ErrUnsupported)}, "", false, true, true, false, "x: unsupported operation."},
	} {
		says, bad := tt.path.Says()
		if got := tt.path; got.CanChange(tt.typed) != tt.change || got.CanReset() != tt.reset || got.Unsupported() != tt.hidden || says != tt.says || bad != tt.bad {
			t.Errorf("%s: change %t, reset %t, hidden %t, %q, %t", tt.name, got.CanChange(tt.typed), got.CanReset(), got.Unsupported(), says, bad)
		}
	}
}
