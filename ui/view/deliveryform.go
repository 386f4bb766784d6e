package view

import (
	"slices"

	"fyne.io/fyne/v2"

	"sluice/deliver"
	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
)

// deliveryFields are the fields of a delivery: of one in the list, or for one time.
type deliveryFields struct {
	form *fieldForm

	name, to, redact       *look.Field
	key, phrase, hosts     *look.Field
	endpoint, region, prof *look.Field
	files, pack, layout    *look.Select
	enabled                *look.Switch
	sftp, s3               fyne.CanvasObject // of the place alone that is typed
	parts                  []fyne.CanvasObject

	filesOf   []present.DeliveryFiles
	packsOf   []deliver.Pack
	layoutsOf []deliver.Layout
}

// newDeliveryFields makes the fields as a part of a form. once: the delivery is for one time,
// and is kept if it gets a name.
func newDeliveryFields(f *fieldForm, once bool) *deliveryFields {
	t := texts.T.Delivery
	d := &deliveryFields{form: f}
	var names [3][]string
	d.filesOf, d.packsOf, d.layoutsOf, names = present.DeliveryChoices()
	tell := func(string) { f.changed() }
	d.name, d.to, d.redact = f.field("lake"), f.field("/mnt/share"), f.field("")
	d.key, d.phrase, d.hosts = f.field("~/.ssh/id_ed25519"), f.field(""), f.field("~/.ssh/known_hosts")
	d.endpoint, d.region, d.prof = f.field("https://s3.example.com"), f.field(""), f.field("")
	d.files, d.pack, d.layout = look.NewSelect(names[0], tell), look.NewSelect(names[1], tell), look.NewSelect(names[2], tell)
	d.enabled = look.NewSwitch(func(bool) { f.changed() })
	hint := t.NameHint
	if once {
		hint = t.NameOnce
	}
	d.sftp = section(t.SFTP, formRow(t.SSHKey, t.SSHKeyHint, f.browse(d.key, false)),
		formRow(t.Passphrase, t.PassphraseHint, f.checked.add(present.FieldPassphrase, d.phrase, f.browse(d.phrase, false))), formRow(t.KnownHosts, t.KnownHostsHint, f.browse(d.hosts, false)))
	d.s3 = section(t.S3, formRow(t.Endpoint, t.EndpointHint, inField(d.endpoint)), formRow(t.Region, t.RegionHint, inField(d.region)), formRow(t.Profile, t.ProfileHint, inField(d.prof)))
	to, name := formRow(t.Place, t.PlaceHint, f.checked.add(present.FieldPlace, d.to, f.browse(d.to, true))), f.line(t.Name, hint, present.FieldDeliveryName, d.name)
	title, place := t.NewPlace, []fyne.CanvasObject{to, name}
	if !once {
		title, place = t.Where, []fyne.CanvasObject{name, to, formRow(t.Enabled, "", look.NewRow(0, d.enabled))}
	}
	d.parts = []fyne.CanvasObject{
		section(title, place...), d.sftp, d.s3,
		section(t.Form,
			formRow(t.Files, t.FilesHint, inField(d.files)),
			formRow(t.Redact, t.RedactHint, f.checked.add(present.FieldDeliveryRedact, d.redact, f.browse(d.redact, false))),
			formRow(t.Pack, t.PackHint, inField(d.pack)),
			formRow(t.Layout, t.LayoutHint, inField(d.layout))),
	}
	return d
}

// input is what stands in the fields.
func (d *deliveryFields) input() present.DeliveryInput {
	return present.DeliveryInput{Name: d.name.Text, To: d.to.Text, Redact: d.redact.Text, SSHKey: d.key.Text, SSHPassphrase: d.phrase.Text, KnownHosts: d.hosts.Text,
		S3Endpoint: d.endpoint.Text, S3Region: d.region.Text, S3Profile: d.prof.Text, Enabled: d.enabled.On(),
		Files: d.filesOf[max(0, d.files.SelectedIndex())], Pack: d.packsOf[max(0, d.pack.SelectedIndex())], Layout: d.layoutsOf[max(0, d.layout.SelectedIndex())]}
}

// fill writes the fields.
func (d *deliveryFields) fill(in present.DeliveryInput) {
	d.name.Change(in.Name)
	d.to.Change(in.To)
	d.redact.Change(in.Redact)
	d.key.Change(in.SSHKey)
	d.phrase.Change(in.SSHPassphrase)
	d.hosts.Change(in.KnownHosts)
	d.endpoint.Change(in.S3Endpoint)
	d.region.Change(in.S3Region)
	d.prof.Change(in.S3Profile)
	d.enabled.SetOn(in.Enabled)
	d.files.SetSelectedIndex(max(0, slices.Index(d.filesOf, in.Files)))
	d.pack.SetSelectedIndex(max(0, slices.Index(d.packsOf, in.Pack)))
	d.layout.SetSelectedIndex(max(0, slices.Index(d.layoutsOf, in.Layout)))
	d.show()
}

// show shows the fields of the place that is typed.
func (d *deliveryFields) show() {
	in := d.input()
	visible(d.sftp, in.IsSFTP())
	visible(d.s3, in.IsS3())
}

// DeliveryForm adds a delivery to the list of a source, or changes one.
type DeliveryForm struct {
	fieldForm
	OnSave, OnChange, OnTest func(present.DeliveryInput)
	OnRemove                 func()

	fields             *deliveryFields
	save, test, remove *look.Button
}

// DeliveryFormModel is what the form shows beside its fields.
type DeliveryFormModel struct {
	Editing, Testing bool
	Problems         present.Problems
	Message          string
	Bad              bool
}

// NewDeliveryForm returns an empty form.
func NewDeliveryForm() *DeliveryForm {
	t := texts.T.Delivery
	f := &DeliveryForm{}
	f.fieldForm = newFieldForm(f.tellChange, func() { f.OnSave(f.Input()) })
	f.fields = newDeliveryFields(&f.fieldForm, false)
	f.save = look.NewButton(look.Primary, t.Save, "", func() { f.OnSave(f.Input()) })
	f.test = look.NewButton(look.Outlined, t.Test, "refresh", func() { f.OnTest(f.Input()) })
	f.remove = look.NewButton(look.Danger, t.Remove, "trash", func() { f.OnRemove() })
	f.layOut(f.remove, []fyne.CanvasObject{f.save, f.test}, f.fields.parts...)
	f.fields.show()
	return f
}

func (f *DeliveryForm) tellChange() {
	if f.OnChange != nil && f.fields != nil {
		f.fields.show()
		f.OnChange(f.Input())
	}
}

// Input is what stands in the form.
func (f *DeliveryForm) Input() present.DeliveryInput { return f.fields.input() }

// Fill writes the fields.
func (f *DeliveryForm) Fill(in present.DeliveryInput) { f.fields.fill(in) }

// Render shows what belongs to the form beside its fields.
func (f *DeliveryForm) Render(m DeliveryFormModel) {
	t := texts.T.Delivery
	working(f.test, m.Testing, t.Test, t.Testing)
	visible(f.remove, m.Editing)
	f.fieldForm.render(m.Message, m.Bad, m.Problems)
}

// FocusFirst puts the cursor into the first field.
func (f *DeliveryForm) FocusFirst(c fyne.Canvas) { f.begin(c, f.fields.name) }
