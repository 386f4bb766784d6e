package view

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sluice/rules"
	"sluice/ui/look"
	"sluice/ui/present"
)

// chipsOf finds the chips of an object, by what they say.
func chipsOf(o fyne.CanvasObject) map[string]*look.Chip {
	found := map[string]*look.Chip{}
	for _, part := range test.LaidOutObjects(o) {
		if c, ok := part.(*look.Chip); ok {
			found[c.Text()] = c
		}
	}
	return found
}

// TestRedactionCard: each choice is told to who listens, a rule that cannot be used is said
// in place of what else there is to know, and nothing can be chosen while that is so.
func TestRedactionCard(t *testing.T) {
	lightApp(t)
	card := NewRedaction()
	window := test.NewTempWindow(t, card.Object)
	window.Resize(fyne.NewSize(700, 300))
	var chosen []string
	card.OnChoose = func(word string) { chosen = append(chosen, word) }
	card.Render(present.RedactionOf("gdpr", nil, true))
	var words []string
	for _, c := range present.Redactions() {
		words = append(words, c.Word)
		chip := chipsOf(card.Object)[c.Name]
		if chip == nil {
			t.Fatalf("%s is not offered", c.Name)
		}
		test.Tap(chip)
	}
	if !slices.Equal(chosen, words) {
		t.Errorf("chosen: %q", chosen)
	}
	if !card.more.Visible() || card.problemBox.Visible() || !strings.Contains(card.says.Text(), "no people") {
		t.Errorf("%q, %q, %q", card.says.Text(), card.more.Text(), card.problem.Text())
	}
	card.Render(present.RedactionCard{Chosen: present.RulesOfFile, Says: "The rules stand in r.yaml.", Problem: "They are none."})
	if card.more.Visible() || !card.problemBox.Visible() || card.problem.Text() != "They are none." {
		t.Errorf("%q, %q", card.more.Text(), card.problem.Text())
	}
	for name, chip := range chipsOf(card.Object) {
		if !chip.Disabled() {
			t.Errorf("%s can be chosen", name)
		}
	}
	if height := card.Object.MinSize().Height; height > 200 {
		t.Errorf("the card is %v high", height)
	}
}

// TestSettingsKeepRules: the settings offer the profiles, and a file with rules if one is
// chosen; what is not changed comes back as it was.
func TestSettingsKeepRules(t *testing.T) {
	lightApp(t)
	s := NewSetup(nil, rules.Table{})
	var saved []SetupForm
	s.OnSave = func(f SetupForm) { saved = append(saved, f) }
	for i, word := range []string{"", "no-people", "/data/rules.yaml", "gdpr"} {
		s.Render(SetupModel{Form: SetupForm{Redact: word}})
		s.OnSave(s.form())
		if saved[i].Redact != word {
			t.Errorf("%q comes back as %q", word, saved[i].Redact)
		}
		offered := strings.Join(s.redact.Options, " ")
		if got := strings.Contains(offered, "rules.yaml"); got != (word == "/data/rules.yaml") {
			t.Errorf("%q: %s", word, offered)
		}
	}
	s.redact.SetSelectedIndex(1)
	if got := s.form().Redact; got != "no-content" {
		t.Error(got)
	}
}
