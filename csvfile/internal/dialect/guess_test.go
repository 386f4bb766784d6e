package dialect

import (
	"strings"
	"testing"
)

// TestOf: how texts are written, as their start tells, and what is heeded that is given.
func TestOf(t *testing.T) {
	var no = false
	is := func(b byte) Byte { return Byte{Given: true, Value: b} }
	comma := Form{Delimiter: ',', Quote: '"'}
	with := func(change func(f *Form)) Form { f := comma; change(&f); return f }
	del := func(b byte) Form { return with(func(f *Form) { f.Delimiter = b }) }
	rows := func(row string) string { return strings.Repeat(row+"\n", 5) }
	for _, c := range []struct {
		name, text string
		given      Given
		form       Form
		table      string // how the table begins
		check      func(r Result) bool
	}{
		{"nothing", "", Given{}, comma, "", func(r Result) bool { return r.Records == 0 && !r.Header }},
		{"one column", "name\nAnn\nBen\n", Given{}, comma, "name", nil},
		{"comma", "id,name\n1,a\n2,b\n", Given{}, comma, "id,", func(r Result) bool { return r.Header && r.HeaderSure && r.Records == 3 }},
		{"semicolon with decimals", "a;b\n1,5;2,5\n3,5;4,5\n", Given{}, del(';'), "a;", nil},
		{"tab", "a\tb\n1\t2\n", Given{}, del('\t'), "a\t", nil},
		{"pipe", "a|b\n1|2\n", Given{}, del('|'), "a|", nil},
		{"unit separator", "a\x1fb\n1\x1f2\n", Given{}, del(0x1f), "a", nil},
		{"caret", "a^b\n1^2\n3^4\n", Given{}, del('^'), "a^", nil},
		{"colon", "a:b\n1:2\n3:4\n", Given{}, del(':'), "a:", nil},
		{"a space that is no delimiter", "Ann Lee\nBen\nCid May Fox\n", Given{}, comma, "Ann", nil},
		{"the file's name breaks a tie", "a|b\tc\n1|2\t3\n", Given{Extension: "tsv"}, del('\t'), "a|b", nil},
		{"a tie that nothing breaks", "a|b\tc\n1|2\t3\n", Given{}, del('\t'), "a|b", nil},
		{"another tie", "a|b\tc\n1|2\t3\n", Given{Extension: "psv"}, del('|'), "a|b", nil},
		{"a given delimiter", "a;b\n1;2\n", Given{Delimiter: is('x')}, del('x'), "a;", nil},

		{"a separator line", "sep=;\na;b,c\n1;2,3\n", Given{}, del(';'), "a;", func(r Result) bool { return r.Separator && r.Skipped == 1 }},
		{"one in quotes and capitals", "\"SEP=|\"\r\na|b\r\n1|2\r\n", Given{}, del('|'), "a|", func(r Result) bool { return r.Separator && r.LineEnding == "CRLF" }},
		{"a mark behind one", "sep=;\n\ufeffa;b\n1;2\n", Given{}, del(';'), "a;", func(r Result) bool { return r.Separator && r.Marks == 1 }},
		{"one that does not end", "sep=;", Given{}, del(';'), "sep=;", func(r Result) bool { return !r.Separator }},
		{"one that is overruled", "sep=;\na,b\n1,2\n", Given{Delimiter: is(',')}, comma, "a,b", func(r Result) bool { return r.Separator }},

		{"comments before the table", "# of a test\n#\n\na,b\n1,2\n", Given{}, comma, "a,b", func(r Result) bool { return r.Skipped == 3 && r.Comments == 2 && r.Blank == 1 }},
		{"a header that is a comment", "# of a test\n#a,b\n1,2\n3,4\n", Given{}, comma, "#a,b", func(r Result) bool { return r.Skipped == 1 && r.Comments == 1 }},
		{"nothing but comments", "# a\n# b\n", Given{}, comma, "# b", nil},
		{"comments among the rows", "a,b\n1,2\n# no row\n3,4\n5,6\n", Given{}, with(func(f *Form) { f.Comment = '#' }), "a,b", nil},
		{"rows that begin with a hash", "a,b\n#1,2\n#3,4\n", Given{}, comma, "a,b", nil},
		{"comments that are given", "%x\na,b\n%y,z\n1,2\n", Given{Comment: is('%')}, with(func(f *Form) { f.Comment = '%' }), "a,b", func(r Result) bool { return r.Comments == 1 }},
		{"no comments, as is given", "#a,b\n1,2\n", Given{Comment: is(0)}, comma, "#a,b", nil},

		{"a title above the table", "Report of May\n\nid,name,place\n" + rows("1,a,b"), Given{}, comma, "id,", func(r Result) bool { return r.Skipped == 2 && r.Header }},
		{"a title filled up to the width", "Report of May,,\nMarch 2026,,\nid,name,place\n" + rows("1,a,b"), Given{}, comma, "id,", func(r Result) bool { return r.Skipped == 2 && r.Header && r.HeaderSure }},
		{"the same with an empty row and texts", "Report of May;;\n;;\nName;Place;Note\n" + rows("Ann;Ulm;x"), Given{}, del(';'), "Name;", func(r Result) bool { return r.Skipped == 2 }},
		{"notes filled up to the width", "\"By\",Ann,,\n\"On, at\",2026-01-31,,\nid,name,qty,price\n" + rows("1,a,2,3.5"), Given{}, comma, "id,", func(r Result) bool { return r.Skipped == 2 }},
		{"the same, and no header, as is given", "Report of May,,\nid,name,place\n" + rows("1,a,b"), Given{Header: &no}, comma, "Report", nil},
		{"rows that are hardly filled", "a,,\n1,,\nb,c,d\n,,\n2,,\n", Given{}, comma, "a,,", nil},
		{"a header without most names", "a,,\n1,2,3\n4,5,6\n", Given{}, comma, "a,,", nil},
		{"notes right above the table", "By,Ann\nOn,2026-01-31\nid,name,qty,price\n" + rows("1,a,2,3.5"), Given{}, comma, "id,", func(r Result) bool { return r.Skipped == 2 }},
		{"a header that does not name the first column", "name,qty\n" + rows("1,a,2"), Given{}, comma, "name", func(r Result) bool { return r.Skipped == 0 }},
		{"a narrow row above texts", "a,b\nx,y,z,w\nu,v,s,t\n", Given{}, comma, "a,b", nil},
		{"two delimiters between cells", "id||name||n\n1||a||\n2||b||3\n", Given{}, with(func(f *Form) { f.Delimiter, f.Doubled = '|', true }), "id", func(r Result) bool { return r.Header && r.HeaderSure }},
		{"the same, and one is given", "id||name\n1||a\n", Given{Delimiter: is('|')}, del('|'), "id", nil},
		{"two that are given", "id;;name\n1;;a;b\n", Given{Delimiter: is(';'), Doubled: true}, with(func(f *Form) { f.Delimiter, f.Doubled = ';', true }), "id", nil},
		{"two in a separator line", "sep=||\nid||name\n1||a|b\n", Given{}, with(func(f *Form) { f.Delimiter, f.Doubled = '|', true }), "id", func(r Result) bool { return r.Separator }},
		{"a separator line with blanks around", " sep=^ \na^b,c\n1^2,3\n", Given{}, del('^'), "a^", func(r Result) bool { return r.Separator }},
		{"one of a space", "sep= \na b,c\n1 2,3\n", Given{}, del(' '), "a b", func(r Result) bool { return r.Separator }},
		{"a separator line that was filled up once", "sep=;;\nid;name;n\n1;a;2\n", Given{}, del(';'), "id", func(r Result) bool { return r.Separator }},
		{"a separator line that was filled up", "sep=;;;\nid;name;n\n1;a;2\n", Given{}, del(';'), "id", func(r Result) bool { return r.Separator }},
		{"empty columns", "id,,name\n1,,a\n2,x,b\n", Given{}, comma, "id", func(r Result) bool { return !r.Doubled }},
		{"a column that is empty throughout", "id,,name\n1,,a\n2,,b\n", Given{}, comma, "id", func(r Result) bool { return !r.Doubled }},
		{"lines to be left out", "x\ny\na;b\n1;2\n", Given{LinesGiven: true, Lines: 2}, del(';'), "a;b", func(r Result) bool { return r.Skipped == 2 }},
		{"more lines than there are", "x\n", Given{LinesGiven: true, Lines: 5}, comma, "", func(r Result) bool { return r.Skipped == 1 }},
		{"no header, as is given", "id,name\n1,a\n", Given{Header: &no}, comma, "id", func(r Result) bool { return !r.Header && r.HeaderSure }},

		{"backslashes", "a,b\n\"x \\\"y\\\", z\",1\n" + rows("\"u\",2"), Given{}, with(func(f *Form) { f.Escape = '\\' }), "a,b", nil},
		{"backslashes that are data", "a,b\n" + rows("\"C:\\x\",2"), Given{}, comma, "a,b", nil},
		{"single quotes", "a,b\n" + rows("'x, y','z'"), Given{}, with(func(f *Form) { f.Quote = '\'' }), "a,b", nil},
		{"an apostrophe", "a,b\n" + rows("'tis,here"), Given{}, comma, "a,b", nil},
		{"a quote that stays open", "\"a,b\n" + rows("1,2"), Given{Last: true}, with(func(f *Form) { f.Quote = 0 }), "\"a", func(r Result) bool { return r.QuotingOff }},
		{"a quote below the header that hides a table", "a,b\n\"1,2\n" + strings.Repeat("3,4\n", 30), Given{}, with(func(f *Form) { f.Quote = 0 }), "a,b", func(r Result) bool { return r.QuotingOff && r.Header }},
		{"one that hides a few rows", "a,b\n\"1,2\n" + rows("3,4"), Given{}, comma, "a,b", func(r Result) bool { return !r.QuotingOff }},
		{"one that hides a text", "a,b\n1,\"2\n" + strings.Repeat("a text, with commas, and words\n", 30), Given{}, comma, "a,b", func(r Result) bool { return !r.QuotingOff }},
		{"no quotes, as is given", "a,b\n\"1,2\n", Given{Quote: is(0)}, with(func(f *Form) { f.Quote = 0 }), "a,b", func(r Result) bool { return !r.QuotingOff }},
		{"CRs", "a;b\r1;2\r", Given{}, with(func(f *Form) { f.Delimiter, f.Ends = ';', CR }), "a;b", func(r Result) bool { return r.Records == 2 }},
		{"CRs that end nothing", "a,b\n1,x\ry\n2,z\n", Given{}, comma, "a,b", func(r Result) bool { return r.LooseCRs && r.LineEnding == "LF" }},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := Of([]byte(c.text), true, c.given)
			if r.Form != c.form || !strings.HasPrefix(c.text[r.Start:], c.table) || c.table == "" && r.Start < len(c.text) {
				t.Errorf("%+v, at %q; want %+v, at %q", r, c.text[r.Start:], c.form, c.table)
			}
			if c.check != nil && !c.check(r) {
				t.Errorf("%+v", r)
			}
		})
	}
}

// TestOfAStart: of a text that goes on, a record that is cut counts for nothing, and
// one that does not end in the sample asks for a larger one.
func TestOfAStart(t *testing.T) {
	if r := Of([]byte("a,b\n1,2\n3;4;5"), false, Given{}); r.Records != 2 || r.Delimiter != ',' {
		t.Errorf("%+v: the record that is cut was looked at", r)
	}
	rows := strings.Repeat("1,2\n", 50)
	if r := Of([]byte("a,b\n\"1,2\n"+rows), false, Given{Last: true}); !r.QuotingOff || r.Delimiter != ',' {
		t.Errorf("%+v: a quote below the header that nothing closes hides the rows", r)
	}
	if r := Of([]byte("a,b,c\n1,\"x, y\n"+rows), false, Given{Last: true}); r.QuotingOff || r.Quote != '"' {
		t.Errorf("%+v: a large cell is cut at its lines", r)
	}
	if r := Of([]byte("\"a;\n"+strings.Repeat("x\n", 50)), false, Given{}); r.Records != 0 || r.QuotingOff {
		t.Errorf("%+v: a quote is taken for text that may be closed in the rest", r)
	}
}

// TestRecastOfAStart: the record that is cut is not ended.
func TestRecastOfAStart(t *testing.T) {
	form := Form{Delimiter: ',', Quote: '\'', Escape: '\\'}
	for text, want := range map[string]string{
		"a,'b\\'\"'\nc,d": "\"a\",\"b'\"\"\"\n\"c\",\"d",
		"a\\":             "\"a",
		"a,'b\n":          "\"a\",\"b\n",
	} {
		out, odd := Recast([]byte(text), form, false)
		if string(out) != want || odd.Unclosed {
			t.Errorf("%q is %q, %+v, want %q", text, out, odd, want)
		}
	}
}
