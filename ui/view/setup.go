package view

import (
	"reflect"
	"slices"

	"fyne.io/fyne/v2"

	"sluice/rules"
	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
	vis "sluice/visible"
)

// SetupForm are the settings of a snapshot as they stand in the form.
type SetupForm struct {
	Name, TimeZone, BaseURL         string
	Format                          string // one of setupFormats
	FullContent, PreserveLineBreaks bool
	ByteOrderMark                   bool
	Redact                          string // rules of redaction
	LineBreakEscape, MinFreeSpace   string
	CPUShare                        string // percent of one core
	Rules                           rules.Chosen
}

// setupFormats are the formats in the order in which they are offered; the first is the
// default.
var setupFormats = []string{"", "parquet", "both"}

// longestPlaceholder is how many characters an empty field shows of what would be
// taken in its place.
const longestPlaceholder = 120

// SetupModel is the content of the settings of a snapshot.
type SetupModel struct {
	Form        SetupForm
	Home        string
	GuessedZone string // what the zone seems to be, "" if nothing tells
	BaseURL     string // what the snapshot names
	Locked      bool   // an export runs
	Message     string
	Bad         bool // the message says what is wrong
	Problems    present.Problems
}

// Setup is the settings tab of a snapshot.
type Setup struct {
	Object   fyne.CanvasObject
	OnSave   func(SetupForm)
	OnChange func(SetupForm) // something was typed
	OnRevert func()
	OnRemove func()
	OnHome   func() // choose another home

	name, url, escape, space, share *look.Field
	checked                         checked
	zone                            *ZoneField
	format                          *look.Select
	redact                          *redactSelect
	full, breaks, mark              *look.Switch
	rules                           *ruleFields
	home                            *look.Text
	message                         message
	bad                             bool // the message is
	save, revert                    *look.Button
	filled                          SetupForm // as the form was filled
	filling, locked                 bool
	column, foot                    *fyne.Container
}

// NewSetup returns the tab; zones are offered in the zone field, and each rule has a
// field of its own.
func NewSetup(zones []string, table rules.Table) *Setup {
	t := texts.T.Setup
	s := &Setup{checked: checked{}}
	changed := func(string) { s.changed() }
	switched := func(bool) { s.changed() }
	s.name, s.url = look.NewField("", changed), look.NewField("", changed)
	s.escape, s.space = look.NewField(`\n`, changed), look.NewField("5GB", changed)
	s.share = look.NewField(t.NoLimit, changed)
	s.zone = NewZoneField(zones, changed)
	s.rules = newRuleFields(table, changed)
	for _, field := range append(s.rules.fields(), s.name, s.url, s.escape, s.space, s.share, s.zone.field) {
		field.OnSubmitted = func(string) {
			if !s.save.Disabled() {
				s.OnSave(s.form())
			}
		}
	}
	s.format = look.NewSelect([]string{t.CSV, t.Parquet, t.CSVAndParquet}, changed)
	s.redact = newRedactSelect()
	s.redact.OnChanged = changed
	s.full = look.NewSwitch(switched)
	s.mark = look.NewSwitch(switched)
	s.breaks = look.NewSwitch(switched)
	s.home = look.NewText("", look.SizeTable, look.ColorMuted).Elide()
	s.message = newMessage()
	s.save = look.NewButton(look.Primary, t.Save, "", func() { s.OnSave(s.form()) })
	s.revert = look.NewButton(look.Outlined, t.Revert, "", func() { s.OnRevert() })
	remove := look.NewButton(look.Danger, t.Remove, "trash", func() { s.OnRemove() })
	other := look.NewButton(look.Outlined, t.OtherHome, "folder", func() { s.OnHome() })
	left := func(o fyne.CanvasObject) fyne.CanvasObject { return look.NewRow(0, o) }
	s.column = look.NewColumn(look.Gap,
		section(t.Reading,
			formRow(t.TimeZone, t.TimeZoneHint, s.checked.add(present.FieldZone, s.zone.field, inField(s.zone.Object))),
			formRow(t.BaseURL, t.BaseURLHint, s.checked.add(present.FieldURL, s.url, inField(s.url)))),
		section(t.Writing,
			formRow(t.Format, t.FormatHint, inField(s.format)),
			formRow(texts.T.Redaction.Title, texts.T.Redaction.Settings, inField(s.redact.Select)),
			formRow(t.BOM, t.BOMHint, left(s.mark)),
			formRow(t.FullContent, t.FullHint, left(s.full)),
			formRow(t.LineBreaks, t.LineBreaksHint, left(s.breaks)),
			formRow(t.Escape, t.EscapeHint, inField(s.escape)),
			formRow(t.FreeSpace, t.FreeSpaceHint, s.checked.add(present.FieldSpace, s.space, inField(s.space))),
			formRow(t.CPUShare, t.CPUShareHint, s.checked.add(present.FieldShare, s.share, inField(s.share)))),
		section(t.Place,
			formRow(t.Name, "", inField(s.name)),
			formRow(t.Home, t.HomeHint, look.NewColumn(6, inField(s.home), left(other)))),
		section(t.Rules, s.rules.rows()...),
	)
	s.foot = newFootedPage(s.column, s.message, remove, s.save, s.revert)
	s.Object = s.foot
	return s
}

func (s *Setup) form() SetupForm {
	return SetupForm{Name: s.name.Text, TimeZone: s.zone.Text(), BaseURL: s.url.Text, Format: setupFormats[max(0, s.format.SelectedIndex())], FullContent: s.full.On(), ByteOrderMark: s.mark.On(), Redact: s.redact.word(),
		PreserveLineBreaks: s.breaks.On(), LineBreakEscape: s.escape.Text, MinFreeSpace: s.space.Text,
		CPUShare: s.share.Text, Rules: s.rules.chosen()}
}

// Render fills the form and says the message.
func (s *Setup) Render(m SetupModel) {
	s.filling = true
	s.name.Change(m.Form.Name)
	s.zone.SetText(m.Form.TimeZone)
	s.zone.SetPlaceholder(m.GuessedZone)
	s.url.Change(m.Form.BaseURL)
	s.url.SetPlaceHolder(vis.Cut(m.BaseURL, longestPlaceholder))
	s.format.SetSelectedIndex(max(0, slices.Index(setupFormats, m.Form.Format)))
	s.mark.SetOn(m.Form.ByteOrderMark)
	s.redact.set(m.Form.Redact)
	s.full.SetOn(m.Form.FullContent)
	s.breaks.SetOn(m.Form.PreserveLineBreaks)
	s.rules.set(m.Form.Rules)
	s.escape.Change(m.Form.LineBreakEscape)
	s.space.Change(m.Form.MinFreeSpace)
	s.share.Change(m.Form.CPUShare)
	s.home.Set(m.Home)
	s.filling, s.filled = false, s.form()
	s.Mark(m.Problems)
	s.Say(m.Message, m.Bad, m.Locked)
}

// Unsaved reports whether the form is another one than it was filled with.
func (s *Setup) Unsaved() bool { return !reflect.DeepEqual(s.form(), s.filled) }

// Save saves what stands in the form.
func (s *Setup) Save() { s.OnSave(s.form()) }

// offer lets the form be saved while there is something to save.
func (s *Setup) offer() {
	unsaved := s.Unsaved()
	s.save.SetEnabled(unsaved && !s.locked)
	s.revert.SetEnabled(unsaved)
}

func (s *Setup) changed() {
	if s.filling || s.save == nil {
		return
	}
	s.offer()
	if s.OnChange != nil {
		s.OnChange(s.form())
	}
}

// Mark shows what is wrong with the fields.
func (s *Setup) Mark(p present.Problems) {
	if s.checked.show(p) {
		s.column.Refresh()
	}
}

// Focus puts the cursor into a field that can be wrong.
func (s *Setup) Focus(c fyne.Canvas, field string) { s.checked.focus(c, field) }

// Say changes only the message, and whether the settings can be saved.
func (s *Setup) Say(text string, bad, locked bool) {
	same := s.locked == locked
	s.locked = locked
	s.offer()
	if same && s.message.line.Text() == text && s.bad == bad {
		return
	}
	s.bad = bad
	if locked && !bad {
		s.message.tell(text)
	} else {
		s.message.say(text, bad)
	}
	s.column.Refresh()
	s.foot.Refresh()
}
