package sqltext

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"sluice/takes/feed/feedtest"
	"sluice/takes/window"
)

var (
	postgres = Dialect{}
	mysql    = Dialect{Backslash: true, MySQL: true}
)

func lexer(text string, d Dialect) *Lexer { return NewLexer(window.New(strings.NewReader(text)), d) }

var kindNames = map[Kind]string{Word: "word", Name: "name", String: "text", Hex: "hex", Number: "number", Symbol: "", Meta: "meta"}

// tokens are the tokens of a lexer: kind:text, separated by blanks.
func tokens(l *Lexer) (string, error) {
	var all []string
	for {
		t, err := l.Next()
		if err != nil || t.Kind == End {
			return strings.Join(all, " "), err
		}
		all = append(all, strings.TrimPrefix(kindNames[t.Kind]+":"+string(t.Text), ":"))
	}
}

func TestTokens(t *testing.T) {
	ansi := Dialect{Backslash: true, MySQL: true, AnsiQuotes: true}
	for _, c := range []struct {
		d          Dialect
		text, want string
	}{
		{postgres, "SELECT a_1,\"A\"\"b\"\t.ü$;", `word:SELECT word:a_1 , name:A"b . word:ü$ ;`},
		{postgres, `'it''s' '\n\'`, `text:it's text:\n\`},
		{Dialect{Backslash: true}, `'it''s' '\'\t|\\'`, "text:it's text:'\t|\\"},
		{postgres, `E'\b\f\n\r\t|\'\\\q' e'\101\x41\x4g\0601'`, "text:\b\f\n\r\t|'\\q text:AA\x04g01"},
		{postgres, `E'\u00fc\U0001F600\ud83d\ude00\u12'`, "text:ü😀😀u12"},
		{postgres, "$$a'b$$ $x$a$$b$x y$x$ $1 $", "text:a'b text:a$$b$x y $ number:1 $"},
		{postgres, "1 -1 +2.5 .5 -1.5e+3 1e-7x --1\n-a", "number:1 number:-1 number:+2.5 number:.5 number:-1.5e+3 number:1e-7x - word:a"},
		{postgres, "a -- b 'c\nd /* e /* f */ ' */ g", "word:a word:d word:g"},
		{postgres, "\\connect it's\r\na # 0x41 `", "meta:connect it's word:a # number:0x41 `"},
		{mysql, "`a``b` \"c\"\"d\\\"\" 'e\\'f''g'", "name:a`b text:c\"d\" text:e'f'g"},
		{mysql, `'\0\b\n\r\t\Z\\\q\%\_'`, "text:\x00\b\n\r\t\x1a\\q\\%\\_"},
		{mysql, "0x4142 0x # b\n-- c\nd", "hex:AB hex: word:d"},
		{mysql, "/*!40101 SET x */; /* a /* b */ c /*M!999999\\- d */", "word:SET word:x ; word:c"},
		{ansi, `"a""\b" '\n'`, "name:a\"\\b text:\n"},
		{Dialect{MySQL: true}, `'a\' "\"`, `text:a\ text:\`},
	} {
		for how, r := range map[string]io.Reader{"at once": strings.NewReader(c.text), "byte by byte": iotest.OneByteReader(strings.NewReader(c.text))} {
			if got, err := tokens(NewLexer(window.New(r), c.d)); err != nil || got != c.want {
				t.Errorf("%s, %s:\n%q, %v, want\n%q", c.text, how, got, err, c.want)
			}
		}
	}
}

// TestATextThatEndsWithinAToken is cut, and it is said where the token begins.
func TestATextThatEndsWithinAToken(t *testing.T) {
	for _, c := range []struct {
		d          Dialect
		text, says string
	}{
		{postgres, "SET 'abc", "within a text in quotes that begins at byte 4"},
		{postgres, `"abc""`, "within a text in quotes that begins at byte 0"},
		{postgres, `E'abc\'`, "within a text in quotes"},
		{mysql, `'abc\`, "within a text in quotes"},
		{mysql, "`abc", "within a text in quotes"},
		{postgres, "a $x$ b $x", "within a text in dollar quotes that begins at byte 2"},
		{postgres, "a /* /* */", "within a comment that begins at byte 2"},
		{mysql, "/* a *", "within a comment"},
		{mysql, " 0x4g", "at byte 1: a hexadecimal value that is none"},
		{mysql, "0x414", "a hexadecimal value that is none"},
	} {
		_, err := tokens(lexer(c.text, c.d))
		feedtest.Damaged(t, err, c.says)
	}
}

// TestTokensAtTheBorderOfTheBuffer: a token stands whole wherever the buffer ends.
func TestTokensAtTheBorderOfTheBuffer(t *testing.T) {
	const border = 1 << 20
	for _, c := range []struct {
		d          Dialect
		text, want string
	}{
		{postgres, `'a''b' $t$c$d$t$ E'\x41' -1.5e+3 /* x */ e`, `text:a'b text:c$d text:A number:-1.5e+3 word:e`},
		{mysql, `'a\'b' 0x41 /*!40101 c */ -- d`, "text:a'b hex:A word:c"},
	} {
		for at := range len(c.text) {
			if got, err := tokens(lexer(strings.Repeat(" ", border-at)+c.text, c.d)); err != nil || got != c.want {
				t.Errorf("%q with the border at %d: %q, %v", c.text, at, got, err)
			}
		}
	}
	long := strings.Repeat("it''s ", border/2)
	got, err := tokens(lexer("'"+long+"'", postgres))
	if want := "text:" + strings.ReplaceAll(long, "''", "'"); err != nil || got != want {
		t.Errorf("a text of %d bytes became %d, %v", len(want), len(got), err)
	}
}

// FuzzTokens: any text gives tokens, or an error of the source, and comes to an end.
func FuzzTokens(f *testing.F) {
	for i, text := range []string{"CREATE TABLE a (b int);", `E'\u00fc\'' $a$b$a$ 0x4 --`, "/*!4 `a` */ \"b\\\"\" \\c\n", "1e+\x00.5'", "\xff\xfe''"} {
		f.Add(text, byte(i))
	}
	f.Fuzz(func(t *testing.T, text string, d byte) {
		_, err := tokens(lexer(text, Dialect{Backslash: d&1 > 0, MySQL: d&2 > 0, AnsiQuotes: d&4 > 0}))
		feedtest.OfTheSource(t, err)
	})
}

// FuzzQuoted: a text that is quoted as the databases do it is the same again.
func FuzzQuoted(f *testing.F) {
	for _, text := range []string{"", "it's", `\`, `'\'`, "a\nb\x00\x1a%_", "$$ü$x$", "`\"`", "''''"} {
		f.Add(text)
	}
	double := func(quote string) func(string) string {
		return func(s string) string { return quote + strings.ReplaceAll(s, quote, quote+quote) + quote }
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, c := range []struct {
			how   string
			d     Dialect
			kind  Kind
			quote func(string) string
		}{
			{"a string", postgres, String, double("'")},
			{"a name", postgres, Name, double(`"`)},
			{"an E string", postgres, String, func(s string) string { return "E" + double("'")(strings.ReplaceAll(s, `\`, `\\`)) }},
			{"bytes", postgres, String, func(s string) string {
				var b strings.Builder
				for _, c := range []byte(s) {
					fmt.Fprintf(&b, `\%03o`, c)
				}
				return "E'" + b.String() + "'"
			}},
			{"a dollar string", postgres, String, func(s string) string { return "$q$" + strings.ReplaceAll(s, "$q", "$Q") + "$q$" }},
			{"a MySQL string", mysql, String, func(s string) string { // as mysql_real_escape_string
				return "'" + strings.NewReplacer("\x00", `\0`, "\n", `\n`, "\r", `\r`, `\`, `\\`, "'", `\'`, `"`, `\"`, "\x1a", `\Z`).Replace(s) + "'"
			}},
			{"a MySQL name", mysql, Name, double("`")},
			{"hexadecimal digits", mysql, Hex, func(s string) string { return fmt.Sprintf("0x%x", s) }},
		} {
			want := text
			if c.how == "a dollar string" {
				want = strings.ReplaceAll(text, "$q", "$Q")
				if strings.HasSuffix(want, "$") { // another end than was meant
					continue
				}
			}
			l := lexer(c.quote(text)+";", c.d)
			got, err := l.Next()
			if err != nil || got.Kind != c.kind || string(got.Text) != want {
				t.Errorf("%s of %q: %d %q, %v", c.how, text, got.Kind, got.Text, err)
			}
			if end, err := l.Next(); err != nil || !end.IsSymbol(';') {
				t.Errorf("%s of %q: %q follows, %v", c.how, text, end.Text, err)
			}
		}
	})
}
