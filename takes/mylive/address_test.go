package mylive

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"

	"sluice/takes/feed"
)

func TestAddresses(t *testing.T) {
	for address, want := range map[string]place{
		"mysql://reader@db.example.com/wiki":                               {user: "reader", network: "tcp", address: "db.example.com:3306", database: "wiki", optional: true},
		"MARIADB://re%40der@[::1]:3307/wiki?tls=false":                     {user: "re@der", network: "tcp", address: "[::1]:3307", database: "wiki"},
		"jdbc:mysql://db:3308/wiki?user=reader&useSSL=false&useUnicode=on": {user: "reader", network: "tcp", address: "db:3308", database: "wiki"},
		"jdbc:mariadb://db/wiki?user=reader&sslMode=disable":               {user: "reader", network: "tcp", address: "db:3306", database: "wiki"},
		"mysql://reader@localhost/wiki?socket=/run/mysqld/mysqld.sock":     {user: "reader", network: "unix", address: "/run/mysqld/mysqld.sock", database: "wiki"},
	} {
		got, err := parse(address)
		if err != nil {
			t.Errorf("%s: %v", address, err)
			continue
		}
		if (got.tls != nil) != want.optional {
			t.Errorf("%s: TLS %v", address, got.tls != nil)
		}
		got.tls = nil
		if got != want || !IsAddress(address) || HasPassword(address) {
			t.Errorf("%s: %+v", address, got)
		}
	}
	for _, address := range []string{"mysql", "mysql:dump.sql", "mysql.sql", "postgres://u@h/d", "./mysql://x", ""} {
		if IsAddress(address) {
			t.Errorf("%q is taken for an address", address)
		}
	}
}

func TestPasswordsInAddresses(t *testing.T) {
	for _, address := range []string{
		"mysql://u:geheim@h/d", "mysql://u:ge/heim@h/d", "mysql://u:1/heim@h/d", "mysql://u:ge?heim@h/d", "mysql://u:ge#heim@h/d", "mysql://u:ge%heim@h/d",
		"jdbc:mysql://h/d?user=u&password=geheim", "jdbc:mariadb://h/d?user=u&pass%77ord=geheim", "jdbc:mysql://h/d?password1=geheim",
		"jdbc:mysql://address=(host=h)(user=u)(password=geheim)/d", "jdbc:mysql://u:geheim@h1,h2/d", "jdbc:mysql://h/d?trustCertificateKeyStorePassword=geheim",
	} {
		if !HasPassword(address) {
			t.Errorf("%s: not noticed", address)
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
		p, err := parse("mysql://u@h/d?" + setting)
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
	for _, setting := range []string{"tls=perhaps", "ssl-ca=/nix", "tls=true&ssl-ca=address_test.go"} {
		if _, err := parse("mysql://u@h/d?" + setting); err == nil {
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
