package look

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// TestWrapEasternLetters: a line of letters without spaces is not broken within a name of
// other letters, nor before a comma or full stop.
func TestWrapEasternLetters(t *testing.T) {
	test.NewTempApp(t)
	const text = "そのままSpark、DuckDB、pandasなどで読み込めます。改行の設定です。"
	broken := 0
	for width := float32(120); width < 420; width += 7 {
		lines := Wrap(text, width, SizeTable, fyne.TextStyle{})
		if strings.Join(lines, "") != text {
			t.Fatalf("%q", lines)
		}
		if len(lines) > 1 {
			broken++
		}
		for i, line := range lines[1:] {
			if strings.HasPrefix(line, "、") || strings.HasPrefix(line, "。") {
				t.Errorf("at %.0f a line begins with a mark: %q", width, lines)
			}
			for _, name := range []string{"Spark", "DuckDB", "pandas"} {
				if !slices.ContainsFunc(lines, func(l string) bool { return strings.Contains(l, name) }) {
					t.Errorf("at %.0f %s is broken, line %d: %q", width, name, i, lines)
				}
			}
		}
	}
	if broken < 10 {
		t.Errorf("only %d were broken", broken)
	}
}
