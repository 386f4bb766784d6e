package preview

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"sluice/csvfile"
	"sluice/ui/preview/grid"
	"sluice/ui/texts"
)

func TestFigures(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 999: "999", 1000: "1,000", 98_765_432: "98,765,432", -1234: "-1,234"} {
		if got := group(n); got != want {
			t.Errorf("group(%d) = %q, want %q", n, got, want)
		}
	}
	for n, want := range map[int64]string{0: "0 bytes", 1: "1 byte", 999: "999 bytes", 1000: "1.0 kB", 24_100_000_000: "24.1 GB", 1_500_000: "1.5 MB"} {
		if got := size(n); got != want {
			t.Errorf("size(%d) = %q, want %q", n, got, want)
		}
	}
	for _, c := range []struct {
		done, total int64
		want        int
	}{{0, 100, 0}, {1, 1_000_000, 1}, {63, 100, 63}, {999_999, 1_000_000, 99}, {100, 100, 100}, {0, 0, 100}} {
		if got := percent(c.done, c.total); got != c.want {
			t.Errorf("percent(%d, %d) = %d, want %d", c.done, c.total, got, c.want)
		}
	}
}

func TestParseRow(t *testing.T) {
	for in, want := range map[string]int64{"1": 0, "12,000,001": 12_000_000, " 90 000 000 ": 89_999_999, "1'000": 999, "7.000": 6999} {
		if got, err := parseRow(in); err != nil || got != want {
			t.Errorf("parseRow(%q) = %d, %v; want %d", in, got, err, want)
		}
	}
	for _, in := range []string{"", "0", "-5", "abc", "99999999999999999999"} {
		if got, err := parseRow(in); err == nil {
			t.Errorf("parseRow(%q) = %d", in, got)
		}
	}
}

func TestFooterNeverClaimsMore(t *testing.T) {
	base := footer{Encoding: "UTF-8", Delimiter: "comma", LineEnding: "CRLF", Ragged: -1}
	with := func(change func(*footer)) footer {
		f := base
		change(&f)
		return f
	}
	for _, c := range []struct {
		f    footer
		want string
	}{
		{with(func(f *footer) {
			f.From, f.N, f.Rows, f.Indexing, f.IndexShare, f.Ragged = 12_000_000, 40, 62_222_222, true, 63, 2
		}), "rows 12,000,001–12,000,040 of 62,222,222 so far · indexed 63 % · UTF-8 · comma · CRLF · 2 ragged rows so far"},
		{with(func(f *footer) {
			f.From, f.N, f.Rows, f.Final, f.Ragged, f.RaggedFinal = 12_000_000, 40, 98_765_432, true, 1, true
		}), "rows 12,000,001–12,000,040 of 98,765,432 · indexed 100 % · UTF-8 · comma · CRLF · 1 ragged row"},
		{with(func(f *footer) { f.N, f.Rows, f.Indexing, f.IndexShare = 40, 40, true, 100 }),
			"rows 1–40 of 40 so far · indexed 99 % · UTF-8 · comma · CRLF"},
		{with(func(f *footer) { f.N, f.Tail, f.Rows, f.Indexing, f.IndexShare = 500, true, 9000, true, 3 }),
			"the last 500 rows of the file; their numbers come with the index · indexed 3 % · UTF-8 · comma · CRLF"},
		{with(func(f *footer) {
			f.N, f.Rows, f.Final, f.Filtered, f.Matches, f.MatchFinal = 40, 24_985_113, true, true, 9_412_006, true
		}), "rows 1–40 of 9,412,006 that match · of 24,985,113 · indexed 100 % · UTF-8 · comma · CRLF"},
		{with(func(f *footer) { f.Rows, f.Final, f.Filtered, f.Matches = 100, true, true, 0 }),
			"none that match so far · of 100 · indexed 100 % · UTF-8 · comma · CRLF"},
		{with(func(f *footer) { f.Rows, f.Final, f.Filtered, f.MatchFinal = 100, true, true, true }),
			"no rows that match · of 100 · indexed 100 % · UTF-8 · comma · CRLF"},
		{with(func(f *footer) { f.Final, f.NoHeader, f.Hidden = true, true, 3 }),
			"no rows · indexed 100 % · UTF-8 · comma · CRLF · no header · 3 columns hidden"},
		{with(func(f *footer) { f.N, f.Rows, f.IndexError = 1, 1, true }),
			"row 1 of 1 so far · not fully indexed · UTF-8 · comma · CRLF"},
	} {
		if got := c.f.String(); got != c.want {
			t.Errorf("footer\n got %s\nwant %s", got, c.want)
		}
	}
}

func TestKindOf(t *testing.T) {
	pages := []string{"page_id", "instance_url", "page_content"}
	k := kindOf("/x/pages_job12_2026_11_22T03_32_18Z.csv", pages)
	if k.Known != "pages" || k.Key != "pages" {
		t.Errorf("pages is %+v", k)
	}
	if r := k.roleOf("creator_id"); r != roleUser {
		t.Errorf("creator_id has role %d", r)
	}
	if k := kindOf("pages_job12_x.csv", []string{"a"}); k.Known != "" {
		t.Errorf("a file named as one, without its key column, is %+v", k)
	}
	a, b, c := kindOf("a.csv", []string{"x", "y"}), kindOf("b.csv", []string{"x", "y"}), kindOf("a.csv", []string{"xy"})
	if a != b || a == c || a.roleOf("creator_id") != roleNone {
		t.Errorf("kinds of other files: %+v %+v %+v", a, b, c)
	}
	if r := kindOf("users_job1_x.csv", []string{"user_id"}).roleOf("user_id"); r != roleNone {
		t.Errorf("the users file explains itself: %d", r)
	}
	u, s := siblings("/x/analytics_events_job12_1_2026.csv")
	if u != "/x/users_job12_*.csv" || s != "/x/spaces_job12_*.csv" {
		t.Errorf("siblings %q %q", u, s)
	}
}

func TestExplainTime(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip(err)
	}
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, berlin)
	for in, want := range map[string]string{
		"2026-11-20T11:00:00Z": "Fri 20 Nov 2026, 12:00:00 CET — 3 days ago",
		"2026-11-23T11:00:30Z": "Mon 23 Nov 2026, 12:00:30 CET — less than a minute from now",
		"2021-02-26T04:14:38Z": "Fri 26 Feb 2021, 05:14:38 CET — 5 years ago",
		"yesterday":            "", "": "", "2026-13-45": "",
	} {
		if got := explainTime(in, now); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func byRunes(s string, header bool) float64 { return float64(8*len([]rune(s)) + 24) }

func TestColumnsAreLaidOutByTitleAndSample(t *testing.T) {
	header := []string{"id", "title", "long", "when"}
	sample := [][]string{{"12", "a", "", "2026-01-01"}, {"98305000", "Größe", string(make([]byte, 500))}, {"", "x"}}
	cols := columnsFor(fileKind{}, header, sample, byRunes, Layout{})
	if cols[0].Align != grid.AlignRight || cols[1].Align != grid.AlignLeft || cols[3].Align != grid.AlignLeft {
		t.Errorf("sides %v %v %v", cols[0].Align, cols[1].Align, cols[3].Align)
	}
	if cols[0].Width != 88 || cols[1].Width != 64 || cols[2].Width != widestAtOpen {
		t.Errorf("widths %v %v %v", cols[0].Width, cols[1].Width, cols[2].Width)
	}
}

func TestLayoutIsRemembered(t *testing.T) {
	header := []string{"a", "b", "c"}
	fresh := columnsFor(fileKind{}, header, nil, byRunes, Layout{})
	now := append([]grid.Column(nil), fresh...)
	now[0].Width, now[1].Hidden, now[2].Frozen = 300, true, true
	l := layoutOf(header, now, fresh)
	path := filepath.Join(t.TempDir(), "sub", "widths.json")
	s, err := NewFileStore(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Save("pages", l); err != nil {
		t.Fatal(err)
	}
	if st, err := os.Stat(path); err != nil || st.Mode().Perm() != 0o600 {
		t.Fatalf("%v %v", st, err)
	}
	again, err := NewFileStore(path)
	if err != nil {
		t.Fatal(err)
	}
	got, ok := again.Load("pages")
	if !ok || !reflect.DeepEqual(columnsFor(fileKind{}, header, nil, byRunes, got), now) {
		t.Errorf("after reading it again the layout is %+v", got)
	}
	if len(l.Widths) != 1 {
		t.Errorf("widths that nobody changed are remembered: %v", l.Widths)
	}
}

func TestKnownFilesBeginWithWhatTells(t *testing.T) {
	header := []string{"page_id", "instance_url", "space_key", "page_url", "page_title"}
	url := "https://wiki.example.com/pages/viewpage.action?pageId=98305000"
	sample := [][]string{{"98305000", "https://wiki.example.com", "ENG", url, url}}
	pages := fileKind{Key: "pages", Known: "pages"}
	cols := columnsFor(pages, header, sample, byRunes, pages.initial())
	if !cols[1].Hidden || cols[3].Width != urlWidth || cols[4].Width != widestAtOpen {
		t.Errorf("a file of pages is laid out as %+v", cols)
	}
	other := fileKind{Key: "columns-1"}
	cols = columnsFor(other, header, sample, byRunes, other.initial())
	if cols[1].Hidden || cols[3].Width != widestAtOpen {
		t.Errorf("any other file is laid out as %+v", cols)
	}
}

func TestADamagedStoreIsAnEmptyOne(t *testing.T) {
	path := filepath.Join(t.TempDir(), "widths.json")
	if err := os.WriteFile(path, []byte("{broken"), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := NewFileStore(path)
	if err == nil || s == nil {
		t.Fatalf("store %v, error %v", s, err)
	}
	if err := s.Save("a", Layout{Hidden: []string{"x"}}); err != nil {
		t.Fatal(err)
	}
}

func TestHidingEveryColumnLeavesOne(t *testing.T) {
	cols := columnsFor(fileKind{}, []string{"a", "b"}, nil, byRunes, Layout{Hidden: []string{"a", "b"}})
	if cols[0].Hidden {
		t.Error("no column is left")
	}
}

func TestConditionText(t *testing.T) {
	header := []string{"page_status", "updated_date", "version"}
	for _, c := range []struct {
		c    csvfile.Condition
		want string
	}{
		{csvfile.Condition{Column: 0, Text: "current"}, "page_status is current"},
		{csvfile.Condition{Column: 0, Text: "a b", Not: true}, "page_status is not “a b”"},
		{csvfile.Condition{Column: 0, Op: csvfile.OpEmpty, Not: true}, "page_status is not empty"},
		{csvfile.Condition{Column: 1, Op: csvfile.OpTime, Min: "2026-01-01"}, "updated_date from 2026-01-01"},
		{csvfile.Condition{Column: 2, Op: csvfile.OpNumber, Min: "1", Max: "9"}, "version from 1 to 9"},
		{csvfile.Condition{Column: 2, Op: csvfile.OpNumber, Max: "9"}, "version up to 9"},
		{csvfile.Condition{Column: 2, Op: csvfile.OpNumber}, "version is a number"},
		{csvfile.Condition{Column: 7, Op: csvfile.OpContains, Text: "x"}, "column 8 contains x"},
		{csvfile.Condition{Column: 0, Op: csvfile.OpMatches, Text: "^a$"}, "page_status matches ^a$"},
	} {
		if got := conditionText(c.c, header); got != c.want {
			t.Errorf("%+v: %q, want %q", c.c, got, c.want)
		}
	}
}

func TestSuggestedCondition(t *testing.T) {
	for _, c := range []struct {
		sample []string
		want   csvfile.Op
	}{
		{nil, csvfile.OpEquals},
		{[]string{"", "12", "7.5"}, csvfile.OpNumber},
		{[]string{"2026-01-01T00:00:00Z", ""}, csvfile.OpTime},
		{[]string{"12", "x"}, csvfile.OpEquals},
	} {
		if got := choices[suggested(c.sample)].op; got != c.want {
			t.Errorf("%v: %d, want %d", c.sample, got, c.want)
		}
	}
}

func TestEveryChoiceIsItsOwn(t *testing.T) {
	for i, k := range choices {
		if got := choiceOf(csvfile.Condition{Op: k.op, Not: k.not}); got != i {
			t.Errorf("choice %d (%s) reads back as %d", i, k.words(texts.T.Preview.Filter), got)
		}
	}
}

func TestTabSafe(t *testing.T) {
	for in, want := range map[string]string{"a b": "a b", "a\tb": "\"a\tb\"", `say "x"`: `"say ""x"""`, "": ""} {
		if got := tabSafe(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
