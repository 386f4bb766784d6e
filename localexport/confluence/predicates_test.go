package confluence

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"sluice/localexport/product"
	"sluice/localexport/snapshot"
)

// What one part of the program says of a rule and another does must be the same: who
// validates, inspects, finds the newest change or says which keys are sorted goes by
// the predicates of the export.

// TestValidationAcceptsWhatIsExported: content that an option exports is live to the
// validation, too, and so are its bodies.
func TestValidationAcceptsWhatIsExported(t *testing.T) {
	for status, o := range map[string]Options{"NULL": {StatuslessContent: true}, "'archived'": {ArchivedContent: true}} {
		for change, finding := range map[string]string{
			"": "",
			"; DELETE FROM bodycontent WHERE contentid % 2 = 0": "have no row in bodycontent",
		} {
			s := spoiled(t, "UPDATE content SET content_status = "+status+change)
			v, err := Validate(t.Context(), s, o, nil)
			if err != nil {
				t.Fatal(err)
			}
			if found := fmt.Sprint(v.Findings); v.Consistent != (finding == "") || !strings.Contains(found, finding) {
				t.Errorf("status %s%s: found %s, want %q", status, change, found, finding)
			}
			if v, err = Validate(t.Context(), s, Options{}, nil); err != nil || v.Consistent {
				t.Errorf("status %s: without the option nothing is found, %v", status, err)
			}
		}
	}
}

// TestNewestIsWhatRowsAreSelectedBy: the newest change that a search of the tables
// finds is that of the rows that an export reads, also where rows were created after
// their last change, or have a date of zeros.
func TestNewestIsWhatRowsAreSelectedBy(t *testing.T) {
	for _, change := range []string{
		"UPDATE content SET creationdate = '2030-01-01 00:00:00'",
		"UPDATE content SET creationdate = lastmoddate, lastmoddate = '0000-00-00 00:00:00'",
		"UPDATE content SET creationdate = lastmoddate, lastmoddate = ''",
	} {
		s := spoiled(t, change, `DELETE FROM "AO_7B47A5_EVENT"`, "DELETE FROM content WHERE NOT ("+livePages+")")
		o := Options{From: time.Unix(0, 0), Location: berlin, TempDir: t.TempDir()}
		var m memory
		r, err := Export(t.Context(), s, o, m.open, nil)
		if err != nil {
			t.Fatal(err)
		}
		p := prepared(t, s.Path(), o)
		newest, err := s.Newest(t.Context(), p.zone, 2)
		if err != nil || !newest.At.Equal(r.Newest) || newest.At.IsZero() {
			t.Errorf("%s: the tables say %v, the export %v, %v", change, newest.At, r.Newest, err)
		}
	}
}

// TestNobodyIsLeftOutInSilence: content that is not live is in a state in which the
// product leaves it, or a warning counts it; a prevver of blanks is neither empty nor
// a number.
func TestNobodyIsLeftOutInSilence(t *testing.T) {
	s := spoiled(t, "UPDATE content SET prevver = ' ' WHERE contentid = (SELECT min(contentid) FROM content WHERE "+livePages+")")
	_, r := export(t, s.Path(), Options{})
	if !says(r.Warnings, snapshot.KeyBadVersion, ": 1 (") {
		t.Errorf("warnings %+v", r.Warnings)
	}
}

// TestExcludedSpacesThatAreGone: events of a space that is excluded are left out by
// its key, also if the space is not there any more.
func TestExcludedSpacesThatAreGone(t *testing.T) {
	const event = `INSERT INTO "AO_7B47A5_EVENT" ("ID", "NAME", "EVENT_AT", "SPACE_KEY", "CONTENT_ID") VALUES (9001, 'page_viewed', 1700000000000, 'LOST', 1001)`
	for exclude, want := range map[string]int{"": 1, `INSERT INTO "AO_8752F1_DATA_PIPELINE_EOO" ("ID", "ENTITY_IDENTIFIER") VALUES (900, 'LOST')`: 0} {
		statements := []string{event}
		if exclude != "" {
			statements = append(statements, exclude)
		}
		m, _ := export(t, edge(t, statements...), Options{})
		if n := strings.Count(m.files["analytics_events"].String(), ",9001,"); n != want {
			t.Errorf("%q: %d records of the event, want %d", exclude, n, want)
		}
	}
}

// TestInspectionCountsPagesWithoutSpace as the export does: those of a space that is
// missing have none.
func TestInspectionCountsPagesWithoutSpace(t *testing.T) {
	s := spoiled(t, "UPDATE content SET spaceid = NULL WHERE contentid % 5 = 0", "UPDATE content SET spaceid = 99999 WHERE contentid % 5 = 1")
	found, err := snapshot.Inspect(t.Context(), s.Path(), snapshot.InspectOptions{})
	if err != nil {
		t.Fatal(err)
	}
	_, r := export(t, s.Path(), Options{})
	var inspected, exported string
	for _, d := range found.Diagnostics {
		if d.Key == snapshot.KeyPageWithoutSpace {
			inspected, _, _ = strings.Cut(d.Message, " ")
		}
	}
	for _, d := range r.Warnings {
		if d.Key == KeyPageWithoutSpace {
			_, exported, _ = strings.Cut(d.Message, ": ")
			exported, _, _ = strings.Cut(exported, " ")
		}
	}
	if inspected != exported || inspected == "" {
		t.Errorf("inspected %q pages without a space, exported without %q", inspected, exported)
	}
}

// TestStorageTellsWhatIsSorted: the sentence about a snapshot names the tables whose
// keys an export sorts, and no others.
func TestStorageTellsWhatIsSorted(t *testing.T) {
	const copied = "CREATE TABLE x AS SELECT * FROM %[1]s; DROP TABLE %[1]s; ALTER TABLE x RENAME TO %[1]s"
	for name, statements := range map[string][]string{
		"well-formed":             nil,
		"no keys and no indexes":  {fmt.Sprintf(copied, "content"), fmt.Sprintf(copied, "bodycontent"), fmt.Sprintf(copied, "content_label"), fmt.Sprintf(copied, `"AO_7B47A5_EVENT"`)},
		"text ids of bodies":      {"CREATE TABLE x (bodycontentid, body, contentid TEXT, bodytypeid); INSERT INTO x SELECT * FROM bodycontent; DROP TABLE bodycontent; ALTER TABLE x RENAME TO bodycontent; CREATE INDEX i ON bodycontent (contentid)"},
		"bodies by their content": {"CREATE TABLE x (bodycontentid, body, contentid INTEGER PRIMARY KEY, bodytypeid); INSERT OR IGNORE INTO x SELECT bodycontentid, body, contentid, bodytypeid FROM bodycontent; DROP TABLE bodycontent; ALTER TABLE x RENAME TO bodycontent"},
	} {
		s := spoiled(t, statements...)
		c := product.NewCounters(fileCount)
		if err := expectSorting(t.Context(), s, c); err != nil {
			t.Fatal(err)
		}
		_, r := export(t, s.Path(), Options{})
		warned := 0
		for _, d := range r.Warnings {
			if d.Key == KeyMissingIndex {
				warned++
				table, _, _ := strings.Cut(strings.TrimPrefix(d.Message, "The table "), " ")
				if !strings.Contains(s.Storage().String(), table) {
					t.Errorf("%s: %s is sorted; %s", name, table, s.Storage().String())
				}
			}
		}
		if sorts := strings.Contains(s.Storage().String(), "has to sort"); sorts != (warned > 0) || sorts != (c.SortTotal.Load() > 0) {
			t.Errorf("%s: %q, with %d warnings and %d rows to sort", name, s.Storage().String(), warned, c.SortTotal.Load())
		}
	}
}
