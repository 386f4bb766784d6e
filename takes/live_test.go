//go:build unix

package takes

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sluice/localexport/demo"
	demodumps "sluice/localexport/demo/dumps"
	"sluice/secret"
	"sluice/takes/feed"
	"sluice/takes/servers"
)

// postgres is a server of the test's own.
type postgres struct {
	t    *testing.T
	bin  string
	as   servers.User
	dir  string
	port int
}

// startPostgres starts a server with the small database of testdata, or skips
// the test where none is installed.
func startPostgres(t *testing.T) *postgres {
	t.Helper()
	found, err := servers.Postgres()
	if err != nil || len(found) == 0 {
		t.Skip("no PostgreSQL server is installed")
	}
	as, err := servers.Servant()
	if err != nil {
		t.Skip(err)
	}
	dir := t.TempDir()
	p := &postgres{t: t, bin: found[len(found)-1], as: as, dir: dir, port: freePort(t)}
	for d := dir; len(d) > len(os.TempDir()); d = filepath.Dir(d) {
		if err := os.Chmod(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := as.Own(dir); err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(dir, "data")
	p.makeCluster(data)
	hba := "host all locked 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n"
	if err := os.WriteFile(filepath.Join(data, "pg_hba.conf"), []byte(hba), 0o644); err != nil {
		t.Fatal(err)
	}
	options := fmt.Sprintf("-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories=%s -c fsync=off", p.port, dir)
	p.run("", "pg_ctl", "-D", data, "-o", options, "-l", filepath.Join(dir, "log"), "-w", "start")
	t.Cleanup(func() { p.run("", "pg_ctl", "-D", data, "-m", "immediate", "stop") })
	dump, err := os.ReadFile("testdata/pg15.sql")
	if err != nil {
		t.Fatal(err)
	}
	// The dump holds a part of a database: some of its foreign keys find nothing.
	tables, _, _ := strings.Cut(string(dump), "ADD CONSTRAINT")
	tables = tables[:strings.LastIndex(tables, "ALTER TABLE ONLY")]
	p.sql(strings.ReplaceAll(tables, "OWNER TO postgres", "OWNER TO admin"))
	return p
}

// freePort is a port on which nothing listens.
func freePort(t *testing.T) int {
	t.Helper()
	port, err := servers.FreePort()
	if err != nil {
		t.Fatal(err)
	}
	return port
}

func (p *postgres) run(stdin, name string, args ...string) string {
	p.t.Helper()
	cmd := exec.Command(filepath.Join(p.bin, name), args...)
	cmd.Stdin = strings.NewReader(stdin)
	cmd.Dir = "/"
	p.as.Take(cmd)
	out, err := cmd.CombinedOutput()
	if err != nil {
		p.t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

func (p *postgres) sql(text string) {
	p.t.Helper()
	p.query(text)
}

// query runs statements, and returns what they print.
func (p *postgres) query(text string) string {
	p.t.Helper()
	return strings.TrimSpace(p.run(text, "psql", "-qAt", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", strconv.Itoa(p.port), "-U", "admin", "-d", "postgres"))
}

// within is the server for a part of the test.
func (p *postgres) within(t *testing.T) *postgres { return &postgres{t, p.bin, p.as, p.dir, p.port} }

// secure makes the server talk by TLS, with a certificate that is an authority for
// clients as well, and lets users in as hba says.
func (p *postgres) secure(cert, key, hba string) {
	p.t.Helper()
	write := func(name string, text []byte) {
		path := filepath.Join(p.dir, "data", name)
		if err := os.WriteFile(path, text, 0o600); err != nil {
			p.t.Fatal(err)
		}
		if err := p.as.Own(path); err != nil {
			p.t.Fatal(err)
		}
	}
	for name, from := range map[string]string{"server.crt": cert, "server.key": key, "clients.crt": cert} {
		text, err := os.ReadFile(from)
		if err != nil {
			p.t.Fatal(err)
		}
		write(name, text)
	}
	write("postgresql.auto.conf", []byte("ssl = on\nssl_ca_file = 'clients.crt'\n"))
	write("pg_hba.conf", []byte(hba))
	p.run("", "pg_ctl", "-D", filepath.Join(p.dir, "data"), "-l", filepath.Join(p.dir, "log"), "-m", "immediate", "-w", "restart")
}

func (p *postgres) address(user string) string {
	return fmt.Sprintf("postgres://%s@127.0.0.1:%d/postgres?sslmode=disable", user, p.port)
}

func TestRunningPostgres(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a server")
	}
	p := startPostgres(t)
	t.Run("survey", func(t *testing.T) { surveysOfPostgres(t, p.within(t)) })
	path, _ := take(t, "pg15.sql")
	want := contents(t, path)
	p.sql(`CREATE ROLE reader LOGIN; CREATE ROLE locked LOGIN PASSWORD 'right'; GRANT SELECT ON ALL TABLES IN SCHEMA public TO locked;
		GRANT SELECT ON content TO reader; CREATE SCHEMA other; CREATE TABLE other.content (contentid int);`)
	dir := t.TempDir()
	n := 0
	take := func(address string, o Options) (string, Report, error) {
		n++
		out := filepath.Join(dir, fmt.Sprintf("%d.db", n))
		r, err := Take(t.Context(), address, out, o)
		return out, r, err
	}
	for name, address := range map[string]string{
		"URL": p.address("admin"), "JDBC": fmt.Sprintf("jdbc:postgresql://127.0.0.1:%d/postgres?user=admin&sslmode=disable&currentSchema=public", p.port),
	} {
		out, r, err := take(address, Options{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if contents(t, out) != want {
			t.Errorf("%s: other rows than those of the dump", name)
		}
		if !strings.Contains(r.Tool, "PostgreSQL") || r.TimeZone == "" || !strings.Contains(r.Place, "127.0.0.1") {
			t.Errorf("%s: report %+v", name, r)
		}
	}
	out, _, err := take(p.address("locked"), Options{Database: Database{Password: secret.Of("right")}})
	if err != nil || contents(t, out) != want {
		t.Errorf("with a password: %v", err)
	}
	_, _, err = take(p.address("locked"), Options{Database: Database{Password: secret.Of("falsch")}})
	if !errors.Is(err, feed.ErrDenied) || strings.Contains(err.Error(), "falsch") {
		t.Errorf("with a wrong password: %v", err)
	}
	_, _, err = take(p.address("reader"), Options{})
	if !errors.Is(err, feed.ErrDenied) || !strings.Contains(err.Error(), `ON "public"."AO_7B47A5_EVENT" TO "reader";`) || strings.Contains(err.Error(), `"public"."content"`) {
		t.Errorf("without rights: %v", err)
	}
	if _, _, err = take(p.address("admin"), Options{Schema: "nix"}); !errors.Is(err, feed.ErrDamaged) {
		t.Errorf("of a schema that is not there: %v", err)
	}
	if _, _, err = take("postgres://admin@127.0.0.1:1/postgres", Options{}); !errors.Is(err, feed.ErrUnreachable) {
		t.Errorf("of a server that is not there: %v", err)
	}
	left, err := filepath.Glob(filepath.Join(dir, "*.partial"))
	if err != nil || len(left) > 0 {
		t.Errorf("left: %q, %v", left, err)
	}
	t.Run("gentle", func(t *testing.T) { gentleWithPostgres(t, p.within(t)) })
}

// TestDemosAreRealDumps: what the demo writes as dumps of PostgreSQL, its own tools
// take, and a dump that they make of the result holds the same rows.
func TestDemosAreRealDumps(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a server")
	}
	p := startPostgres(t)
	connect := []string{"-h", "127.0.0.1", "-p", strconv.Itoa(p.port), "-U", "admin"}
	dir := t.TempDir()
	want := ""
	for _, form := range []demodumps.Form{demodumps.PgSQL, demodumps.PgDump} {
		path := filepath.Join(dir, string(form))
		if _, err := demo.Write(t.Context(), path, demo.Options{Pages: 60, Seed: 5, As: form}); err != nil {
			t.Fatal(err)
		}
		out := path + ".db"
		if _, err := Take(t.Context(), path, out, Options{}); err != nil {
			t.Fatal(err)
		}
		if want == "" {
			want = contents(t, out)
		} else if contents(t, out) != want {
			t.Errorf("the forms of a demo hold different rows")
		}
		dump, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		database := string(form)
		p.run("", "createdb", append(connect, database)...)
		if form == demodumps.PgSQL {
			p.run(string(dump), "psql", append(connect, "-q", "-v", "ON_ERROR_STOP=1", "-d", database)...)
		} else {
			p.run(string(dump), "pg_restore", append(connect, "--exit-on-error", "-d", database)...)
		}
		taken := filepath.Join(dir, database+".taken.db")
		address := strings.Replace(p.address("admin"), "/postgres?", "/"+database+"?", 1)
		if _, err := Take(t.Context(), address, taken, Options{}); err != nil {
			t.Fatal(err)
		}
		if got := contents(t, taken); inOrder(got) != inOrder(want) {
			t.Errorf("%s: the server holds other rows than the dump", form)
		}
	}
}

// inOrder sorts the lines of a text, and cuts zeros off the fractions of times,
// which a server does.
func inOrder(text string) string {
	lines := strings.Split(regexp.MustCompile(`(:\d\d)\.(\d*?)0+'`).ReplaceAllString(strings.ReplaceAll(text, ".000'", "'"), "$1.$2'"), "\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}
