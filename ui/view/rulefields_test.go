package view

import (
	"testing"

	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"sluice/rules"
)

var ruleTable = rules.Table{
	{Name: "switch", Label: "Switch"},
	{Name: "choice", Label: "Choice", Kind: rules.Choice, Values: []rules.Value{{Name: "a", Meaning: "first"}, {Name: "b", Meaning: "second"}}},
	{Name: "text", Label: "Text", Kind: rules.Text, Default: "usual"},
}

// TestRuleFields: what a form is filled with is what it gives back, and what stands at
// its default is nothing to keep.
func TestRuleFields(t *testing.T) {
	test.NewTempApp(t)
	f := newRuleFields(ruleTable, func(string) {})
	for _, chosen := range []rules.Chosen{nil, {"switch": "true", "choice": "b", "text": "other"}, {"choice": "b"}, nil} {
		f.set(chosen)
		if got := f.chosen(); !cmp.Equal(got, chosen) {
			t.Errorf("%v, filled in was %v", got, chosen)
		}
	}
	f.switches["switch"].SetOn(true)
	f.choices["choice"].SetSelectedIndex(0)
	f.texts["text"].SetText("usual")
	if got := f.chosen(); !cmp.Equal(got, rules.Chosen{"switch": "true"}) {
		t.Errorf("%v is kept", got)
	}
}
