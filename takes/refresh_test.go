//go:build unix

package takes

import (
	"crypto/sha256"
	"fmt"
	"hash"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"sluice/localexport/confluence"
	"sluice/localexport/demo"
	demodumps "sluice/localexport/demo/dumps"
	"sluice/localexport/snapshot"
	"sluice/localexport/sqlread"
	"sluice/takes/dbfile"
	"sluice/takes/shape"
)

// site is a running database that holds a demo, and changes.
type site struct {
	address string
	query   func(sql string) string // names stand in double quotes
	schema  string
}

// postgresSite loads a demo into a database of the server.
func postgresSite(t *testing.T, p *postgres, name string, pages int) site {
	t.Helper()
	path := filepath.Join(t.TempDir(), "demo.sql")
	if _, err := demo.Write(t.Context(), path, demo.Options{Pages: pages, Seed: 5, As: demodumps.PgSQL}); err != nil {
		t.Fatal(err)
	}
	dump, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	connect := []string{"-h", "127.0.0.1", "-p", strconv.Itoa(p.port), "-U", "admin"}
	p.run("", "createdb", append(connect, name)...)
	args := append(connect, "-qAt", "-X", "-v", "ON_ERROR_STOP=1", "-d", name)
	p.run(string(dump), "psql", args...)
	return site{strings.Replace(p.address("admin"), "/postgres?", "/"+name+"?", 1), func(sql string) string {
		p.t.Helper()
		return strings.TrimSpace(p.run(sql, "psql", args...))
	}, "public"}
}

// mariaDBSite does the same with a MariaDB.
func mariaDBSite(t *testing.T, m *mariaDB, name string) site {
	t.Helper()
	m.load(name)
	return site{fmt.Sprintf("mysql://root@127.0.0.1:%d/%s", m.port, name), func(sql string) string {
		m.t.Helper()
		return strings.TrimSpace(m.run("SET NAMES utf8mb4; SET sql_mode = 'ANSI_QUOTES';"+sql, "mariadb", "-N", "-B", name))
	}, name}
}

// keys are those of a table, in order.
func (s site) keys(table, key string) []int64 {
	var all []int64
	for _, line := range strings.Fields(s.query(fmt.Sprintf(`SELECT "%[2]s" FROM "%[1]s" ORDER BY "%[2]s"`, table, key))) {
		n, _ := strconv.ParseInt(line, 10, 64)
		all = append(all, n)
	}
	return all
}

// copyRow adds a row that is like another one but for its key.
func (s site) copyRow(table, key string, from, to int64) string {
	columns := strings.Split(s.query(fmt.Sprintf("SELECT column_name FROM information_schema.columns WHERE table_schema = '%s' AND table_name = '%s' ORDER BY ordinal_position", s.schema, table)), "\n")
	values := slices.Clone(columns)
	for i, c := range columns {
		columns[i], values[i] = `"`+c+`"`, `"`+c+`"`
		if c == key {
			values[i] = strconv.FormatInt(to, 10)
		}
	}
	return fmt.Sprintf(`INSERT INTO "%s" (%s) SELECT %s FROM "%[1]s" WHERE "%[4]s" = %[5]d;`, table, strings.Join(columns, ", "), strings.Join(values, ", "), key, from)
}

// hashed is a file of an export.
type hashed struct{ hash.Hash }

func (hashed) Commit() error { return nil }
func (hashed) Close() error  { return nil }

// fiveFiles are digests of the five files that an export makes of a snapshot.
func fiveFiles(t *testing.T, path string) string {
	t.Helper()
	s, err := snapshot.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	files := map[string]hashed{}
	o := confluence.Options{From: time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC), FullContent: true, Location: time.UTC}
	if _, err := confluence.Export(t.Context(), s, o, func(name string) (confluence.Output, error) {
		files[name] = hashed{sha256.New()}
		return files[name], nil
	}, nil); err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, name := range confluence.FileNames {
		all = append(all, fmt.Sprintf("%s %x", name, files[name].Sum(nil)))
	}
	return strings.Join(all, "\n")
}

// versions are the versions of the rows of all tables, and the sums of ranges.
func versions(t *testing.T, path string) string {
	t.Helper()
	c, err := sqlread.Open(t.Context(), path, sqlread.OpenOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	var b strings.Builder
	each := func(sql string) {
		t.Helper()
		if err := c.Each(sql, func(s *sqlread.Stmt) error {
			b.Write(append(s.Bytes(0), '\n'))
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	for _, table := range shape.Tables {
		n, _, err := c.Int("SELECT count(*) FROM pragma_table_info(?) WHERE name = ?", table.Name, shape.Mark)
		if err != nil {
			t.Fatal(err)
		}
		if n > 0 {
			each(fmt.Sprintf(`SELECT '%[1]s ' || %[2]s || ' ' || %[3]s FROM "%[1]s" ORDER BY %[2]s`, table.Name, table.Columns[table.KeyIndex()].Name, shape.Mark))
		}
	}
	each(`SELECT name || ' ' || number || ' ' || rows || ' ' || checked FROM ` + snapshot.RangesTable + ` ORDER BY name, number`)
	return b.String()
}

// again takes the snapshot at out again, and reports where it is not what a full one
// is: in its rows, in the versions of bodies, or in any of the five exported files.
func (s site) again(t *testing.T, name, out string) Report {
	t.Helper()
	r, err := Take(t.Context(), s.address, out, Options{Refresh: true})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	full := filepath.Join(t.TempDir(), "full.db")
	whole, err := Take(t.Context(), s.address, full, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if contents(t, out) != contents(t, full) || versions(t, out) != versions(t, full) {
		t.Errorf("%s: other rows than those of a full take", name)
	}
	if fiveFiles(t, out) != fiveFiles(t, full) {
		t.Errorf("%s: other files than those of a full take", name)
	}
	if !slices.Equal(r.Tables, whole.Tables) {
		t.Errorf("%s: counted %v, a full take %v", name, r.Tables, whole.Tables)
	}
	if left, _ := filepath.Glob(out + "*"); len(left) != 1 {
		t.Errorf("%s: left %q", name, left)
	}
	return r
}

// told are the changes of a report, as "table new/changed/gone".
func told(r Report) string {
	var all []string
	for _, c := range r.Changes {
		if c != (dbfile.Change{Table: c.Table}) {
			all = append(all, fmt.Sprintf("%s %d/%d/%d", c.Table, c.New, c.Changed, c.Gone))
		}
	}
	return strings.Join(all, ", ")
}

// changes are things that happen to a site, and what is then told of them.
func (s site) changes() []struct{ name, sql, want string } {
	pages := s.keys("content", "contentid")
	bodies := s.keys("bodycontent", "bodycontentid")
	events := s.keys("AO_7B47A5_EVENT", "ID")
	labels := s.keys("content_label", "id")
	parents := strings.Fields(s.query(`SELECT contentid FROM content WHERE parentid IS NOT NULL AND prevver IS NULL ORDER BY contentid`))
	last := events[len(events)-1]
	in := func(key string, all []int64) string {
		return key + " IN (" + strings.Trim(strings.Join(strings.Fields(fmt.Sprint(all)), ", "), "[]") + ")"
	}
	page := s.query(`SELECT min(contentid) FROM bodycontent`)
	titled := s.query(`SELECT min(contentid) FROM content WHERE title IS NOT NULL`)
	owned := s.query(`SELECT count(*) FROM bodycontent WHERE contentid = ` + page)
	tagged := s.query(`SELECT count(*) FROM content_label WHERE contentid = ` + page)
	gone := "content 0/0/1, bodycontent 0/0/" + owned
	if tagged != "0" {
		gone += ", content_label 0/0/" + tagged
	}
	owners := strings.Fields(s.query(`SELECT contentid FROM bodycontent WHERE contentid <> ` + page + ` ORDER BY bodycontentid`))
	return []struct{ name, sql, want string }{
		{"nothing", "SELECT 1", ""},
		{"a body alone", fmt.Sprintf(`UPDATE bodycontent SET body = concat(body, ' and more') WHERE bodycontentid = %d`, bodies[3]), "bodycontent 0/1/0"},
		{"a body of the same length", fmt.Sprintf(`UPDATE bodycontent SET body = reverse(body) WHERE bodycontentid = %d`, bodies[5]), "bodycontent 0/1/0"},
		{"bodies swapped", fmt.Sprintf(`UPDATE bodycontent SET contentid = CASE contentid WHEN %[1]s THEN %[2]s ELSE %[1]s END WHERE contentid IN (%[1]s, %[2]s)`, owners[0], owners[1]), "bodycontent 0/2/0"},
		{"a body lost", fmt.Sprintf(`UPDATE bodycontent SET body = NULL WHERE bodycontentid = %d`, bodies[7]), "bodycontent 0/1/0"},
		{"a title", fmt.Sprintf(`UPDATE content SET title = concat(title, '!') WHERE contentid = %s`, titled), "content 0/1/0"},
		{"a page moved", fmt.Sprintf(`UPDATE content SET parentid = NULL WHERE contentid = %s`, parents[0]), "content 0/1/0"},
		{"a key changed", fmt.Sprintf(`UPDATE content_label SET id = id + 700000001 WHERE id = %[1]d; UPDATE bodycontent SET bodycontentid = bodycontentid + 700000001 WHERE bodycontentid = %[2]d`, labels[0], bodies[11]),
			"bodycontent 1/0/1, content_label 1/0/1"},
		{"rows written again", `UPDATE content SET version = version; UPDATE bodycontent SET bodytypeid = bodytypeid; UPDATE "AO_7B47A5_EVENT" SET "NAME" = "NAME"; UPDATE cwd_user SET id = id; UPDATE content_label SET labelid = labelid`, ""},
		{"a page deleted", fmt.Sprintf(`DELETE FROM content_label WHERE contentid = %[1]s; DELETE FROM bodycontent WHERE contentid = %[1]s; DELETE FROM content WHERE contentid = %[1]s`, page), gone},
		{"a page made", s.copyRow("content", "contentid", pages[4], 900_000_001) + s.copyRow("bodycontent", "bodycontentid", bodies[4], 900_000_001) +
			`UPDATE bodycontent SET contentid = 900000001 WHERE bodycontentid = 900000001`, "content 1/0/0, bodycontent 1/0/0"},
		{"a label removed", fmt.Sprintf(`DELETE FROM content_label WHERE id = %d`, labels[len(labels)-1]), "content_label 0/0/1"},
		{"a user renamed", `UPDATE cwd_user SET display_name = concat(display_name, ' Jr') WHERE id = 0 + (SELECT x FROM (SELECT min(id) AS x FROM cwd_user) q);
			UPDATE user_mapping SET username = concat(username, '2') WHERE user_key = (SELECT x FROM (SELECT min(user_key) AS x FROM user_mapping) q)`, "user_mapping 0/1/0, cwd_user 0/1/0"},
		{"a space renamed", `UPDATE spaces SET spacename = concat(spacename, ' (old)') WHERE spaceid = (SELECT x FROM (SELECT max(spaceid) AS x FROM spaces) q)`, "spaces 0/1/0"},
		{"events purged", `DELETE FROM "AO_7B47A5_EVENT" WHERE ` + in(`"ID"`, events[:3]), "AO_7B47A5_EVENT 0/0/3"},
		{"an event behind a gap", s.copyRow("AO_7B47A5_EVENT", "ID", last, last+30_000), "AO_7B47A5_EVENT 1/0/0"},
		{"an event in the gap", s.copyRow("AO_7B47A5_EVENT", "ID", last, last+20), "AO_7B47A5_EVENT 1/0/0"},
		{"an event in the place of another", fmt.Sprintf(`DELETE FROM "AO_7B47A5_EVENT" WHERE "ID" = %d;`, last+20) + s.copyRow("AO_7B47A5_EVENT", "ID", events[4], last+20), "AO_7B47A5_EVENT 0/1/0"},
		{"keys below zero", s.copyRow("content", "contentid", pages[6], -7) + s.copyRow("bodycontent", "bodycontentid", bodies[6], -8) + s.copyRow("bodycontent", "bodycontentid", bodies[8], -10_001) +
			s.copyRow("AO_7B47A5_EVENT", "ID", last, -9) + s.copyRow("AO_7B47A5_EVENT", "ID", last, -10_009), "content 1/0/0, bodycontent 2/0/0, AO_7B47A5_EVENT 2/0/0"},
		{"one of them gone", `DELETE FROM "AO_7B47A5_EVENT" WHERE "ID" = -9; DELETE FROM bodycontent WHERE bodycontentid = -8`, "bodycontent 0/0/1, AO_7B47A5_EVENT 0/0/1"},
		{"all events purged but one", fmt.Sprintf(`DELETE FROM "AO_7B47A5_EVENT" WHERE "ID" <> %d`, last), ""},
	}
}

// takenAgain goes through all changes.
func (s site) takenAgain(t *testing.T) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "again.db")
	if _, err := Take(t.Context(), s.address, out, Options{}); err != nil {
		t.Fatal(err)
	}
	for _, c := range s.changes() {
		s.query(c.sql)
		r := s.again(t, c.name, out)
		if r.Changes == nil || c.want != told(r) && !strings.HasPrefix(c.name, "all events") {
			t.Errorf("%s: told %q, want %q; %q", c.name, told(r), c.want, r.Notes)
		}
	}
}
