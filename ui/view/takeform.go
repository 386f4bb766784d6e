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
	Secret   string // about the password: where it is kept, and what an empty one means
	Keyring  bool   // passwords can be kept
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
	fieldForm
	OnTake   func(TakeInput)
	OnCheck  func(TakeInput) // asks what would be read
	OnCopy   func(text string)
	OnChange func(TakeInput) // something was typed or chosen
	OnLeft   func(TakeInput) // a field was left that may hold a password

	name, file, address, user *look.Field
	secret, schema            *look.Field
	rate, load                *look.Field
	ssh, key, hosts           *look.Field
	byFile, byAddress         *look.Chip
	ofFile, ofAddress, ofBoth *fyne.Container
	kind, note, secretHint    *look.Paragraph
	save                      *look.Toggle
	take, check, fold         *look.Button
	grants, saveRow           *fyne.Container
	checksOf                  []Check
	grantsOf                  string
	more, way                 *fyne.Container
	filling                   bool
	database                  bool // the file names one
}

// NewTakeForm returns an empty form.
func NewTakeForm() *TakeForm {
	t := texts.T.Take
	f := &TakeForm{}
	f.fieldForm = newFieldForm(f.tellChange, func() { f.OnTake(f.Input()) })
	f.name, f.schema = f.field(""), f.field("")
	f.rate, f.load = f.field("20MB/s"), f.field("100 %")
	f.file, f.address = f.field("/backups/confluence.dump"), f.field("postgres://db.example.com/confluence")
	f.user, f.secret = f.field("confluence"), f.secretField()
	f.ssh, f.key, f.hosts = f.field("ana@bastion.example.com"), f.field("~/.ssh/id_ed25519"), f.field("~/.ssh/known_hosts")
	for _, field := range []*look.Field{f.file, f.address} {
		field.OnLeft = func() { f.OnLeft(f.Input()) }
	}
	f.byFile = look.NewChip(t.ByFile, "", func() { f.choose(false) })
	f.byAddress = look.NewChip(t.ByAddress, "", func() { f.choose(true) })
	f.kind = look.NewParagraph("", look.SizeCaption, look.ColorMuted)
	f.note = look.NewParagraph("", look.SizeCaption, look.ColorMuted)
	f.secretHint = look.NewParagraph("", look.SizeCaption, look.ColorMuted)
	f.save = look.NewToggle(t.Save, nil)
	f.save.SetOn(true)
	f.take = look.NewButton(look.Primary, t.Start, "", func() { f.OnTake(f.Input()) })
	f.check = look.NewButton(look.Outlined, t.Check, "refresh", func() { f.OnCheck(f.Input()) })
	f.fold = look.NewQuiet(t.More, "chevron-down", func() {
		f.unfold(!f.more.Visible())
		look.RevealIn(f.foot, f.more)
	})
	f.layOutFields()
	f.choose(false)
	return f
}

func (f *TakeForm) layOutFields() {
	t := texts.T.Take
	file := look.NewStretchRow(8, 0, inField(f.file), f.browseButton("file", f.file, false), f.browseButton("folder", f.file, true))
	f.ofFile = look.NewColumn(14,
		formRow(t.File, t.FileHint, look.NewColumn(4, f.checked.add(present.FieldFile, f.file, file), f.kind)))
	f.saveRow = container.NewStack(look.NewRow(0, f.save))
	f.saveRow.Hide()
	f.ofBoth = container.NewStack(newFormLine(look.NewColumn(1, look.NewText(t.Password, look.SizeBody, look.ColorText), f.secretHint),
		look.NewColumn(8, f.checked.add(present.FieldSecret, f.secret, inField(f.secret)), f.saveRow)))
	f.ofAddress = look.NewColumn(14,
		formRow(t.Address, t.AddressHint, look.NewColumn(4, f.checked.add(present.FieldAddress, f.address, inField(f.address)), f.note)),
		f.line(t.User, t.UserHint, present.FieldUser, f.user))
	f.grants = look.NewColumn(8)
	f.reportBox.Add(look.NewCard(look.NewColumn(14, f.report, f.grants)))
	f.way = look.NewColumn(14,
		f.line(t.SSH, t.SSHHint, present.FieldSSH, f.ssh),
		formRow(t.SSHKey, t.SSHKeyHint, f.browse(f.key, false)),
		formRow(t.KnownHosts, t.KnownHostsHint, f.browse(f.hosts, false)))
	f.more = container.NewStack(look.NewCard(look.NewColumn(14,
		formRow(t.Name, t.NameHint, inField(f.name)),
		formRow(t.Schema, t.SchemaHint, inField(f.schema)),
		f.line(t.Rate, t.RateHint, present.FieldRate, f.rate),
		f.line(t.Load, t.LoadHint, present.FieldLoad, f.load),
		f.way)))
	f.more.Hide()
	f.layOut(look.Space(0, 0), []fyne.CanvasObject{f.take, f.check},
		section(t.Section, look.NewFlow(8, 8, f.byFile, f.byAddress), container.NewStack(f.ofFile, f.ofAddress), f.ofBoth),
		f.reportBox,
		container.New(look.Inset{Left: 12}, look.NewRow(0, f.fold)), f.more)
}

// tellChange tells that something was typed or chosen.
func (f *TakeForm) tellChange() {
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
	f.showLogin()
	f.column.Refresh()
	f.tellChange()
}

// showLogin shows what only a database asks for.
func (f *TakeForm) showLogin() {
	for _, part := range []*fyne.Container{f.ofBoth, f.way} {
		visible(part, f.byAddress.Chosen() || f.database)
	}
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
		Schema: f.schema.Text, MaxRate: f.rate.Text, Load: f.load.Text, SSH: f.ssh.Text, SSHKey: f.key.Text, SSHKnownHosts: f.hosts.Text,
		Running: f.byAddress.Chosen(), Save: f.save.On()}
}

// Fill writes the fields.
func (f *TakeForm) Fill(in TakeInput) {
	f.filling = true
	for field, text := range map[*look.Field]string{f.name: in.Name, f.file: in.File, f.address: in.Address, f.user: in.User, f.secret: in.Password,
		f.schema: in.Schema, f.rate: in.MaxRate, f.load: in.Load, f.ssh: in.SSH, f.key: in.SSHKey, f.hosts: in.SSHKnownHosts} {
		field.Change(text)
	}
	f.save.SetOn(in.Save)
	f.choose(in.Running)
	f.filling = false
	if in.Schema+in.MaxRate+in.Load+in.SSH != "" {
		f.unfold(true)
	}
}

// SetSave chooses whether the password is kept in the keyring.
func (f *TakeForm) SetSave(on bool) { f.save.SetOn(on) }

// Render shows what belongs to the form beside its fields.
func (f *TakeForm) Render(m TakeModel) {
	f.secretHint.Set(m.Secret)
	for p, text := range map[*look.Paragraph]string{f.kind: m.Kind, f.note: m.Note} {
		p.Set(text)
		visible(p, text != "")
	}
	f.database = m.Database
	f.showLogin()
	visible(f.saveRow, m.Keyring)
	working(f.take, m.Looking, texts.T.Take.Start, texts.T.Take.Looking)
	working(f.check, m.Checking, texts.T.Take.Check, texts.T.Take.Checking)
	f.renderChecks(m)
	for _, name := range []string{present.FieldRate, present.FieldLoad, present.FieldSSH} {
		if m.Problems.Of(name) != "" { // what is marked is in sight
			f.unfold(true)
		}
	}
	f.render(m.Message, m.Bad, m.Problems)
}

// renderChecks shows what was found out about the source. Lines that stay are kept.
func (f *TakeForm) renderChecks(m TakeModel) {
	visible(f.reportBox, len(m.Checks) > 0)
	if slices.Equal(f.checksOf, m.Checks) && f.grantsOf == m.Grants {
		return
	}
	f.checksOf, f.grantsOf = m.Checks, m.Grants
	f.report.Objects = checkLines(m.Checks)
	f.grants.Objects = nil
	visible(f.grants, m.Grants != "")
	if m.Grants != "" {
		copied := look.NewQuiet(texts.T.Take.CopyGrants, "copy", func() { f.OnCopy(m.Grants) })
		f.grants.Objects = []fyne.CanvasObject{look.NewParagraph(texts.T.Take.GrantsText, look.SizeTable, look.ColorText),
			look.NewWell(look.NewColumn(8, look.NewParagraph(m.Grants, look.SizeCaption, look.ColorText).Mono(), look.NewRow(0, copied)))}
	}
}

// RevealChecks scrolls to what was found out about the source.
func (f *TakeForm) RevealChecks() { look.RevealIn(f.foot, f.reportBox) }

// FocusFirst puts the cursor into the first field.
func (f *TakeForm) FocusFirst(c fyne.Canvas) {
	field := f.file
	if f.byAddress.Chosen() {
		field = f.address
	}
	c.Focus(field)
}
