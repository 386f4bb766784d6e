//go:build unix

package takes

import (
	"database/sql"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"sluice/localexport/snapshot"
)

// TestPostgresTakenAgain: a snapshot that is taken again by what changed holds what a
// full one does, whatever has changed.
func TestPostgresTakenAgain(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a server")
	}
	p := startPostgres(t)
	s := postgresSite(t, p, "wiki", 60)
	t.Run("changes", s.takenAgain)
	t.Run("versions", func(t *testing.T) { postgresTellsVersions(t, s) })
	t.Run("late", func(t *testing.T) { postgresCommitsLate(t, p.within(t), s) })
	t.Run("vacuum", func(t *testing.T) { postgresIsVacuumed(t, s) })
	t.Run("random", func(t *testing.T) { s.random(t, 1) })
	t.Run("read whole", func(t *testing.T) { postgresIsReadWhole(t, p.within(t), s) })
}

// postgresCommitsLate: what an open transaction had written when the snapshot was taken
// comes with the next one, though its keys are lower than others that came before.
func postgresCommitsLate(t *testing.T, p *postgres, s site) {
	out := filepath.Join(t.TempDir(), "again.db")
	last := s.keys("AO_7B47A5_EVENT", "ID")
	high := last[len(last)-1]
	body := s.keys("bodycontent", "bodycontentid")[9]
	session := exec.Command(filepath.Join(p.bin, "psql"), "-qAt", "-X", "-h", "127.0.0.1", "-p", strconv.Itoa(p.port), "-U", "admin", "-d", "wiki")
	in, err1 := session.StdinPipe()
	said, err2 := session.StdoutPipe()
	if err := errors.Join(err1, err2, session.Start()); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(in, "BEGIN; %s UPDATE bodycontent SET body = reverse(body) WHERE bodycontentid = %d; SELECT 'written';\n", s.copyRow("AO_7B47A5_EVENT", "ID", high, high+1), body)
	if _, err := said.Read(make([]byte, 16)); err != nil {
		t.Fatal(err)
	}
	s.query(s.copyRow("AO_7B47A5_EVENT", "ID", high, high+2))
	if _, err := Take(t.Context(), s.address, out, Options{}); err != nil {
		t.Fatal(err)
	}
	s.query(fmt.Sprintf(`UPDATE content SET version = version WHERE contentid = %d`, s.keys("content", "contentid")[0])) // transactions go on
	if r := s.again(t, "while it is open", out); strings.Contains(told(r), "content ") {
		t.Errorf("while it is open: %q", told(r))
	}
	fmt.Fprintln(in, "COMMIT; SELECT 'committed';")
	if _, err := said.Read(make([]byte, 16)); err != nil {
		t.Fatal(err)
	}
	if r := s.again(t, "committed", out); !strings.Contains(told(r), "bodycontent 0/1/0") || !strings.Contains(told(r), "AO_7B47A5_EVENT 1/") {
		t.Errorf("committed: %q, %q", told(r), r.Notes)
	}
	in.Close()
	if err := session.Wait(); err != nil {
		t.Error(err)
	}
}

// postgresTellsVersions: of a server that runs since, rows are not asked for their values
// to be compared; of one that was started anew, or whose start is not known, they are.
func postgresTellsVersions(t *testing.T, s site) {
	out := filepath.Join(t.TempDir(), "again.db")
	whole, err := Take(t.Context(), s.address, out, Options{})
	if err != nil {
		t.Fatal(err)
	}
	quick := s.again(t, "versions", out)
	change(t, out, `UPDATE sluice_snapshot SET value = replace(value, '"started":"', '"started":"1') WHERE key = 'state'`)
	slow := s.again(t, "started anew", out)
	if quick.Read*5 > whole.Read || quick.Read*2 > slow.Read || slow.Read > whole.Read || slow.Changes == nil {
		t.Errorf("read %d bytes, by versions %d, by values %d", whole.Read, quick.Read, slow.Read)
	}
}

// change changes a snapshot.
func change(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err == nil {
		_, err = db.Exec(statement)
		err = errors.Join(err, db.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
}

// postgresIsVacuumed: that the server tidies up changes no row.
func postgresIsVacuumed(t *testing.T, s site) {
	out := filepath.Join(t.TempDir(), "again.db")
	if _, err := Take(t.Context(), s.address, out, Options{}); err != nil {
		t.Fatal(err)
	}
	for _, sql := range []string{"VACUUM", "VACUUM FULL", "VACUUM FREEZE", "VACUUM FULL FREEZE", "CLUSTER bodycontent USING bodycontent_pkey", "REINDEX DATABASE wiki", "ANALYZE"} {
		s.query(sql)
		if r := s.again(t, sql, out); r.Changes == nil || told(r) != "" {
			t.Errorf("%s: %q, %q", sql, told(r), r.Notes)
		}
	}
}

// TestPostgresPutBack: a server whose files are put back to those of an earlier day, and
// which has gone on from there, tells the same about itself, and other rows under the
// same keys.
func TestPostgresPutBack(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a server")
	}
	p := startPostgres(t)
	s := postgresSite(t, p, "wiki", 30)
	data, kept := filepath.Join(p.dir, "data"), filepath.Join(p.dir, "kept")
	around := func(do func()) {
		p.run("", "pg_ctl", "-D", data, "-m", "fast", "-w", "stop")
		do()
		p.run("", "pg_ctl", "-D", data, "-o", fmt.Sprintf("-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories=%s", p.port, p.dir), "-l", filepath.Join(p.dir, "log"), "-w", "start")
	}
	shell := func(name string, args ...string) {
		t.Helper()
		if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	around(func() { shell("cp", "-a", data, kept) })
	events, bodies := s.keys("AO_7B47A5_EVENT", "ID"), s.keys("bodycontent", "bodycontentid")
	last := events[len(events)-1]
	goOn := func(from int64, body string, more int) {
		for i := range int64(3) {
			s.query(s.copyRow("AO_7B47A5_EVENT", "ID", from, last+1+i))
		}
		s.query(fmt.Sprintf(`UPDATE bodycontent SET body = '%s' WHERE bodycontentid = %d`, body, bodies[0]))
		s.query(fmt.Sprintf(`DO 'BEGIN FOR i IN 1..%d LOOP UPDATE spaces SET spacename = spacename; COMMIT; END LOOP; END'`, more))
	}
	goOn(events[0], "one way", 100)
	out := filepath.Join(t.TempDir(), "again.db")
	if _, err := Take(t.Context(), s.address, out, Options{}); err != nil {
		t.Fatal(err)
	}
	around(func() { shell("rm", "-r", data); shell("mv", kept, data) })
	goOn(events[1], "another way", 300)
	if r := s.again(t, "put back", out); r.Changes == nil || !strings.Contains(told(r), "AO_7B47A5_EVENT 0/3/0") {
		t.Errorf("%q, %q", told(r), r.Notes)
	}
}

// postgresIsReadWhole: where what changed cannot be told, everything is read, and the
// report and the snapshot say why.
func postgresIsReadWhole(t *testing.T, p *postgres, s site) {
	dir := t.TempDir()
	out := filepath.Join(dir, "again.db")
	whole := func(name, address, want string) {
		t.Helper()
		r, err := Take(t.Context(), address, out, Options{Refresh: true})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		said := strings.Join(r.Notes, "\n")
		if r.Changes != nil || !strings.Contains(said, "Everything was read: "+want) {
			t.Errorf("%s: changes %q, notes %q", name, told(r), said)
		}
		if notes := strings.Join(originNotes(t, out), "\n"); !strings.Contains(notes, "Everything was read: "+want) {
			t.Errorf("%s: the snapshot says %q", name, notes)
		}
		if r, err := Take(t.Context(), address, out, Options{Refresh: true}); name != "denied" && (err != nil || r.Changes == nil) {
			t.Errorf("%s, the next time: %v, %q", name, err, r.Notes)
		}
	}
	whole("none", s.address, "there was no snapshot yet")
	if _, err := Take(t.Context(), filepath.Join("testdata", "pg15.sql"), out, Options{Replace: true}); err != nil {
		t.Fatal(err)
	}
	whole("of a dump", s.address, "the snapshot does not tell the state of the database it was taken of")
	other := postgresSite(t, p, "other", 30)
	whole("another database", other.address, "it is of another database")
	whole("the first one", s.address, "it is of another database")
	s.query(`CREATE TABLE kept AS SELECT * FROM label; ALTER TABLE label RENAME TO lost`)
	whole("a table lost", s.address, "the tables are not those of then")
	s.query(`ALTER TABLE lost RENAME TO label`)
	whole("a table back", s.address, "the tables are not those of then")
	s.query(`ALTER TABLE content DROP COLUMN versioncomment`)
	whole("a column lost", s.address, "the snapshot holds other columns of content")
	s.query(`ALTER TABLE content ADD COLUMN versioncomment text`)
	whole("a column come", s.address, "the snapshot holds other columns of content")
	s.query(`REVOKE EXECUTE ON FUNCTION pg_catalog.pg_control_system() FROM public; CREATE ROLE untold LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO untold`)
	whole("denied", strings.Replace(s.address, "admin@", "untold@", 1), "the server does not tell what is needed to know what has changed")
	s.query(`GRANT EXECUTE ON FUNCTION pg_catalog.pg_control_system() TO public`)
	whole("allowed", s.address, "the snapshot does not tell the state")
	// Rights on single columns are enough to take a snapshot, and not to tell versions.
	s.query(`CREATE ROLE columns LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO columns; REVOKE SELECT ON bodycontent, "AO_7B47A5_EVENT" FROM columns;
		GRANT SELECT (bodycontentid, contentid, bodytypeid, body) ON bodycontent TO columns;
		GRANT SELECT ("ID", "NAME", "EVENT_AT", "USER_KEY", "SPACE_KEY", "CONTENT_ID", "CONTAINER_ID") ON "AO_7B47A5_EVENT" TO columns`)
	whole("denied", strings.Replace(s.address, "admin@", "columns@", 1), `columns may not read the versions of the rows of public.bodycontent; an administrator of the database can allow it with GRANT SELECT (xmin) ON "public"."bodycontent" TO "columns";`)
	s.query(`GRANT SELECT (xmin) ON bodycontent TO columns`)
	s.address = strings.Replace(s.address, "admin@", "columns@", 1)
	whole("allowed", s.address, "the snapshot holds other columns of bodycontent")
	s.again(t, "with rights on columns", out)
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) != 1 {
		t.Errorf("left: %q", left)
	}
}

// originNotes are those that a snapshot keeps.
func originNotes(t *testing.T, path string) []string {
	t.Helper()
	f, err := snapshot.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	o, err := f.Origin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return o.Notes
}
