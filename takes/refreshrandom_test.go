//go:build unix

package takes

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// roundsEnv is the variable with the number of rounds of random changes, for a longer
// run than that of the suite.
const roundsEnv = "SLUICE_TEST_REFRESH_ROUNDS"

// random changes things at random, and takes the snapshot again each time.
func (s site) random(t *testing.T, seed uint64) {
	rounds := 4
	if n, err := strconv.Atoi(os.Getenv(roundsEnv)); err == nil {
		rounds = n
	}
	out := filepath.Join(t.TempDir(), "again.db")
	if _, err := Take(t.Context(), s.address, out, Options{}); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(seed, 12))
	for round := range rounds {
		var all []string
		for range 1 + r.IntN(8) {
			sql := s.change(r)
			all = append(all, sql)
			s.query(sql)
		}
		if report := s.again(t, fmt.Sprintf("round %d", round), out); report.Changes == nil {
			t.Errorf("round %d: %q", round, report.Notes)
		}
		if t.Failed() {
			t.Fatalf("seed %d, round %d:\n%s", seed, round, strings.Join(all, ";\n"))
		}
	}
}

// change is something that happens to a site.
func (s site) change(r *rand.Rand) string {
	table := [][2]string{{"content", "contentid"}, {"bodycontent", "bodycontentid"}, {"bodycontent", "bodycontentid"}, {"AO_7B47A5_EVENT", "ID"}, {"content_label", "id"}, {"cwd_user", "id"}}[r.IntN(6)]
	keys := s.keys(table[0], table[1])
	if len(keys) < 5 {
		return "SELECT 1"
	}
	from := keys[r.IntN(len(keys))]
	near := keys[r.IntN(len(keys))] + int64(r.IntN(3)) - 1
	kind := r.IntN(6)
	if table[0] == "cwd_user" && kind > 0 { // a name may be there once
		kind = 5
	}
	switch kind {
	case 0:
		return fmt.Sprintf(`DELETE FROM "%s" WHERE "%s" BETWEEN %d AND %[3]d + %[4]d`, table[0], table[1], from, r.IntN(3))
	case 1: // between others, where there is room
		return strings.TrimSuffix(s.copyRow(table[0], table[1], from, near), ";") + fmt.Sprintf(` AND NOT EXISTS (SELECT 1 FROM "%s" x WHERE x."%s" = %d)`, table[0], table[1], near)
	case 2:
		return s.copyRow(table[0], table[1], from, keys[len(keys)-1]+1+int64(r.IntN(25_000)))
	case 3:
		return s.copyRow(table[0], table[1], from, min(keys[0], 0)-1-int64(r.IntN(25_000)))
	}
	number := r.IntN(1000)
	set := map[string][]string{
		"content":         {fmt.Sprintf("title = 'Title %d'", number), "parentid = NULL", "lastmoddate = creationdate", "content_status = 'deleted'", fmt.Sprintf("versioncomment = '%d'", number), "versioncomment = ''", "versioncomment = NULL"},
		"bodycontent":     {fmt.Sprintf("body = '<p>%d</p>'", number), "body = reverse(body)", "body = ''", "body = NULL", "body = concat(body, 'ü😀')", "bodytypeid = 1", "bodytypeid = 2", "body = body"},
		"AO_7B47A5_EVENT": {fmt.Sprintf(`"EVENT_AT" = "EVENT_AT" + %d`, number), `"NAME" = 'page_created'`, `"USER_KEY" = NULL`, `"CONTENT_ID" = "CONTENT_ID" + 1`},
		"content_label":   {"labelid = labelid"},
		"cwd_user":        {fmt.Sprintf("display_name = 'Name %d'", number), "email_address = ''"},
	}[table[0]]
	return fmt.Sprintf(`UPDATE "%s" SET %s WHERE "%s" = %d`, table[0], set[r.IntN(len(set))], table[1], from)
}
