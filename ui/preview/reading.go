package preview

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"sluice/csvfile"
	"sluice/ui/look"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// readPanel says how the file is read, and lets it be read otherwise: each choice reads
// it anew at once, and is remembered for the file of that name.
type readPanel struct {
	on     readOn
	layers *layers
	store  Store
	log    func(error) // of errors that are no business of the user
	button *look.Button
	object *fyne.Container
	now    *look.Paragraph
	choose []*readChoice
	header *look.Field // line of the header
	skip   *look.Field // lines to skip
	failed *look.Paragraph

	member    *look.Select // of the files of a zip archive
	memberBox *fyne.Container
	following *look.Button

	path    string
	chosen  csvfile.Reading
	follow  bool // the file is read on as it grows
	filling bool // the controls are set to what is chosen
}

// readOn is what the panel needs of the table.
type readOn interface {
	stand
	current() *session
	busy() bool // a file is on its way
	Open(path string)
}

func newReadPanel(on readOn, l *layers, store Store, log func(error)) *readPanel {
	t := texts.T.Preview.Read
	r := &readPanel{on: on, layers: l, store: store, log: log}
	r.button = look.NewLink(t.Button, "", r.open)
	r.button.Hide()
	r.now = look.NewParagraph("", look.SizeTable, look.ColorText)
	r.failed = look.NewParagraph("", look.SizeTable, look.ToneColor(tone.Bad))
	r.failed.Hide()
	r.header, r.skip = r.field(t.Line), r.field(t.Lines)
	flow := look.NewFlow(10, 8)
	add := func(title string, width float32, o fyne.CanvasObject) {
		flow.Add(look.NewFixed(width, 0, look.NewColumn(5, look.NewCaption(title), o)))
	}
	for _, c := range readChoices() {
		box := look.NewSelect(c.words, nil)
		choice := &readChoice{box: box, values: c.values, part: c.part}
		box.OnChanged = func(string) { r.changed(choice) }
		r.choose = append(r.choose, choice)
		add(c.title, box.Width(c.width), box)
	}
	add(t.HeaderRow, 96, r.header)
	add(t.Skip, 80, r.skip)
	r.member = look.NewSelect(nil, func(name string) { r.chooseMember(name) })
	r.memberBox = look.NewFixed(220, 0, look.NewColumn(5, look.NewCaption(t.Member), r.member))
	r.memberBox.Hide()
	flow.Add(r.memberBox)
	r.following = look.NewLink(t.Follow, "", r.toggleFollow)
	line := look.NewStretchRow(12, 0, look.NewText(t.Title, look.SizeTable, look.ColorText).Elide(),
		r.following, look.NewLink(t.GuessAll, "", func() { r.apply(csvfile.Reading{}) }), look.NewLink("", "close", r.close))
	r.object = look.NewColumn(0, look.NewWell(look.NewColumn(8, line, r.now, flow, r.failed)))
	r.object.Hide()
	return r
}

func (r *readPanel) field(placeholder string) *look.Field {
	f := newField(placeholder, func(string) { r.typed() })
	f.OnKey = onEscape(r.close)
	f.OnChanged = func(string) { f.SetWrong(false) }
	return f
}

// key is what a reading is remembered by.
func (r *readPanel) key() string {
	abs, err := filepath.Abs(r.path)
	if err != nil {
		abs = r.path
	}
	return "file:" + abs
}

// opens takes over what is remembered of a file that is about to be opened.
func (r *readPanel) opens(path string) {
	if r.path == path {
		return
	}
	r.hide()
	r.path, r.chosen, r.follow = path, csvfile.Reading{}, false
	if isStream(path) { // whose name says nothing of what comes the next time
		return
	}
	if l, ok := r.store.Load(r.key()); ok && l.Reading != nil && l.Reading.Check() == nil {
		r.chosen = *l.Reading
	}
}

// opened shows how the file was read.
func (r *readPanel) opened() {
	r.now.Set(fmt.Sprintf(texts.T.Preview.Read.Now, readWords(r.on.current().info)))
	r.fill()
	r.fillInput()
	r.on.headChanged()
}

// fill sets the controls to what is chosen.
func (r *readPanel) fill() {
	r.filling = true
	defer func() { r.filling = false }()
	for _, c := range r.choose {
		c.box.SetSelectedIndex(max(0, slices.Index(c.values, *c.part(&r.chosen))))
	}
	r.header.SetText("")
	if r.chosen.HeaderRow > 0 {
		r.header.SetText(strconv.Itoa(r.chosen.HeaderRow))
	}
	r.skip.SetText("")
	if r.chosen.Skip != nil {
		r.skip.SetText(strconv.Itoa(*r.chosen.Skip))
	}
	r.complain("")
}

func (r *readPanel) open() {
	if s := r.on.current(); r.path == "" || r.on.busy() || s != nil && s.info.Packed == csvfile.Parquet {
		return
	}
	r.fill()
	r.object.Show()
	r.layers.set(r, true, r.close)
	r.on.headChanged()
	r.on.giveKeys(r.choose[0].box)
}

func (r *readPanel) hide() {
	r.object.Hide()
	r.layers.set(r, false, nil)
	r.on.headChanged()
}

func (r *readPanel) close() {
	r.hide()
	r.on.Focus()
}

// changed takes a choice over.
func (r *readPanel) changed(c *readChoice) {
	if i := c.box.SelectedIndex(); !r.filling && i >= 0 {
		next := r.chosen
		*c.part(&next) = c.values[i]
		if next.Header == "no" {
			next.HeaderRow = 0
		}
		r.apply(next)
	}
}

// typed takes the fields over.
func (r *readPanel) typed() {
	next := r.chosen
	next.HeaderRow, next.Skip = 0, nil
	header, err := lineNumber(r.header.Text)
	if err != nil {
		r.refuse(r.header, err)
		return
	}
	skip, err := lineNumber(r.skip.Text)
	if err != nil {
		r.refuse(r.skip, err)
		return
	}
	if header != nil {
		next.HeaderRow = *header
		if next.Header == "no" {
			next.Header = ""
		}
	}
	next.Skip = skip
	r.apply(next)
}

// lineNumber reads a number of lines, nil for none.
func lineNumber(s string) (*int, error) {
	if s = strings.TrimSpace(s); s == "" {
		return nil, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return nil, fmt.Errorf(texts.T.Preview.Read.NoNumber, s)
	}
	return &n, nil
}

func (r *readPanel) refuse(f *look.Field, err error) {
	r.complain(sentence(err))
	if f != nil {
		f.SetWrong(true)
	}
}

func (r *readPanel) complain(sentence string) {
	r.failed.Set(sentence)
	shown(r.failed, sentence != "")
	r.on.headChanged()
}

// apply reads the file anew, and remembers how.
func (r *readPanel) apply(next csvfile.Reading) {
	if err := next.Check(); err != nil {
		r.refuse(nil, err)
		return
	}
	r.complain("")
	r.chosen = next
	var l Layout
	if !next.Zero() {
		l.Reading = &next
	}
	if !isStream(r.path) {
		if err := r.store.Save(r.key(), l); err != nil {
			r.log(err)
		}
	}
	r.on.Open(r.path)
}
