package preview

import (
	"reflect"

	"fyne.io/fyne/v2"

	"sluice/csvfile/saveas"
	"sluice/ui/look"
	"sluice/ui/texts"
	"sluice/ui/tone"
	"sluice/visible"
)

// saveSample shows the first lines of what would be saved.
type saveSample struct {
	object *fyne.Container
	lines  [2]*look.Text // the names and a row, or the row alone
	failed *look.Paragraph
	asked  uint64
}

func newSaveSample() *saveSample {
	s := &saveSample{failed: look.NewParagraph("", look.SizeTable, look.ToneColor(tone.Bad))}
	s.object = look.NewColumn(3, look.NewCaption(texts.T.Preview.Save.Begin))
	for i := range s.lines {
		s.lines[i] = look.NewText("", look.SizeTable, look.ColorText).Mono().Elide()
		s.object.Add(s.lines[i])
	}
	s.object.Add(s.failed)
	return s
}

// sampleWidth is how many characters of a line are shown at most.
const sampleWidth = 400

// show shows lines, or why there can be none.
func (s *saveSample) show(lines []string, err error) {
	for i, line := range s.lines {
		text := ""
		if i < len(lines) {
			text = visible.First(lines[i], sampleWidth)
		}
		line.Set(text)
		shown(line, text != "")
	}
	s.failed.Set("")
	if err != nil {
		s.failed.Set(sentence(err))
	}
	shown(s.failed, err != nil)
	shown(s.object, err != nil || len(lines) > 0)
}

// sampled shows how what is saved will begin, once that is read.
func (s *saver) sampled() {
	s.sample.asked++
	of, o := s.on.current(), s.options()
	if of == nil || !s.object.Visible() || o.Form != saveas.CSV && o.Form != saveas.TSV {
		s.sample.show(nil, nil)
		s.on.headChanged()
		return
	}
	asked, rows, dialect := s.sample.asked, of.shown, o.CSV
	dialect.Columns, dialect.SpreadsheetSafe = o.Columns, o.SpreadsheetSafe
	if o.Form == saveas.TSV {
		dialect.Delimiter = '\t'
	}
	go func() {
		first, err := rows.Rows(of.ctx, 0, 1)
		var lines []string
		if err == nil && len(first) > 0 {
			lines, err = of.f.sample(of.ctx, first[0], dialect)
		}
		s.on.dispatch(func() {
			if asked == s.sample.asked && s.on.current() == of {
				s.sample.show(lines, err)
				s.on.headChanged()
			}
		})
	}()
}

// arrange offers what a form has, and says what it means.
func (s *saver) arrange() {
	k := s.chosenForm()
	text := k.o.Form == saveas.CSV || k.o.Form == saveas.TSV
	shown(s.dialect.object, text)
	s.dialect.fill(k.o.CSV, k.o.Form == saveas.CSV)
	shown(s.text, k.typed)
	s.refresh()
}

// refresh says what was chosen means.
func (s *saver) refresh() {
	k, t := s.chosenForm(), texts.T.Preview.Save
	means := k.means(t)
	if text := k.o.Form == saveas.CSV || k.o.Form == saveas.TSV; text && !reflect.DeepEqual(s.dialect.options(), k.o.CSV) {
		means = t.OwnMeans
	}
	s.means.Set(means)
	shown(s.hint, s.safe.On())
	s.sampled()
	s.on.headChanged()
}

func (s *saver) chosenForm() saveForm { return saveForms[max(0, s.form.SelectedIndex())] }
