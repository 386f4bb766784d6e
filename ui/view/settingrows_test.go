package view

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"sluice/ui/look"
)

// TestALongTitleMakesNoPageWider: it has several lines, in whatever language.
func TestALongTitleMakesNoPageWider(t *testing.T) {
	test.NewTempApp(t)
	test.ApplyTheme(t, look.NewTheme(look.Light))
	short := formRow("Title", "Hint", look.NewSwitch(nil)).MinSize().Width
	title := strings.Repeat("a long title ", 12)
	row := formRow(title, "Hint", look.NewSwitch(nil))
	if got := row.MinSize().Width; got > short*2 {
		t.Errorf("the least width is %v, with a short title %v", got, short)
	}
	if rows := SettingRows(section("Card", row)); len(rows) != 1 || rows[0].Title != title {
		t.Errorf("%d rows", len(rows))
	}
}
