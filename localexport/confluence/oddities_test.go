package confluence

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"sluice/localexport/demo"
	"sluice/localexport/snapshot"
	"sluice/pipeline"
)

var spoiledOptions = demo.Options{Pages: 150, Seed: 3}

// spoiled is a demo that was changed by statements.
func spoiled(t *testing.T, statements ...string) *snapshot.Snapshot {
	t.Helper()
	s := demoSnapshot(t, spoiledOptions)
	path := s.Path()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	alter(t, path, statements...)
	s, err := snapshot.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

const livePages = "contenttype IN ('PAGE', 'BLOGPOST') AND prevver IS NULL AND content_status = 'current'"

// TestSpoiledByConverters: what converters and partial copies make of a database
// fails the validation if it is much, and counts in a warning of the export in any
// case.
func TestSpoiledByConverters(t *testing.T) {
	for name, c := range map[string]struct {
		change  string
		finding string // "" if the validation passes
		key     string // of the warning
		warning string
	}{
		`prevver is \N`:    {`UPDATE content SET prevver = '\N' WHERE prevver IS NULL`, "No page or blog post is live", snapshot.KeyBadVersion, "prevver"},
		"a page without":   {"UPDATE content SET content_status = NULL WHERE contentid = (SELECT min(contentid) FROM content WHERE " + livePages + ")", "", snapshot.KeyStatusMissing, ": 1 ("},
		"no status at all": {"UPDATE content SET content_status = NULL", "No page or blog post is live", snapshot.KeyStatusMissing, "--statusless-content"},
		"archived":         {"UPDATE content SET content_status = 'archived' WHERE contentid % 3 = 0 AND " + livePages, "", snapshot.KeyArchived, "--include-archived"},
		"another status":   {"UPDATE content SET content_status = 'CURRENT' WHERE contentid % 3 = 0 AND " + livePages, "", snapshot.KeyStatusUnknown, "Confluence is known"},
		"half of the bodies": {"DELETE FROM bodycontent WHERE bodycontentid > (SELECT avg(bodycontentid) FROM bodycontent)", "have no row in bodycontent",
			KeyBodyMissing, "no row"},
		"some bodies":                 {"DELETE FROM bodycontent WHERE contentid % 40 = 0", "", KeyBodyMissing, "no row"},
		"references":                  {"UPDATE bodycontent SET body = '<oracle.sql.CLOB@1b2c3d>'", "only a reference", KeyBodyReference, "reference"},
		"a reference":                 {"UPDATE bodycontent SET body = 'oracle.sql.CLOB@1b2c3d' WHERE contentid = (SELECT min(contentid) FROM content WHERE " + livePages + ")", "", KeyBodyReference, ": 1 ("},
		"references without an index": {"UPDATE bodycontent SET body = 'oracle.sql.CLOB@1b2c3d'; DROP INDEX body_content_idx", "only a reference", KeyBodyReference, "reference"},
		`bodies that are \N`:          {`UPDATE bodycontent SET body = '\N'`, `the text \N`, KeyLiteralNull, "Bodies"},
		`titles that are \N`:          {`UPDATE content SET title = '\N' WHERE contentid % 2 = 0`, "", KeyLiteralNull, "Titles"},
	} {
		t.Run(name, func(t *testing.T) {
			s := spoiled(t, c.change)
			v, err := Validate(t.Context(), s, Options{}, nil)
			if err != nil {
				t.Fatal(err)
			}
			found := fmt.Sprint(v.Findings)
			if v.Consistent != (c.finding == "") || !strings.Contains(found, c.finding) {
				t.Errorf("the validation found %s, want %q", found, c.finding)
			}
			if _, err := bothWays(t, s.Path(), Options{FullContent: true}); err != nil {
				t.Fatal(err)
			}
			_, r := export(t, s.Path(), Options{From: time.Unix(0, 0)})
			if !says(r.Warnings, c.key, c.warning) {
				t.Errorf("warnings %+v, want %s with %q", r.Warnings, c.key, c.warning)
			}
		})
	}
}

func says(all []pipeline.Diagnostic, key, text string) bool {
	for _, d := range all {
		if d.Key == key && strings.Contains(d.Message, text) {
			return true
		}
	}
	return false
}

// TestOddContentIsExportedOnDemand: options export what has no status, or is
// archived, with the comments on it.
func TestOddContentIsExportedOnDemand(t *testing.T) {
	whole, _ := export(t, demoSnapshot(t, spoiledOptions).Path(), Options{})
	for name, c := range map[string]struct {
		status string
		o      Options
	}{
		"statusless": {"NULL", Options{StatuslessContent: true}},
		"archived":   {"'archived'", Options{ArchivedContent: true}},
	} {
		s := spoiled(t, "UPDATE content SET content_status = "+c.status+" WHERE contentid % 3 = 0 AND "+livePages)
		m, r := export(t, s.Path(), c.o)
		got := m.files["pages"].String()
		if c.status != "NULL" {
			if n := strings.Count(got, ",archived,"); n == 0 {
				t.Errorf("%s: no page says so", name)
			}
			got = strings.ReplaceAll(got, ",archived,", ",current,")
		}
		if got != whole.files["pages"].String() || m.files["comments"].String() != whole.files["comments"].String() {
			t.Errorf("%s: other pages or comments than those of the whole demo", name)
		}
		if says(r.Warnings, snapshot.KeyStatusMissing, "") || says(r.Warnings, snapshot.KeyArchived, "") {
			t.Errorf("%s: warnings %+v", name, r.Warnings)
		}
	}
}

// TestOldOddContentIsNotCounted: what an export would not take for its date says
// nothing.
func TestOldOddContentIsNotCounted(t *testing.T) {
	s := spoiled(t, "UPDATE content SET content_status = NULL, creationdate = '2001-01-01 00:00:00', lastmoddate = '2001-01-01 00:00:00' WHERE contentid % 3 = 0 AND "+livePages)
	_, r := export(t, s.Path(), Options{From: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)})
	if says(r.Warnings, snapshot.KeyStatusMissing, "") {
		t.Errorf("warnings %+v", r.Warnings)
	}
}

// TestInspectionTellsWhatAnExportWould: inspecting names what converters have
// spoilt, and the zone, also where keys have to be sorted for it.
func TestInspectionTellsWhatAnExportWould(t *testing.T) {
	const keyless = "CREATE TABLE x AS SELECT * FROM %[1]s; DROP TABLE %[1]s; ALTER TABLE x RENAME TO %[1]s"
	for change, want := range map[string]string{
		`UPDATE content SET prevver = '\N' WHERE prevver IS NULL`:                           "No page or blog post is live",
		"UPDATE content SET content_status = NULL WHERE contentid % 3 = 0 AND " + livePages: "that have no status",
		"UPDATE bodycontent SET body = 'oracle.sql.NCLOB@1b2c3d'":                           "only a reference",
		"DELETE FROM bodycontent WHERE contentid % 2 = 0":                                   "have no row in bodycontent",
		fmt.Sprintf(keyless, "content") + ";" + fmt.Sprintf(keyless, `"AO_7B47A5_EVENT"`):   "are in Europe/Berlin",
	} {
		s := spoiled(t, change)
		found, err := snapshot.Inspect(t.Context(), s.Path(), snapshot.InspectOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if said := fmt.Sprint(found.Diagnostics); !strings.Contains(said, want) {
			t.Errorf("%s: no %q in %s", change, want, said)
		}
	}
}
