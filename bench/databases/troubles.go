package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// trouble is something that must not become a snapshot.
type trouble struct {
	name   string
	source source
	begun  func(pid int)
	code   int
	says   []string
	quiet  []string // what must not be said
}

// password is the right one of those who need one, and never shown.
const password = "correct-horse-42"

// expect tries something that must fail, with one sentence, and leave nothing.
func (w *workshop) expect(ctx context.Context, server string, t trouble) {
	w.try(server, t.name, func() (string, error) {
		shown := false
		path, _, e, err := w.take(ctx, t.source, call{begun: func(pid int) {
			args, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid)) // not on every system
			shown = bytes.Contains(args, []byte(password))
			if t.begun != nil {
				t.begun(pid)
			}
		}})
		defer os.RemoveAll(filepath.Dir(path))
		if err != nil {
			return "", err
		}
		left, err := os.ReadDir(filepath.Dir(path))
		if err != nil {
			return "", err
		}
		said := lastLines(e.errors)
		switch {
		case e.code != t.code:
			return "", fmt.Errorf("it ends with %d instead of %d: %q", e.code, t.code, said)
		case shown || strings.Contains(e.out+e.errors, password):
			return "", fmt.Errorf("the password is shown")
		case len(left) > 0:
			return "", fmt.Errorf("%s is left", left[0].Name())
		}
		for _, part := range t.says {
			if !strings.Contains(said, part) {
				return "", fmt.Errorf("%q is not said, but %q", part, said)
			}
		}
		for _, part := range append(t.quiet, "goroutine ", "pgconn", "pgx") {
			if strings.Contains(said, part) {
				return "", fmt.Errorf("%q is said: %q", part, said)
			}
		}
		return fmt.Sprintf("exit %d: %s", e.code, w.anonymous(said)), nil
	})
}

// lastLines is what a person reads at the end, without the line of the progress.
func lastLines(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		if at := strings.LastIndexByte(strings.TrimRight(line, "\r\n"), '\r'); at >= 0 {
			line = line[at+1:]
		}
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "read ") {
			lines = append(lines, strings.TrimPrefix(line, "sluice: "))
		}
	}
	return strings.Join(lines, "\n")
}

// portText is a port after an address.
var portText = regexp.MustCompile(`(127\.0\.0\.1|localhost):\d{4,5}`)

// anonymous takes out of a sentence what is different each time.
func (w *workshop) anonymous(text string) string {
	return strings.ReplaceAll(portText.ReplaceAllString(text, "$1:PORT"), w.dir, "…")
}

// troubled tries what goes wrong with a server.
func (c *cluster) troubled(ctx context.Context) error {
	if _, err := c.sql(ctx, wiki, fmt.Sprintf(`SET password_encryption = 'scram-sha-256';
		CREATE ROLE reader LOGIN PASSWORD '%[1]s'; GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader;
		CREATE ROLE part LOGIN; GRANT SELECT ON content, bodycontent TO part; GRANT SELECT (spaceid, spacekey) ON spaces TO part;
		CREATE ROLE nobody LOGIN; CREATE ROLE crowd LOGIN CONNECTION LIMIT 0; CREATE ROLE expired LOGIN PASSWORD '%[1]s' VALID UNTIL '2020-01-01';
		CREATE ROLE safe LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO safe;
		INSERT INTO bodycontent SELECT 9000000000 + i, repeat(md5(i::text), 32768), NULL, 2 FROM generate_series(1, 40) AS i;`, password)); err != nil {
		return err
	}
	if _, err := c.sql(ctx, "postgres", `CREATE DATABASE shop; CREATE DATABASE empty TEMPLATE template0`); err != nil {
		return err
	}
	if err := c.admit("host all reader,expired 127.0.0.1/32 scram-sha-256\nhostssl all safe 127.0.0.1/32 trust\nhost all safe 127.0.0.1/32 reject\n" +
		"host all stranger 127.0.0.1/32 reject\nhost all all 127.0.0.1/32 trust\nhost replication all 127.0.0.1/32 trust\n"); err != nil {
		return err
	}
	if err := c.restart(ctx, ""); err != nil {
		return err
	}
	if _, err := c.sql(ctx, "shop", `CREATE TABLE content (id int, title text); CREATE TABLE goods (id int)`); err != nil {
		return err
	}
	c.refused(ctx)
	c.admitted(ctx)
	c.cutOff(ctx)
	c.conflicts(ctx)
	return c.encrypted(ctx)
}

// admit says who may come in how.
func (c *cluster) admit(rules string) error {
	return os.WriteFile(filepath.Join(c.data(), "pg_hba.conf"), []byte("local all all trust\n"+rules), 0o644)
}

// secretly gives a password in the environment.
func secretly(password string) []string { return []string{"PGPASSWORD=" + password} }

func (c *cluster) refused(ctx context.Context) {
	at := func(user, database string, env ...string) source {
		return source{name: c.address(user, database), env: env}
	}
	for _, t := range []trouble{
		{name: "a wrong password", source: at("reader", wiki, secretly(password+"x")...), code: 6, says: []string{"reader", "password"}},
		{name: "no password", source: at("reader", wiki), code: 6, says: []string{"reader", "password"}},
		{name: "a password that has run out", source: at("expired", wiki, secretly(password)...), code: 6, says: []string{"expired"}},
		{name: "a password in the address", source: source{name: fmt.Sprintf("postgres://reader:%s@127.0.0.1:%d/%s", "x", c.port, wiki)}, code: 2, says: []string{"PGPASSWORD", "--password-file"}},
		{name: "no such user", source: at("ghost", wiki), code: 6, says: []string{"ghost"}},
		{name: "a user who may not come in from here", source: at("stranger", wiki), code: 6, says: []string{"stranger"}},
		{name: "rights on nothing", source: at("nobody", wiki), code: 6, says: []string{"GRANT SELECT ON", `"public"."content"`, `TO "nobody"`}},
		{name: "rights on some tables and columns", source: at("part", wiki), code: 6, says: []string{"GRANT SELECT ON", `"public"."spaces"`, `"public"."AO_7B47A5_EVENT"`}, quiet: []string{`"public"."content",`, `"public"."bodycontent"`}},
		{name: "no such database", source: at(admin, "nix"), code: 1, says: []string{"no such database", "check its name"}},
		{name: "a database of another product", source: at(admin, "shop"), code: 1, says: []string{"no Confluence", "bodycontent"}},
		{name: "an empty database", source: at(admin, "empty"), code: 1, says: []string{"no Confluence"}},
		{name: "no such schema", source: source{name: c.address(admin, wiki), args: []string{"--schema", "nix"}}, code: 1, says: []string{`"nix"`}},
		{name: "more connections than the user may have", source: at("crowd", wiki), code: 7, says: []string{"too many connections"}},
		{name: "a host that is not known", source: source{name: "postgres://admin@no-such-host.invalid/wiki"}, code: 7, says: []string{"no-such-host.invalid", "not known"}},
		{name: "a port on which nothing listens", source: source{name: "postgres://admin@127.0.0.1:1/wiki"}, code: 7, says: []string{"nothing answers"}},
	} {
		c.w.expect(ctx, c.r.String(), t)
	}
}

// admitted are the ways to give a password.
func (c *cluster) admitted(ctx context.Context) {
	file := filepath.Join(c.w.dir, "password")
	home := filepath.Join(c.w.dir, "home")
	line := fmt.Sprintf("127.0.0.1:%d:*:reader:%s\n", c.port, password)
	for _, way := range []struct {
		name string
		source
	}{
		{"the password from PGPASSWORD", source{env: secretly(password)}},
		{"the password from --password-file", source{args: []string{"--password-file", file}}},
		{"the password from ~/.pgpass", source{env: []string{"HOME=" + home}}},
	} {
		c.w.try(c.r.String(), way.name, func() (string, error) {
			if err := os.MkdirAll(home, 0o700); err != nil {
				return "", err
			}
			for name, text := range map[string]string{file: password + "\n", filepath.Join(home, ".pgpass"): line} {
				if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
					return "", err
				}
			}
			s := c.live(c.address("reader", wiki))
			s.env, s.args = way.env, way.args
			return c.w.prove(ctx, s)
		})
	}
}
