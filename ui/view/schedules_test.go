package view

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"sluice/schedule"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// TestSchedulesAreListed: each with what can be done with it; what was missed is offered.
func TestSchedulesAreListed(t *testing.T) {
	lightApp(t)
	s := NewSchedules(nil, true)
	w := inWindow(t, s.Object)
	words := texts.T.Schedule
	var did []string
	s.OnAdd = func() { did = append(did, "add") }
	s.OnRun = func(name string) { did = append(did, "run "+name) }
	s.OnEdit = func(name string) { did = append(did, "edit "+name) }
	s.OnPass = func(name string) { did = append(did, "pass "+name) }
	s.Render(SchedulesModel{})
	if !s.empty.Visible() || s.filled.Visible() || s.Form.Object.Visible() {
		t.Error("nothing is scheduled, and that is not said")
	}
	buttons(w.Content())[words.AddFirst].OnTapped()
	row := present.ScheduleRow{Name: "nightly", When: "weekdays at 02:00", Next: "Tue", Last: "Missed", Missed: "1 run was missed", Enabled: true, Sign: present.Sign{Word: "Missed", Icon: "warning", Tone: tone.Caution}}
	s.Render(SchedulesModel{Rows: []present.ScheduleRow{row}, Note: "run by this window"})
	found := buttons(w.Content())
	for _, name := range []string{words.RunNow, words.Edit, words.RunOnce, words.LetBe} {
		if found[name] == nil {
			t.Fatalf("there is no button %s", name)
		}
		found[name].OnTapped()
	}
	if want := []string{"add", "run nightly", "edit nightly", "run nightly", "pass nightly"}; !slices.Equal(did, want) {
		t.Errorf("it did %v, want %v", did, want)
	}
	row.Running, row.Missed = true, ""
	s.Render(SchedulesModel{Rows: []present.ScheduleRow{row}})
	found = buttons(w.Content())
	if !found[words.RunNow].Disabled() || found[words.LetBe] != nil {
		t.Error("one that runs can be run, or what was missed is offered still")
	}
	s.Render(SchedulesModel{Rows: []present.ScheduleRow{row}, Open: true})
	if s.filled.Visible() || !s.Form.Object.Visible() {
		t.Error("the form does not take the place of the list")
	}
}

// TestScheduleFormSendsWhatItHolds, and tells of a change of the whole once.
func TestScheduleFormSendsWhatItHolds(t *testing.T) {
	lightApp(t)
	f := NewScheduleForm([]string{"UTC"}, true)
	var saved, changed []present.ScheduleInput
	f.OnSave = func(in present.ScheduleInput) { saved = append(saved, in) }
	f.OnChange = func(in present.ScheduleInput) { changed = append(changed, in) }
	w := inWindow(t, f.Object)
	in := present.ScheduleInput{Name: "nightly", When: "daily 02:00", Window: "all", Zone: "UTC", Quiet: "08:00-18:00", Retries: "3", RetryAfter: "10m", Deadline: "6h", Format: "parquet", Redact: "gdpr",
		Missed: schedule.Skip}
	f.Fill(in)
	if len(changed) != 1 || changed[0] != in || f.Input() != in {
		t.Errorf("it holds %+v, and told %d changes", f.Input(), len(changed))
	}
	f.Render(ScheduleFormModel{Editing: true, Next: []string{"Tue", "Wed"}, Problems: present.Problems{{Field: present.FieldWhen, Message: "No time."}}})
	if f.next.Text() != "Tue\nWed" || f.checked[present.FieldWhen].problem.Text() != "No time." || !f.remove.Visible() {
		t.Error("the next runs, or what is wrong, do not show")
	}
	f.Focus(w.Canvas(), present.FieldWhen)
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(saved) != 1 || saved[0] != in {
		t.Errorf("the Enter key has saved %+v", saved)
	}
}
