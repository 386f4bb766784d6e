package statusicon

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"

	"sluice/assets"
	"sluice/ui/present"
)

// of is a tray with a source that says something, and what can be done with it.
func of(state present.TrayState, says string, acts ...present.TrayAct) present.Tray {
	t := present.Tray{State: state, Says: says, Percent: -1, Items: []present.TrayItem{{Act: present.TrayBoard, Text: says}, {}}}
	source := present.TrayItem{Act: present.TraySource, ID: "w", Text: "wiki_prod: " + says}
	for _, a := range acts {
		source.Items = append(source.Items, present.TrayItem{Act: a, ID: "w", Text: string(a)})
	}
	t.Items = append(t.Items, source, present.TrayItem{Act: present.TrayQuit, Text: "Quit"})
	return t
}

// menu is the menu of the item.
func (p *panel) menu() dbus.BusObject { return p.conn.Object(string(p.owner), menuPath) }

// layout asks for the menu and writes it as a line; ids are those of its items by what they
// say.
func (p *panel) layout() (says string, ids map[string]int32, revision uint32) {
	p.t.Helper()
	var root node
	if err := p.menu().Call(menuName+".GetLayout", 0, int32(0), int32(-1), []string{}).Store(&revision, &root); err != nil {
		p.t.Fatal(err)
	}
	ids = map[string]int32{}
	return p.line(root, ids), ids, revision
}

func (p *panel) line(n node, ids map[string]int32) string {
	p.t.Helper()
	var words []string
	for _, v := range n.Items {
		var item node
		if err := dbus.Store([]any{v.Value()}, &item); err != nil {
			p.t.Fatal(err)
		}
		text, _ := item.Props["label"].Value().(string)
		if kind, _ := item.Props["type"].Value().(string); kind == "separator" {
			text = "—"
		}
		ids[text] = item.ID
		if below := p.line(item, ids); below != "" {
			text += " [" + below + "]"
		}
		words = append(words, text)
	}
	return strings.Join(words, " / ")
}

// newer waits until a layout is told that is newer than one.
func (p *panel) newer(than uint32) {
	p.t.Helper()
	for {
		if revision, ok := p.told(menuName + ".LayoutUpdated").Body[0].(uint32); ok && revision > than {
			return
		}
	}
}

// click chooses an item of the menu.
func (p *panel) click(id int32) error {
	return p.menu().Call(menuName+".Event", 0, id, "clicked", dbus.MakeVariant(int32(0)), uint32(0)).Err
}

// TestIconInAPanel: it registers, tells its state and its menu, and what is chosen.
func TestIconInAPanel(t *testing.T) {
	bus(t)
	p := newPanel(t, true)
	s, _ := show(t, of(present.TrayFine, "All fine", present.TrayOpen, present.TrayStart))
	item := p.registered()
	if there := receive(t, s.host, "the host"); !there {
		t.Error("a host that is there is told as gone")
	}
	for name, want := range map[string]string{"Category": "ApplicationStatus", "Id": "app.sluice.console", "Title": "Sluice", "Status": "Active", "ItemIsMenu": "false", "Menu": string(menuPath),
		"ToolTip": "[ [] Sluice All fine]"} {
		v, err := item.GetProperty(itemName + "." + name)
		if got := fmt.Sprint(v.Value()); err != nil || got != want {
			t.Errorf("%s is %q, want %q (%v)", name, got, want, err)
		}
	}
	var pictures []pixmap
	if err := item.StoreProperty(itemName+".IconPixmap", &pictures); err != nil || len(pictures) != len(sides) || len(pictures[0].Pixels) != 4*sides[0]*sides[0] {
		t.Fatalf("%d pictures (%v)", len(pictures), err)
	}
	says, _, outline := p.layout()
	if says != "All fine / — / wiki__prod: All fine / Quit" {
		t.Errorf("the outline is %s", says)
	}
	p.newer(outline) // the rest is offered
	says, ids, _ := p.layout()
	if says != "All fine / — / wiki__prod: All fine [open / start] / Quit" {
		t.Errorf("the menu is %s", says)
	}
	if err := p.click(ids["start"]); err != nil {
		t.Error(err)
	}
	if got := receive(t, s.chosen, "what was chosen"); got != "start w" {
		t.Errorf("it is %q", got)
	}
	for _, id := range []int32{0, ids["wiki__prod: All fine"], ids["—"]} { // these do nothing
		if err := p.click(id); err != nil {
			t.Error(err)
		}
	}
	if err := p.click(9999); err == nil {
		t.Error("an item that there is not was chosen")
	}
	if err := item.Call(itemName+".Activate", 0, int32(3), int32(4)).Err; err != nil {
		t.Error(err)
	}
	receive(t, s.activated, "the click")
	if len(s.chosen) > 0 {
		t.Errorf("%q was chosen", <-s.chosen)
	}
}

// TestIconChanges: items keep their ids while words change, so that an open menu does what it
// says, and the layout is told as new only when there are other items.
func TestIconChanges(t *testing.T) {
	bus(t)
	p := newPanel(t, true)
	s, _ := show(t, of(present.TrayFine, "All fine", present.TrayOpen, present.TrayStart))
	item := p.registered()
	_, _, outline := p.layout()
	p.newer(outline)
	_, before, revision := p.layout()

	s.Show(of(present.TrayFailed, "Failed", present.TrayOpen, present.TrayStart))
	p.told(itemName + ".NewIcon")
	p.told(itemName + ".NewToolTip")
	var updated []propsOf
	changed := p.told(menuName + ".ItemsPropertiesUpdated")
	if err := dbus.Store(changed.Body[:1], &updated); err != nil || len(updated) != 2 {
		t.Errorf("%d items have changed (%v)", len(updated), err)
	}
	says, ids, now := p.layout()
	if says != "Failed / — / wiki__prod: Failed [open / start] / Quit" || ids["start"] != before["start"] || now != revision {
		t.Errorf("the menu is %s, %v before %v, %d before %d", says, ids, before, now, revision)
	}
	if v, err := item.GetProperty(itemName + ".Status"); err != nil || v.Value() != "NeedsAttention" {
		t.Errorf("%v, %v", v, err)
	}

	s.Show(of(present.TrayRunning, "Started", present.TrayOpen, present.TrayCancel))
	p.newer(revision)
	_, _, outline = p.layout()
	p.newer(outline)
	if says, ids, _ := p.layout(); says != "Started / — / wiki__prod: Started [open / cancel] / Quit" || ids["open"] != before["open"] || ids["cancel"] == before["start"] {
		t.Errorf("the menu is %s, %v before %v", says, ids, before)
	}
	if p.click(before["start"]) == nil {
		t.Error("what is gone can be chosen")
	}
	var unknown []int32
	group := []event{{before["start"], "clicked", dbus.MakeVariant(0), 0}, {before["open"], "clicked", dbus.MakeVariant(0), 0}}
	if err := p.menu().Call(menuName+".EventGroup", 0, group).Store(&unknown); err != nil || fmt.Sprint(unknown) != fmt.Sprint([]int32{before["start"]}) {
		t.Errorf("%v (%v)", unknown, err)
	}
	if got := receive(t, s.chosen, "what was chosen"); got != "open w" {
		t.Errorf("it is %q", got)
	}
	var props []propsOf
	if err := p.menu().Call(menuName+".GetGroupProperties", 0, []int32{before["open"], 9999}, []string{}).Store(&props); err != nil || len(props) != 1 || props[0].Props["label"].Value() != "open" {
		t.Errorf("%v (%v)", props, err)
	}
}

// TestHostsComeAndGo: a panel that is started later gets the icon, and one that goes is told.
func TestHostsComeAndGo(t *testing.T) {
	bus(t)
	s, end := show(t, of(present.TrayFine, "All fine"))
	first := newPanel(t, false)
	first.registered()
	first.props.SetMust(watcher, "IsStatusNotifierHostRegistered", true)
	if err := first.conn.Emit(watcherPath, watcher+".StatusNotifierHostRegistered"); err != nil {
		t.Fatal(err)
	}
	if there := receive(t, s.host, "the host"); !there {
		t.Error("a host that has come is told as gone")
	}
	if there, err := Host(t.Context()); err != nil || !there {
		t.Errorf("%v, %v", there, err)
	}
	first.conn.Close()
	if there := receive(t, s.host, "its end"); there {
		t.Error("a host that has gone is told as there")
	}
	if there, err := Host(t.Context()); err != nil || there {
		t.Errorf("%v, %v", there, err)
	}
	second := newPanel(t, true)
	item := second.registered()
	if there := receive(t, s.host, "the other host"); !there {
		t.Error("another host is told as gone")
	}
	if err := second.conn.AddMatchSignal(dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, item.Destination())); err != nil {
		t.Fatal(err)
	}
	end()
	second.told(busName + ".NameOwnerChanged") // the icon leaves the panel
}

// TestLauncher: it is told how many need a look and how far the exports are, when that is
// news, and nothing before there is anything.
func TestLauncher(t *testing.T) {
	bus(t)
	p := newPanel(t, true)
	tray := of(present.TrayFine, "All fine")
	s, _ := show(t, tray)
	p.registered()
	for _, step := range []struct {
		care, percent int
		want          string
	}{
		{2, -1, "2 true 0 false"}, {2, 42, "2 true 0.42 true"}, {0, -1, "0 false 0 false"},
	} {
		tray.Care, tray.Percent = step.care, step.percent
		s.Show(tray)
		told := p.told("com.canonical.Unity.LauncherEntry.Update")
		props, _ := told.Body[1].(map[string]dbus.Variant)
		got := fmt.Sprint(props["count"].Value(), props["count-visible"].Value(), props["progress"].Value(), props["progress-visible"].Value())
		if told.Body[0] != "application://app.sluice.console.desktop" || got != step.want {
			t.Errorf("%v: %s, want %s", told.Body[0], got, step.want)
		}
	}
}

// TestNoBus: there is no icon, and nobody waits for one.
func TestNoBus(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
	s, _ := show(t, of(present.TrayFine, "All fine"))
	for range 3 {
		s.Show(of(present.TrayFailed, "Failed"))
	}
	if there, err := Host(t.Context()); err == nil || there {
		t.Errorf("%v, %v", there, err)
	}
}

// TestBusThatEnds: what is to be shown when the session bus has just ended is shown to nobody,
// and ends nothing.
func TestBusThatEnds(t *testing.T) {
	bus(t)
	conn, err := connect()
	if err != nil {
		t.Fatal(err)
	}
	i := &icon{o: Options{Name: "Sluice", Program: "app.sluice.console", Logger: slog.New(slog.DiscardHandler)}, conn: conn, shown: of(present.TrayFine, "All fine")}
	if err := i.export(); err != nil {
		t.Fatal(err)
	}
	i.launcher = launcher{conn: conn}
	if err := conn.Close(); err != nil {
		t.Fatal(err)
	}
	i.show(of(present.TrayFailed, "Failed", present.TrayOpen))
}

// TestPictures: each state is told by its shape alone, in the smallest size, too, and each
// is seen on a light panel and on a dark one.
func TestPictures(t *testing.T) {
	grey := map[string]present.TrayState{}
	for _, s := range present.TrayStates() {
		img := drawSVG(assets.StatusIcon(string(s)), sides[0])
		var shape strings.Builder
		light, dark := 0, 0
		for at := 0; at < len(img.Pix); at += 4 {
			brightness := (299*int(img.Pix[at]) + 587*int(img.Pix[at+1]) + 114*int(img.Pix[at+2])) / 1000
			if img.Pix[at+3] > 128 {
				if brightness > 180 {
					light++
				}
				if brightness < 130 {
					dark++
				}
			}
			fmt.Fprint(&shape, brightness/64)
		}
		if light < 15 || dark < 60 {
			t.Errorf("%s has %d light points and %d dark ones", s, light, dark)
		}
		if other, twice := grey[shape.String()]; twice {
			t.Errorf("without colours %s looks like %s", s, other)
		}
		grey[shape.String()] = s
	}
}
