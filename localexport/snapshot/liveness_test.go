package snapshot

import (
	"strings"
	"testing"
)

// TestNothingLive: no live page is a complaint where something is odd about those
// that there are, and none in an empty wiki or one whose pages are in the bin.
func TestNothingLive(t *testing.T) {
	row := func(id, status, prevver string) string {
		return "INSERT INTO content (contentid, contenttype, content_status, prevver) VALUES (" + id + ", 'PAGE', " + status + ", " + prevver + ")"
	}
	for name, c := range map[string]struct {
		rows []string
		want string
	}{
		"empty":                          {nil, ""},
		"live":                           {[]string{row("1", "NULL", "NULL"), row("2", "'current'", "NULL")}, ""},
		"bin and drafts":                 {[]string{row("1", "'deleted'", "NULL"), row("2", "'draft'", "NULL")}, ""},
		"old versions of what is there":  {[]string{row("1", "'deleted'", "NULL"), row("2", "'current'", "1"), row("3", "'current'", "1")}, ""},
		"old versions of what is absent": {[]string{row("2", "'current'", "1"), row("3", "'current'", "1")}, "there are 2 that are old versions"},
		"no status":                      {[]string{row("1", "NULL", "NULL"), row("2", "''", "''"), row("3", "'deleted'", "NULL")}, "there are 2 that have no status"},
		"literal null":                   {[]string{row("1", "'current'", `'\N'`), row("2", "'deleted'", "NULL")}, "there are 1 whose prevver"},
	} {
		s, err := Open(t.Context(), database(t, with(c.rows...)...))
		if err != nil {
			t.Fatal(err)
		}
		l, err := s.FindLive(t.Context(), Accepted{})
		if err != nil {
			t.Fatal(err)
		}
		if got, wrong := l.Complaint(); wrong != (c.want != "") || !strings.Contains(got.Message, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		s.Close()
	}
}
