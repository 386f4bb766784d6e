package wording

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"testing"

	"sluice/figures"
)

// german is a language of a few sentences.
func german(english string) string {
	said := map[string]string{
		"%d of %d rows": "von %[2]d Zeilen %[1]d", "cannot read %s: %w": "%s nicht lesbar: %w", "the end is missing": "das Ende fehlt",
		"1,234": "1.234", "100 %% of %q": "100 %% von %q",
	}[english]
	if said == "" {
		return english
	}
	return said
}

func TestOf(t *testing.T) {
	for _, x := range []struct {
		format     string
		args       []any
		want, said string
	}{
		{"%d of %d rows", []any{figures.N(7), figures.N(1234)}, "7 of 1,234 rows", "von 1.234 Zeilen 7"},
		{"cannot read %s: %w", []any{"a.csv", New("the end is missing")}, "cannot read a.csv: the end is missing", "a.csv nicht lesbar: das Ende fehlt"},
		{"cannot read %s: %w", []any{"a.csv", fs.ErrNotExist}, "cannot read a.csv: file does not exist", "a.csv nicht lesbar: file does not exist"},
		{"100 %% of %q", []any{"x"}, `100 % of "x"`, `100 % von "x"`},
		{"%d.%.0d", []any{figures.N(3), 0}, "3.", "3."},
		{"nothing", nil, "nothing", "nothing"},
	} {
		got := Of(x.format, x.args...)
		if got.String() != x.want || got.In(german) != x.said {
			t.Errorf("%s: %q, %q; want %q, %q", x.format, got.String(), got.In(german), x.want, x.said)
		}
		if kept := ArgsOf(got).Text(x.format); kept.String() != x.want || kept.In(german) != x.said {
			t.Errorf("%s, kept: %q, %q; want %q, %q", x.format, kept.String(), kept.In(german), x.want, x.said)
		}
	}
}

func TestErrorf(t *testing.T) {
	inner := Errorf("cannot read %s: %w", "a.csv", fs.ErrNotExist)
	outer := Errorf("cannot read %s: %w", "b", fmt.Errorf("%w", inner))
	if !errors.Is(outer, fs.ErrNotExist) || outer.Error() != "cannot read b: cannot read a.csv: file does not exist" {
		t.Errorf("%v", outer)
	}
	if got := outer.(*Error).In(german); got != "b nicht lesbar: a.csv nicht lesbar: file does not exist" {
		t.Errorf("%q", got)
	}
	if got := Because(fs.ErrNotExist); got != "file does not exist" {
		t.Errorf("%v", got)
	}
	if got := Because(inner); got != inner {
		t.Errorf("%v", got)
	}
}

// TestArgs: what is read again is what was kept, also from a document that somebody else
// has written; a document that has itself as an argument over and over ends.
func TestArgs(t *testing.T) {
	text := Of("cannot read %s: %w", "a.csv", Errorf("%d of %d rows", figures.N(1), figures.N(1234)))
	b, err := json.Marshal(ArgsOf(text))
	if err != nil || string(b) != `["a.csv",{"format":"%d of %d rows","args":["1","1,234"]}]` {
		t.Errorf("%s, %v", b, err)
	}
	var back Args
	if err := json.Unmarshal(b, &back); err != nil || back.Text(text.Format).In(german) != "a.csv nicht lesbar: von 1.234 Zeilen 1" {
		t.Errorf("%q, %v", back.Text(text.Format).In(german), err)
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, b, "    ", "  "); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(indented.Bytes(), &back); err != nil || back != ArgsOf(text) {
		t.Errorf("from a document that is indented: %s, %v", back, err)
	}
	for _, odd := range []Args{`[1]`, `[{}]`, `[null,{"args":[[]]}]`, `["a"]`, ``, `[`} {
		_ = odd.Text("cannot read %s: %w").In(german)
	}
	deep := Args(`["end"]`)
	for range 100 {
		deep = `[{"format":"(%s)","args":` + deep + `}]`
	}
	if got := deep.Text("%s").String(); len(got) > 2*deepest {
		t.Errorf("%d letters", len(got))
	}
	if json.Unmarshal([]byte(`{}`), &back) == nil {
		t.Error("an object was taken for a list")
	}
}

// TestHostileTexts: a document that somebody else has written ends nothing, and makes no text
// that is far longer than itself.
func TestHostileTexts(t *testing.T) {
	for _, format := range []string{"%[0]s", "%[-9]s", "%[99999999999999999999]s", "%[2]s%s", "%!", "%", "%[", "%[]s", "100% ", "%*d", "%.9999999999s"} {
		_ = Args(`["a"]`).Text(format).In(german)
		_ = Of(format, "a").String()
	}
	bomb := Args(`["0123456789"]`)
	for range deepest - 1 {
		bomb = `[{"format":"%[1]s%[1]s%[1]s%[1]s","args":` + bomb + `}]`
	}
	if got := bomb.Text("%s").In(german); len(got) > longest {
		t.Errorf("%d letters", len(got))
	}
}
