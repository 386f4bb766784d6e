package demo

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// fragment is a piece of a body in storage format, well-formed on its own.
type fragment struct {
	text  string
	units int // length in UTF-16 units
}

func newFragment(text string) fragment { return fragment{text: text, units: units(text)} }

// units counts the UTF-16 units of valid UTF-8 text: one for every character and one more for each outside the Basic
// Multilingual Plane, whose encodings are the ones of four bytes.
func units(s string) int {
	n := utf8.RuneCountInString(s)
	for i := range len(s) {
		if s[i] >= 0xF0 {
			n++
		}
	}
	return n
}

// library holds the fragments that the bodies of a snapshot are put together from.
type library struct {
	english []fragment
	others  [][]fragment // by language, in the order of the list of the same name
	short   [][]fragment // by language, English first: single paragraphs for comments
}

const (
	fragmentsOfEnglish  = 192
	fragmentsOfLanguage = 24
)

func newLibrary(r *random) *library {
	lib := &library{english: fragmentsOf(r, &english, fragmentsOfEnglish)}
	lib.short = append(lib.short, shortFragments(r, &english))
	for i := range others {
		lib.others = append(lib.others, fragmentsOf(r, &others[i], fragmentsOfLanguage))
		lib.short = append(lib.short, shortFragments(r, &others[i]))
	}
	return lib
}

func fragmentsOf(r *random, l *language, n int) []fragment {
	list := make([]fragment, 0, n)
	for i := range n {
		list = append(list, newFragment(shapes[i%len(shapes)](r, l)))
	}
	return list
}

func shortFragments(r *random, l *language) []fragment {
	list := make([]fragment, 0, 2*len(l.sentences))
	for _, s := range l.sentences {
		list = append(list, newFragment("<p>"+escape(s)+"</p>"))
		list = append(list, newFragment("<p>"+escape(s)+"<br />"+escape(pick(r, l.sentences))+"</p>"))
	}
	return list
}

// shapes build fragments of different kinds: the elements and macros that real pages are full of. Paragraphs stand
// more than once because they are the most frequent.
var shapes = []func(*random, *language) string{
	paragraph, heading, paragraph, list, paragraph, code, table, paragraph, panel, tasks, links, columns,
	paragraph, image, heading, details, paragraph, quotation,
}

func sentences(r *random, l *language, n int64) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(escape(pick(r, l.sentences)))
	}
	return b.String()
}

func paragraph(r *random, l *language) string {
	return "<p>" + sentences(r, l, 2+r.below(5)) + "</p>\n"
}

func heading(r *random, l *language) string {
	return fmt.Sprintf("<h%d>%s</h%[1]d>\n<p>%s&nbsp;&mdash; %s</p>", 2+r.below(2), escape(pick(r, l.titles)),
		sentences(r, l, 1), sentences(r, l, 1+r.below(2)))
}

func list(r *random, l *language) string {
	var b strings.Builder
	b.WriteString("<ul>\n")
	for range 2 + r.below(5) {
		b.WriteString("<li>" + sentences(r, l, 1) + "</li>\n")
	}
	b.WriteString("</ul>\n")
	return b.String()
}

func code(r *random, _ *language) string {
	language := pick(r, []string{"bash", "java", "sql", "json"})
	text := map[string]string{
		"bash": "#!/bin/sh\nset -eu\nfor f in *.csv; do\n\twc -l \"$f\"   # count, compare\ndone\nprintf 'a\\tb\\n'",
		"java": "if (a < b && b > c) {\r\n    log.warn(\"order: {}, {}\", a, b);\r\n}\r\n",
		"sql":  "SELECT title, version\nFROM content\nWHERE title LIKE '%\"plan\"%'\n  AND version > 1;",
		"json": "{\n  \"name\": \"demo\",\n  \"tags\": [\"a\", \"b\", \"c\\\\d\"],\n  \"ratio\": 0.75\n}",
	}[language]
	return `<ac:structured-macro ac:name="code" ac:schema-version="1" ac:macro-id="` + uuid(r) + `"><ac:parameter ac:name="language">` +
		language + `</ac:parameter><ac:plain-text-body><![CDATA[` + text + `]]></ac:plain-text-body></ac:structured-macro>`
}

func table(r *random, l *language) string {
	var b strings.Builder
	b.WriteString(`<table class="wrapped"><colgroup><col /><col /><col /></colgroup><tbody>`)
	b.WriteString("<tr><th>No.</th><th>Item</th><th style=\"text-align: right;\">Amount</th></tr>\n")
	for i := range 2 + r.below(5) {
		fmt.Fprintf(&b, "<tr><td>%d</td><td>%s</td><td style=\"text-align: right;\">%d,%03d.%02d</td></tr>\n", i+1,
			escape(pick(r, l.titles)), 1+r.below(80), r.below(1000), r.below(100))
	}
	b.WriteString("</tbody></table>")
	return b.String()
}

func panel(r *random, l *language) string {
	return `<ac:structured-macro ac:name="` + pick(r, []string{"info", "note", "warning", "tip", "panel"}) +
		`" ac:schema-version="1" ac:macro-id="` + uuid(r) + `"><ac:parameter ac:name="title">` + escape(pick(r, l.titles)) +
		`</ac:parameter><ac:rich-text-body><p>` + sentences(r, l, 2) + `</p></ac:rich-text-body></ac:structured-macro>`
}

func tasks(r *random, l *language) string {
	var b strings.Builder
	b.WriteString("<ac:task-list>\n")
	for range 1 + r.below(4) {
		fmt.Fprintf(&b, "<ac:task>\n<ac:task-id>%d</ac:task-id>\n<ac:task-status>%s</ac:task-status>\n<ac:task-body><span>%s</span></ac:task-body>\n</ac:task>\n",
			1+r.below(40), pick(r, []string{"complete", "incomplete"}), sentences(r, l, 1))
	}
	b.WriteString("</ac:task-list>")
	return b.String()
}

func links(r *random, l *language) string {
	return `<p>See <ac:link><ri:page ri:content-title="` + escape(pick(r, l.titles)) + `" /><ac:plain-text-link-body><![CDATA[` +
		pick(r, l.titles) + `]]></ac:plain-text-link-body></ac:link>, <a href="https://www.example.org/search?q=a&amp;lang=en">example.org</a> and ` +
		`<time datetime="2026-03-0` + fmt.Sprint(1+r.below(9)) + `" />. ` + sentences(r, l, 1) + "</p>\n"
}

func columns(r *random, l *language) string {
	return `<ac:layout><ac:layout-section ac:type="two_equal"><ac:layout-cell><p>` + sentences(r, l, 2) +
		"</p></ac:layout-cell>\n<ac:layout-cell><p>" + sentences(r, l, 2) + "</p></ac:layout-cell></ac:layout-section></ac:layout>"
}

func image(r *random, l *language) string {
	return `<p><ac:image ac:height="250" ac:alt="` + escape(pick(r, l.titles)) + `"><ri:attachment ri:filename="` +
		escape(pick(r, fileNames)) + `" /></ac:image></p>` + "\n<p><em>" + sentences(r, l, 1) + "</em></p>"
}

func details(r *random, l *language) string {
	return `<ac:structured-macro ac:name="expand" ac:schema-version="1"><ac:rich-text-body>` + paragraph(r, l) + list(r, l) +
		`</ac:rich-text-body></ac:structured-macro>`
}

func quotation(r *random, l *language) string {
	return "<blockquote><p>" + sentences(r, l, 1) + "</p></blockquote>\n<hr />\n<p><strong>" + escape(pick(r, l.titles)) +
		"</strong>:\t" + sentences(r, l, 2) + "</p>"
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// escape makes plain text part of a body.
func escape(s string) string { return escaper.Replace(s) }

// uuid returns a version 4 UUID.
func uuid(r *random) string {
	hi, lo := r.src.Uint64(), r.src.Uint64()
	return fmt.Sprintf("%08x-%04x-4%03x-%04x-%012x", hi>>32, hi>>16&0xffff, hi&0xfff, lo>>48&0x3fff|0x8000, lo&0xffffffffffff)
}
