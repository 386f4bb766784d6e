package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
	"sluice/ui/present"
)

// fieldForm is what the forms of sources share: labelled fields, which tell of what is
// typed and are sent with the Enter key, a report below them, and a foot with a message
// and the buttons.
type fieldForm struct {
	Object   fyne.CanvasObject
	OnBrowse func(folder bool, done func(path string))

	changed, sent func()
	checked       checked
	message       message
	report        *fyne.Container // lines
	reportBox     *fyne.Container
	column, foot  *fyne.Container
}

// newFieldForm returns a form without fields. changed is called when something was
// typed, and sent when the Enter key was pressed in a field.
func newFieldForm(changed, sent func()) fieldForm {
	f := fieldForm{changed: changed, sent: sent, checked: checked{}, message: newMessage(), report: look.NewColumn(8)}
	f.reportBox = container.NewStack()
	f.reportBox.Hide()
	return f
}

// field makes a field of the form.
func (f *fieldForm) field(placeholder string) *look.Field {
	return f.made(look.NewField(placeholder, func(string) { f.changed() }))
}

// secretField makes one that hides what is typed.
func (f *fieldForm) secretField() *look.Field {
	return f.made(look.NewSecretField(func(string) { f.changed() }))
}

func (f *fieldForm) made(field *look.Field) *look.Field {
	field.OnSubmitted = func(string) { f.sent() }
	return field
}

// line is a field that can be wrong, by its name in the presenter, with its label.
func (f *fieldForm) line(title, hint, name string, field *look.Field) fyne.CanvasObject {
	return formRow(title, hint, f.checked.add(name, field, inField(field)))
}

// browse is a field for a path with a button that chooses one.
func (f *fieldForm) browse(field *look.Field, folder bool) fyne.CanvasObject {
	return look.NewStretchRow(8, 0, inField(field), f.browseButton("folder", field, folder))
}

// browseButton chooses a file or folder for a field.
func (f *fieldForm) browseButton(icon string, field *look.Field, folder bool) fyne.CanvasObject {
	return look.NewButton(look.Outlined, "", icon, func() {
		f.OnBrowse(folder, func(path string) { field.SetText(path) })
	})
}

// layOut puts the parts below each other, and the buttons under them.
func (f *fieldForm) layOut(remove fyne.CanvasObject, buttons []fyne.CanvasObject, parts ...fyne.CanvasObject) {
	f.column = look.NewColumn(look.Gap, parts...)
	f.foot = newFootedPage(f.column, f.message, remove, buttons...)
	f.Object = f.foot
}

// render shows the message and what is wrong with the fields.
func (f *fieldForm) render(text string, bad bool, problems present.Problems) {
	f.message.say(text, bad)
	f.checked.show(problems)
	f.column.Refresh()
	f.foot.Refresh()
}

// begin shows the form from its top on, with the cursor in a field: it may have been left
// in its middle the last time.
func (f *fieldForm) begin(c fyne.Canvas, first fyne.Focusable) {
	look.ScrollToTop(f.foot)
	c.Focus(first)
}

// Focus puts the cursor into a field that can be wrong.
func (f *fieldForm) Focus(c fyne.Canvas, field string) { f.checked.focus(c, field) }

// working shows whether what a button began still goes on.
func working(b *look.Button, on bool, rest, busy string) {
	b.SetEnabled(!on)
	b.SetText(rest)
	if on {
		b.SetText(busy)
	}
}
