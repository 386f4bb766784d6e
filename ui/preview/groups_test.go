package preview

import (
	"fmt"
	"image"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sluice/csvfile"
	"sluice/ui/keymap"
	"sluice/ui/preview/chart"
)

func groupedCSV() string {
	var csv strings.Builder
	csv.WriteString("id,space,when,size\n")
	for i := range 3000 {
		fmt.Fprintf(&csv, "%d,%s,2026-%02d-01T00:00:00Z,%d.5\n", i, []string{"ENG", "OPS", "ENG", "", "HR"}[i%5], 1+i%4*2, i)
	}
	return csv.String()
}

// TestGroupsTakeThePlaceOfRows: by a key the rows are grouped by the column in focus, the
// groups can be scrolled and saved, and lead to their rows and back.
func TestGroupsTakeThePlaceOfRows(t *testing.T) {
	var saved []string
	dir := t.TempDir()
	withFile(t, "some.csv", groupedCSV(), func(b *bench) {
		b.p.groups.view.ask = func(name string, done func(string)) {
			saved = append(saved, name)
			done(filepath.Join(dir, name))
		}
		b.p.groups.view.draw = func(m chart.Model, title string) image.Image { // the toolkit's takes the time of the test for its own
			if title != "count by space" || len(m.Labels) != 4 {
				t.Errorf("drawn is %q with %q", title, m.Labels)
			}
			return image.NewGray(image.Rect(0, 0, 7, 5))
		}
		b.later(2 * time.Second)
		b.do(func() {
			b.p.grid.Select(3, 1)
			b.p.Press(keymap.Ctrl(fyne.KeyU)[0])
		})
		b.later(2 * time.Second)
		v := b.p.groups.view
		b.do(func() {
			if !v.object.Visible() || b.w.Canvas().Focused() != fyne.Focusable(v.grid) || v.table.Rows() != 4 || v.title.Text() != "count by space" {
				t.Fatalf("shown %v, focus %T, %d groups, title %q", v.object.Visible(), b.w.Canvas().Focused(), v.table.Rows(), v.title.Text())
			}
			if k, n, empty := v.table.Cell(0, 0).Text, v.table.Cell(0, 1).Text, v.table.Cell(1, 0).Text; k != "ENG" || n != "1200" || empty == "" {
				t.Errorf("first group %q %q, then %q", k, n, empty)
			}
			if w := v.says.Text(); w != "count by space: ENG 1,200; HR 600; OPS 600; (empty) 600." {
				t.Errorf("in words the chart is %q", w)
			}
			v.savePNG()
			v.saveCSV()
		})
		b.later(2 * time.Second)
		b.sees("4 groups of 3,000 rows.")
		if !slices.Equal(saved, []string{"fake-groups.png", "fake-groups.csv"}) {
			t.Errorf("suggested %q", saved)
		}
		if text, err := os.ReadFile(filepath.Join(dir, "fake-groups.png")); err != nil || !strings.HasPrefix(string(text), "\x89PNG") {
			t.Errorf("saved %.20q, %v", text, err)
		}
		if text, err := os.ReadFile(filepath.Join(dir, "fake-groups.csv")); err != nil || string(text) != "space,count\nENG,1200\nHR,600\nOPS,600\n,600\n" {
			t.Errorf("saved %q, %v", text, err)
		}
		b.do(func() { b.p.groups.byText("year(when)") })
		b.later(2 * time.Second)
		b.do(func() {
			if got := b.p.footLeft.Text(); got != "1 group of 3,000 rows." {
				t.Errorf("the footer says of other groups %q", got)
			}
			b.p.groups.byText("space")
		})
		b.later(2 * time.Second)
		b.do(func() { v.grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) })
		b.later(2 * time.Second)
		b.sees("1,200 of 3,000 rows")
		b.sees("The rows of one group: space is ENG.")
		b.do(func() {
			if v.object.Visible() || b.w.Canvas().Focused() != fyne.Focusable(b.p.grid) {
				t.Error("the rows are not shown")
			}
			b.p.groups.again()
		})
		b.later(2 * time.Second)
		b.do(func() {
			if !v.object.Visible() || len(b.p.s.terms) != 0 || v.table.Rows() != 4 {
				t.Error("the groups are not shown again")
			}
			v.key(&fyne.KeyEvent{Name: fyne.KeyEscape})
			if v.object.Visible() || b.p.groups.object.Visible() || !b.p.grid.Visible() {
				t.Error("Escape does not lead back to the rows")
			}
		})
	})
}

// TestGroupsOfTimes: a column of times is grouped by its months; what is written in the
// fields counts, and what is wrong in them is said.
func TestGroupsOfTimes(t *testing.T) {
	withFile(t, "some.csv", groupedCSV(), func(b *bench) {
		b.later(2 * time.Second)
		g := b.p.groups
		b.do(func() {
			var offered []string
			for _, item := range b.p.groupItems(2) {
				offered = append(offered, item.Label)
			}
			if !slices.Equal(offered, []string{"Group by month(when)", "Group by day(when)", "Group by year(when)", "Group by when"}) {
				t.Errorf("offered %q", offered)
			}
			b.p.groupItems(2)[0].Action()
		})
		b.later(2 * time.Second)
		b.do(func() {
			if w := g.view.says.Text(); w != "count by month(when), from 2026-01 to 2026-07: at least 0 in 2026-02, at most 750 in 2026-01." {
				t.Errorf("in words the chart is %q", w)
			}
			g.asked.SetText("mean(sise)")
			g.run()
			if !g.asked.Wrong() || g.keys.Wrong() || !strings.Contains(g.failed.Text(), `"sise": there is no such column; the nearest is size.`) {
				t.Errorf("wrong %v %v, said %q", g.keys.Wrong(), g.asked.Wrong(), g.failed.Text())
			}
			g.keys.SetText("space,year(when)")
			g.asked.SetText("mean(size), count")
			g.run()
		})
		b.later(2 * time.Second)
		b.do(func() {
			if got := sampleOf(g.result.first)[0]; !slices.Equal(got, []string{"ENG", "2026", "1499", "1200"}) || g.failed.Visible() {
				t.Errorf("first group %q", got)
			}
			b.p.Filter(csvfile.Condition{Column: 1, Text: "HR"})
		})
		b.later(2 * time.Second)
		b.do(g.run)
		b.later(2 * time.Second)
		b.do(func() {
			if g.result.Rows != 600 || len(g.result.of) != 1 {
				t.Errorf("of the rows that match: %d rows, conditions %+v", g.result.Rows, g.result.of)
			}
			b.p.Close()
			if g.result != nil || g.view.object.Visible() {
				t.Error("the groups outlive their file")
			}
		})
	})
}

// TestGroupingFailsAndEnds: what fails is said, and what was cancelled shows nothing.
func TestGroupingFailsAndEnds(t *testing.T) {
	withPane(t, newFake(100, "id", "title"), nil, func(b *bench) {
		g := b.p.groups
		b.do(func() { g.by(1) })
		b.settle()
		b.do(func() {
			if g.failed.Text() != "This file has no groups." || g.stop != nil || g.view.object.Visible() {
				t.Errorf("said %q", g.failed.Text())
			}
			g.run()
			g.end()
		})
		b.settle()
		b.do(func() {
			if g.failed.Text() != "Grouping was cancelled." || g.running.Visible() {
				t.Errorf("said %q", g.failed.Text())
			}
		})
	})
}

// TestGroupsAreAskedForByAButton: the button fills the fields in for the column in focus and
// waits, since what is grouped by may be more; a second press changes nothing.
func TestGroupsAreAskedForByAButton(t *testing.T) {
	withFile(t, "some.csv", groupedCSV(), func(b *bench) {
		b.later(2 * time.Second)
		g := b.p.groups
		b.do(func() { b.p.grid.Select(0, 0); g.button.OnTapped() })
		b.later(2 * time.Second)
		if !g.object.Visible() || g.view.object.Visible() || g.result != nil || g.keys.Text == "" {
			t.Errorf("asked: %t, grouped: %v, by %q", g.object.Visible(), g.result, g.keys.Text)
		}
		b.do(func() { g.keys.SetText("of mine"); g.button.OnTapped() })
		if g.keys.Text != "of mine" {
			t.Errorf("what was typed became %q", g.keys.Text)
		}
	})
}
