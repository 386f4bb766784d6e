package view

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/tone"
)

func railOf(n int, chosen string) RailGroup {
	g := RailGroup{Key: "prod", Title: "PROD"}
	for i := range n {
		id := fmt.Sprintf("s%d", i)
		g.Items = append(g.Items, RailItem{ID: id, Icon: "server", Name: "Server " + id, Tip: "Server " + id + "\nhttps://" + id, Chosen: id == chosen,
			Sign: present.Sign{Word: "Completed", Icon: "completed", Tone: tone.Good}})
	}
	return g
}

// inSight reports whether an entry lies within the part of the rail that is seen.
func inSight(r *Rail, id string) bool {
	d := fyne.CurrentApp().Driver()
	w := r.items[id]
	at, top := d.AbsolutePositionForObject(w).Y, d.AbsolutePositionForObject(r.Object).Y
	return at >= top && at+w.Size().Height <= top+r.Object.Size().Height
}

// TestChosenSourceIsInSight: of more sources than there is room for, and also after the
// window has become smaller.
func TestChosenSourceIsInSight(t *testing.T) {
	lightApp(t)
	r := NewRail()
	w := inWindow(t, r.Object)
	w.Resize(fyne.NewSize(400, 600))
	for _, id := range []string{"s29", "s0", "s15"} {
		r.Render([]RailGroup{railOf(30, id)})
		if !inSight(r, id) {
			t.Errorf("%s is chosen, and scrolled away", id)
		}
	}
	r.Render([]RailGroup{railOf(30, "s9")})
	w.Resize(fyne.NewSize(400, 380))
	if !inSight(r, "s9") {
		t.Error("the window became smaller, and the chosen source is out of sight")
	}
}

// TestRailFolds: a folded group is a heading that tells of it, and the chosen source.
func TestRailFolds(t *testing.T) {
	lightApp(t)
	r := NewRail()
	folded := ""
	r.OnFold = func(key string) { folded = key }
	inWindow(t, r.Object)
	g := railOf(4, "s2")
	r.Render([]RailGroup{g})
	r.headings["prod"].Tapped(nil)
	if folded != "prod" || len(r.order) != 4 {
		t.Errorf("folded %q with %d entries in sight", folded, len(r.order))
	}
	g.Folded, g.Worst = true, present.Sign{Word: "1 needs a look", Icon: "failed", Tone: tone.Bad}
	r.Render([]RailGroup{g})
	if len(r.order) != 1 || r.items["s2"] == nil {
		t.Errorf("%d entries are in sight of a folded group", len(r.order))
	}
}

// TestRailDrag: what is dragged past the middle of another goes there, within its group
// only; a hand that trembles has clicked.
func TestRailDrag(t *testing.T) {
	lightApp(t)
	r := NewRail()
	var did []string
	r.OnMove = func(id string, by int) { did = append(did, fmt.Sprintf("%s by %d", id, by)) }
	r.OnChosen = func(id string) { did = append(did, "chose "+id) }
	inWindow(t, r.Object).Resize(fyne.NewSize(400, 800))
	other := railOf(1, "")
	other.Key, other.Items[0].ID = "old", "o"
	r.Render([]RailGroup{railOf(4, "s0"), other})
	drag := func(id string, dy float32) {
		for range 2 {
			r.items[id].Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(0, dy/2)})
		}
		if marked := r.drop.Visible(); marked != (dy > 40 || dy < -40) {
			t.Errorf("%s by %v: the place is marked: %v", id, dy, marked)
		}
		r.items[id].DragEnd()
	}
	drag("s1", 120)
	drag("s3", -700)
	drag("s2", 4)
	drag("s2", 20)
	if got, want := strings.Join(did, ", "), "s1 by 2, s3 by -3, chose s2"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if r.drop.Visible() {
		t.Error("the mark stays")
	}
}

// TestTips: they come when the pointer rests, beside what it is about, and go with it.
func TestTips(t *testing.T) {
	lightApp(t)
	var come func()
	off := 0
	tips := look.NewTips(func(_ time.Duration, f func()) func() { come = f; return func() { off++ } })
	r := NewRail()
	r.Tips, r.OnChosen = tips, func(string) {}
	w := inWindow(t, container.NewStack(r.Object, tips.Object))
	w.Resize(fyne.NewSize(900, 300))
	r.Render([]RailGroup{railOf(3, "s0")})
	r.items["s1"].MouseIn(&desktop.MouseEvent{})
	if tips.Text() != "" {
		t.Error("the tip comes at once")
	}
	come()
	if tips.Text() != "Server s1\nhttps://s1" {
		t.Errorf("the tip says %q", tips.Text())
	}
	r.items["s1"].MouseOut()
	if tips.Text() != "" {
		t.Error("the tip stays")
	}
	r.items["s2"].MouseIn(&desktop.MouseEvent{})
	r.items["s2"].Tapped(nil)
	come() // too late: something was done
	if tips.Text() != "" || off == 0 {
		t.Errorf("after a click the tip comes: %q", tips.Text())
	}
}
