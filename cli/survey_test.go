package cli

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluice/takes"
)

var updateGolden = flag.Bool("update-golden", false, "write the golden files of this package anew")

// golden compares a text with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *updateGolden {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != strings.ReplaceAll(string(want), "\r\n", "\n") {
		t.Errorf("%s: got\n%s\nwant\n%s", path, got, want)
	}
}

// TestSurveys are what a dry run prints of each kind of source, at 80 columns.
func TestSurveys(t *testing.T) {
	tables := []takes.SurveyTable{{Table: "CONTENT", Rows: 25_000_000, Bytes: 41_000_000_000}, {Table: "BODYCONTENT", Rows: 24_800_000, Bytes: 312_000_000_000},
		{Table: "AO_8752F1_DATA_PIPELINE_EOO", Rows: -1, Bytes: 8192}}
	for name, s := range map[string]takes.Survey{
		"postgres": {Kind: "PostgreSQL database (standby)", Place: "db.example.com:5432 (database confluence)", Tool: "PostgreSQL 15.18 (Debian 15.18-0+deb12u1)",
			User: "reader", TimeZone: "Europe/Berlin", Version: "9.2", Build: 9111, Schema: "Confluence", Bytes: 353_000_008_192, Seconds: 10_086, Tables: tables, Listed: true, Ready: true,
			Missing: []takes.MissingTable{{Table: "bandana"}, {Table: "content_perm"}, {Table: "AO_7B47A5_EVENT", Lack: "analytics_events has a header only"}}},
		"rights": {Kind: "MariaDB database", Place: "127.0.0.1:3306 (database wiki)", Tool: "MariaDB 10.11.14-MariaDB-0+deb12u2 (tested)", User: "'reader'@'%'",
			Bytes: -1, Seconds: -1, Tables: append(tables[:1:1], takes.SurveyTable{Table: "SPACES", Rows: -1, Bytes: -1, Denied: true}), Listed: true,
			Missing: []takes.MissingTable{{Table: "user_mapping", Required: true}, {Table: "plugin_setting", Unseen: true}},
			Grants: []string{"GRANT SELECT (\"contentid\", \"contenttype\", \"title\", \"version\", \"creator with a long name\", \"creationdate\", \"lastmodifier\") ON \"Wiki of all\".\"content\" TO \"o\"\"dd one\";",
				"GRANT SELECT ON `wiki`.`SPACES` TO 'reader'@'%';"},
			Doubts: []string{"The tables plugin_setting do not exist, or 'reader'@'%' may not read them: if they do, allow it with GRANT SELECT ON `wiki`.`plugin_setting` TO 'reader'@'%';"}},
		"text": {Kind: "MySQL dump", Place: "/srv/backup/confluence-2026-11-30.sql.gz", Tool: "10.13 Distrib 8.0.36", Bytes: 9_200_000_000, Seconds: 1227,
			Tables: []takes.SurveyTable{{Table: "CONTENT", Rows: -1, Bytes: -1}}, Ready: true, Notes: []string{"Only the beginning of the dump was looked at: there may be more tables behind it."}},
		"pipe": {Kind: "Confluence XML backup", Place: "the standard input", Bytes: -1, Seconds: -1, Ready: true, Partial: []string{"An XML backup holds no analytics events: analytics_events has a header only."}},
	} {
		var b strings.Builder
		describeSurvey(&b, s)
		golden(t, "survey-"+name+".txt", b.String())
		for line := range strings.Lines(b.String()) {
			if n := len([]rune(line)) - 1; n > 80 {
				t.Errorf("%s: %d columns: %s", name, n, line)
			}
		}
	}
}

// TestFoldedSQL: a statement says the same in several lines.
func TestFoldedSQL(t *testing.T) {
	for _, statement := range []string{
		`GRANT SELECT ("a", "b c", "d""  e") ON "x y"."` + strings.Repeat("z ", 60) + `" TO "r";`,
		"GRANT SELECT (`a b`, `c``d  e`, " + strings.Repeat("`column of it`, ", 20) + "`f`) ON `w`.`t` TO 'it''s  me'@'%';",
	} {
		text := foldedSQL(statement, "  ", "    ")
		if got := strings.ReplaceAll(strings.TrimSpace(text), "\n    ", " "); got != statement {
			t.Errorf("got\n%s\nof\n%s", got, statement)
		}
		if strings.Contains(statement, "column") && strings.Count(text, "\n") < 3 {
			t.Errorf("not broken: %s", text)
		}
	}
}

// TestDryRunOfADump tells what a snapshot would hold, and makes none.
func TestDryRunOfADump(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "x.db")
	r := sluice(t, "snapshot", smallDump, out, "--dry-run")
	path, err := filepath.Abs(smallDump)
	if err != nil {
		t.Fatal(err)
	}
	if r.code != exitDone {
		t.Errorf("exit %d: %s", r.code, r.err)
	}
	first, rest, _ := strings.Cut(r.out, "\n  made by")
	if strings.Join(strings.Fields(first), " ") != "PostgreSQL dump (custom format): "+path { // in two lines, if it is long
		t.Errorf("begins with %q", first)
	}
	golden(t, "survey-dump.txt", "PostgreSQL dump (custom format): pg15-zlib.dump\n  made by"+rest)
	var s takes.Survey
	r = sluice(t, "snapshot", smallDump, out, "--dry-run", "--json")
	if err := json.Unmarshal([]byte(r.out), &s); err != nil || !s.DryRun || !s.Ready || s.Build != 9012 || len(s.Tables) != 13 || s.Seconds < 0 {
		t.Errorf("%v: %s", err, r.out)
	}
	r = sluice(t, "snapshot", "survey.go", out, "--dry-run", "--json")
	if r.code != exitFailed || !strings.Contains(r.out, `"ready": false`) || !strings.Contains(r.out, `"kind": "failed"`) {
		t.Errorf("exit %d: %s", r.code, r.out)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
}

// TestTakeProgress is the line that is drawn while a snapshot is taken.
func TestTakeProgress(t *testing.T) {
	for want, p := range map[string]takes.Progress{
		"0 B": {},
		"12.3 MB of about 2.0 GB  transaction open 1 min 38 s  1,234 rows, of CONTENT": {Read: 12_300_000, Total: 2_000_000_000, About: true, Open: 98*time.Second + 300*time.Millisecond, Rows: 1234, Table: "CONTENT"},
		"50 B of 100 B  50 %  1 rows, of label":                                        {Read: 50, Total: 100, Rows: 1, Table: "label"},
		"5,000 rows  making indexes, and writing to the disk":                          {Read: 50, Total: 100, Rows: 5000, Finishing: true},
	} {
		if got := takeProgress(p); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// TestLimits: rates and loads as people type them.
func TestLimits(t *testing.T) {
	for rate, want := range map[string]int64{"": 0, "20MB/s": 20_000_000, "500 kB/s": 500_000, "1GiB": 1 << 30, "10000": 10_000} {
		if got, err := (&snapshotCommand{MaxRate: rate, Load: 100}).limits(); got != want || err != nil {
			t.Errorf("%q: %d, %v", rate, got, err)
		}
	}
	for _, rate := range []string{"20", "fast", "-1", "0", "20MB/min"} {
		if r := sluice(t, "snapshot", smallDump, "--max-rate", rate); r.code != exitUsage || !strings.Contains(r.err, "such as 20MB/s") {
			t.Errorf("%q: exit %d, %s", rate, r.code, r.err)
		}
	}
	for _, load := range []string{"0", "101", "-5"} {
		if r := sluice(t, "snapshot", smallDump, "--load", load); r.code != exitUsage || !strings.Contains(r.err, "from 1 to 100") {
			t.Errorf("%q: exit %d, %s", load, r.code, r.err)
		}
	}
}

// TestFoldedLinesFit: also those of characters that take two columns of a terminal.
func TestFoldedLinesFit(t *testing.T) {
	text := strings.TrimSpace(strings.Repeat("漢字かな ", 40))
	got := folded(text, "  note: ", "    ")
	for line := range strings.SplitSeq(got, "\n") {
		if n := columnsOf(line); n > lineWidth {
			t.Errorf("%d columns: %s", n, line)
		}
	}
	if strings.Join(strings.Fields(got)[1:], " ") != text {
		t.Errorf("other words: %s", got)
	}
}

// TestAlignedColumns: words begin and numbers end below each other.
func TestAlignedColumns(t *testing.T) {
	var b strings.Builder
	aligned(&b, " ", [][]string{{"漢字", "7", "x"}, {"a", "1234", ""}}, 1)
	if want := " 漢字     7  x\n a     1234\n"; b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
}
