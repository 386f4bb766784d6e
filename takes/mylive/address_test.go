package mylive

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"

	"sluice/secret"
	"sluice/takes/feed"
	"sluice/takes/login"
)

func TestAddresses(t *testing.T) {
	for address, want := range map[string]string{
		"mysql://reader@db.example.com/wiki":                               "reader tcp db.example.com:3306 wiki",
		"MARIADB://re%40der@[::1]:3307/wiki?tls=false":                     "re@der tcp [::1]:3307 wiki",
		"jdbc:mysql://db:3308/wiki?user=reader&useSSL=false&useUnicode=on": "reader tcp db:3308 wiki",
		"jdbc:mariadb://db/wiki?user=reader&sslMode=disable":               "reader tcp db:3306 wiki",
		"jdbc:mysql://db1,[fe80::1]:3307,db3/wiki?user=reader":             "reader tcp db1:3306 tcp [fe80::1]:3307 tcp db3:3306 wiki",
		"mysql://reader@localhost/wiki?socket=/run/mysqld/mysqld.sock":     "reader unix /run/mysqld/mysqld.sock wiki",
		"jdbc:mariadb:///wiki?user=reader&localSocket=/run/m.sock":         "reader unix /run/m.sock wiki",
		"mysql://reader@/wiki":                                             "reader tcp localhost:3306 wiki",
	} {
		p, err := Options{Address: address}.parse(login.Client{})
		if err != nil {
			t.Errorf("%s: %v", address, err)
			continue
		}
		if got := describePlace(p); got != want || !IsAddress(address) {
			t.Errorf("%s: %s", address, got)
		}
	}
	for _, address := range []string{"mysql", "mysql:dump.sql", "mysql.sql", "postgres://u@h/d", "./mysql://x", ""} {
		if IsAddress(address) {
			t.Errorf("%q is taken for an address", address)
		}
	}
	for _, address := range []string{"mysql://u@h/a/b", "mysql://u@h:x/d", "mysql://u@(h)/d", "mysql://u@h%zz/d", "jdbc:mysql:loadbalance://h1,h2/d?user=u", "mysql://h/d"} {
		if p, err := (Options{Address: address}).parse(login.Client{}); !errors.Is(err, feed.ErrDamaged) {
			t.Errorf("%s is taken: %s, %v", address, describePlace(p), err)
		}
	}
}

func describePlace(p place) string {
	var b strings.Builder
	fmt.Fprint(&b, p.user)
	for _, h := range p.hosts {
		fmt.Fprint(&b, " ", h.network, " ", h.address)
	}
	return b.String() + " " + p.database
}

// TestPrecedence: what is said apart comes first, then the address, then the file of
// MySQL's own clients.
func TestPrecedence(t *testing.T) {
	client := login.Client{File: "my.cnf", User: "own", Host: "filed", Port: "3400", Password: secret.Of("geheim")}
	for _, c := range []struct {
		o          Options
		want, from string
	}{
		{Options{Address: "mysql:///wiki"}, "own tcp filed:3400 wiki", "my.cnf"},
		{Options{Address: "mysql://reader@db/wiki"}, "reader tcp db:3306 wiki", ""},
		{Options{Address: "mysql://db/wiki"}, "own tcp db:3306 wiki", ""}, // the password is for another host
		{Options{Address: "mysql://filed:3307/wiki"}, "own tcp filed:3307 wiki", "my.cnf"},
		{Options{Address: "jdbc:mysql://db:3307/wiki?user=a", Host: "[::1]", Port: "1", Name: "n", User: "b"}, "b tcp [::1]:1 n", ""},
		{Options{Address: "mysql://a@db/wiki?socket=/s", Host: "db2"}, "a tcp db2:3306 wiki", ""},
		{Options{Address: "mysql://a@db/wiki", Host: "/run/x.sock"}, "a unix /run/x.sock wiki", ""},
	} {
		p, err := c.o.parse(client)
		if got := describePlace(p); err != nil || got != c.want {
			t.Errorf("%+v: %s, %v", c.o, got, err)
		}
		if found := c.o.password(p, client); found.From != c.from || (found.Password.Reveal() == "geheim") != (c.from != "") {
			t.Errorf("%+v: the password is from %q", c.o, found.From)
		}
	}
}

func TestWaysOfTLS(t *testing.T) {
	for setting, want := range map[string]struct{ on, optional, named, authority bool }{
		"":                               {on: true, optional: true},
		"tls=preferred":                  {on: true, optional: true},
		"tls=skip-verify":                {on: true},
		"ssl-mode=REQUIRED":              {on: true},
		"sslMode=VERIFY_CA":              {on: true, authority: true},
		"tls=true":                       {on: true, named: true},
		"sslMode=VERIFY_IDENTITY":        {on: true, named: true},
		"sslMode=verify-full":            {on: true, named: true},
		"useSSL=true&sslMode=DISABLED":   {},
		"useSsl=false&sslMode=verify-ca": {on: true, authority: true},
	} {
		p, err := Options{Address: "mysql://u@h/d?" + setting}.parse(login.Client{})
		if err != nil {
			t.Errorf("%s: %v", setting, err)
			continue
		}
		c := p.tls
		if c == nil {
			c = &tls.Config{InsecureSkipVerify: true}
		}
		if (p.tls != nil) != want.on || p.optional != want.optional || c.InsecureSkipVerify == want.named || (c.VerifyConnection != nil) != want.authority {
			t.Errorf("%s: %+v", setting, p)
		}
	}
	for _, setting := range []string{"tls=perhaps", "ssl-ca=/nix", "tls=true&ssl-ca=address_test.go", "ssl-cert=/nix", "ssl-cert=/nix&ssl-key=/nix"} {
		if _, err := (Options{Address: "mysql://u@h/d?" + setting}).parse(login.Client{}); err == nil {
			t.Errorf("%s is taken", setting)
		}
	}
}

func TestAccounts(t *testing.T) {
	for given, want := range map[string]string{"reader@%": "'reader'@'%'", "a@b@10.0.0.%": "'a@b'@'10.0.0.%'", "o'x@h": "'o''x'@'h'"} {
		if got := account(given); got != want {
			t.Errorf("%s: %s", given, got)
		}
	}
}

func TestAnotherServer(t *testing.T) {
	for name, greeting := range map[string]string{
		"SSH": "SSH-2.0-OpenSSH_9.2\r\n", "nothing": "", "a greeting that is cut": "\x05\x00\x00\x00\x0ax\x00\x01\x02", "an empty packet": "\x01\x00\x00\x00\xff",
	} {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			if c, err := l.Accept(); err == nil {
				fmt.Fprint(c, greeting)
				c.Close()
			}
		}()
		_, err = connect(t.Context(), Options{Address: "mysql://u@" + l.Addr().String() + "/wiki"})
		if !errors.Is(err, feed.ErrUnreachable) || !strings.Contains(err.Error(), "no MySQL or MariaDB") {
			t.Errorf("%s: %v", name, err)
		}
		l.Close()
	}
}
