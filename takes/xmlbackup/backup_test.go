package xmlbackup

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"sluice/takes/feed"
	"sluice/takes/window"
)

// memory keeps what a backup holds, a line a row.
type memory struct {
	lines []string
	notes []string
}

func (m *memory) Wants(string, string) bool { return true }
func (m *memory) Note(n feed.Note)          { m.notes = append(m.notes, n.Text) }
func (m *memory) Table(t feed.Table) (feed.Rows, error) {
	return &memoryRows{m, t.Name, len(t.Columns)}, nil
}

type memoryRows struct {
	m       *memory
	table   string
	columns int
}

func (r *memoryRows) Needs(int) bool  { return true }
func (r *memoryRows) End(int64) error { return nil }
func (r *memoryRows) Row(values []feed.Value) error {
	if len(values) != r.columns {
		return fmt.Errorf("%d values for %d columns of %s", len(values), r.columns, r.table)
	}
	line := r.table
	for _, v := range values {
		text := "-"
		if v.Valid {
			text = string(v.Text)
		}
		line += "|" + text
	}
	r.m.lines = append(r.m.lines, line)
	return nil
}

func read(t *testing.T, text string) (*memory, Backup) {
	t.Helper()
	m := &memory{}
	b, err := Read(strings.NewReader(text), Descriptor{}, m)
	if err != nil {
		t.Fatal(err)
	}
	return m, b
}

func object(class, inside string) string {
	return `<object class="` + class + `" package="com.atlassian.confluence">` + inside + "</object>\n"
}

func whole(objects ...string) string {
	return `<?xml version="1.0" encoding="UTF-8"?>` + "\n<hibernate-generic datetime=\"2026-01-02 03:04:05\">\n" + strings.Join(objects, "") + "</hibernate-generic>\n"
}

func TestObjectsBecomeRows(t *testing.T) {
	const user = `class="ConfluenceUserImpl" package="com.atlassian.confluence.user"><id name="key"><![CDATA[k1]]></id>` + "\n"
	for name, c := range map[string]struct{ in, want string }{
		"a page": {object("Page", `<id name="id">7</id><property name="hibernateVersion">9</property><property name="title"><![CDATA[A & B]]></property>
<collection name="bodyContents" class="java.util.Collection"><element class="BodyContent" package="x"><id name="id">70</id></element></collection>
<property name="version">3</property><property name="creator" `+user+`</property><property name="creationDate">2020-01-02 03:04:05.678</property>
<property name="versionComment"/><property name="contentStatus"><![CDATA[current]]></property>
<property name="parent" class="Page" package="x"><id name="id"> 6 </id></property><property name="space" class="Space" package="x"><id name="id">1</id>
</property>`), "content|7|PAGE|A & B|3|k1|2020-01-02 03:04:05.678|-|-|-|-|current|-|1|6|-"},
		"a comment": {object("Comment", `<id name="id">8</id><property name="parent" class="Comment" package="x"><id name="id">9</id></property>
<property name="containerContent" class="Page" package="x"><id name="id">7</id></property><property name="contentStatus">deleted</property>`),
			"content|8|COMMENT|-|-|-|-|-|-|-|-|deleted|7|-|-|9"},
		"a comment of an old release": {object("Comment", `<id name="id">8</id><property name="owner" class="Page" package="x"><id name="id">7</id></property><property name="creatorName"><![CDATA[Bob]]></property>`),
			"content|8|COMMENT|-|-|Bob|-|-|-|-|-|current|7|-|-|-"},
		"an old version": {object("Page", `<id name="id">8</id><property name="originalVersionId">7</property><property name="contentStatus">current</property>`),
			"content|8|PAGE|-|-|-|-|-|-|-|7|current|-|-|-|-"},
		"an old version, said twice": {object("Page", `<id name="id">8</id><property name="originalVersion" class="Page" package="x"><id name="id">7</id></property><property name="originalVersionId">7</property><property name="contentStatus">current</property>`),
			"content|8|PAGE|-|-|-|-|-|-|-|7|current|-|-|-|-"},
		"no old version": {object("Page", `<id name="id">8</id><property name="originalVersionId"/><property name="contentStatus">current</property>`),
			"content|8|PAGE|-|-|-|-|-|-|-|-|current|-|-|-|-"},
		"the key before the name": {object("Page", `<id name="id">8</id><property name="creatorName">Bob</property><property name="creator" `+user+`</property><property name="contentStatus">current</property>`),
			"content|8|PAGE|-|-|k1|-|-|-|-|-|current|-|-|-|-"},
		"a body": {object("BodyContent", `<id name="id">5</id><property name="body"> <![CDATA[ <ac:x><![CDATA[code]] ></ac:x> ]]>
</property><property name="content" class="Page" package="x"><id name="id">7</id></property><property name="bodyType">2</property>`),
			"bodycontent|5| <ac:x><![CDATA[code]]></ac:x> |7|2"},
		"an empty body": {object("BodyContent", `<id name="id">5</id><property name="body"></property><property name="content" class="Page" package="x"></property>`),
			"bodycontent|5||-|-"},
		"a body without CDATA": {object("BodyContent", `<id name="id">5</id><property name="body"> &lt;p&gt;&#65;&#x1F600;&nbsp;&bad &amp;lt; ]] ></property>`),
			"bodycontent|5| <p>A😀&nbsp;&bad &lt; ]] >|-|-"},
		"a section in two": {object("BodyContent", `<id name="id">5</id><property name="body"><![CDATA[a]]]]><![CDATA[>b]]></property>`), "bodycontent|5|a]]>b|-|-"},
		"an object in a section": {object("BodyContent", `<id name="id">5</id><property name="other"><![CDATA[</property></object>]]></property><property name="body"><![CDATA[</object>]]></property>`),
			"bodycontent|5|</object>|-|-"},
		"a space": {object("Space", `<id name="id">1</id><property name="name">N</property><property name="key"><![CDATA[~bob]]></property>
<property name="homePage" class="Page" package="x"><id name="id">7</id></property><property name="spaceStatus" enum-class="SpaceStatus" package="x">CURRENT</property>`),
			"spaces|1|~bob|N|-|CURRENT|-|-|-|-|7"},
		"a user":      {object("ConfluenceUserImpl", `<id name="key"><![CDATA[k1]]></id><property name="name">Bob</property><property name="email"/>`), "user_mapping|k1|Bob|-"},
		"a label":     {object("Label", `<id name="id">3</id><property name="name">how-to</property><property name="namespace">global</property>`), "label|3|how-to|global"},
		"a labelling": {object("Labelling", `<id name="id">4</id><property name="label" class="Label" package="x"><id name="id">3</id></property><property name="content" class="Page" package="x"><id name="id">7</id></property><property name="labelableType">CONTENT</property>`), "content_label|4|3|7|-|CONTENT"},
		"a permission set": {object("ContentPermissionSet", `<id name="id">2</id><property name="type"><![CDATA[View]]></property><collection name="contentPermissions" class="java.util.SortedSet"><element class="ContentPermission" package="x"><id name="id">9</id></element></collection><property name="owningContent" class="Page" package="x"><id name="id">7</id></property>`),
			"content_perm_set|2|View|7"},
		"a class that nobody needs": {object("Mystery", `<id name="id">1</id><property name="x"><![CDATA[<object class="Page">]]></property>`), ""},
		"a control character":       {object("Label", "<id name=\"id\">3</id><property name=\"name\">a\bb&#1;</property>"), "label|3|a\bb\x01|-"},
	} {
		t.Run(name, func(t *testing.T) {
			m, _ := read(t, whole(c.in))
			got := slices.DeleteFunc(m.lines, func(l string) bool { return strings.HasPrefix(l, "user_mapping|Bob|") })
			if strings.Join(got, "\n") != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

// TestOrderOfDirectories: an application lists its directories, and their objects
// may come before or after it.
func TestOrderOfDirectories(t *testing.T) {
	mapping := func(id, directory string) string {
		return object("DirectoryMapping", `<id name="id">`+id+`</id><property name="directory" class="DirectoryImpl" package="x"><id name="id">`+directory+`</id></property>`)
	}
	element := func(id string) string {
		return `<element class="DirectoryMapping" package="x"><id name="id">` + id + `</id></element>` + "\n"
	}
	m, _ := read(t, whole(mapping("11", "1"), object("ApplicationImpl", `<id name="id">5</id><collection name="directoryMappings" class="java.util.List">`+
		element("12")+element("11")+`</collection>`), mapping("12", "2")))
	if want := []string{"cwd_app_dir_mapping|11|1|1", "cwd_app_dir_mapping|12|2|0"}; !slices.Equal(m.lines, want) {
		t.Errorf("got %q, want %q", m.lines, want)
	}
}

func TestWhatABackupLacksIsSaid(t *testing.T) {
	_, b := read(t, whole(object("Page", `<id name="id">1</id>`)))
	said := strings.Join(b.Lacks, "\n")
	for _, want := range []string{"analytics events", "holds no users", "base URL", "excluded"} {
		if !strings.Contains(said, want) {
			t.Errorf("no word about %q in:\n%s", want, said)
		}
	}
	_, b = read(t, whole(object("ConfluenceUserImpl", `<id name="key">k</id>`), object("InternalUser", `<id name="id">1</id>`),
		object("ConfluenceBandanaRecord", `<id name="id">1</id><property name="context">_GLOBAL</property><property name="key">atlassian.confluence.settings</property><property name="value"><![CDATA[<settings/>]]></property>`)))
	if said := strings.Join(b.Lacks, "\n"); strings.Contains(said, "users") || strings.Contains(said, "base URL") {
		t.Errorf("said of a backup with users and settings:\n%s", said)
	}
	m, _ := read(t, whole(object("Page", `<id name="id">1</id><property name="title"><![CDATA[a]] >`+"\x01"+`]]></property><property name="creatorName">Bob</property>`)))
	for _, want := range []string{`"]] >"`, "One control character", "One user is known by name", "One page, blog post or comment has no contentStatus"} {
		if !slices.ContainsFunc(m.notes, func(n string) bool { return strings.Contains(n, want) }) {
			t.Errorf("no note with %q in %q", want, m.notes)
		}
	}
}

func TestACutBackupIsNoBackup(t *testing.T) {
	text := strings.TrimSpace(whole(object("Page", `<id name="id">1</id><property name="title"><![CDATA[a]]></property><!-- x --><?y z?>`), object("Mystery", `<property name="t">u</property>`)))
	for n := range len(text) {
		_, err := Read(strings.NewReader(text[:n]), Descriptor{}, &memory{})
		if !errors.Is(err, feed.ErrDamaged) {
			t.Fatalf("cut at %d: %v", n, err)
		}
	}
}

func TestOtherXMLIsRefused(t *testing.T) {
	for text, want := range map[string]string{
		`<entity-engine-xml date="1"><Action id="1"/></entity-engine-xml>`: "backup of Jira",
		`<html><body/></html>`: "root element is <html>",
		`<hibernate-generic></hibernate-generic><hibernate-generic/>`:    "more XML follows",
		`<hibernate-generic><object class="Page" <></hibernate-generic>`: "is no XML",
		`<hibernate-generic>` + strings.Repeat("<a>", 100):               "is no XML",
		`<!DOCTYPE x [<!ENTITY a "b">]>`:                                 "no XML",
	} {
		_, err := Read(strings.NewReader(text), Descriptor{}, &memory{})
		if !errors.Is(err, feed.ErrDamaged) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}

// TestPiecesOfTheBuffer: a text that is longer than the buffer comes in pieces,
// of which one may end within what means something.
func TestPiecesOfTheBuffer(t *testing.T) {
	for shift := range 24 {
		long := strings.Repeat("x", 1<<20-200+shift*10)
		body := long + "]] >" + long + "]]" + long
		m, _ := read(t, whole(object("BodyContent", `<id name="id">5</id><property name="body"><![CDATA[`+body+`]]></property>`)))
		want := "bodycontent|5|" + long + "]]>" + long + "]]" + long + "|-|-"
		if len(m.lines) != 1 || m.lines[0] != want {
			t.Fatalf("shift %d: another text came", shift)
		}
	}
}

// TestTextWithoutEnd: a text that is too long is no value, and is not kept.
func TestTextWithoutEnd(t *testing.T) {
	long := strings.Repeat("x", 2000)
	for _, body := range []string{long, "<![CDATA[" + long + "]]>", "<![CDATA[" + long[:600] + "]]><![CDATA[" + long[:600] + "]]>"} {
		x := &reader{s: &scanner{w: window.New(strings.NewReader(whole(object("BodyContent", "<property name=\"body\">"+body+"</property>"))))},
			v: newValue(1000), sink: nothing{}, rows: map[*tableOf]*rows{}}
		err := x.read()
		if !errors.Is(err, feed.ErrDamaged) || !strings.Contains(err.Error(), "longer than any value") || cap(x.v.buf) > 2000 {
			t.Errorf("%.20s…: error %v, %d bytes kept", body, err, cap(x.v.buf))
		}
	}
}

func BenchmarkRead(b *testing.B) {
	body := strings.Repeat("<p>Some text of a page, with <b>signs</b> &amp; a [link] in it.</p>", 200)
	var text bytes.Buffer
	text.WriteString("<hibernate-generic>")
	for i := range 500 {
		text.WriteString(object("Page", fmt.Sprintf(`<id name="id">%d</id><property name="title"><![CDATA[Title]]></property><property name="contentStatus"><![CDATA[current]]></property>`, i)))
		text.WriteString(object("BodyContent", fmt.Sprintf(`<id name="id">%d</id><property name="body"><![CDATA[%s]]></property>`, i, body)))
	}
	text.WriteString("</hibernate-generic>")
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(bytes.NewReader(text.Bytes()), Descriptor{}, nothing{}); err != nil {
			b.Fatal(err)
		}
	}
}

// nothing takes every table and forgets it.
type nothing struct{}

func (nothing) Wants(string, string) bool           { return true }
func (nothing) Note(feed.Note)                      {}
func (nothing) Table(feed.Table) (feed.Rows, error) { return nothing{}, nil }
func (nothing) Needs(int) bool                      { return true }
func (nothing) End(int64) error                     { return nil }
func (nothing) Row([]feed.Value) error              { return nil }
