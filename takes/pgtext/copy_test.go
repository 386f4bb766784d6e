package pgtext

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"

	"sluice/takes/feed"
	"sluice/takes/feed/feedtest"
	"sluice/takes/window"
)

var label = feed.Table{Schema: "a", Name: "label", Columns: []string{"labelid", "name"}}

// copied reads the rows of a COPY.
func copied(text string, crlf bool) (*feedtest.Memory, error) {
	m := &feedtest.Memory{}
	rows, err := m.Table(label)
	if err != nil {
		return nil, err
	}
	return m, Copy(window.New(iotest.OneByteReader(strings.NewReader(text))), label, rows, crlf)
}

func TestValuesOfCopy(t *testing.T) {
	for in, want := range map[string]string{ // PostgreSQL documentation, COPY, "Text Format"
		``: "", `x`: "x", `\N`: "-", `\\N`: `\N`, `x\N`: "xN", `\N\N`: "NN", `a\tb\nc\rd\\`: "a\tb\nc\rd\\",
		`\b\f\v`: "\b\f\v", `\101\60\0601`: "A001", `\8`: "8", `\x41\x4g\xg`: "A\x04gxg", `\.`: ".", `\"ü`: `"ü`, `x\`: `x\`, `\777`: "\xff",
	} {
		m, err := copied("1\t"+in+"\n\\.\n", false)
		if err != nil || m.Text() != "a.label|1|"+want+"\n" {
			t.Errorf("%s: %q, %v, want %q", in, m.Lines, err, want)
		}
	}
}

func TestRowsOfCopy(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		crlf bool
		rows string // of a.label
		says string // "" for no error
	}{
		"none":                  {"\\.\n", false, "", ""},
		"two":                   {"1\ta\n2\tb\n\\.\n", false, "1|a 2|b", ""},
		"lines of Windows":      {"1\ta\r\n\\.\r\n", true, "1|a", ""},
		"a CR is of the value":  {"1\ta\r\n\\.\n", false, "1|a\r", ""},
		"nothing behind counts": {"1\ta\n\\.\n2\tb\n", false, "1|a", ""},
		"a value less":          {"1\ta\n2\n\\.\n", false, "1|a", "table a.label, row 2: 1 values for 2 columns"},
		"two values more":       {"1\ta\tb\tc\n\\.\n", false, "", "row 1: 4 values for 2 columns"},
		"an empty line":         {"\n\\.\n", false, "", "row 1: 1 values for 2 columns"},
		"cut between rows":      {"1\ta\n", false, "1|a", `ends at byte 4 within the rows of table a.label, after 1 of them`},
		"cut within a row":      {"1\ta\n2\tb", false, "1|a", "after 1 of them"},
		"cut within its end":    {"1\ta\n\\", false, "1|a", `no line \. ends them`},
		"cut at once":           {"", false, "", "after 0 of them"},
	} {
		m, err := copied(c.text, c.crlf)
		if got := strings.ReplaceAll(strings.Join(m.Lines, " "), "a.label|", ""); got != c.rows {
			t.Errorf("%s: rows %q, want %q", name, got, c.rows)
		}
		if c.says != "" {
			feedtest.Damaged(t, err, c.says)
		}
		if (err == nil) != (c.says == "") || (len(m.Pieces) == 1) != (err == nil) || errors.Is(err, ErrCut) != strings.HasPrefix(name, "cut") {
			t.Errorf("%s: %v, and complete are %q", name, err, m.Pieces)
		}
	}
	broken := errors.New("the disk broke")
	err := Copy(window.New(iotest.ErrReader(broken)), label, nil, false)
	if !errors.Is(err, broken) || errors.Is(err, feed.ErrDamaged) || errors.Is(err, ErrCut) {
		t.Errorf("a disk that breaks: %v", err)
	}
}

// FuzzCopy: whatever a text is, the row that PostgreSQL makes of it gives it back.
func FuzzCopy(f *testing.F) {
	for _, text := range []string{"", "x", "\\", "\\N", "\\.", "\t\n\r", "a\\b\vc\x00", "ü\xff"} {
		f.Add(text, text)
	}
	asServer := strings.NewReplacer("\\", `\\`, "\b", `\b`, "\f", `\f`, "\n", `\n`, "\r", `\r`, "\t", `\t`, "\v", `\v`)
	f.Fuzz(func(t *testing.T, a, b string) {
		octal := ""
		for _, c := range []byte(b) {
			octal += fmt.Sprintf(`\%03o`, c)
		}
		m, err := copied(asServer.Replace(a)+"\t"+octal+"\n\\.\n", false)
		if err != nil || m.Text() != "a.label|"+a+"|"+b+"\n" {
			t.Errorf("%q and %q became %q, %v", a, b, m.Lines, err)
		}
	})
}
