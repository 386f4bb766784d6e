package docs

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestEveryGuideIsATopic holds the order against the files, and each guide to its form.
func TestEveryGuideIsATopic(t *testing.T) {
	files, err := filepath.Glob("guides/*.md")
	if err != nil || len(files) != len(order) {
		t.Fatalf("%d files and %d topics, %v", len(files), len(order), err)
	}
	picture := regexp.MustCompile(`!\[[^\]]+\]\(\.\./(screenshots/[a-z-]+\.png)\)`)
	for _, file := range files {
		topic := strings.TrimSuffix(filepath.Base(file), ".md")
		if !slices.Contains(order, topic) {
			t.Errorf("%s is no topic", file)
		}
		text, ok := Guide(topic)
		if !ok || !strings.HasPrefix(text, "# "+Title(topic)+"\n") || Title(topic) == "" {
			t.Errorf("%s has no title", file)
		}
		if len(CommandsIn(text)) == 0 {
			t.Errorf("%s has no command", file)
		}
		shown := picture.FindStringSubmatch(text)
		if shown == nil {
			t.Errorf("%s has no picture", file)
			continue
		}
		if _, err := os.Stat(shown[1]); err != nil {
			t.Errorf("%s: %v", file, err)
		}
		for _, other := range regexp.MustCompile("`sluice help ([a-z-]+)`").FindAllStringSubmatch(text, -1) {
			if !slices.Contains(order, other[1]) && other[1] != "exit-codes" {
				t.Errorf("%s sends to %q, which is no topic", file, other[1])
			}
		}
		for _, page := range regexp.MustCompile(`docs/[a-z-]+\.md`).FindAllString(text, -1) {
			if _, err := os.Stat(filepath.Base(page)); err != nil {
				t.Errorf("%s: %v", file, err)
			}
		}
	}
	if _, ok := Guide("../docs"); ok {
		t.Error("a path is no topic")
	}
}

// TestPlain: what a terminal shows has no signs of Markdown, fits, and leaves commands as
// they are to be typed.
func TestPlain(t *testing.T) {
	in := "# A title\n\nSome **bold** words and `code`, wrapped behind\nthe twentieth.\n![a picture](x.png)\n\n* one entry that is long, too\n* [two](page.md)\n\n" +
		"    sluice a-command --that-is-longer 'than the rest'\n"
	want := "A title\n=======\n\nSome \"bold\" words\nand code, wrapped\nbehind the\ntwentieth.\n\n* one entry that is\n  long, too\n* two (page.md)\n\n" +
		"    sluice a-command --that-is-longer 'than the rest'\n"
	if got := Plain(in, 20); got != want {
		t.Errorf("%q\nwant\n%q", got, want)
	}
	for _, topic := range Topics() {
		text, _ := Guide(topic)
		plain := Plain(text, 80)
		for _, line := range strings.Split(plain, "\n") {
			if !strings.HasPrefix(line, commandIndent) && (len([]rune(line)) > 80 || strings.ContainsAny(line, "`") || strings.Contains(line, "](")) {
				t.Errorf("%s: %q", topic, line)
			}
		}
		for _, line := range CommandsIn(text) {
			if !strings.Contains(plain, commandIndent+line+"\n") {
				t.Errorf("%s: the command %q was changed", topic, line)
			}
		}
	}
}
