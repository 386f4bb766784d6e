//go:build unix

package takes

import (
	"context"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/secret"
	"sluice/secret/certtest"
	"sluice/takes/feed"
	"sluice/takes/login"
)

// oddPassword holds what addresses, files and servers treat apart.
const oddPassword = ` p%40@:/?#'"\ü `

// siteConfig writes a confluence.cfg.xml.
func siteConfig(t *testing.T, url, user, more string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "confluence.cfg.xml")
	escape := strings.NewReplacer("&", "&amp;", "<", "&lt;")
	text := fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8"?>
<confluence-configuration><setupStep>complete</setupStep><properties>
<property name="hibernate.connection.url">%s</property>
<property name="hibernate.connection.username">%s</property>
%s</properties></confluence-configuration>`, escape.Replace(url), user, more)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func property(name, value string) string {
	return fmt.Sprintf("<property name=%q>%s</property>\n", name, strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(value))
}

// TestAccessToPostgres reaches a server in the ways that administrators have.
func TestAccessToPostgres(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a server")
	}
	p := startPostgres(t)
	t.Setenv("HOME", t.TempDir())
	for _, name := range []string{"PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGPASSFILE"} {
		t.Setenv(name, "") // which is set back at the end
		os.Unsetenv(name)
	}
	path, _ := take(t, "pg15.sql")
	want := contents(t, path)
	p.sql(`CREATE ROLE locked LOGIN PASSWORD ` + `U&'` + strings.NewReplacer(`\`, `\\`, `'`, `''`, "ü", `\00fc`).Replace(oddPassword) + `'` + `; GRANT SELECT ON ALL TABLES IN SCHEMA public TO locked;`)
	l := &liveTake{t: t, dir: t.TempDir()}
	t.Run("configuration", func(t *testing.T) { l.t = t; configurationOfConfluence(t, p, l, want) })
	t.Run("passwords", func(t *testing.T) { l.t = t; waysToThePassword(t, p, l, want) })
	t.Run("tunnel", func(t *testing.T) { l.t = t; tunnelToPostgres(t, p, l, want) })
	t.Run("TLS", func(t *testing.T) { l.t = t; tlsToPostgres(t, p, l, want) })
	l.clean()
}

func configurationOfConfluence(t *testing.T, p *postgres, l *liveTake, want string) {
	url := fmt.Sprintf("jdbc:postgresql://127.0.0.1:%d/postgres?sslmode=disable&prepareThreshold=0", p.port)
	password := property("hibernate.connection.password", oddPassword)
	file := siteConfig(t, url, "locked", password)
	target, err := Resolve(file)
	if err != nil || target.Product != PostgreSQL || target.Config != file || target.User != "locked" || target.Place != fmt.Sprintf("127.0.0.1:%d (database postgres)", p.port) ||
		strings.Contains(fmt.Sprintf("%+v", target), "p%40") || !IsDump(file) {
		t.Errorf("the configuration: %+v, %v", target, err)
	}
	for name, source := range map[string]string{"file": file, "folder": filepath.Dir(file)} {
		out, r, err := l.of(source, Options{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		said := strings.Join(r.Notes, "\n")
		if contents(t, out) != want || r.Kind != "PostgreSQL database" || !strings.Contains(said, "Logged in as locked with the password from "+file+", without TLS.") || !strings.Contains(said, "prepareThreshold") {
			t.Errorf("%s: %+v", name, r)
		}
	}
	// Another user has another password; other flags are only another way.
	if _, r, err := l.of(file, Options{Database: Database{User: "admin"}}); err != nil || strings.Contains(strings.Join(r.Notes, "\n"), "the password from") {
		t.Errorf("another user: %+v, %v", r.Notes, err)
	}
	if _, _, err := l.of(siteConfig(t, "jdbc:postgresql://db.invalid/nix", "locked", password), Options{Database: Database{Host: "127.0.0.1", Port: fmt.Sprint(p.port), Name: "postgres"}}); err != nil {
		t.Errorf("another host: %v", err)
	}
	for name, c := range map[string]struct {
		source, want string
		kind         error
	}{
		"a wrong password": {siteConfig(t, url, "locked", property("hibernate.connection.password", "falsch & <")), "(the password is from ", feed.ErrDenied},
		"encrypted":        {siteConfig(t, url, "locked", property("hibernate.connection.password", "falsch")+property("jdbc.password.decrypter.classname", "x.Base64Cipher")), "only Confluence can read): give it with --password-file", feed.ErrDenied},
		"a data source":    {siteConfig(t, "", "locked", property("hibernate.connection.datasource", "java:comp/env/jdbc/wiki")), `"java:comp/env/jdbc/wiki", so that the address is not in this file`, feed.ErrDamaged},
		"H2":               {siteConfig(t, "jdbc:h2:file:/x", "sa", ""), "reads no running H2", feed.ErrDamaged},
		"SQL Server":       {siteConfig(t, "jdbc:sqlserver://h;databaseName=x;password=falsch", "sa", ""), "reads no running SQL Server", feed.ErrDamaged},
		"something else":   {siteConfig(t, "jdbc:derby:falsch", "sa", property("hibernate.connection.driver_class", "x.Derby")), `driver "x.Derby"`, feed.ErrDamaged},
	} {
		_, _, err := l.of(c.source, Options{})
		if !errors.Is(err, c.kind) || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "falsch") {
			t.Errorf("%s: %v", name, err)
		}
	}
	asked := ""
	encrypted := siteConfig(t, url, "locked", property("hibernate.connection.password", "falsch")+property("jdbc.password.decrypter.classname", "x.Base64Cipher"))
	ask := func(_ context.Context, q login.Question) (secret.Secret, error) {
		asked = q.User + " " + q.Of + " " + q.Why
		return secret.Of(oddPassword), nil
	}
	if out, _, err := l.of(encrypted, Options{Database: Database{Ask: ask}}); err != nil || contents(t, out) != want || !strings.Contains(asked, "locked 127.0.0.1") || !strings.Contains(asked, "only Confluence can read") {
		t.Errorf("an encrypted password that is asked for: %q, %v", asked, err)
	}
}

func waysToThePassword(t *testing.T, p *postgres, l *liveTake, want string) {
	address := p.address("locked")
	takes := func(name, from string, d Database) {
		t.Helper()
		out, r, err := l.of(address, Options{Database: d})
		if err != nil || contents(t, out) != want || !strings.Contains(strings.Join(r.Notes, "\n"), "the password from "+from) {
			t.Errorf("%s: %q, %v", name, r.Notes, err)
		}
	}
	none := func(name, says string) {
		t.Helper()
		if _, _, err := l.of(address, Options{}); !errors.Is(err, login.ErrWanted) || !errors.Is(err, feed.ErrDenied) || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	none("nothing", "asks locked for a password: give it with --password-file")
	takes("given", "--password-file", Database{Password: secret.Of(oddPassword), PasswordFrom: "--password-file"})
	ring := &ring{}
	takes("asked and saved", "the prompt", Database{Keyring: ring, SavePassword: true, Ask: func(context.Context, login.Question) (secret.Secret, error) { return secret.Of(oddPassword), nil }})
	takes("the keyring", "the keyring", Database{Keyring: ring})
	file := filepath.Join(os.Getenv("HOME"), ".pgpass")
	line := "*:*:*:locked:" + strings.NewReplacer(`\`, `\\`, ":", `\:`).Replace(oddPassword) + "\n"
	if err := os.WriteFile(file, []byte(line), 0o600); err != nil {
		t.Fatal(err)
	}
	takes("the file", file, Database{})
	if err := os.Chmod(file, 0o644); err != nil {
		t.Fatal(err)
	}
	none("a file that others can read", file+" is ignored, as psql does")
	t.Setenv("PGPASSWORD", oddPassword)
	takes("the environment", "PGPASSWORD", Database{})
	t.Setenv("PGPASSWORD", "falsch")
	if _, _, err := l.of(address, Options{}); !errors.Is(err, feed.ErrDenied) || strings.Contains(err.Error(), "falsch") || !strings.Contains(err.Error(), "from PGPASSWORD") {
		t.Errorf("a wrong one of the environment: %v", err)
	}
	t.Setenv("PGPASSWORD", "")
}

// ring is a keyring of the test.
type ring struct{ account, password string }

func (r *ring) Get(_ context.Context, account string) (string, error) {
	if account != r.account {
		return "", secret.ErrNotFound
	}
	return r.password, nil
}

func (r *ring) Set(_ context.Context, account, password string) (secret.Place, error) {
	r.account, r.password = account, password
	return secret.Keyring, nil
}

// tlsToPostgres goes through the ways of TLS, with a certificate for 127.0.0.1 that
// is its own authority, and for clients as well.
func tlsToPostgres(t *testing.T, p *postgres, l *liveTake, want string) {
	cert, key := ownCertificate(t)
	plain := fmt.Sprintf("postgres://admin@127.0.0.1:%d/postgres", p.port)
	if _, _, err := l.of(plain+"?sslmode=require", Options{}); !errors.Is(err, feed.ErrUnreachable) || !strings.Contains(err.Error(), "takes no connections by TLS") {
		t.Errorf("TLS of a server without: %v", err)
	}
	p.secure(cert, key, "hostssl all all 127.0.0.1/32 trust\n")
	checked := "?sslrootcert=" + cert + "&sslmode="
	for mode, says := range map[string]string{
		"": "TLS 1.3, the certificate not checked", "?sslmode=require": "TLS 1.3, the certificate not checked",
		checked + "verify-ca": "TLS 1.3, the certificate of a trusted authority, the name not checked", checked + "verify-full": "TLS 1.3, the certificate checked",
	} {
		out, r, err := l.of(plain+mode, Options{})
		if err != nil || contents(t, out) != want || !strings.Contains(strings.Join(r.Notes, "\n"), "Logged in as admin, "+says+".") {
			t.Errorf("%s: %q, %v", mode, r.Notes, err)
		}
	}
	named := strings.Replace(plain, "127.0.0.1", "localhost", 1)
	for name, c := range map[string]struct {
		address, want string
		kind          error
	}{
		"TLS is required":    {plain + "?sslmode=disable", "asks for TLS", feed.ErrDenied},
		"nobody's authority": {plain + "?sslmode=verify-full", "name the certificate of its authority with sslrootcert=FILE", feed.ErrUnreachable},
		"not trusted":        {plain + "?sslmode=verify-ca", "name the certificate of its authority with sslrootcert=FILE", feed.ErrUnreachable},
		"another name":       {named + checked + "verify-full", "is for another name", feed.ErrUnreachable},
	} {
		if _, _, err := l.of(c.address, Options{}); !errors.Is(err, c.kind) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	p.secure(cert, key, "hostssl all all 127.0.0.1/32 trust clientcert=verify-ca\n")
	if _, _, err := l.of(plain+"?sslmode=require", Options{}); !errors.Is(err, feed.ErrDenied) || !strings.Contains(err.Error(), "sslcert=FILE and sslkey=FILE") {
		t.Errorf("without a certificate of the client: %v", err)
	}
	if _, _, err := l.of(plain+"?sslmode=require&sslcert="+cert+"&sslkey="+key, Options{}); err != nil {
		t.Errorf("with a certificate of the client: %v", err)
	}
}

// ownCertificate writes a certificate for 127.0.0.1 that serves for servers, clients
// and as an authority, and its key.
func ownCertificate(t *testing.T) (cert, key string) {
	t.Helper()
	pair, err := certtest.Make(x509.Certificate{Subject: pkix.Name{CommonName: "admin"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	cert, key = filepath.Join(dir, "cert"), filepath.Join(dir, "key")
	if err := pair.Write(cert, key); err != nil {
		t.Fatal(err)
	}
	return cert, key
}
