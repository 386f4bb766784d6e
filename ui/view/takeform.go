package view

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
)

// TakeInput is what a snapshot is taken of, as it stands in the form.
type TakeInput = present.TakeInput

// TakeModel is what the form of a snapshot shows beside its fields.
type TakeModel struct {
	Secret   string // where the password is, or will be, kept
	Kind     string // what was recognised; "" nothing yet
	Note     string // below the address
	Looking  bool   // at what the form names
	Database bool   // the file is the configuration of a Confluence, which names its database
	Checking bool   // what would be read
	Checks   []Check
	Grants   string // statements that an administrator has to run
	Message  string
	Bad      bool
	Problems present.Problems
}

// TakeForm says what a snapshot is taken of.
type TakeForm struct {
	Object   fyne.CanvasObject
	OnTake   func(TakeInput)
	OnCheck  func(TakeInput) // asks what would be read
	OnCopy   func(text string)
	OnChange func(TakeInput) // something was typed or chosen
	OnLeft   func(TakeInput) // a field was left that may hold a password
	OnBrowse func(folder bool, done func(path string))

	name, file, address, user *look.Field
	secret, schema            *look.Field
	rate, load                *look.Field
	checked                   checked
	byFile, byAddress         *look.Chip
	ofFile, ofAddress, ofBoth *fyne.Container
	kind, note, secretHint    *look.Paragraph
	take, check, fold         *look.Button
	checks, grants            *fyne.Container
	checkBox                  *fyne.Container
	checksOf                  []Check
	grantsOf                  string
	more                      *fyne.Container
	message                   message
	column, foot              *fyne.Container
	filling                   bool
	database                  bool // the file names one
}

// NewTakeForm returns an empty form.
func NewTakeForm() *TakeForm {
	t := texts.T.Take
	f := &TakeForm{message: newMessage(), checked: checked{}}
	changed := func(string) { f.changed() }
	f.name, f.schema = look.NewField("", changed), look.NewField("", changed)
	f.rate, f.load = look.NewField("20MB/s", changed), look.NewField("100 %", changed)
	f.file, f.address = look.NewField("/backups/confluence.dump", changed), look.NewField("postgres://db.example.com/confluence", changed)
	f.user, f.secret = look.NewField("confluence", changed), look.NewSecretField(changed)
	for _, field := range []*look.Field{f.file, f.address, f.user, f.secret, f.name, f.schema, f.rate, f.load} {
		field.OnSubmitted = func(string) { f.OnTake(f.Input()) }
	}
	for _, field := range []*look.Field{f.file, f.address} {
		field.OnLeft = func() { f.OnLeft(f.Input()) }
	}
	f.byFile = look.NewChip(t.ByFile, "", func() { f.choose(false) })
	f.byAddress = look.NewChip(t.ByAddress, "", func() { f.choose(true) })
	f.kind = look.NewParagraph("", look.SizeCaption, look.ColorMuted)
	f.note = look.NewParagraph("", look.SizeCaption, look.ColorMuted)
	f.secretHint = look.NewParagraph("", look.SizeCaption, look.ColorMuted)
	f.take = look.NewButton(look.Primary, t.Start, "", func() { f.OnTake(f.Input()) })
	f.check = look.NewButton(look.Outlined, t.Check, "refresh", func() { f.OnCheck(f.Input()) })
	f.fold = look.NewQuiet(t.More, "chevron-down", func() {
		f.unfold(!f.more.Visible())
		look.RevealIn(f.foot, f.more)
	})
	f.layOut()
	f.choose(false)
	return f
}

func (f *TakeForm) layOut() {
	t := texts.T.Take
	browse := func(icon string, folder bool) fyne.CanvasObject {
		return look.NewButton(look.Outlined, "", icon, func() { f.OnBrowse(folder, func(path string) { f.file.SetText(path) }) })
	}
	file := look.NewStretchRow(8, 0, inField(f.file), browse("file", false), browse("folder", true))
	f.ofFile = look.NewColumn(14,
		formRow(t.File, t.FileHint, look.NewColumn(4, f.checked.add(present.FieldFile, f.file, file), f.kind)))
	secretRow := newFormLine(look.NewColumn(1, look.NewText(t.Password, look.SizeBody, look.ColorText), f.secretHint),
		f.checked.add(present.FieldSecret, f.secret, inField(f.secret)))
	f.ofAddress = look.NewColumn(14,
		formRow(t.Address, t.AddressHint, look.NewColumn(4, f.checked.add(present.FieldAddress, f.address, inField(f.address)), f.note)),
		formRow(t.User, t.UserHint, f.checked.add(present.FieldUser, f.user, inField(f.user))))
	f.ofBoth = container.NewStack(secretRow)
	f.checks, f.grants = look.NewColumn(8), look.NewColumn(8)
	f.checkBox = container.NewStack(look.NewCard(look.NewColumn(14, f.checks, f.grants)))
	f.checkBox.Hide()
	f.more = container.NewStack(look.NewCard(look.NewColumn(14,
		formRow(t.Name, t.NameHint, inField(f.name)),
		formRow(t.Schema, t.SchemaHint, inField(f.schema)),
		formRow(t.Rate, t.RateHint, f.checked.add(present.FieldRate, f.rate, inField(f.rate))),
		formRow(t.Load, t.LoadHint, f.checked.add(present.FieldLoad, f.load, inField(f.load))))))
	f.more.Hide()
	f.column = look.NewColumn(look.Gap,
		section(t.Section, look.NewRow(8, f.byFile, f.byAddress), container.NewStack(f.ofFile, f.ofAddress), f.ofBoth),
		f.checkBox,
		container.New(look.Inset{Left: 12}, look.NewRow(0, f.fold)), f.more)
	f.foot = newFootedPage(f.column, f.message, look.Space(0, 0), f.take, f.check)
	f.Object = f.foot
}

// changed tells that something was typed or chosen.
func (f *TakeForm) changed() {
	if f.OnChange != nil && !f.filling {
		f.OnChange(f.Input())
	}
}

// choose shows the fields of a file or of a database.
func (f *TakeForm) choose(running bool) {
	f.byFile.SetChosen(!running)
	f.byAddress.SetChosen(running)
	visible(f.ofFile, !running)
	visible(f.ofAddress, running)
	visible(f.ofBoth, running || f.database)
	f.column.Refresh()
	f.changed()
}

// unfold shows what is seldom needed, or hides it.
func (f *TakeForm) unfold(on bool) {
	text, icon := texts.T.Take.More, "chevron-down"
	if on {
		text, icon = texts.T.Take.Less, "chevron-up"
	}
	f.fold.SetText(text)
	f.fold.SetIcon(icon)
	visible(f.more, on)
	f.column.Refresh()
	f.foot.Refresh()
}

// Input is what stands in the form.
func (f *TakeForm) Input() TakeInput {
	return TakeInput{Name: f.name.Text, File: f.file.Text, Address: f.address.Text, User: f.user.Text, Password: f.secret.Text,
		Schema: f.schema.Text, MaxRate: f.rate.Text, Load: f.load.Text, Running: f.byAddress.Chosen()}
}

// Fill writes the fields.
func (f *TakeForm) Fill(in TakeInput) {
	f.filling = true
	f.name.Change(in.Name)
	f.file.Change(in.File)
	f.address.Change(in.Address)
	f.user.Change(in.User)
	f.secret.Change(in.Password)
	f.schema.Change(in.Schema)
	f.rate.Change(in.MaxRate)
	f.load.Change(in.Load)
	f.choose(in.Running)
	f.filling = false
	if in.Schema+in.MaxRate+in.Load != "" {
		f.unfold(true)
	}
}

// Render shows what belongs to the form beside its fields.
func (f *TakeForm) Render(m TakeModel) {
	f.secretHint.Set(m.Secret)
	for p, text := range map[*look.Paragraph]string{f.kind: m.Kind, f.note: m.Note} {
		p.Set(text)
		visible(p, text != "")
	}
	f.database = m.Database
	visible(f.ofBoth, f.byAddress.Chosen() || m.Database)
	f.take.SetEnabled(!m.Looking)
	f.take.SetText(texts.T.Take.Start)
	if m.Looking {
		f.take.SetText(texts.T.Take.Looking)
	}
	f.check.SetEnabled(!m.Checking)
	f.check.SetText(texts.T.Take.Check)
	if m.Checking {
		f.check.SetText(texts.T.Take.Checking)
	}
	f.renderChecks(m)
	if m.Problems.Of(present.FieldRate)+m.Problems.Of(present.FieldLoad) != "" { // what is marked is in sight
		f.unfold(true)
	}
	f.message.say(m.Message, m.Bad)
	f.checked.show(m.Problems)
	f.column.Refresh()
	f.foot.Refresh()
}

// renderChecks shows what was found out about the source. Lines that stay are kept.
func (f *TakeForm) renderChecks(m TakeModel) {
	visible(f.checkBox, len(m.Checks) > 0)
	if slices.Equal(f.checksOf, m.Checks) && f.grantsOf == m.Grants {
		return
	}
	f.checksOf, f.grantsOf = m.Checks, m.Grants
	f.checks.Objects = checkLines(m.Checks)
	f.grants.Objects = nil
	visible(f.grants, m.Grants != "")
	if m.Grants != "" {
		copied := look.NewQuiet(texts.T.Take.CopyGrants, "copy", func() { f.OnCopy(m.Grants) })
		f.grants.Objects = []fyne.CanvasObject{look.NewParagraph(texts.T.Take.GrantsText, look.SizeTable, look.ColorText),
			look.NewWell(look.NewColumn(8, look.NewParagraph(m.Grants, look.SizeCaption, look.ColorText).Mono(), look.NewRow(0, copied)))}
	}
}

// Focus puts the cursor into a field that can be wrong.
func (f *TakeForm) Focus(c fyne.Canvas, field string) { f.checked.focus(c, field) }

// RevealChecks scrolls to what was found out about the source.
func (f *TakeForm) RevealChecks() { look.RevealIn(f.foot, f.checkBox) }

// FocusFirst puts the cursor into the first field.
func (f *TakeForm) FocusFirst(c fyne.Canvas) {
	field := f.file
	if f.byAddress.Chosen() {
		field = f.address
	}
	c.Focus(field)
}
