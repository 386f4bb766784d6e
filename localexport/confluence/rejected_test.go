package confluence

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/gocarina/gocsv"

	"sluice/localexport/snapshot"
)

// engines are the ways to read a snapshot.
var engines = map[string]Options{
	"one worker": {Workers: 1}, "three workers": {Workers: 3}, "mapped": {Workers: 2, MapFile: true},
	"SQLite": {Workers: 1, SQLiteOnly: true}, "three with SQLite": {Workers: 3, SQLiteOnly: true},
}

// two are the two of the engines that differ most, for tests of large values.
var two = []string{"SQLite", "three workers"}

// rejectedRows exports the snapshot at path in some ways, or in all, without its
// bad rows, and returns the files, which are the same.
func rejectedRows(t *testing.T, path string, o Options, ways ...string) (*memory, []RejectedRow, Result) {
	t.Helper()
	first := &memory{}
	var result Result
	o.SkipBadRows = true
	if len(ways) == 0 {
		ways = slices.Sorted(maps.Keys(engines))
	}
	for _, name := range ways {
		way := o
		way.Workers, way.MapFile, way.SQLiteOnly = engines[name].Workers, engines[name].MapFile, engines[name].SQLiteOnly
		m, r := export(t, path, way)
		if first.files == nil {
			first.files, result = m.files, r
		}
		for file := range m.files {
			if got, want := m.files[file].String(), first.files[file].String(); got != want {
				t.Errorf("%s: %s is\n%s\nwant\n%s", name, file, got, want)
			}
		}
	}
	var rows []RejectedRow
	if f := first.files[RejectedName]; f != nil {
		if err := gocsv.UnmarshalString(f.String(), &rows); err != nil {
			t.Fatalf("%v in\n%s", err, f)
		}
	}
	return first, rows, result
}

// TestSkipBadRows: a row with a value that cannot be exported is left out and
// listed, and the others are there.
func TestSkipBadRows(t *testing.T) {
	const comments, pages, events, spaces = "comments", "pages", "analytics_events", "spaces"
	for _, tt := range []struct {
		name      string
		statement string
		want      RejectedRow
	}{
		{"date", "UPDATE content SET lastmoddate = 'yester' || char(13, 10) || 'day' WHERE contentid = 1005",
			RejectedRow{File: pages, Table: "content", Key: "contentid 1005", Column: "lastmoddate", Reason: "is no date and time", Value: `yester\nday`}},
		{"infinity", "UPDATE content SET lastmoddate = 'infinity' WHERE contentid = 1005",
			RejectedRow{File: pages, Table: "content", Key: "contentid 1005", Column: "lastmoddate", Reason: "is no date and time", Value: "infinity"}},
		{"year 10000", "UPDATE content SET lastmoddate = '10000-01-01 00:00:00' WHERE contentid = 1005",
			RejectedRow{File: pages, Table: "content", Key: "contentid 1005", Column: "lastmoddate", Reason: "is no date and time", Value: "10000-01-01 00:00:00"}},
		{"count beyond the year 9999", "UPDATE content SET lastmoddate = 316000000000000 WHERE contentid = 1005",
			RejectedRow{File: pages, Table: "content", Key: "contentid 1005", Column: "lastmoddate", Reason: "is a time outside of the years 1 to 9999", Value: "316000000000000"}},
		{"long value", "UPDATE content SET creationdate = replace(hex(zeroblob(500)), '00', 'ä') WHERE contentid = 2001",
			RejectedRow{File: comments, Table: "content", Key: "contentid 2001", Column: "creationdate", Reason: "is no date and time", Value: strings.Repeat("ä", 200) + "…"}},
		{"parent", "UPDATE content SET parentid = 1.5 WHERE contentid = 1005",
			RejectedRow{File: pages, Table: "content", Key: "contentid 1005", Column: "parentid", Reason: "is no number", Value: "1.5"}},
		{"number beyond 64 bits", "UPDATE content SET parentid = 1e19 WHERE contentid = 1005",
			RejectedRow{File: pages, Table: "content", Key: "contentid 1005", Column: "parentid", Reason: "is no number", Value: "1.0e+19"}},
		{"container", "UPDATE content SET pageid = 'home' WHERE contentid = 2001",
			RejectedRow{File: comments, Table: "content", Key: "contentid 2001", Column: "pageid", Reason: "is no number", Value: "home"}},
		{"type of a body", "UPDATE bodycontent SET bodytypeid = 'x' || char(0) WHERE bodycontentid = 1",
			RejectedRow{File: pages, Table: "bodycontent", Key: "contentid 1001", Column: "bodytypeid", Reason: "is no number", Value: "x\uFFFD"}},
		{"event", `UPDATE "AO_7B47A5_EVENT" SET "EVENT_AT" = 'now' WHERE "ID" = 10`,
			RejectedRow{File: events, Table: "AO_7B47A5_EVENT", Key: "ID 10", Column: "EVENT_AT", Reason: "is no number", Value: "now"}},
		{"space", "UPDATE spaces SET lastmoddate = x'ff' WHERE spaceid = 5",
			RejectedRow{File: spaces, Table: "spaces", Key: "spaceid 5", Column: "lastmoddate", Reason: "is no date and time", Value: "\uFFFD"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := edge(t, tt.statement)
			m, rows, r := rejectedRows(t, path, Options{})
			if !slices.Equal(rows, []RejectedRow{tt.want}) {
				t.Errorf("rejected\n%q, want\n%q", rows, tt.want)
			}
			_, id, _ := strings.Cut(tt.want.Key, " ")
			whole, _ := export(t, edge(t), Options{})
			for name, f := range whole.files {
				want := slices.DeleteFunc(strings.SplitAfter(f.String(), "\r\n"), func(record string) bool {
					return name == tt.want.File && (strings.HasPrefix(record, id+",") || strings.Contains(record, ","+id+",") && name == events ||
						name == spaces && strings.HasPrefix(record, "ENG,"))
				})
				if name != "spaces" && m.files[name].String() != strings.Join(want, "") {
					t.Errorf("%s is\n%s\nwant\n%s", name, m.files[name], strings.Join(want, ""))
				}
			}
			if d := diagnostic(r, KeyRejected); !strings.HasSuffix(d, ": 1 (1 of "+tt.want.File+").") {
				t.Errorf("the warning is %q", d)
			}
			last := r.Files[len(r.Files)-1]
			if last.Name != RejectedName || last.Rows != 1 || last.Bytes != int64(m.files[RejectedName].Len()) {
				t.Errorf("the last file is %+v", last)
			}
			err := failedExport(t, path, Options{})
			if !errors.As(err, new(*snapshot.ValueError)) || !strings.Contains(err.Error(), "--skip-bad-rows") {
				t.Errorf("without the option: %v", err)
			}
		})
	}
}

// TestSkipBadRowsOfEachKind: the rows come in the order of the files and of their
// keys, and none is lost.
func TestSkipBadRowsOfEachKind(t *testing.T) {
	path := edge(t, "UPDATE content SET lastmoddate = '?' WHERE contentid % 2 = 1")
	whole, _ := export(t, edge(t), Options{})
	m, rows, r := rejectedRows(t, path, Options{})
	if !slices.IsSortedFunc(rows, func(a, b RejectedRow) int {
		if a.File != b.File {
			return slices.Index(FileNames, a.File) - slices.Index(FileNames, b.File)
		}
		return cmp.Or(len(a.Key)-len(b.Key), strings.Compare(a.Key, b.Key))
	}) {
		t.Errorf("the rows are out of order:\n%s", m.files[RejectedName])
	}
	records := func(m *memory, file string) int { return strings.Count(m.files[file].String(), "\r\n") }
	for _, file := range []string{"pages", "comments"} {
		left := 0
		for _, row := range rows {
			if row.File == file {
				left++
			}
		}
		// Rows that would have been left out in silence are listed, too.
		if left == 0 || records(m, file)+left < records(whole, file) {
			t.Errorf("%s has %d records of %d, and %d were rejected", file, records(m, file), records(whole, file), left)
		}
	}
	if r.Rows != r.Entities || int64(len(rows)) != r.Files[len(r.Files)-1].Rows {
		t.Errorf("result %+v", r)
	}
}

// TestSkipBadKeys: a key that is none is left out where keys are sorted.
func TestSkipBadKeys(t *testing.T) {
	path := convert(t, edge(t), forms[1])
	alter(t, path, "UPDATE content SET contentid = 'x7' WHERE contentid = '1005'",
		`UPDATE "AO_7B47A5_EVENT" SET "ID" = NULL WHERE "ID" = '10'`,
		"UPDATE bodycontent SET contentid = 'y' WHERE contentid = '1001'",
		"UPDATE content_label SET labelid = 'z' WHERE rowid = 1")
	m, rows, _ := rejectedRows(t, path, Options{})
	var got []string
	for _, r := range rows {
		got = append(got, r.File+" "+r.Table+" "+r.Column+" "+r.Value)
	}
	want := []string{"pages, comments content contentid x7", "pages, comments bodycontent contentid y", "analytics_events AO_7B47A5_EVENT ID ",
		"pages content_label contentid or labelid "}
	if len(got) != len(want) || !slices.Equal(got[:3], want[:3]) || !strings.HasPrefix(got[3], want[3]) {
		t.Errorf("rejected %q, want %q", got, want)
	}
	if strings.Contains(m.files["pages"].String(), "\r\n1005,") {
		t.Error("the page without a key was exported")
	}
}

// TestNothingRejected: without bad rows there is no file of them.
func TestNothingRejected(t *testing.T) {
	m, rows, r := rejectedRows(t, edge(t), Options{})
	if m.files[RejectedName] != nil || len(rows) > 0 || len(r.Files) != len(FileNames) || diagnostic(r, KeyRejected) != "" {
		t.Errorf("%+v", r)
	}
}

// TestTooLongTitle: a title that is too long to be read is a bad row, too.
func TestTooLongTitle(t *testing.T) {
	if testing.Short() {
		t.Skip("makes files of 64 MB")
	}
	for name, path := range map[string]string{"keys": edge(t), "sorted": convert(t, edge(t), forms[2])} {
		t.Run(name, func(t *testing.T) {
			put(t, path, "UPDATE content SET title = ? WHERE contentid = 1005", "Start"+strings.Repeat("0", snapshot.MaxValue))
			m, rows, _ := rejectedRows(t, path, Options{}, two...)
			want := RejectedRow{File: "pages", Table: "content", Key: "contentid 1005", Column: "title", Reason: "is longer than 64 MB", Value: "Start" + strings.Repeat("0", 195) + "…"}
			if len(rows) == 0 || rows[0] != want {
				t.Errorf("rejected\n%q, want\n%q", rows, want)
			}
			for _, r := range rows[1:] {
				if r.File != "comments" || r.Column != "title" {
					t.Errorf("rejected %q", r)
				}
			}
			if s := m.files["pages"].String(); strings.Contains(s, "\r\n1005,") || !strings.Contains(s, "\r\n1006,") {
				t.Error(s)
			}
			err := failedExport(t, path, Options{})
			if value := new(snapshot.ValueError); !errors.As(err, &value) || value.Row != "contentid 1005" || value.Column != "title" {
				t.Errorf("without the option: %v", err)
			}
		})
	}
}

// TestNUL: U+0000 is replaced and counted, or kept.
func TestNUL(t *testing.T) {
	path := edge(t, "UPDATE content SET title = 'a' || char(0) || 'b' WHERE contentid = 1005", "UPDATE bodycontent SET body = char(0) || body || char(0) WHERE contentid IN (1001, 2001)",
		"UPDATE label SET name = name || char(0) WHERE labelid = (SELECT min(labelid) FROM label WHERE namespace = 'global')",
		"UPDATE cwd_user SET email_address = email_address || char(0) WHERE lower_user_name = 'rkim'")
	for name, o := range engines {
		m, r := export(t, path, o)
		for file, f := range m.files {
			if strings.Contains(f.String(), "\x00") {
				t.Errorf("%s: %s has U+0000", name, file)
			}
		}
		said := ""
		for _, d := range r.Warnings {
			if d.Key == KeyNULReplaced {
				said += d.Message + "\n"
			}
		}
		for _, want := range []string{"column page_title of pages that held U+0000, for which databases refuse a file, have U+FFFD for it: 1 (first: in the row with id 1005).",
			"column page_content of pages", "comment_content of comments that held U+0000, for which databases refuse a file, have U+FFFD for it: 1 (first: in the row with id 2001).",
			"Names of labels", "user_email of users that held"} {
			if !strings.Contains(said, want) {
				t.Errorf("%s: %q is not in\n%s", name, want, said)
			}
		}
		o.KeepNUL = true
		kept, r := export(t, path, o)
		if !strings.Contains(kept.files["pages"].String(), ",a\x00b,") || diagnostic(r, KeyNULReplaced) != "" {
			t.Errorf("%s: U+0000 is not kept", name)
		}
	}
}
