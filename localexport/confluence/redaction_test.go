package confluence

import (
	"bytes"
	"encoding/csv"
	"errors"
	"slices"
	"strings"
	"testing"

	"sluice/columns"
	"sluice/localexport/product"
	"sluice/localexport/snapshot"
	"sluice/redact"
)

// byRules is a redaction with a key of its own.
func byRules(t *testing.T, text string) *product.Redaction {
	t.Helper()
	r, err := redact.Parse("r", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return &product.Redaction{Rules: r, Key: redact.NewKey()}
}

// cells are the cells of a column of a file.
func (m *memory) cells(t *testing.T, file, column string) (all []string) {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(m.files[file].Bytes())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	i := slices.Index(rows[0], column)
	if i < 0 {
		t.Fatalf("%s has no column %s: %v", file, column, rows[0])
	}
	for _, row := range rows[1:] {
		all = append(all, row[i])
	}
	return all
}

// restrict adds the permissions that tell which pages not everybody may see: 1003 with the
// page below it. A set that names nobody, and one to edit, restrict nothing.
func restrict(t *testing.T, path string) {
	t.Helper()
	alter(t, path, "CREATE TABLE content_perm_set (id INTEGER, cont_perm_type TEXT, content_id INTEGER)", "CREATE TABLE content_perm (id INTEGER, cps_id INTEGER)",
		"INSERT INTO content_perm_set VALUES (1, 'View', 1003), (2, 'View', 1002), (3, 'Edit', 999), (4, 'View', NULL), (5, 'View', 1001000)",
		"INSERT INTO content_perm VALUES (1, 1), (2, 1), (3, 3), (4, 4), (5, 5)")
}

// TestLeftOutByRules: rows of spaces and pages that are left out are in no file, whatever names
// them there, and are counted; all others stay. It is the same for any way of reading.
func TestLeftOutByRules(t *testing.T) {
	path := edge(t)
	restrict(t, path)
	plain, before := export(t, path, Options{})
	for _, o := range []Options{{Workers: 1}, {Workers: 3, SQLiteOnly: true}} {
		o.Redaction = byRules(t, "spaces: {exclude: [EN*]}")
		m, r := export(t, path, o)
		gone := map[string]int64{}
		for i, name := range FileNames {
			f := r.Redaction.Files[i]
			if f.Name != name || r.Files[i].Rows+f.Excluded+f.Unplaced != before.Files[i].Rows || f.Restricted != 0 {
				t.Errorf("%s: %d rows and %+v, of %d", name, r.Files[i].Rows, f, before.Files[i].Rows)
			}
			gone[name] = f.Excluded
			if strings.Contains(m.files[name].String(), "ENG") {
				t.Errorf("%s tells of the space", name)
			}
		}
		if gone["users"] != 0 || gone["spaces"] != 1 || gone["pages"] == 0 || gone["comments"] == 0 || gone["analytics_events"] == 0 {
			t.Error(gone)
		}
		for _, d := range r.Warnings {
			if strings.HasPrefix(d.Key, "redaction") {
				t.Error(d)
			}
		}
	}
	for _, o := range []Options{{}, {SQLiteOnly: true}} {
		o.Redaction = byRules(t, "restricted: drop")
		m, r := export(t, path, o)
		var want []string
		for _, id := range plain.cells(t, "pages", "page_id") {
			if id != "1003" && id != "1004" {
				want = append(want, id)
			}
		}
		if got := m.cells(t, "pages", "page_id"); !slices.Equal(got, want) || r.Redaction.Files[filePages].Restricted != 2 {
			t.Errorf("%v, want %v: %+v", got, want, r.Redaction.Files[filePages])
		}
		for file, column := range map[string]string{"comments": "page_id", "analytics_events": "event_container_id"} {
			for _, id := range m.cells(t, file, column) {
				if id == "1003" || id == "1004" {
					t.Errorf("%s has rows of page %s", file, id)
				}
			}
		}
	}
}

// TestEventsOnRestrictedPages: an event of what is on such a page is left out also where the
// page is not what its container says.
func TestEventsOnRestrictedPages(t *testing.T) {
	path := edge(t)
	restrict(t, path)
	alter(t, path, "INSERT INTO content SELECT 777001, 'COMMENT', title, version, creator, creationdate, lastmodifier, lastmoddate, versioncomment, prevver, content_status, 3001, spaceid, parentid, parentcommentid FROM content WHERE contentid = 3001",
		`INSERT INTO "AO_7B47A5_EVENT" ("ID", "NAME", "EVENT_AT", "SPACE_KEY", "CONTENT_ID", "CONTAINER_ID") VALUES
		(9001, 'attachment_created', 1719889445000, 'ENG', 3001, 0), (9002, 'comment_created', 1719889445000, 'ENG', 777001, 3001),
		(9003, 'comment_created', 1719889445000, 'ENG', 777001, NULL), (9004, 'page_viewed', 1719889445000, 'ENG', 999, 0)`)
	for _, o := range []Options{{}, {SQLiteOnly: true}, {EventContainerAsStored: true}} {
		o.Redaction = byRules(t, "restricted: drop")
		m, _ := export(t, path, o)
		ids := m.cells(t, "analytics_events", "event_id")
		for _, id := range []string{"9001", "9002", "9003"} {
			if slices.Contains(ids, id) {
				t.Errorf("%+v: event %s is of a restricted page", o, id)
			}
		}
		if !slices.Contains(ids, "9004") {
			t.Errorf("%+v: event 9004 is not there: %v", o, ids)
		}
	}
}

// TestRestrictedHome: the address of a home page that not everybody may see is not told.
func TestRestrictedHome(t *testing.T) {
	path := edge(t)
	restrict(t, path)
	alter(t, path, "INSERT INTO content_perm_set VALUES (9, 'view', 1001)", "INSERT INTO content_perm VALUES (9, 9)")
	m, _ := export(t, path, Options{Redaction: byRules(t, "restricted: drop")})
	if strings.Contains(m.files["spaces"].String(), "Engineering+Home") {
		t.Error(m.files["spaces"])
	}
	// All but one are below it.
	for _, id := range m.cells(t, "pages", "page_id") {
		if id == "999" || id == "1004" {
			t.Error(id)
		}
	}
}

// TestRestrictedUnknown: a snapshot that does not tell which pages are restricted cannot
// be exported without them.
func TestRestrictedUnknown(t *testing.T) {
	s, err := snapshot.Open(t.Context(), edge(t))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	_, err = Export(t.Context(), s, Options{Redaction: byRules(t, "restricted: drop")}, (&memory{}).open, nil)
	if whole := (*snapshot.FileError)(nil); !errors.As(err, &whole) || !strings.Contains(err.Error(), "content_perm_set") {
		t.Error(err)
	}
}

// TestRedactedColumns: what a result tells of its files are the columns that they have.
func TestRedactedColumns(t *testing.T) {
	m, r := export(t, edge(t), Options{Redaction: byRules(t, "profile: gdpr\ncolumns: {page_version: mask}")})
	for i, f := range r.Files {
		header, _, _ := strings.Cut(m.files[f.Name].String(), "\r\n")
		var names []string
		for _, c := range f.Columns {
			names = append(names, c.Name)
			if c.Name == "page_version" && c.Type != columns.TypeText {
				t.Errorf("%s has masked numbers of type %s", f.Name, c.Type)
			}
		}
		if strings.Join(names, ",") != header || len(names) == len(columns.Confluence[i].Columns) && i != fileEvents {
			t.Errorf("%s: %v, has %s", f.Name, names, header)
		}
	}
	if k := r.Redaction; k.Profile != "gdpr" || k.Key == "" || len(r.Redaction.Files) != fileCount {
		t.Errorf("%+v", r.Redaction)
	}
}

// TestMessagesTellNothing: neither errors nor warnings nor the file of rejected rows have
// values of the snapshot or keys of people's spaces in them, if these are redacted.
func TestMessagesTellNothing(t *testing.T) {
	path := edge(t)
	alter(t, path, "UPDATE content SET lastmoddate = 'Ann Secret' WHERE contentid = 1002", "INSERT INTO content_label VALUES (999, 1, 'Ann Secret', NULL, NULL)",
		`INSERT INTO "AO_8752F1_DATA_PIPELINE_EOO" VALUES (9, 'SPACE', '~robin.kim')`)
	open := func(o Options) (m *memory, r Result, err error) {
		m = &memory{}
		s, err := Product{}.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		chosen := map[string]string{}
		if o.SkipBadRows {
			chosen["skip-bad-rows"] = "true"
		}
		r, err = s.Export(t.Context(), product.Options{Redaction: o.Redaction, Location: berlin, Rules: chosen, TempDir: t.TempDir(), From: beginning}, m.open, nil)
		return m, r, err
	}
	tells := func(text string) bool { return strings.Contains(text, "Ann") || strings.Contains(text, "robin") }
	if _, _, err := open(Options{}); err == nil || !tells(err.Error()) {
		t.Errorf("%v: the test would see nothing", err)
	}
	if _, _, err := open(Options{Redaction: byRules(t, "profile: gdpr")}); err == nil || tells(err.Error()) || !strings.Contains(err.Error(), "--skip-bad-rows") {
		t.Error(err)
	}
	for _, x := range []struct {
		by    *product.Redaction
		tells bool
	}{{nil, true}, {byRules(t, "profile: gdpr"), false}} {
		m, r, err := open(Options{Redaction: x.by, SkipBadRows: true})
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Join(r.OptedOut, " ") + m.files[RejectedName].String()
		for _, d := range r.Warnings {
			text += d.Message
		}
		if tells(text) != x.tells || strings.Count(m.files[RejectedName].String(), "\n") < 3 {
			t.Errorf("redacted %v: %s", x.by != nil, text)
		}
	}
}
