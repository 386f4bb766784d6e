package recode

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"sluice/takes/feed"
)

func TestStyles(t *testing.T) {
	for _, c := range []struct{ style, in, want string }{ // as PostgreSQL 15 prints them
		{"German, DMY", "22.11.2022 20:42:44.083", "2022-11-22 20:42:44.083"},
		{"german", "01.02.2022 00:00:00", "2022-02-01 00:00:00"},
		{"SQL, MDY", "11/22/2022 20:42:44.083", "2022-11-22 20:42:44.083"},
		{"SQL,DMY", "22/11/2022 20:42:44", "2022-11-22 20:42:44"},
		{"Postgres, MDY", "Tue Nov 22 20:42:44.083 2022", "2022-11-22 20:42:44.083"},
		{"DMY, postgres", "Tue 22 Nov 20:42:44.083 2022", "2022-11-22 20:42:44.083"},
		{"'Postgres', 'European'", "Tue 01 Feb 20:42:44 2022", "2022-02-01 20:42:44"},
		{"German", "infinity", "infinity"},
		{"German", "22.11.10022 20:42:44", "10022-11-22 20:42:44"},
		{"German", "22.11.0022 20:42:44 BC", "0022-11-22 20:42:44 BC"},
		{"Postgres", "Tue Nov 22 20:42:44 2022 BC", "2022-11-22 20:42:44 BC"},
		{"German", "2022-11-22 20:42:44", ""},
		{"SQL, MDY", "22/11/2022 20:42:44", ""}, // a month 22
		{"Postgres", "Tue Foo 22 20:42:44 2022", ""},
		{"Postgres", "Tue", ""},
		{"SQL", "", ""},
	} {
		s, ok := ParseStyle(c.style)
		if !ok {
			t.Errorf("%s: no style", c.style)
			continue
		}
		got, ok := s.appendISO(nil, []byte(c.in))
		if string(got) != c.want || ok != (c.want != "") {
			t.Errorf("%s: %q gives %q, %v, want %q", c.style, c.in, got, ok, c.want)
		}
	}
	if _, ok := ParseStyle("klingon"); ok {
		t.Error("a style that nobody knows is one")
	}
	if s, _ := ParseStyle("SQL"); !s.Guessed() {
		t.Error("the order of day and month is not guessed")
	}
}

// taken keeps rows and notes.
type taken struct {
	rows  []string
	notes []string
}

func (m *taken) Wants(string, string) bool           { return true }
func (m *taken) Note(n feed.Note)                    { m.notes = append(m.notes, n.Text) }
func (m *taken) Table(feed.Table) (feed.Rows, error) { return m, nil }
func (m *taken) Needs(column int) bool               { return column != 3 }
func (m *taken) End(int64) error                     { return nil }
func (m *taken) Row(values []feed.Value) error {
	var cells []string
	for _, v := range values {
		cells = append(cells, string(v.Text))
	}
	m.rows = append(m.rows, strings.Join(cells, "|"))
	return nil
}

func TestValues(t *testing.T) {
	m := &taken{}
	style, _ := ParseStyle("German")
	s := &Sink{Sink: m, Charset: charmap.Windows1252, Style: style}
	rows, err := s.Table(feed.Table{Name: "content", Columns: []string{"title", "creationdate", "versioncomment", "lowertitle", "lastmoddate"}})
	if err != nil {
		t.Fatal(err)
	}
	value := func(s string) feed.Value { return feed.Value{Text: []byte(s), Valid: true} }
	long := strings.Repeat("\xe4", 1000)
	for _, row := range [][]feed.Value{
		{value("Gr\xf6\xdfe \x80"), value("22.11.2022 20:42:44"), value(long), value("\xff"), {}},
		{value("01.02.2022"), value("yesterday"), value("\x81"), {}, value("01.02.2022")},
	} {
		if err := rows.Row(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := rows.End(-1); err != nil {
		t.Fatal(err)
	}
	want := []string{"Größe €|2022-11-22 20:42:44|" + strings.Repeat("ä", 1000) + "|\xff|", "01.02.2022|yesterday|\ufffd||2022-02-01"}
	if !slices.Equal(m.rows, want) {
		t.Errorf("rows %q\nwant %q", m.rows, want)
	}
	if len(m.notes) != 2 || !strings.Contains(m.notes[0], "one time is not; it was kept as it stands") || !strings.Contains(m.notes[1], "one byte means nothing; it became U+FFFD") {
		t.Errorf("notes %q", m.notes)
	}
	plain, err := (&Sink{Sink: m}).Table(feed.Table{})
	if err != nil || plain != feed.Rows(m) {
		t.Error("rows that need no change are not passed on as they are")
	}
}
