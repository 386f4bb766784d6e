package view

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sluice/ui/look"
	"sluice/ui/texts"
)

// TestATitleAloneStandsBesideItsControl: at its middle, whatever the control is; with a hint
// below it, and before a text, it stands at the top.
func TestATitleAloneStandsBesideItsControl(t *testing.T) {
	middle := func(o fyne.CanvasObject) float32 { return o.Position().Y + o.Size().Height/2 }
	alone := map[string]fyne.CanvasObject{"field": inField(look.NewField("", nil)), "switch": look.NewRow(0, look.NewSwitch(nil)), "chips": look.NewFlow(8, 8, look.NewChip("a", "", nil))}
	lines := map[string]*fyne.Container{}
	page := look.NewColumn(8)
	for name, field := range alone {
		lines[name] = formRow("A title", "", field).(*fyne.Container)
		page.Add(lines[name])
	}
	hinted := formRow("A title", strings.Repeat("a hint ", 40), inField(look.NewField("", nil))).(*fyne.Container)
	told := formRow("A title", "", look.NewParagraph(strings.Repeat("a text ", 40), look.SizeBody, look.ColorText)).(*fyne.Container)
	page.Add(hinted)
	page.Add(told)
	inWindow(t, page)
	for name, line := range lines {
		if title, control := middle(line.Objects[0]), middle(line.Objects[1]); title < control-1 || title > control+1 {
			t.Errorf("%s: the title is at %v, the control at %v", name, title, control)
		}
	}
	if a, b := hinted.Objects[0].Position().Y, told.Objects[0].Position().Y; a != 0 || b != 0 {
		t.Errorf("titles above a hint and beside a text begin at %v and %v", a, b)
	}
}

// TestTheHintIsThatOfTheSecret: what is said of a token is not said of a password; what is
// known of the secret that is kept holds for both.
func TestTheHintIsThatOfTheSecret(t *testing.T) {
	words := texts.T.Server
	f := NewServerForm()
	f.OnChange = func(ServerInput) {}
	inWindow(t, f.Object)
	for _, c := range []struct{ told, token, password string }{{words.TokenHint, words.TokenHint, words.PasswordHint}, {words.TokenKept, words.TokenKept, words.TokenKept}} {
		f.Render(ServerModel{Secret: c.told})
		test.Tap(f.byPassword)
		if got := f.secretHint.Text(); got != c.password {
			t.Errorf("of a password it says %q", got)
		}
		test.Tap(f.byToken)
		if got := f.secretHint.Text(); got != c.token {
			t.Errorf("of a token it says %q", got)
		}
	}
}
