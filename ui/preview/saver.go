package preview

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"sluice/csvfile"
	"sluice/csvfile/saveas"
	"sluice/ui/look"
	"sluice/ui/preview/grid"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// saver saves what is shown as a file of a form: a job with progress that can be
// cancelled. A file of that name is replaced once the new one is complete.
type saver struct {
	on      saveOn
	notices *notices
	layers  *layers
	ask     func(suggested string, done func(path string)) // nil: nothing is saved
	button  *look.Button
	object  *fyne.Container
	form    *look.Select
	means   *look.Paragraph // what the form means
	dialect *saveDialect
	sample  *saveSample
	hint    *look.Paragraph // what is safe for spreadsheets
	text    *look.Toggle
	safe    *look.Toggle
	only    *look.Toggle
	start   *look.Button
	cancel  *look.Button
	words   *look.Text
	bar     *look.Bar
	running *fyne.Container
	asking  *fyne.Container
	details *look.Bounded // all about the form, which scrolls where there is little room

	stop  context.CancelFunc
	asked uint64
}

// saveOn is what saving needs of the table.
type saveOn interface {
	stand
	current() *session
	layout() *grid.Columns
	dispatch(do func()) // on the UI goroutine
}

func newSaver(on saveOn, n *notices, l *layers, ask func(suggested string, done func(path string))) *saver {
	t := texts.T.Preview.Save
	s := &saver{on: on, notices: n, layers: l, ask: ask}
	s.button = look.NewButton(look.Outlined, t.Button, "", s.open)
	s.means = look.NewParagraph("", look.SizeCaption, look.ColorMuted)
	s.dialect, s.sample = newSaveDialect(s.refresh), newSaveSample()
	s.hint = look.NewParagraph(t.SafeHint, look.SizeCaption, look.ColorMuted)
	refresh := func(bool) { s.refresh() }
	s.text = look.NewToggle(t.AllText, nil)
	s.form = look.NewSelect(formWords(), func(string) { s.arrange() })
	s.safe = look.NewToggle(t.Safe, refresh)
	s.only = look.NewToggle(t.OnlyShown, refresh)
	s.start = look.NewButton(look.Primary, t.Start, "save", s.choose)
	s.words = look.NewText("", look.SizeTable, look.ColorText).Elide()
	s.bar = look.NewBar()
	s.cancel = look.NewButton(look.Outlined, t.Cancel, "", s.end)
	dismiss := look.NewLink("", "close", s.close)
	line := look.NewStretchRow(12, 0, look.NewText(t.Title, look.SizeTable, look.ColorText).Elide(), dismiss)
	s.details = look.NewBounded(look.NewColumn(8, s.means, s.dialect.object, s.hint, s.sample.object))
	s.asking = look.NewColumn(8, line, look.NewFlow(12, 8, look.NewFixed(s.form.Width(formWidth), 0, s.form), s.only, s.text, s.safe, s.start), s.details.Object)
	s.running = look.NewColumn(8, look.NewStretchRow(12, 0, s.words, s.cancel), s.bar)
	s.object = look.NewColumn(0, look.NewWell(look.NewColumn(0, s.asking, s.running)))
	s.object.Hide()
	s.form.SetSelectedIndex(0)
	return s
}

// formWidth is the width of the choice of a form.
const formWidth = 240

func (s *saver) reset() {
	s.end()
	s.hide()
}

// hide takes the bar out of sight.
func (s *saver) hide() {
	s.object.Hide()
	s.layers.set(s, false, nil)
	s.on.headChanged()
}

// bounded are the details in sight; nil: none are.
func (s *saver) bounded() *look.Bounded {
	if s.object.Visible() && s.asking.Visible() {
		return s.details
	}
	return nil
}

// open asks how to save.
func (s *saver) open() {
	if s.on.current() == nil || len(s.on.current().header) == 0 || s.stop != nil {
		return
	}
	s.asking.Show()
	s.running.Hide()
	s.object.Show()
	s.layers.set(s, true, s.close)
	s.refresh()
	s.notices.drop(aboutSave)
	s.on.giveKeys(s.start)
}

func (s *saver) close() {
	s.hide()
	s.on.Focus()
}

// choose asks where to save, then saves.
func (s *saver) choose() {
	if s.ask == nil || s.on.current() == nil {
		return
	}
	base := filepath.Base(s.on.current().name)
	base = strings.TrimSuffix(strings.TrimSuffix(base, ".gz"), ".csv")
	name := base + "-view" + s.chosenForm().o.Form.Ending()
	of := s.on.current()
	s.ask(name, func(path string) {
		if s.on.current() == of && path != "" {
			s.run(path)
		}
	})
}

// options are what the user chose.
func (s *saver) options() saveas.Options {
	k := s.chosenForm()
	o := k.o
	if k.o.Form == saveas.CSV || k.o.Form == saveas.TSV {
		o.CSV = s.dialect.options()
	}
	o.SpreadsheetSafe = s.safe.On()
	if k.typed {
		o.Types = saveas.TypesAuto
		if s.text.On() {
			o.Types = saveas.TypesText
		}
	}
	if s.only.On() {
		o.Columns = shownColumns(s.on.layout())
	}
	return o
}

// shownColumns are the shown columns in their shown order; nil when that is how
// the file has them.
func shownColumns(c *grid.Columns) []int {
	same := c.Len() == c.All()
	var out []int
	for p := range c.Len() {
		out = append(out, c.Index(p))
		same = same && c.Index(p) == p
	}
	if same {
		return nil
	}
	return out
}

// run saves to path.
func (s *saver) run(path string) {
	of := s.on.current()
	ctx, stop := context.WithCancel(of.ctx)
	s.stop = stop
	s.asked++
	asked := s.asked
	s.asking.Hide()
	s.running.Show()
	s.object.Show()
	s.layers.set(s, false, nil) // what runs is cancelled by its button alone
	s.on.headChanged()
	s.on.Focus() // the button that had the keyboard is out of sight
	s.words.Set(fmt.Sprintf(texts.T.Preview.Save.Begins, filepath.Base(path)))
	s.bar.Set(0, tone.Active)
	opts, view := s.options(), of.chosen()
	tell := newThrottle()
	go func() {
		done, err := of.f.save(ctx, view, path, opts, func(p csvfile.SaveProgress) {
			if tell.now() {
				s.on.dispatch(func() { s.progressed(asked, path, p) })
			}
		})
		stop()
		s.on.dispatch(func() { s.ended(asked, path, done, err) })
	}()
}

func (s *saver) progressed(asked uint64, path string, p csvfile.SaveProgress) {
	if asked != s.asked {
		return
	}
	s.words.Set(texts.T.Preview.Save.Progress.Of(p.Rows,
		filepath.Base(path), size(p.Written), min(99, percent(p.Bytes, p.TotalBytes))))
	s.bar.Set(float64(p.Bytes)/float64(max(1, p.TotalBytes)), tone.Active)
}

func (s *saver) ended(asked uint64, path string, p saveas.Result, err error) {
	if asked != s.asked {
		return
	}
	s.stop = nil
	held := s.cancel.Focused()
	s.hide()
	if held {
		s.on.Focus()
	}
	t, dismiss := texts.T.Preview.Save, s.notices.dismissal(aboutSave)
	switch {
	case errors.Is(err, context.Canceled):
		s.notices.show(aboutSave, tone.Neutral, fmt.Sprintf(t.Cancelled, filepath.Base(path)), dismiss)
	case err != nil:
		s.notices.show(aboutSave, tone.Bad, sentence(err), dismiss)
	case s.on.current() != nil && s.on.current().damage() != nil:
		s.notices.show(aboutSave, tone.Caution, t.SavedDamaged.Of(p.Rows, size(p.Written), path), dismiss)
	case len(p.Notes) > 0:
		words := []string{t.Saved.Of(p.Rows, size(p.Written), path)}
		for _, n := range p.Notes {
			words = append(words, savedWords(n))
		}
		s.notices.show(aboutSave, tone.Caution, strings.Join(words, " "), dismiss)
	default:
		s.notices.show(aboutSave, tone.Good, t.Saved.Of(p.Rows, size(p.Written), path), dismiss)
	}
}

// end cancels the saving that is under way.
func (s *saver) end() {
	if s.stop != nil {
		s.stop()
	}
}
