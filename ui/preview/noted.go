package preview

import (
	"slices"

	"fyne.io/fyne/v2"

	"sluice/csvfile"
	"sluice/ui/look"
	"sluice/ui/texts"
	"sluice/wording"
)

// noted is what there is to know about the file, in full: the line below the table has only
// a few words of each finding, and not all of them where it is short.
type noted struct {
	on     notedOn
	layers *layers
	button *look.Button
	object *fyne.Container
	list   *fyne.Container
	said   []string
}

// notedOn is what the notes need of the table.
type notedOn interface {
	stand
	current() *session
	GoTo(row int64)
	readOtherwise(change func(*csvfile.Reading))
	chooseReading()
}

func newNoted(on notedOn, l *layers) *noted {
	n := &noted{on: on, layers: l, list: look.NewColumn(6)}
	n.button = look.NewLink("", "", n.toggle)
	n.button.Hide()
	title := look.NewStretchRow(12, 0, look.NewText(texts.T.Preview.Noted.Title, look.SizeTable, look.ColorText).Bold().Elide(), look.NewLink("", "close", n.close))
	n.object = look.NewColumn(0, look.NewWell(look.NewColumn(8, title, n.list)))
	n.object.Hide()
	return n
}

// update takes over what is known by now, and reports whether the button has changed.
func (n *noted) update(findings []csvfile.Finding) bool {
	var said []string
	for _, f := range findings {
		said = append(said, sentenceOf(f))
	}
	if slices.Equal(said, n.said) {
		return false
	}
	n.said = said
	n.button.SetText(texts.T.Preview.Noted.Button.Of(int64(len(said))))
	shown(n.button, len(said) > 0)
	n.list.Objects = nil
	for _, f := range findings {
		n.list.Add(n.line(f))
	}
	if len(said) == 0 {
		n.hide()
	} else if n.object.Visible() {
		n.on.headChanged()
	}
	return true
}

// sentenceOf says a finding in a whole sentence.
func sentenceOf(f csvfile.Finding) string { return said(wording.Capital(texts.Say(f))) }

// line is a finding with what can be done about it.
func (n *noted) line(f csvfile.Finding) fyne.CanvasObject {
	t := texts.T.Preview
	line := []fyne.CanvasObject{look.NewParagraph(sentenceOf(f), look.SizeTable, look.ColorText)}
	if len(f.Places) > 0 && f.Places[0].Row >= 0 {
		line = append(line, look.NewLink(t.Pane.GoToIt, "", func() { n.on.GoTo(f.Places[0].Row); n.on.Focus() }))
	}
	switch f.Kind {
	case csvfile.UnclosedQuote, csvfile.StrayQuote:
		line = append(line, look.NewLink(t.Noted.QuotesAsText, "", func() { n.on.readOtherwise(quotesAsText) }))
	case csvfile.EncodingGuessed, csvfile.InvalidUTF8, csvfile.Undecoded, csvfile.QuotingOff, csvfile.SingleQuotes, csvfile.Escapes,
		csvfile.SkippedLines, csvfile.Comments, csvfile.MemberGuessed, csvfile.HeaderGuessed, csvfile.DoubledDelimiter:
		line = append(line, look.NewLink(t.Read.Button, "", n.on.chooseReading))
	}
	return look.NewStretchRow(12, 0, line...)
}

// quotesAsText is the reading in which no quote means anything.
func quotesAsText(r *csvfile.Reading) { r.Quote = csvfile.None }

func (n *noted) toggle() {
	if n.object.Visible() {
		n.close()
		return
	}
	n.object.Show()
	n.layers.set(n, true, n.close)
	n.on.headChanged()
}

func (n *noted) hide() {
	if n.object.Visible() {
		n.object.Hide()
		n.layers.set(n, false, nil)
		n.on.headChanged()
	}
}

func (n *noted) close() {
	n.hide()
	n.on.Focus()
}
