package celltext

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"sluice/visible"
)

func TestOneLine(t *testing.T) {
	for _, c := range []struct {
		name, in, want string
		limit          int
	}{
		{"plain", "Größe Ωμέγα 中文", "Größe Ωμέγα 中文", 100},
		{"cut", "abcdef", "abc", 3},
		{"cut at a wide rune", "Ωμέγα", "Ωμ", 2},
		{"line breaks", "a\r\nb\nc\rd", "a¶b¶c¶d", 100},
		{"escaped break stays", `a\nb`, `a\nb`, 100},
		{"NUL and tab", "a\x00b\tc", "a‹NUL›b‹TAB›c", 100},
		{"invalid UTF-8", "a\xff\xfeb", "a‹FF›‹FE›b", 100},
		{"a real replacement character", "a\ufffdb", "a\ufffdb", 100},
		{"direction override", "a\u202eb", "a‹202E›b", 100},
		{"emoji joiner stays", "👩\u200d💻", "👩\u200d💻", 100},
		{"escape", "\x1b[31m", "‹001B›[31m", 100},
		{"stand-ins count as one", "\x00\x00\x00", "‹NUL›‹NUL›", 2},
		{"empty", "", "", 10},
	} {
		if got := OneLine(c.in, c.limit); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestLines(t *testing.T) {
	for _, c := range []struct {
		name, in string
		width    int
		want     []string
	}{
		{"short", "one\ntwo", 20, []string{"one", "two"}},
		{"at a space", "alpha beta gamma", 12, []string{"alpha beta", "gamma"}},
		{"no space", "abcdefghijklmnop", 10, []string{"abcdefghij", "klmnop"}},
		{"indent is kept", "    alpha beta gamma", 14, []string{"    alpha", "    beta gamma"}},
		{"blank lines", "a\r\n\r\nb", 10, []string{"a", "", "b"}},
		{"NUL", "a\x00b", 10, []string{"a‹NUL›b"}},
		{"wide", "中文字中文字中文字", 8, []string{"中文字中", "文字中文", "字"}},
		{"nothing", "", 10, []string{""}},
	} {
		if got := Lines(c.in, c.width); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func FuzzLinesLoseNothing(f *testing.F) {
	f.Add("alpha beta\n  gamma\x00\xff", 9)
	f.Fuzz(func(t *testing.T, s string, width int) {
		width = 8 + (width&0x7fffffff)%100
		for _, l := range Lines(s, width) {
			n := 0
			for _, r := range l {
				n += places(r)
			}
			if n > width || !utf8.ValidString(l) {
				t.Fatalf("line %q has %d runes, at most %d are allowed", l, n, width)
			}
		}
		squeeze := func(s string) string {
			return strings.NewReplacer(" ", "", "\n", "", string(visible.Break), "", "\r", "").Replace(s)
		}
		want := squeeze(OneLine(strings.ReplaceAll(s, "\t", " "), 1<<30))
		if got := squeeze(strings.Join(Lines(s, width), "")); got != want {
			t.Fatalf("%q became %q", want, got)
		}
	})
}

func TestFormOf(t *testing.T) {
	for in, want := range map[string]Form{
		"": Plain, "hello": Plain, "<": Plain, "< 5 and > 3": Plain, "a <b>c</b>": Plain,
		"<p>hello": Markup, "  <ac:layout><p": Markup, "<!-- x --><p/>": Markup,
		`["a", "b"]`: JSON, `{"a":1}`: JSON, `[broken`: Plain, "[1] note": Plain,
	} {
		if got := FormOf(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}

func TestIndent(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"nested", `<ac:layout><ac:layout-section><h1>Failover</h1><p>1. Page the <strong>lead</strong>.</p></ac:layout-section></ac:layout>`,
			"<ac:layout>\n  <ac:layout-section>\n    <h1>Failover</h1>\n    <p>1. Page the <strong>lead</strong>.</p>\n  </ac:layout-section>\n</ac:layout>"},
		{"cut short", `<ul><li>one</li><li>tw`, "<ul>\n  <li>one</li>\n  <li>tw"},
		{"cut in a tag", `<p>a</p><ac:image ac:wid`, "<p>a</p>\n<ac:image ac:wid"},
		{"escaped breaks between blocks", `<p>a</p>\n<p>b</p>`, "<p>a</p>\n<p>b</p>"},
		{"greater sign in an attribute", `<p title="a>b">c</p>`, `<p title="a>b">c</p>`},
		{"CDATA", `<ac:plain-text-body><![CDATA[if (a<b) { c(); }]]></ac:plain-text-body>`, `<ac:plain-text-body><![CDATA[if (a<b) { c(); }]]></ac:plain-text-body>`},
		{"empty elements", `<p>a<br/>b</p><hr/><p>c</p>`, "<p>a<br/>b</p>\n<hr/>\n<p>c</p>"},
		{"unbalanced", `</p></p><p>x`, "</p>\n</p>\n<p>x"},
		{"text around", `before<p>x</p>after`, "before\n<p>x</p>\nafter"},
		{"less sign in text", `<p>1 < 2 </p>`, `<p>1 < 2 </p>`},
	} {
		if got := Indent(c.in); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

func FuzzIndentLosesNothing(f *testing.F) {
	f.Add(`<ac:layout><p>a <b>c</b></p><![CDATA[ x ]]></ac:layout>`)
	f.Add(`<p`)
	f.Fuzz(func(t *testing.T, s string) {
		squeeze := func(s string) string {
			return strings.NewReplacer(" ", "", "\n", "", "\r", "", "\t", "", `\n`, "", "\v", "", "\f", "", "\u0085", "", "\u00a0", "").Replace(s)
		}
		if strings.ContainsAny(s, "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\u1680\\") {
			return // counted as white space, or escapes that white space may join
		}
		if a, b := squeeze(s), squeeze(Indent(s)); a != b {
			t.Fatalf("%q became %q", a, b)
		}
	})
}

func TestLaidJSON(t *testing.T) {
	if got := Laid(`["personal","expense"]`, JSON); got != "[\n  \"personal\",\n  \"expense\"\n]" {
		t.Errorf("labels are laid out as %q", got)
	}
}

func TestCutByExport(t *testing.T) {
	for _, c := range []struct {
		name  string
		limit int
		s     string
		want  bool
	}{
		{"at the limit", 10_000, strings.Repeat("a", 10_000), true},
		{"under it", 10_000, strings.Repeat("a", 9_998), false},
		{"over it: full content", 10_000, strings.Repeat("a", 12_000), false},
		{"a pair not split", 10_000, "a" + strings.Repeat("😀", 4_999), true},
		{"pairs to the limit", 10_000, strings.Repeat("😀", 5_000), true},
		{"two bytes a letter", 2_000, strings.Repeat("ö", 2_000), true},
		{"escaped breaks", 2_000, strings.Repeat("a", 1_990) + strings.Repeat(`\n`, 10), true},
		{"another column", 0, strings.Repeat("a", 10_000), false},
	} {
		if got := CutByExport(c.limit, c.s); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
