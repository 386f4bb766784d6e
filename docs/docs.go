// Package docs are the guides of Sluice, one for each task, which the program brings
// along: "sluice help TOPIC" shows them without a network and without a browser.
//
// A guide is Markdown of a few kinds: headings, paragraphs, lists, commands that are
// indented by four spaces, and pictures, which a terminal leaves out.
package docs

import (
	"bufio"
	"embed"
	"fmt"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"
)

//go:embed guides/*.md
var guides embed.FS

// order is that of somebody's first weeks; a test holds it to the files.
var order = []string{"connecting", "snapshots", "exporting", "forcing", "previewing", "scheduling", "delivering", "redacting",
	"spark", "hive", "power-bi", "tableau", "serving", "many-servers", "security"}

// Topics are the names of the guides, in the order in which somebody needs them.
func Topics() []string { return append([]string{}, order...) }

// Guide is the text of a guide in Markdown; false if there is none of that name.
func Guide(topic string) (text string, ok bool) {
	b, err := guides.ReadFile(path.Join("guides", topic+".md"))
	return string(b), err == nil
}

// Title is the heading of a guide.
func Title(topic string) string {
	text, _ := Guide(topic)
	first, _, _ := strings.Cut(text, "\n")
	return strings.TrimPrefix(first, "# ")
}

// CommandsIn are the lines of Markdown that are indented by four spaces: what is to be typed, or
// stands in a file.
func CommandsIn(markdown string) (lines []string) {
	for s := bufio.NewScanner(strings.NewReader(markdown)); s.Scan(); {
		if line, is := strings.CutPrefix(s.Text(), commandIndent); is {
			lines = append(lines, line)
		}
	}
	return lines
}

const commandIndent = "    "

// inline are the signs of Markdown within a line, with what is left of them.
var inline = []struct {
	sign *regexp.Regexp
	with string
}{
	{regexp.MustCompile(`\*\*([^*]+)\*\*`), `"$1"`},
	{regexp.MustCompile("`([^` ]+)`"), "$1"},
	{regexp.MustCompile("`([^`]+)`"), `"$1"`}, // where it begins and ends would not be seen
	{regexp.MustCompile(`\[([^\]]+)\]\(([^)]+)\)`), "$1 ($2)"},
}

// Plain is a guide for a terminal of so many columns; commands are not wrapped, so that
// they can be copied.
func Plain(markdown string, columns int) string {
	var b strings.Builder
	var paragraph []string
	flush := func() {
		if len(paragraph) > 0 {
			b.WriteString(wrapped(strings.Join(paragraph, " "), columns))
			paragraph = nil
		}
	}
	blank := true
	for line := range strings.Lines(markdown) {
		line = strings.TrimRight(line, "\r\n")
		if strings.HasPrefix(line, "![") {
			continue
		}
		if line == "" {
			flush()
			if !blank {
				b.WriteString("\n")
			}
			blank = true
			continue
		}
		blank = false
		switch {
		case strings.HasPrefix(line, commandIndent):
			flush()
			b.WriteString(line + "\n")
		case strings.HasPrefix(line, "#"):
			flush()
			title := strings.TrimLeft(line, "# ")
			fmt.Fprintf(&b, "%s\n%s\n", title, strings.Repeat("=", utf8.RuneCountInString(title)))
		default:
			if strings.HasPrefix(line, "* ") {
				flush()
			}
			paragraph = append(paragraph, line)
		}
	}
	flush()
	return b.String()
}

// wrapped is a paragraph or an entry of a list in lines of so many characters.
func wrapped(text string, columns int) string {
	for _, i := range inline {
		text = i.sign.ReplaceAllString(text, i.with)
	}
	indent := ""
	if strings.HasPrefix(text, "* ") {
		indent = "  "
	}
	var b strings.Builder
	length := 0
	for _, word := range strings.Fields(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case length == 0:
		case length+1+n > columns:
			b.WriteString("\n" + indent)
			length = len(indent)
		default:
			b.WriteString(" ")
			length++
		}
		b.WriteString(word)
		length += n
	}
	return b.String() + "\n"
}
