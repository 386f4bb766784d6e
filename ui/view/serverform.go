package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
)

// ServerInput is a server as it stands in the form.
type ServerInput = present.ServerInput

// Check is a line of the report on a connection.
type Check = present.Finding

// ServerModel is what a server form shows beside its fields.
type ServerModel struct {
	Editing bool   // an existing server
	Secret  string // where the secret is, or will be, kept
	Testing bool
	Checks  []Check
	Message string
	Bad     bool
	// Problems are what is wrong with the fields.
	Problems present.Problems
}

// ServerForm adds a server or changes one.
type ServerForm struct {
	fieldForm
	OnTest   func(ServerInput)
	OnSave   func(ServerInput)
	OnRemove func()
	OnChange func(ServerInput) // something was typed or chosen

	name, url, user, ca, folder *look.Field
	cert, key, headers          *look.Field
	tokenFile, tokenCommand     *look.Field
	tags                        *look.Field
	proxy, sshKey, knownHosts   *look.Field
	sshPhrase                   *look.Field
	secret                      *look.Field
	byToken, byPassword         *look.Chip
	userRow                     *fyne.Container
	secretTitle                 *look.Text
	secretHint                  *look.Paragraph
	insecure                    *look.Switch
	test, save, remove          *look.Button
	more                        *fyne.Container
	model                       ServerModel
	filled                      ServerInput // as the form was filled
}

// NewServerForm returns an empty form.
func NewServerForm() *ServerForm {
	t := texts.T.Server
	f := &ServerForm{}
	f.fieldForm = newFieldForm(f.tellChange, func() { f.OnSave(f.Input()) })
	f.name, f.url = f.field(t.NamePlaceholder), f.field("https://wiki.example.com")
	f.user, f.ca, f.folder = f.field(""), f.field(""), f.field("")
	f.cert, f.key, f.headers = f.field(""), f.field(""), f.field("")
	f.tokenFile, f.tokenCommand, f.tags = f.field(""), f.field(""), f.field("")
	f.proxy, f.sshKey, f.sshPhrase, f.knownHosts = f.field(""), f.field(""), f.field(""), f.field("")
	f.secret = f.secretField()
	f.byToken = look.NewChip(t.AuthToken, "", func() { f.usePassword(false) })
	f.byPassword = look.NewChip(t.AuthPassword, "", func() { f.usePassword(true) })
	f.secretTitle = look.NewText("", look.SizeBody, look.ColorText)
	f.secretHint = look.NewParagraph("", look.SizeCaption, look.ColorMuted)
	f.insecure = look.NewSwitch(func(bool) { f.tellChange() })
	f.test = look.NewButton(look.Outlined, t.Test, "refresh", func() { f.OnTest(f.Input()) })
	f.save = look.NewButton(look.Primary, t.Add, "", func() { f.OnSave(f.Input()) })
	f.remove = look.NewButton(look.Danger, texts.T.Setup.Remove, "trash", func() { f.OnRemove() })
	f.layOutFields()
	f.usePassword(false)
	return f
}

func (f *ServerForm) layOutFields() {
	t := texts.T.Server
	f.userRow = container.NewStack(f.line(t.User, "", present.FieldUser, f.user))
	secretRow := newFormLine(look.NewColumn(1, f.secretTitle, f.secretHint), f.checked.add(present.FieldSecret, f.secret, inField(f.secret)))
	f.reportBox.Add(look.NewCard(f.report))
	f.more = container.NewStack()
	f.more.Hide()
	f.layOut(f.remove, []fyne.CanvasObject{f.save, f.test},
		section(t.Section,
			formRow(t.Name, "", inField(f.name)),
			f.line(t.URL, t.URLHint, present.FieldURL, f.url)),
		section(t.Auth,
			look.NewFlow(8, 8, f.byToken, f.byPassword), f.userRow, secretRow),
		f.reportBox,
		section(t.More,
			formRow(t.TokenFile, t.TokenFileHint, f.checked.add(present.FieldTokenFile, f.tokenFile, f.browse(f.tokenFile, false))),
			f.line(t.TokenCommand, t.TokenCommandHint, present.FieldTokenCommand, f.tokenCommand),
			formRow(t.Tags, t.TagsHint, inField(f.tags)),
			formRow(t.Folder, t.FolderHint, f.checked.add(present.FieldFolder, f.folder, f.browse(f.folder, true))),
			formRow(t.SSHKey, t.SSHKeyHint, f.browse(f.sshKey, false)),
			formRow(texts.T.Delivery.Passphrase, texts.T.Delivery.PassphraseHint, f.checked.add(present.FieldPassphrase, f.sshPhrase, f.browse(f.sshPhrase, false))),
			formRow(t.KnownHosts, t.KnownHostsHint, f.browse(f.knownHosts, false)),
			f.line(t.Proxy, t.ProxyHint, present.FieldProxy, f.proxy),
			formRow(t.CAFile, t.CAHint, f.checked.add(present.FieldCAFile, f.ca, f.browse(f.ca, false))),
			formRow(t.Cert, t.CertHint, f.checked.add(present.FieldCert, f.cert, f.browse(f.cert, false))),
			formRow(t.Key, t.KeyHint, f.browse(f.key, false)),
			formRow(t.Headers, t.HeadersHint, f.checked.add(present.FieldHeader, f.headers, f.browse(f.headers, false))),
			formRow(t.Insecure, t.InsecureHint, look.NewRow(0, f.insecure))),
		f.more,
	)
}

// Append puts something behind the fields of the form.
func (f *ServerForm) Append(o fyne.CanvasObject) {
	f.more.Add(o)
	f.more.Show()
}

// Relayout makes room for what was appended when that has changed its height.
func (f *ServerForm) Relayout() { f.column.Refresh() }

// Unsaved reports whether a server of the list stands in the form otherwise than it was
// filled in.
func (f *ServerForm) Unsaved() bool { return f.model.Editing && f.Input() != f.filled }

// Save saves what stands in the form.
func (f *ServerForm) Save() { f.OnSave(f.Input()) }

// offer lets the form be saved while there is something to save. A new server can always be
// added: what is missing is told then.
func (f *ServerForm) offer() {
	if f.save != nil {
		f.save.SetEnabled(!f.model.Editing || f.Unsaved())
	}
}

// tellChange tells that something was typed or chosen.
func (f *ServerForm) tellChange() {
	f.offer()
	if f.OnChange != nil {
		f.OnChange(f.Input())
	}
}

func (f *ServerForm) usePassword(on bool) {
	t := texts.T.Server
	f.byToken.SetChosen(!on)
	f.byPassword.SetChosen(on)
	visible(f.userRow, on)
	title := t.Token
	if on {
		title = t.Password
	}
	f.secretTitle.Set(title)
	f.hint()
	f.column.Refresh()
	f.tellChange()
}

// Input is what stands in the form.
func (f *ServerForm) Input() ServerInput {
	in := ServerInput{Name: f.name.Text, URL: f.url.Text, Secret: f.secret.Text, CAFile: f.ca.Text, Folder: f.folder.Text,
		TokenFile: f.tokenFile.Text, TokenCommand: f.tokenCommand.Text, Tags: f.tags.Text,
		Proxy: f.proxy.Text, SSHKey: f.sshKey.Text, SSHPassphrase: f.sshPhrase.Text, KnownHosts: f.knownHosts.Text,
		CertFile: f.cert.Text, KeyFile: f.key.Text, Headers: f.headers.Text,
		WithPassword: f.byPassword.Chosen(), Insecure: f.insecure.On()}
	if in.WithPassword {
		in.User = f.user.Text
	}
	return in
}

// Fill writes the fields; the secret is never shown.
func (f *ServerForm) Fill(in ServerInput) {
	f.name.Change(in.Name)
	f.url.Change(in.URL)
	f.user.Change(in.User)
	f.ca.Change(in.CAFile)
	f.cert.Change(in.CertFile)
	f.key.Change(in.KeyFile)
	f.headers.Change(in.Headers)
	f.tokenFile.Change(in.TokenFile)
	f.tokenCommand.Change(in.TokenCommand)
	f.tags.Change(in.Tags)
	f.folder.Change(in.Folder)
	f.proxy.Change(in.Proxy)
	f.sshKey.Change(in.SSHKey)
	f.sshPhrase.Change(in.SSHPassphrase)
	f.knownHosts.Change(in.KnownHosts)
	f.insecure.SetOn(in.Insecure)
	f.secret.SetText(in.Secret)
	f.usePassword(in.WithPassword)
	f.filled = f.Input()
	f.offer()
}

// Render shows what belongs to the form beside its fields.
func (f *ServerForm) Render(m ServerModel) {
	t := texts.T.Server
	f.model = m
	f.hint()
	f.offer()
	f.save.SetText(t.Add)
	if m.Editing {
		f.save.SetText(t.Save)
	}
	visible(f.remove, m.Editing)
	working(f.test, m.Testing, t.Test, t.Testing)
	f.report.Objects = checkLines(m.Checks)
	visible(f.reportBox, len(m.Checks) > 0)
	f.render(m.Message, m.Bad, m.Problems)
}

// hint says what the secret is: that of a token says nothing of a password.
func (f *ServerForm) hint() {
	t, says := texts.T.Server, f.model.Secret
	if says == t.TokenHint && f.byPassword.Chosen() {
		says = t.PasswordHint
	}
	f.secretHint.Set(says)
}

// checkLines are the lines of a report.
func checkLines(checks []Check) (lines []fyne.CanvasObject) {
	for _, c := range checks {
		lines = append(lines, container.New(look.Row{Gap: 12, Stretch: 2, Top: true}, look.NewFixed(14, 20, look.NewIcon(c.Icon, 14, look.ToneColor(c.Tone))),
			look.NewFixed(140, 20, look.NewTitle(c.Text, look.SizeTable)), look.NewParagraph(c.Says, look.SizeTable, look.ColorText)))
	}
	return lines
}

// RenderProblems shows what is wrong with the fields, and a message, and leaves the
// rest as it is: somebody is typing.
func (f *ServerForm) RenderProblems(m ServerModel) {
	f.model = m
	f.message.say(m.Message, m.Bad)
	if f.checked.show(m.Problems) {
		f.column.Refresh()
	}
	f.foot.Refresh()
}

// FocusName puts the cursor into the first field.
func (f *ServerForm) FocusName(c fyne.Canvas) { f.begin(c, f.name) }
