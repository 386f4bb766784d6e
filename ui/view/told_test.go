package view

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sluice/deliver"
	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/tone"
)

// readable is every text of an object that can be seen.
func readable(o fyne.CanvasObject) string {
	var lines []string
	look.Walk(o, func(part fyne.CanvasObject) bool {
		if t, ok := part.(interface{ Text() string }); ok && t.Text() != "" {
			lines = append(lines, t.Text())
		}
		return true
	})
	return strings.Join(lines, "\n")
}

// pressable finds a button by what it says.
func pressable(t *testing.T, o fyne.CanvasObject, text string) *look.Button {
	t.Helper()
	var found *look.Button
	look.Walk(o, func(part fyne.CanvasObject) bool {
		if b, ok := part.(*look.Button); ok && b.Text() == text {
			found = b
		}
		return found == nil
	})
	if found == nil {
		t.Fatalf("nothing says %q: %s", text, readable(o))
	}
	return found
}

// TestDeliveryForm: what is filled in comes out, and the fields of a kind of place are seen for
// that alone.
func TestDeliveryForm(t *testing.T) {
	lightApp(t)
	f := NewDeliveryForm()
	w := test.NewTempWindow(t, f.Object)
	w.Resize(fyne.NewSize(700, 500))
	var told present.DeliveryInput
	f.OnChange = func(in present.DeliveryInput) { told = in }
	in := present.DeliveryInput{Name: "lake", To: "s3://bucket/x", Redact: "gdpr", S3Endpoint: "https://s3.example.com", S3Region: "eu", S3Profile: "night",
		Files: present.FilesAsParquet, Pack: deliver.PackZstd, Layout: deliver.LayoutTable, Enabled: true}
	f.Fill(in)
	if got := f.Input(); got != in || told.To != in.To {
		t.Errorf("%+v, told %+v", got, told)
	}
	in.To, in.SSHKey, in.SSHPassphrase = "sftp://u@h/x", "/key", "/phrase"
	f.Fill(in)
	if got := f.Input(); got != in {
		t.Errorf("%+v, want %+v", got, in)
	}
	for place, sees := range map[string][2]bool{"s3://b": {false, true}, "sftp://h/x": {true, false}, "/mnt/x": {false, false}} {
		f.fields.to.SetText(place)
		if f.fields.sftp.Visible() != sees[0] || f.fields.s3.Visible() != sees[1] {
			t.Errorf("%s: the fields of SFTP %t, of storage %t", place, f.fields.sftp.Visible(), f.fields.s3.Visible())
		}
	}
	f.Render(DeliveryFormModel{Testing: true, Message: "It cannot be reached.", Bad: true})
	if f.remove.Visible() || !f.test.Disabled() || !strings.Contains(readable(f.Object), "It cannot be reached.") {
		t.Errorf("%s", readable(f.Object))
	}
	f.FocusFirst(w.Canvas())
	if w.Canvas().Focused() != fyne.Focusable(f.fields.name) {
		t.Error("the keyboard does not begin at the name")
	}
}

// TestDeliverPage: the only place is chosen, a new one where there is none; what is chosen stays
// when the list is read again.
func TestDeliverPage(t *testing.T) {
	lightApp(t)
	share, lake := present.DeliveryRow{Name: "share", Goes: "to /mnt/share"}, present.DeliveryRow{Name: "lake", Goes: "to s3://b"}
	d := NewDeliver()
	test.NewTempWindow(t, d.Object).Resize(fyne.NewSize(700, 500))
	d.Render(DeliverModel{})
	if names, fresh := d.Chosen(); len(names) > 0 || fresh {
		t.Errorf("chosen before anything was read: %q, %t", names, fresh)
	}
	d.Render(DeliverModel{Read: true})
	if _, fresh := d.Chosen(); !fresh || !d.newBox.Visible() {
		t.Error("without any place a new one is not asked for")
	}
	d = NewDeliver()
	test.NewTempWindow(t, d.Object).Resize(fyne.NewSize(700, 500))
	d.Render(DeliverModel{Read: true, Known: []present.DeliveryRow{share}})
	if names, fresh := d.Chosen(); len(names) != 1 || fresh || d.newBox.Visible() {
		t.Errorf("%q, %t", names, fresh)
	}
	d.Render(DeliverModel{Read: true, Known: []present.DeliveryRow{share, lake}, Running: true,
		Steps: []present.DeliverLine{{Name: "share", Sign: present.Sign{Word: "Running", Icon: "started", Tone: tone.Active}, Says: "Delivering pages.csv", Share: 0.3, Notes: []string{"A note."}}}})
	if names, _ := d.Chosen(); len(names) != 1 || names[0] != "share" || !d.stop.Visible() || !d.start.Disabled() || !strings.Contains(readable(d.Object), "A note.") {
		t.Errorf("%q: %s", names, readable(d.Object))
	}
}

// TestDeliverySignsStandAboveEachOther: what is said of each delivery begins at one place.
func TestDeliverySignsStandAboveEachOther(t *testing.T) {
	lightApp(t)
	d := NewDeliver()
	test.NewTempWindow(t, d.Object).Resize(fyne.NewSize(700, 500))
	d.Render(DeliverModel{Read: true, Steps: []present.DeliverLine{
		{Name: "lake", Sign: present.Sign{Word: "Failed", Icon: "failed", Tone: tone.Bad}, Says: "The disk is full.", Share: -1},
		{Name: "share", Sign: present.Sign{Word: "Completed", Icon: "completed", Tone: tone.Good}, Says: "Delivered: 5 files.", Share: -1},
	}})
	var at []float32
	for _, says := range []string{"The disk is full.", "Delivered: 5 files."} {
		look.Walk(d.steps, func(o fyne.CanvasObject) bool {
			if p, ok := o.(*look.Paragraph); ok && p.Text() == says {
				at = append(at, fyne.CurrentApp().Driver().AbsolutePositionForObject(p).X)
			}
			return true
		})
	}
	if len(at) != 2 || at[0] != at[1] || at[0] == 0 {
		t.Errorf("what is said begins at %v", at)
	}
}

// TestRetentionPage: it can be pruned only when what goes is shown, and a long list is cut.
func TestRetentionPage(t *testing.T) {
	lightApp(t)
	r := NewRetention()
	test.NewTempWindow(t, r.Object).Resize(fyne.NewSize(700, 500))
	changes := 0
	r.OnChange = func(present.RetentionInput) { changes++ }
	in := present.RetentionInput{Keep: "3", Age: "90d", Size: "5GB", Partial: "1d"}
	r.Fill(in)
	if r.Input() != in || changes != 0 {
		t.Errorf("%+v, %d changes told", r.Input(), changes)
	}
	rows := make([]present.RetentionRow, mostRows+5)
	for i := range rows {
		rows[i] = present.RetentionRow{Job: "4", Size: "2.0 MB", Why: "too old", Goes: true, Sign: present.Sign{Word: "goes", Icon: "trash", Tone: tone.Bad}}
	}
	r.Render(RetentionModel{Rows: rows, Says: "All go.", CanPrune: true})
	if r.prune.Disabled() || !strings.Contains(readable(r.Object), "(5 more lines)") || strings.Count(readable(r.Object), "too old") != mostRows {
		t.Errorf("%.300s", readable(r.Object))
	}
	r.Render(RetentionModel{Rows: rows[:1]})
	if !r.prune.Disabled() {
		t.Error("it can be pruned")
	}
}

// TestHookForm: the key is told and never filled in; the fields of the way that is chosen are seen.
func TestHookForm(t *testing.T) {
	lightApp(t)
	f := NewHookForm(true, false)
	test.NewTempWindow(t, f.Object).Resize(fyne.NewSize(700, 500))
	in := present.HookInput{Name: "duty", URL: "https://h/x", ByURL: true, End: true, Missed: true}
	f.Fill(in)
	f.key.SetText("k3y")
	got := f.Input()
	if got.Key.Reveal() != "k3y" || got.Name != "duty" || !got.ByURL || !got.End || got.Failure || !f.ofURL.Visible() || f.ofCommand.Visible() {
		t.Errorf("%+v", got)
	}
	var told []string
	h := NewHooks()
	test.NewTempWindow(t, h.Object).Resize(fyne.NewSize(700, 500))
	h.OnTry = func(name string) { told = append(told, name) }
	h.Render(HooksModel{Rows: []present.HookRow{{Name: "duty", Says: "x is told"}}, Answers: map[string]HookAnswer{"duty": {Says: "It answers with HTTP 500.", Bad: true}}})
	test.Tap(pressable(t, h.Object, "Try it"))
	if len(told) != 1 || !strings.Contains(readable(h.Object), "HTTP 500") {
		t.Errorf("%q: %s", told, readable(h.Object))
	}
	h.Render(HooksModel{Problem: "It cannot be read."})
	if !strings.Contains(readable(h.Object), "It cannot be read.") {
		t.Errorf("%s", readable(h.Object))
	}
}
