package preview

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"sluice/csvfile"
	"sluice/ui/look"
	"sluice/ui/texts"
)

// saveDialect is how text with a delimiter is written: each part as the file has it, or
// chosen. A form sets all of it, and any part may then be changed.
type saveDialect struct {
	object  *fyne.Container
	boxes   []*dialectBox
	mark    *look.Toggle
	changed func()
	filling bool // the controls are set to what a form means
}

// dialectBox is the choice of one part.
type dialectBox struct {
	box    *look.Select
	wrap   fyne.CanvasObject
	values []string // "" is as the file has it
	get    func(csvfile.SaveOptions) string
	set    func(*csvfile.SaveOptions, string)
}

func newSaveDialect(changed func()) *saveDialect {
	t, r, f := texts.T.Preview.Save, texts.T.Preview.Read, texts.T.Preview.Footer
	d := &saveDialect{changed: changed, object: look.NewFlow(10, 8)}
	byteOf := func(c byte) string {
		if c == 0 {
			return ""
		}
		return string(rune(c))
	}
	d.add(r.Delimiter, 136, []string{"", ",", ";", "\t", "|"}, []string{t.AsFile, f.Comma + " ,", f.Semicolon + " ;", f.Tab, f.Pipe + " |"},
		func(o csvfile.SaveOptions) string { return byteOf(o.Delimiter) },
		func(o *csvfile.SaveOptions, v string) { o.Delimiter = v[0] })
	const all = "all"
	d.add(r.Quote, 150, []string{"", `"`, `"` + all, "'"}, []string{t.AsFile, `"`, t.QuoteAll, "'"},
		func(o csvfile.SaveOptions) string {
			if o.QuoteAll {
				return byteOf(o.Quote) + all
			}
			return byteOf(o.Quote)
		},
		func(o *csvfile.SaveOptions, v string) { o.Quote, o.QuoteAll = v[0], strings.HasSuffix(v, all) })
	d.add(t.LineEnd, 136, []string{"", "LF", "CRLF"}, []string{t.AsFile, "LF", "CRLF"},
		func(o csvfile.SaveOptions) string { return o.LineEnding },
		func(o *csvfile.SaveOptions, v string) { o.LineEnding = v })
	encodings := slices.DeleteFunc(csvfile.Encodings(), func(name string) bool { return strings.EqualFold(name, "UTF-8") })
	d.add(r.Encoding, 156, slices.Insert(slices.Clone(encodings), 0, ""), slices.Insert(encodings, 0, "UTF-8"),
		func(o csvfile.SaveOptions) string { return o.Encoding },
		func(o *csvfile.SaveOptions, v string) { o.Encoding = v })
	d.add(r.Header, 132, []string{"", "yes", "no"}, []string{t.AsFile, t.WithNames, r.NoHeader},
		func(o csvfile.SaveOptions) string { return o.Header },
		func(o *csvfile.SaveOptions, v string) { o.Header = v })
	d.mark = look.NewToggle(t.Mark, func(bool) { d.tell() })
	d.object.Add(look.NewColumn(5, look.NewCaption(" "), look.NewFixed(0, look.ControlHeight, d.mark)))
	return d
}

func (d *saveDialect) add(title string, width float32, values, words []string, get func(csvfile.SaveOptions) string, set func(*csvfile.SaveOptions, string)) {
	b := &dialectBox{box: look.NewSelect(words, func(string) { d.tell() }), values: values, get: get, set: set}
	b.wrap = look.NewFixed(b.box.Width(width), 0, look.NewColumn(5, look.NewCaption(title), b.box))
	d.boxes = append(d.boxes, b)
	d.object.Add(b.wrap)
}

func (d *saveDialect) tell() {
	if !d.filling {
		d.changed()
	}
}

// fill sets the controls to what a form means; the tab of TSV is not to be chosen.
func (d *saveDialect) fill(o csvfile.SaveOptions, delimiter bool) {
	d.filling = true
	defer func() { d.filling = false }()
	for _, b := range d.boxes {
		b.box.SetSelectedIndex(max(0, slices.Index(b.values, b.get(o))))
	}
	d.mark.SetOn(o.BOM)
	shown(d.boxes[0].wrap, delimiter)
}

// options are what was chosen.
func (d *saveDialect) options() (o csvfile.SaveOptions) {
	for _, b := range d.boxes {
		if i := b.box.SelectedIndex(); i > 0 && b.values[i] != "" {
			b.set(&o, b.values[i])
		}
	}
	o.BOM = d.mark.On()
	return o
}
