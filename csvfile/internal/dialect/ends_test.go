package dialect

import (
	"testing"

	"sluice/csvfile/internal/block"
)

// TestEnds: what ends the records of a text, by what stands outside of quotes.
func TestEnds(t *testing.T) {
	for _, c := range []struct {
		text string
		ends Ends
		name string
	}{
		{"", LF, "LF"},
		{"a", LF, "LF"},
		{"a\nb\n", LF, "LF"},
		{"a\r\nb\r\n", LF, "CRLF"},
		{"a\nb\r\n", LF, "LF"},               // by the first
		{"a\rb\r", CR, "CR"},                 // as old spreadsheets write
		{"a\rb", CR, "CR"},                   // the last has none
		{"\"x\ny\",b\rc\r", CR, "CR"},        // LF is data there
		{"a\r\r\nb\r\r\n", CRCRLF, "CRCRLF"}, // CRLF that was taken for LF again
		{"a\rb\nc\r\n", Mixed, "mixed"},      // files that were joined
		{"a\r\r\nb\r\nc\rd\r\n", Mixed, "mixed"},
		{"\"a\rb\"\nc\nd\n", LF, "LF"}, // a CR within quotes ends nothing
		{"\"a\rb\"\r\nc\r\n", LF, "CRLF"},
		{"\"a\rb\rc\r", CR, "CR"},         // a quote that stays open hides nothing
		{"a\r\r\nb\r\nc\r\n", LF, "CRLF"}, // most of them
	} {
		if ends, name := endsOf([]byte(c.text)); ends != c.ends || name != c.name {
			t.Errorf("%q ends with %v, %s, want %v, %s", c.text, ends, name, c.ends, c.name)
		}
	}
}

// TestSyntax: the scanner is told of the text itself, or of what is made of it.
func TestSyntax(t *testing.T) {
	for _, c := range []struct {
		form  Form
		plain bool
		want  block.Syntax
	}{
		{Form{Delimiter: ';', Quote: '\''}, true, block.Syntax{Delimiter: ';', Quote: '\'', Terminator: '\n'}},
		{Form{Delimiter: ',', Quote: 0, Ends: CR}, true, block.Syntax{Delimiter: ',', Terminator: '\r'}},
		{Form{Delimiter: ',', Quote: '\'', Escape: '\\'}, false, block.Syntax{Delimiter: ',', Quote: '"', Terminator: '\n'}},
		{Form{Delimiter: '|', Comment: '#', Ends: CR}, false, block.Syntax{Delimiter: '|', Quote: '"', Terminator: '\n'}},
		{Form{Delimiter: ',', Ends: Mixed}, false, block.Syntax{Delimiter: ',', Quote: '"', Terminator: '\n'}},
		{Form{Delimiter: ',', Ends: CRCRLF}, false, block.Syntax{Delimiter: ',', Quote: '"', Terminator: '\n'}},
	} {
		if got := c.form.Syntax(); got != c.want || c.form.Plain() != c.plain {
			t.Errorf("%+v: %+v, plain %v, want %+v", c.form, got, c.form.Plain(), c.want)
		}
	}
}
