package redact

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"sluice/columns"
)

// TestFile: columns that are dropped are gone; one that is changed as a whole is a text.
func TestFile(t *testing.T) {
	pages, _ := columns.Find(columns.Confluence, "pages")
	p, err := mustParse(t, "profile: gdpr\ncolumns: {page_id: pseudonymise, labels: mask, created_date: cut 4}").Plan("pages", pages.Names(), testKey, nil)
	if err != nil {
		t.Fatal(err)
	}
	left := p.File(pages)
	if !slices.Equal(left.Names(), p.Header()) {
		t.Errorf("%v, %v", left.Names(), p.Header())
	}
	for name, want := range map[string]columns.Type{"page_id": columns.TypeText, "labels": columns.TypeText, "created_date": columns.TypeText,
		"updated_date": columns.TypeTime, "page_version": columns.TypeNumber, "creator_id": columns.TypeText, "page_title": ""} {
		if got := left.Column(name).Type; got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if !left.Column("page_id").Key || left.Key().Name != "page_id" {
		t.Error("the key is none any more")
	}
	if p.Late() != "" {
		t.Error(p.Late())
	}
}

// TestEnough: what a cell becomes is told by no more of its start than Enough says.
func TestEnough(t *testing.T) {
	header := confluence("pages")
	title, body := slices.Index(header, "page_title"), slices.Index(header, "page_content")
	for text, c := range map[string]struct {
		column int
		ok     bool
		stream bool
	}{"holds: {bodies: mask}": {body, true, false}, "holds: {bodies: cut 7}": {body, true, false}, "holds: {titles: pseudonymise}": {title, true, false},
		"profile: no-people": {body, false, true}, "holds: {labels: drop}": {body, false, false}, "unknown: keep\nholds: {labels: drop}": {title, false, false}} {
		p, err := mustParse(t, text).Plan("pages", header, testKey, nil)
		if err != nil {
			t.Fatal(err)
		}
		p.Break = "<br>"
		n, ok := p.Enough(c.column)
		if ok != c.ok || (p.Stream(c.column) != nil) != c.stream {
			t.Errorf("%s: %d, %v, %v", text, n, ok, p.Stream(c.column))
		}
		for _, cell := range []string{strings.Repeat("\U0001F600", 20), strings.Repeat("<br>", 20), strings.Repeat("\r\n", 20)} {
			if whole := string(p.Cell(c.column, []byte(cell), nil)); ok && whole != string(p.Cell(c.column, []byte(cell[:min(n, len(cell))]), nil)) {
				t.Errorf("%s: %.20q: %d bytes are not enough", text, cell, n)
			}
		}
	}
}

// TestCut: a line break is one character, however it is written.
func TestCut(t *testing.T) {
	for _, c := range []struct {
		text   string
		length int
		as     string
		want   string
	}{{"a\r\nb\rc", 3, `\n`, "a\r\nb"}, {`a\nb\nc`, 3, `\n`, `a\nb`}, {`a\nb`, 2, "", `a\`}, {"a\r\nb", 2, "", "a\r"}, {"äö", 1, "", "ä"}, {"a", 9, "x", "a"}, {"", 1, "", ""}} {
		if got := string(cut([]byte(c.text), c.length, c.as)); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
	if got := string(escaped([]byte("a\r\nb\rc\n\n"), "<br>")); got != "a<br>b<br>c<br><br>" {
		t.Error(got)
	}
}

// TestMaker: pseudonyms that are made again, or for which there is no room, are the same.
func TestMaker(t *testing.T) {
	m := testKey.maker()
	for round := range 2 {
		for i := range mostKnown + 10 {
			text := fmt.Sprint("u", i)
			if got := string(m.append(nil, domainPerson, []byte(text))); got != person(text) {
				t.Fatalf("%d, %s: %s", round, text, got)
			}
		}
	}
	if long := strings.Repeat("x", 1000); string(m.append(nil, domainText, []byte(long))) != string(testKey.maker().append(nil, domainText, []byte(long))) || len(m.known) > mostKnown {
		t.Error(len(m.known))
	}
	if string(m.append(nil, domainPerson, []byte("x"))) == string(m.append(nil, domainSpace, []byte("x"))) {
		t.Error("a person and a space have one pseudonym")
	}
}

// TestTellSpace: people are told no key that the files do not tell.
func TestTellSpace(t *testing.T) {
	for text, want := range map[string]string{"profile: gdpr": "ENG " + space("~ann") + " HR", "spaces: {exclude: [HR], personal: drop}": "ENG " + Masked + " " + Masked, "holds: {space-keys: drop}": Masked + " " + Masked + " " + Masked,
		"profile: no-content": "ENG ~ann HR"} {
		var got []string
		for _, key := range []string{"ENG", "~ann", "HR"} {
			got = append(got, mustParse(t, text).TellSpace(key, testKey))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", text, got, want)
		}
	}
}

// TestName: people are told a profile, and whether something was changed.
func TestName(t *testing.T) {
	sums := map[string]bool{}
	for text, want := range map[string]string{"profile: gdpr": "gdpr", "profile: gdpr\nunknown: keep": "gdpr, changed by rules of a file", "holds: {titles: drop}": "rules of a file"} {
		r := mustParse(t, text)
		if r.Name() != want {
			t.Errorf("%s: %s", text, r.Name())
		}
		sums[r.Sum()] = true
	}
	if len(sums) != 3 {
		t.Error("rules are not told apart")
	}
}
