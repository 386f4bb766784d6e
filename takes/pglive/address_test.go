package pglive

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/takes/feed"
)

func clean(t *testing.T) {
	t.Helper()
	for _, name := range []string{"PGHOST", "PGPORT", "PGDATABASE", "PGUSER", "PGPASSWORD", "PGSSLMODE", "PGSSLROOTCERT", "PGSERVICE"} {
		t.Setenv(name, "")
	}
	t.Setenv("HOME", t.TempDir())
}

func TestAddresses(t *testing.T) {
	clean(t)
	for _, c := range []struct {
		o                                           Options
		place, user, schema, mode, password, unused string
	}{
		{o: Options{Address: "postgres://reader@db.example.com/wiki"}, place: "db.example.com:5432 (database wiki)", user: "reader"},
		{o: Options{Address: "POSTGRESQL://re%40der@[::1]:5433/wi%20ki?sslmode=require&application_name=x"}, place: "[::1]:5433 (database wi ki)", user: "re@der", mode: "require", unused: "application_name"},
		{o: Options{Address: "postgres://u@h1:1,h2,[fe80::1]:3/d?target_session_attrs=primary"}, place: "h1:1 or h2:5432 or [fe80::1]:3 (database d)", user: "u"},
		{o: Options{Address: "postgres:///wiki?host=/run/postgresql&user=u&port=5433"}, place: "/run/postgresql, port 5433 (database wiki)", user: "u"},
		{o: Options{Address: "postgres://u@%2Frun%2Fpostgresql/wiki"}, place: "/run/postgresql, port 5432 (database wiki)", user: "u"},
		{o: Options{Address: "postgres://u:p%40%20'w@h/d"}, place: "h:5432 (database d)", user: "u", password: "p@ 'w"},
		{o: Options{Address: "jdbc:postgresql://h1:1,h2:2/d?user=u&targetServerType=preferSecondary&loadBalanceHosts=true&loginTimeout=5"}, place: "h1:1 or h2:2 (database d)", user: "u", unused: "loadBalanceHosts loginTimeout"},
		{o: Options{Address: "jdbc:postgresql:wiki?user=u&password=p+w"}, place: "localhost:5432 (database wiki)", user: "u", password: "p w"},
		{o: Options{Address: "jdbc:postgresql:///wiki?user=u"}, place: "localhost:5432 (database wiki)", user: "u"},
		{o: Options{Address: "jdbc:postgresql://h/d?user=u&ssl=true"}, place: "h:5432 (database d)", user: "u", mode: "verify-full"},
		{o: Options{Address: "jdbc:postgresql://h/d?user=u&ssl=true&sslmode=require"}, place: "h:5432 (database d)", user: "u", mode: "require"},
		{o: Options{Address: "jdbc:postgresql://h/d?user=u&ssl=true&sslfactory=org.postgresql.ssl.NonValidatingFactory"}, place: "h:5432 (database d)", user: "u", mode: "require"},
		{o: Options{Address: "jdbc:postgresql://h/d?user=u&ssl=false&currentSchema=%22Wiki%22,public"}, place: "h:5432 (database d)", user: "u", schema: "Wiki"},
		{o: Options{Address: "jdbc:postgresql://h:1/d?user=u&password=p", Host: "[::1]", Port: "2", Name: "o'ther", User: `a\b`}, place: "[::1]:2 (database o'ther)", user: `a\b`},
		{o: Options{Address: "postgres://u@h1:1,h2:2/d", Host: "h3"}, place: "h3:5432 (database d)", user: "u"},
	} {
		p, err := Locate(c.o)
		if err != nil {
			t.Errorf("%s: %v", c.o.Address, err)
			continue
		}
		a, _ := c.o.parse()
		if p.Address != c.place || p.User != c.user || p.Schema != c.schema || a.settings["sslmode"] != c.mode || p.Password.Reveal() != c.password || strings.Join(p.Unused, " ") != c.unused {
			t.Errorf("%s: %+v, TLS %q, another password: %t", c.o.Address, p, a.settings["sslmode"], p.Password.Reveal() != c.password)
		}
	}
}

func TestBadAddresses(t *testing.T) {
	clean(t)
	for address, want := range map[string]string{
		"postgres://u:geheim@h:x/d":                                    "not understood",
		"postgres://u:geheim@h/a/b":                                    "not understood",
		"postgres://u:geheim%zz@h/d":                                   "not understood",
		"postgres://u:geheim@h/d?sslmode=perhaps":                      "write sslmode=disable",
		"postgres://u:geheim@h/d?sslmode=verify-full&sslrootcert=/nix": "/nix: no such file",
		"postgres://u@h/d?sslmode=verify-ca&sslrootcert=address.go":    "holds no certificate",
		"postgres://u@h/d?sslcert=address.go":                          "both sslcert and sslkey",
		"postgres://u@h/d?sslcert=address.go&sslkey=address.go":        "must belong together",
		"postgres://u@h/d?service=nix":                                 "not in the file of services",
		"postgres://u@h:1,h:2,h:3/d?port=1,2":                          "not understood",
		"jdbc:postgresql://h/d?user=u&targetServerType=fast":           "targetServerType=any",
	} {
		_, err := Locate(Options{Address: address})
		if !errors.Is(err, feed.ErrDamaged) || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "geheim") {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// TestOddPasswords: nothing of a password is changed on its way to the driver, or
// shows in what the driver says of an address.
func TestOddPasswords(t *testing.T) {
	clean(t)
	for _, password := range []string{" geheim ", `ge'heim"\`, "100%geheim", "ge@heim:/?#", "geheim-ü-日本"} {
		t.Setenv("PGPASSWORD", password)
		o := Options{Address: "postgres://u@127.0.0.1:1/d?connect_timeout=5"}
		a, err := o.parse()
		if err != nil {
			t.Fatal(err)
		}
		config, err := o.config(a)
		if err != nil || config.Password != password {
			t.Errorf("%q: another password, %v", password, err)
		}
		if _, err := connect(t.Context(), o); !errors.Is(err, feed.ErrUnreachable) || strings.Contains(err.Error(), "heim") {
			t.Errorf("%q: %v", password, err)
		}
		if strings.Contains(a.text(), "heim") {
			t.Errorf("%q stands in the address", password)
		}
	}
}

// TestFromWhereThePasswordIs: what is told names the place that counts.
func TestFromWhereThePasswordIs(t *testing.T) {
	clean(t)
	dir := t.TempDir()
	services := filepath.Join(dir, "services")
	if err := os.WriteFile(services, []byte("[with]\npassword=filed\n[without]\ndbname=d\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PGSERVICEFILE", services)
	t.Setenv("PGPASSFILE", filepath.Join(dir, "none"))
	for _, c := range []struct{ variable, address, password, from string }{
		{"set", "postgres://u@h/d", "set", "PGPASSWORD"},
		{"set", "postgres://u@h/d?service=without", "set", "PGPASSWORD"},
		{"set", "postgres://u@h/d?service=with", "filed", "the file of services"},
		{"", "postgres://u@h/d?service=with", "filed", "the file of services"},
		{"", "postgres://u@h/d", "", ""},
	} {
		t.Setenv("PGPASSWORD", c.variable)
		o := Options{Address: c.address}
		a, err := o.parse()
		if err != nil {
			t.Fatal(err)
		}
		config, err := o.config(a)
		if err != nil {
			t.Fatal(err)
		}
		if got := ownPassword(config, a); got.Password.Reveal() != c.password || got.From != c.from {
			t.Errorf("%+v: %q from %q", c, got.Password.Reveal(), got.From)
		}
	}
}

// TestWhatTheEnvironmentHoldsIsNamed, in place of the address, if that is all right.
func TestWhatTheEnvironmentHoldsIsNamed(t *testing.T) {
	for name, value := range map[string]string{"PGPORT": "abc", "PGCONNECT_TIMEOUT": "soon", "PGSSLMODE": "safe", "PGTARGETSESSIONATTRS": "best",
		"PGCHANNELBINDING": "maybe", "PGMINPROTOCOLVERSION": "9", "PGREQUIREAUTH": "trust", "PGSSLCERTMODE": ""} {
		clean(t)
		for _, v := range variables {
			t.Setenv(v.name, "") // is put back in the end
			os.Unsetenv(v.name)
		}
		t.Setenv(name, value)
		_, err := Locate(Options{Address: "postgres://u@h/d"})
		if want := fmt.Sprintf("%s=%q in the environment is not understood: correct it or take it away", name, value); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := Locate(Options{Address: "postgres://u@h:x/d"}); err == nil || strings.Contains(err.Error(), "environment") {
			t.Errorf("%s: an address that is wrong: %v", name, err)
		}
	}
	for _, v := range variables {
		os.Unsetenv(v.name)
	}
	t.Setenv("PGPORT", "abc")
	if _, err := Locate(Options{Address: "postgres://u@h:1/d"}); err != nil {
		t.Errorf("a port that does not count: %v", err)
	}
}
