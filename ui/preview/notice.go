package preview

import (
	"fyne.io/fyne/v2"

	"sluice/ui/look"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// action is a button of a notice.
type action struct {
	label string
	do    func()
}

// notices are sentences above the table about the file as a whole, each with what
// can be done about it. A key names what a notice is about: a newer one about the
// same takes its place.
type notices struct {
	object  *fyne.Container
	byKey   map[string]*noticeView
	changed func() // the room that the notices take
}

type noticeView struct {
	text  *look.Paragraph
	plain string
	tone  tone.Tone
	box   fyne.CanvasObject
}

// What notices are about.
const (
	aboutChange = "change" // the file on disk
	aboutJump   = "jump"   // a row that the index has not reached
	aboutRead   = "read"   // rows that can't be read
	aboutIndex  = "index"
	aboutFind   = "find"
	aboutSave   = "save"
	aboutSort   = "sort"
	aboutQuote  = "quote"
	aboutDamage = "damage"
	aboutTable  = "table" // that it is none
	aboutComing = "coming"
	aboutGroups = "groups"
)

func newNotices(changed func()) *notices {
	n := &notices{object: look.NewColumn(8), byKey: map[string]*noticeView{}, changed: changed}
	n.object.Hide()
	return n
}

// show puts a notice up, or changes the one about the same; the actions of one
// that is up stay as they are.
func (n *notices) show(key string, t tone.Tone, text string, actions ...action) {
	if v, ok := n.byKey[key]; ok && v.tone == t {
		if v.plain != text {
			v.plain = text
			v.text.Set(text)
		}
		return
	}
	n.drop(key)
	v := &noticeView{plain: text, tone: t, text: look.NewParagraph(text, look.SizeTable, look.ColorText)}
	line := []fyne.CanvasObject{look.NewIcon(noticeIcon(t), 16, look.ToneColor(t)), v.text}
	for _, a := range actions {
		line = append(line, look.NewLink(a.label, "", a.do))
	}
	v.box = look.NewTinted(look.ToneTint(t), look.NewStretchRow(12, 1, line...))
	n.byKey[key] = v
	n.object.Add(v.box)
	n.object.Show()
	n.changed()
}

func noticeIcon(t tone.Tone) string {
	switch t {
	case tone.Bad:
		return "failed"
	case tone.Caution:
		return "warning"
	case tone.Good:
		return "completed"
	}
	return "info"
}

// drop takes a notice down.
func (n *notices) drop(key string) {
	v, ok := n.byKey[key]
	if !ok {
		return
	}
	delete(n.byKey, key)
	n.object.Remove(v.box)
	if len(n.byKey) == 0 {
		n.object.Hide()
	}
	n.changed()
}

// dismissal takes down what is said about something.
func (n *notices) dismissal(about string) action {
	return action{texts.T.Preview.Pane.Dismiss, func() { n.drop(about) }}
}

// clear takes all notices down.
func (n *notices) clear() {
	for k := range n.byKey {
		n.drop(k)
	}
}

// texts are the notices that are up, by what they are about.
func (n *notices) texts() map[string]string {
	out := map[string]string{}
	for k, v := range n.byKey {
		out[k] = v.plain
	}
	return out
}
