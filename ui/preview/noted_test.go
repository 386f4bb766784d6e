package preview

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"sluice/ui/look"
)

// textsOf are the texts in a part of the pane.
func textsOf(o fyne.CanvasObject) (out []string) {
	look.Walk(o, func(o fyne.CanvasObject) bool {
		if t, ok := o.(interface{ Text() string }); ok && t.Text() != "" {
			out = append(out, t.Text())
		}
		return true
	})
	return out
}

// notes are what the notes say, and the links behind each.
func (b *bench) notes() string {
	var all []string
	for _, o := range b.p.noted.list.Objects {
		all = append(all, strings.Join(textsOf(o), " | "))
	}
	return strings.Join(all, "\n")
}

// TestNotesSayFindingsInFull: each finding is said in a sentence, with its first row and what
// can be done about it, wherever the line below the table ends.
func TestNotesSayFindingsInFull(t *testing.T) {
	text := "id,name\n" + strings.Repeat("1,x\n", 300) + "2,y,extra\n" + strings.Repeat("3,z\n", 10)
	withFile(t, "some.csv", text, func(b *bench) {
		b.later(4 * watchEvery)
		n := b.p.noted
		if !n.button.Visible() || n.button.Text() != "1 note" {
			t.Errorf("the button is shown: %t, and says %q", n.button.Visible(), n.button.Text())
		}
		b.do(n.toggle)
		if got := b.notes(); !n.object.Visible() || !strings.Contains(got, "1 row has another number of cells than the header: row 301, at byte") || !strings.Contains(got, "Go there") {
			t.Errorf("shown: %t, said: %s", n.object.Visible(), got)
		}
		b.do(func() { b.p.Leave() })
		if n.object.Visible() {
			t.Error("Escape does not close the notes")
		}
	})
	withFile(t, "plain.csv", "id,name\n1,x\n2,y\n", func(b *bench) {
		b.later(4 * watchEvery)
		if b.p.noted.button.Visible() {
			t.Errorf("of a plain file is noted %s", b.notes())
		}
	})
}

// TestAQuoteThatIsNeverClosedCanBeReadAsText: the notice and the note offer it, and with it
// all rows are there.
func TestAQuoteThatIsNeverClosedCanBeReadAsText(t *testing.T) {
	withFile(t, "some.csv", "id,name\n1,\"open\n2,b\n3,c\n", func(b *bench) {
		b.later(4 * watchEvery)
		b.sees("a quote opens a cell and nothing closes it")
		if !strings.Contains(b.notes(), "Read quotes as text") {
			t.Errorf("the note offers %s", b.notes())
		}
		if said := fmt.Sprint(textsOf(b.p.notices.object)); !strings.Contains(said, "Read quotes as text") {
			t.Errorf("the notice offers %s", said)
		}
		b.do(func() { b.p.readOtherwise(quotesAsText) })
		b.later(4 * watchEvery)
		if _, got := b.cell(2, 1); got != "c" {
			t.Errorf("row 3 shows %q", got)
		}
	})
}

// TestAnUnsureEncodingIsSaidSo: how sure a guess is stands below the table, and what it may
// be as well in the notes.
func TestAnUnsureEncodingIsSaidSo(t *testing.T) {
	withFile(t, "some.csv", "\x8f\x88\x97\x9d\x8b\xe6\x95\xaa,\x8c\x8f\x90\x94\n1,2\n", func(b *bench) {
		b.later(4 * watchEvery)
		b.sees("Windows-1252, an unsure guess")
		if got := b.notes(); !strings.Contains(got, "may as well be Shift_JIS") || !strings.Contains(got, "Read as…") {
			t.Errorf("noted is %s", got)
		}
	})
}
