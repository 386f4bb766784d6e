//go:build unix

package takes

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"sluice/secret"
	"sluice/takes/dbfile"
	"sluice/takes/feed"
	"sluice/takes/mylive"
	"sluice/takes/shape"
)

// liveTake takes snapshots of databases of a server.
type liveTake struct {
	t   *testing.T
	dir string
	n   int
}

func (l *liveTake) of(address string, o Options) (string, Report, error) {
	l.n++
	out := filepath.Join(l.dir, fmt.Sprintf("%d.db", l.n))
	r, err := Take(l.t.Context(), address, out, o)
	return out, r, err
}

// clean reports what unfinished or refused snapshots have left.
func (l *liveTake) clean() {
	l.t.Helper()
	if left, err := filepath.Glob(filepath.Join(l.dir, "*.partial")); err != nil || len(left) > 0 {
		l.t.Errorf("left: %q, %v", left, err)
	}
}

func TestRunningMariaDB(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a server")
	}
	m := startMariaDB(t)
	dump := m.load("wiki")
	t.Run("demo", func(t *testing.T) { demoIsARealMySQLDump(t, m.within(t), dump) })
	t.Run("long rows", func(t *testing.T) { longRowsOfMariaDB(t, m.within(t)) })
	// MySQL's Confluence has some tables in upper case.
	m.run("RENAME TABLE content TO CONTENT, bodycontent TO BODYCONTENT, spaces TO SPACES", "mariadb", "wiki")
	want := takeText(t, dump)
	t.Run("refused", func(t *testing.T) { mariaDBRefuses(t, m.within(t)) })
	t.Run("rows", func(t *testing.T) { rowsOfMariaDB(t, m.within(t), want) })
	t.Run("columns", func(t *testing.T) { columnsOfMariaDB(t, m.within(t)) })
	t.Run("gentle", func(t *testing.T) { gentleWithMariaDB(t, m.within(t)) })
	t.Run("one moment", func(t *testing.T) { oneMomentOfMariaDB(t, m.within(t), want) })
}

func rowsOfMariaDB(t *testing.T, m *mariaDB, want string) {
	// What a server or a login has set must not change what is read.
	m.run("ALTER TABLE cwd_directory MODIFY active CHAR(9)", "mariadb", "wiki")
	m.run(`SET GLOBAL init_connect = "SET NAMES latin1"; SET GLOBAL sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PAD_CHAR_TO_FULL_LENGTH'; SET GLOBAL sql_select_limit = 3; SET GLOBAL max_join_size = 2;
		SET GLOBAL time_zone = '+05:30';
		CREATE USER reader@'127.0.0.1' IDENTIFIED BY 'right'; GRANT SELECT ON wiki.* TO reader@'127.0.0.1'`, "mariadb")
	l := &liveTake{t: t, dir: t.TempDir()}
	login := Options{Database: Database{Password: secret.Of("right")}}
	for _, address := range []string{"mysql://reader@127.0.0.1:%d/wiki", "MariaDB://reader@127.0.0.1:%d/wiki?tls=false",
		"jdbc:mysql://127.0.0.1:%d/wiki?user=reader&useSSL=false&sessionVariables=tx_isolation%%3D%%27READ-COMMITTED%%27", "jdbc:mariadb://127.0.0.1:%d/wiki?user=reader&sslMode=disable",
		"jdbc:mariadb://127.0.0.1:1,127.0.0.1:%d/wiki?user=reader"} {
		out, r, err := l.of(fmt.Sprintf(address, m.port), login)
		if err != nil {
			t.Fatalf("%s: %v", address, err)
		}
		if got := contents(t, out); got != want {
			t.Errorf("%s: other rows than those of the dump", address)
		}
		if r.Kind != "MariaDB database" || !strings.HasPrefix(r.Tool, "MariaDB ") || !strings.HasSuffix(r.Tool, "tested)") ||
			r.TimeZone != "+05:30" || !strings.Contains(r.Place, "(database wiki)") || len(r.Doubts) > 0 {
			t.Errorf("%s: report %+v", address, r)
		}
	}
	// Rights on the tables that there are, and no more, are enough; the others
	// may be there unseen.
	m.run("CREATE USER few@'127.0.0.1'", "mariadb")
	for _, name := range strings.Fields("CONTENT BODYCONTENT SPACES user_mapping cwd_user cwd_directory cwd_app_dir_mapping label content_label confversion") {
		m.run("GRANT SELECT ON wiki."+name+" TO few@'127.0.0.1'", "mariadb")
	}
	_, r, err := l.of(fmt.Sprintf("mysql://few@127.0.0.1:%d/wiki", m.port), Options{})
	if err != nil || len(r.Doubts) == 0 || !strings.Contains(strings.Join(r.Doubts, "\n"), "GRANT SELECT ON `wiki`.`AO_7B47A5_EVENT` TO 'few'@'127.0.0.1';") {
		t.Errorf("with rights on some tables: %v, %q", err, r.Doubts)
	}
	// A login that asks for TLS, in each of its ways.
	m.run("CREATE USER safe@'127.0.0.1' IDENTIFIED BY 'right' REQUIRE SSL; GRANT SELECT ON wiki.* TO safe@'127.0.0.1'", "mariadb")
	for _, way := range []string{"", "?tls=skip-verify", "?sslMode=VERIFY_CA&ssl-ca=" + m.cert, "?tls=true&ssl-ca=" + m.cert} {
		if out, _, err := l.of(fmt.Sprintf("mysql://safe@127.0.0.1:%d/wiki%s", m.port, way), login); err != nil || contents(t, out) != want {
			t.Errorf("with TLS %q: %v", way, err)
		}
	}
	t.Setenv("MYSQL_PWD", "right")
	if _, _, err := l.of(fmt.Sprintf("mysql://reader@127.0.0.1:%d", m.port), Options{Schema: "wiki"}); err != nil {
		t.Errorf("with MYSQL_PWD, and the database named apart: %v", err)
	}
	l.clean()
}

func mariaDBRefuses(t *testing.T, m *mariaDB) {
	m.run("CREATE DATABASE shop; CREATE TABLE shop.goods (id int); CREATE USER part@'127.0.0.1' IDENTIFIED BY 'right'; CREATE USER other@'127.0.0.1' IDENTIFIED BY 'right';"+
		"GRANT SELECT ON shop.* TO part@'127.0.0.1'; GRANT SELECT ON wiki.CONTENT TO part@'127.0.0.1'; GRANT SELECT (spaceid) ON wiki.SPACES TO part@'127.0.0.1'", "mariadb")
	l := &liveTake{t: t, dir: t.TempDir()}
	for name, c := range map[string]struct {
		address, password string
		kind              error
		want              string
	}{
		"a wrong password":   {"mysql://part@127.0.0.1:%d/wiki", "falsch", feed.ErrDenied, "does not let part in"},
		"no right at all":    {"mysql://other@127.0.0.1:%d/wiki", "right", feed.ErrDenied, "other"},
		"some rights":        {"mysql://part@127.0.0.1:%d/wiki", "right", feed.ErrDenied, "GRANT SELECT ON `wiki`.`SPACES` TO 'part'@'127.0.0.1';\n  GRANT SELECT ON `wiki`.`bodycontent` TO 'part'@'127.0.0.1';"},
		"another database":   {"mysql://part@127.0.0.1:%d/shop", "right", feed.ErrDamaged, "holds no Confluence"},
		"no database":        {"mysql://root@127.0.0.1:%d/nix", "", feed.ErrDamaged, "no such database"},
		"no server":          {"mysql://part@127.0.0.1:1/wiki?x=%d", "", feed.ErrUnreachable, "nothing answers at 127.0.0.1:1"},
		"a stranger":         {"mysql://part@127.0.0.1:%d/wiki?tls=true", "right", feed.ErrUnreachable, "certificate of its authority with ?tls=true&ssl-ca=FILE"},
		"nobody's authority": {"mysql://part@127.0.0.1:%d/wiki?tls=verify-ca", "right", feed.ErrUnreachable, "certificate of its authority"},
		"another name":       {"mysql://part@localhost:%d/wiki?tls=true&ssl-ca=" + m.cert, "right", feed.ErrUnreachable, "localhost"},
		"no such way of TLS": {"mysql://part@127.0.0.1:%d/wiki?sslMode=perhaps", "right", feed.ErrDamaged, "?tls=false"},
		"several servers":    {"jdbc:mysql:loadbalance://127.0.0.1:%d/wiki?user=part", "right", feed.ErrDamaged, "the hosts to try in their order"},
		"no user":            {"mysql://127.0.0.1:%d/wiki", "right", feed.ErrDamaged, "names no user"},
	} {
		_, _, err := l.of(fmt.Sprintf(c.address, m.port), Options{Database: Database{Password: secret.Of(c.password)}})
		if !errors.Is(err, c.kind) || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "falsch") {
			t.Errorf("%s: %v", name, err)
		}
	}
	l.clean()
}

// beforeRows takes a snapshot, and acts once its transaction is open.
func beforeRows(t *testing.T, address, out string, act func()) error {
	_, err := takeRunning(t.Context(), out, Options{Now: time.Now}, func(_ *input, _ string, begin func() (feed.Sink, error)) (dbfile.Origin, []string, error) {
		_, err := mylive.Read(t.Context(), mylive.Options{Address: address}, wanted{}, marks, func(mylive.Info) (feed.Sink, error) {
			act()
			return begin()
		})
		return dbfile.Origin{}, nil, err
	})
	return err
}

// oneMomentOfMariaDB: what changes after the reading began is not in the
// snapshot, and a connection that is cut leaves nothing.
func oneMomentOfMariaDB(t *testing.T, m *mariaDB, want string) {
	address := fmt.Sprintf("mysql://root@127.0.0.1:%d/wiki", m.port)
	out := filepath.Join(t.TempDir(), "x.db")
	changed := beforeRows(t, address, out, func() {
		m.run("UPDATE SPACES SET SPACENAME = 'changed'; DELETE FROM BODYCONTENT", "mariadb", "wiki")
	})
	if changed != nil || contents(t, out) != want {
		t.Errorf("what changed while it was read is in the snapshot: %v", changed)
	}
	cut := filepath.Join(t.TempDir(), "cut.db")
	err := beforeRows(t, address, cut, func() {
		m.run("SET SQL_BIG_SELECTS = 1; SELECT CONCAT('KILL ', ID, ';') FROM information_schema.PROCESSLIST WHERE ID <> CONNECTION_ID() AND DB = 'wiki' INTO @kill; EXECUTE IMMEDIATE @kill", "mariadb")
	})
	if !errors.Is(err, feed.ErrDamaged) || !strings.Contains(err.Error(), "was cut while it was read") {
		t.Errorf("a connection that was cut: %v", err)
	}
	for _, name := range []string{cut, cut + ".partial"} {
		if _, err := os.Stat(name); err == nil {
			t.Errorf("%s is left", name)
		}
	}
}

// gentleWithMariaDB: limits hold the server itself back, and what goes wrong because
// of them, or of others, is said; a dry run tells what there is.
func gentleWithMariaDB(t *testing.T, m *mariaDB) {
	address := fmt.Sprintf("mysql://root@127.0.0.1:%d/wiki", m.port)
	before, err := Plan(t.Context(), address, Options{})
	if err != nil || !before.Ready || before.Kind != "MariaDB database" || before.Bytes <= 0 || before.Seconds < 0 || before.Build == 0 || !before.has("bodycontent") {
		t.Errorf("survey: %v, %+v", err, before)
	}
	m.run("SET sql_big_selects = 1; CREATE DATABASE large; USE large; CREATE TABLE large.BODYCONTENT (BODYCONTENTID bigint PRIMARY KEY, BODY longtext, CONTENTID bigint, BODYTYPEID int);"+
		"INSERT INTO large.BODYCONTENT SELECT seq, REPEAT(MD5(seq), 300), 1, 2 FROM seq_1_to_6000;"+
		"CREATE TABLE large.CONTENT LIKE wiki.CONTENT; CREATE TABLE large.SPACES LIKE wiki.SPACES; CREATE TABLE large.user_mapping LIKE wiki.user_mapping", "mariadb")
	large := fmt.Sprintf("mysql://root@127.0.0.1:%d/large", m.port)
	sent := func() int64 {
		fields := strings.Fields(m.run("SET sql_big_selects = 1; SHOW GLOBAL STATUS LIKE 'Bytes_sent'", "mariadb", "-N"))
		n, err := strconv.ParseInt(fields[len(fields)-1], 10, 64)
		if err != nil {
			t.Error(err)
		}
		return n
	}
	began := sent()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	asked := false
	_, err = Take(ctx, large, filepath.Join(t.TempDir(), "x.db"), Options{MaxRate: 1_000_000, Progress: func(at Progress) {
		if at.Table != "BODYCONTENT" || at.Read < 200_000 || asked {
			return
		}
		asked = true
		if n := sent() - began; n > at.Read+ahead {
			t.Errorf("the server is at %d where we are at %d", n, at.Read)
		}
		if at.Open <= 0 || at.Total < at.Read || !at.About {
			t.Errorf("%+v", at)
		}
		cancel()
	}})
	if !errors.Is(err, context.Canceled) || !asked {
		t.Errorf("%v", err)
	}
	slow := Options{MaxRate: 1_000_000}
	slow.Database.StatementTimeout = 2 * time.Second // a busy machine needs part of it for what comes first
	err = acting(t, large, slow, func() {})
	if !errors.Is(err, feed.ErrUnreachable) || !strings.Contains(err.Error(), "--statement-timeout allows, 2s (") || !strings.Contains(err.Error(), "the pauses of --max-rate and --load count") {
		t.Errorf("after the time for a query: %v", err)
	}
	m.run("DROP DATABASE large", "mariadb")
}

// columnsOfMariaDB: rights on the columns that are read are enough, also where a
// column is not there that not every Confluence has. The server says the same of
// that as of one that may not be read.
func columnsOfMariaDB(t *testing.T, m *mariaDB) {
	m.run("SET sql_big_selects = 1; CREATE DATABASE part; CREATE USER columns@'127.0.0.1'", "mariadb")
	root := fmt.Sprintf("mysql://root@127.0.0.1:%d/part", m.port)
	whole, err := Plan(t.Context(), fmt.Sprintf("mysql://root@127.0.0.1:%d/wiki", m.port), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range whole.Tables {
		m.run(fmt.Sprintf("SET sql_big_selects = 1, sql_select_limit = DEFAULT; CREATE TABLE part.`%s` SELECT * FROM wiki.`%s`", x.Table, x.Table), "mariadb")
		for _, c := range shape.Find(x.Table).Columns {
			if c.Name != "versioncomment" && !c.Private {
				m.run(fmt.Sprintf("GRANT SELECT (`%s`) ON part.`%s` TO columns@'127.0.0.1'", c.Name, x.Table), "mariadb")
			}
		}
	}
	m.run("ALTER TABLE part.CONTENT DROP COLUMN versioncomment", "mariadb")
	address := strings.Replace(root, "root@", "columns@", 1)
	s, err := Plan(t.Context(), address, Options{})
	if said := strings.Join(s.Doubts, "\n"); err != nil || !s.Ready || len(s.Grants) > 0 || !strings.Contains(said, "the columns CONTENT.versioncomment do not exist, or 'columns'@'127.0.0.1' may not") ||
		!strings.Contains(said, "GRANT SELECT (`versioncomment`) ON `part`.`CONTENT` TO 'columns'@'127.0.0.1';") {
		t.Errorf("a survey with rights on columns: %v, %+v", err, s)
	}
	l := &liveTake{t: t, dir: t.TempDir()}
	limited, r, err := l.of(address, Options{})
	if err != nil || !strings.Contains(strings.Join(r.Doubts, "\n"), "CONTENT.versioncomment") {
		t.Fatalf("with rights on columns: %v, %q", err, r.Doubts)
	}
	if all, _, err := l.of(root, Options{}); err != nil || contents(t, all) != contents(t, limited) {
		t.Errorf("other rows than with all rights: %v", err)
	}
	m.run("REVOKE SELECT (title) ON part.CONTENT FROM columns@'127.0.0.1'", "mariadb")
	if s, err := Plan(t.Context(), address, Options{}); !errors.Is(err, feed.ErrDenied) || !slices.Equal(s.Grants, []string{"GRANT SELECT ON `part`.`CONTENT` TO 'columns'@'127.0.0.1';"}) {
		t.Errorf("without the right on one column: %v, %q", err, s.Grants)
	}
	m.run("DROP DATABASE part", "mariadb")
	l.clean()
}
