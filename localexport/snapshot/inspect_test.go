package snapshot

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

const fewRows = `INSERT INTO content (contentid, contenttype, content_status, prevver, spaceid, creationdate, lastmoddate) VALUES
 (1, 'PAGE', 'current', NULL, 1, '2024-01-01 00:00:00', '2024-01-02 00:00:00'), (2, 'BLOGPOST', 'current', NULL, 1, '2024-01-01 00:00:00', NULL),
 (3, 'PAGE', 'current', 1, NULL, '2024-01-01 00:00:00', NULL), (4, 'PAGE', 'draft', NULL, 1, '2024-01-01 00:00:00', NULL),
 (5, 'COMMENT', 'current', NULL, NULL, '2024-01-01 00:00:00', NULL), (6, 'PAGE', 'current', NULL, NULL, '2024-01-01 00:00:00', NULL)`

func TestInspect(t *testing.T) {
	path := database(t, with(fewRows, "INSERT INTO spaces VALUES (1, 'ENG', 'Engineering')", "CREATE INDEX b ON bodycontent (contentid)", "INSERT INTO user_mapping VALUES ('a', 'a'), ('b', 'b')",
		"CREATE TABLE confversion (buildnumber TEXT)", "INSERT INTO confversion VALUES ('8804'), ('9012'), (NULL)")...)
	for _, full := range []bool{false, true} {
		got, err := Inspect(t.Context(), path, InspectOptions{Full: full})
		if err != nil {
			t.Fatal(err)
		}
		want := Counts{Users: 2, Spaces: 1, Pages: 3, Comments: 1, Events: -1}
		if got.Counts != want || got.Version != "8.5" || got.Build != 9012 || got.Product != "Confluence" || got.BaseURL != "" {
			t.Errorf("inspection %+v", got)
		}
		if !strings.Contains(got.Storage, "whole numbers; all keys and indexes") {
			t.Errorf("storage %q", got.Storage)
		}
		text := ""
		for _, d := range got.Diagnostics {
			text += d.Key + ": " + d.Message + "\n"
		}
		for _, part := range []string{KeyNoBaseURL, "1 live pages or blog posts belong to no space", "There is no table AO_7B47A5_EVENT", KeyTimeZone} {
			if !strings.Contains(text, part) {
				t.Errorf("%q is not said in\n%s", part, text)
			}
		}
		if len(got.Integrity) > 0 {
			t.Errorf("integrity %v", got.Integrity)
		}
		b, err := json.Marshal(got)
		if err != nil || !strings.Contains(string(b), `"counts":{"users":2,"spaces":1,"pages":3,"comments":1,"analyticsEvents":-1,"estimated":false}`) {
			t.Errorf("%s, %v", b, err)
		}
	}
}

func TestInspectSaysWhatIsMissing(t *testing.T) {
	path := database(t, with("DROP TABLE content", "CREATE TABLE content (contentid TEXT, contenttype, title, version, creator, creationdate, lastmodifier, lastmoddate, prevver, content_status, pageid, spaceid, parentid)",
		"CREATE TABLE confversion (buildnumber)", "INSERT INTO confversion VALUES (12345)")...)
	got, err := Inspect(t.Context(), path, InspectOptions{})
	if err != nil {
		t.Fatal(err)
	}
	asked := map[string]bool{}
	if said := got.Stored.In(func(english string) string { asked[english] = true; return english }); said != got.Storage || !asked["text"] {
		t.Errorf("said part by part: %q, and %q as a whole", said, got.Storage)
	}
	if !strings.Contains(got.Storage, "Ids are stored as text; an export has to sort the keys of content(contentid), bodycontent(contentid) first") {
		t.Errorf("storage %q", got.Storage)
	}
	if got.Version != "" || got.Build != 12345 {
		t.Errorf("version %q, build %d", got.Version, got.Build)
	}
}

func TestFullInspectionFindsDamage(t *testing.T) {
	path := database(t, with(fewRows, "INSERT INTO spaces VALUES (1, 'ENG', 'Engineering')", "CREATE INDEX b ON bodycontent (contentid)",
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<500) INSERT INTO bodycontent SELECT i, hex(zeroblob(200)), i, 2 FROM n")...)
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	index := s.Table("bodycontent").root
	s.Close()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	// A leaf of the table loses its cells.
	if _, err := f.WriteAt([]byte{0x0d, 0, 0, 0, 0, 0, 0}, (index+3)*4096); err != nil {
		t.Fatal(err)
	}
	f.Close()
	got, err := Inspect(t.Context(), path, InspectOptions{Full: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Integrity) == 0 || got.Diagnostics[len(got.Diagnostics)-1].Key != KeyDamaged {
		t.Errorf("inspection %+v", got)
	}
}
