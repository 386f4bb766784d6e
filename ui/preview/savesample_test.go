package preview

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sluice/csvfile"
	"sluice/csvfile/saveas"
)

// chooses picks a value of a part of the dialect.
func (d *saveDialect) chooses(part int, value string) {
	d.boxes[part].box.SetSelectedIndex(slices.Index(d.boxes[part].values, value))
}

// TestWhatIsSavedIsShownFirst: how the file will begin is shown, changes with each choice, and
// is what is then written; what cannot be written is said before.
func TestWhatIsSavedIsShownFirst(t *testing.T) {
	withFile(t, "some.csv", "id,name\n1,\"a, b\"\n2,=c\n", func(b *bench) {
		b.later(time.Second)
		s := b.p.save
		lines := func() string {
			b.later(100 * time.Millisecond)
			return s.sample.lines[0].Text() + "\n" + s.sample.lines[1].Text()
		}
		b.do(s.open)
		if got := lines(); got != "id,name\n1,\"a, b\"" || s.hint.Visible() {
			t.Errorf("first is shown %q; the sentence about spreadsheets: %t", got, s.hint.Visible())
		}
		b.do(func() { s.dialect.chooses(0, ";"); s.dialect.chooses(1, `"all`); s.safe.SetOn(true) })
		if got := lines(); got != `"id";"name"`+"\n"+`"1";"a, b"` || !s.hint.Visible() || !strings.HasPrefix(s.means.Text(), "Text as it is chosen") {
			t.Errorf("after choices %q; the sentence about spreadsheets: %t; %s", got, s.hint.Visible(), s.means.Text())
		}
		out := filepath.Join(t.TempDir(), "out.csv")
		b.do(func() {
			s.dialect.chooses(2, "CRLF")
			s.dialect.chooses(4, "no")
			s.dialect.mark.SetOn(true)
			s.run(out)
		})
		b.later(time.Second)
		if saved, err := os.ReadFile(out); err != nil || string(saved) != "\xef\xbb\xbf\"1\";\"a, b\"\r\n\"2\";\"'=c\"\r\n" {
			t.Errorf("saved is %q, %v", saved, err)
		}
		b.do(s.open)
		b.do(func() { s.dialect.chooses(3, "Windows-1252") })
		b.later(100 * time.Millisecond)
		if !s.sample.failed.Visible() || !strings.Contains(s.sample.failed.Text(), "has no byte order mark") {
			t.Errorf("a mark that the encoding lacks: %q", s.sample.failed.Text())
		}
		b.do(func() { s.form.SetSelectedIndex(4) })
		b.later(100 * time.Millisecond)
		if s.dialect.object.Visible() || s.sample.object.Visible() {
			t.Error("JSON Lines offer a dialect")
		}
	})
}

// TestFormsSetTheDialect: each form of text sets all choices, and options are those of the
// form until one is changed.
func TestFormsSetTheDialect(t *testing.T) {
	d := newSaveDialect(func() { t.Error("setting a form counts as a choice") })
	for _, k := range saveForms {
		if k.o.Form != saveas.CSV && k.o.Form != saveas.TSV {
			continue
		}
		d.fill(k.o.CSV, k.o.Form == saveas.CSV)
		if got := d.options(); got.Delimiter != k.o.CSV.Delimiter || got.Quote != k.o.CSV.Quote || got.LineEnding != k.o.CSV.LineEnding || got.BOM != k.o.CSV.BOM || got.QuoteAll {
			t.Errorf("%+v gives %+v", k.o.CSV, got)
		}
	}
	d.fill(csvfile.SaveOptions{Quote: '"', QuoteAll: true, Header: "no", Encoding: "utf-16le"}, true)
	if got := d.options(); !got.QuoteAll || got.Quote != '"' || got.Header != "no" || got.Encoding != "" && !strings.EqualFold(got.Encoding, "utf-16le") {
		t.Errorf("%+v", got)
	}
}
