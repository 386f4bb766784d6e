package dburl

import (
	"fmt"
	"strings"
	"testing"
)

func describe(u URL) string {
	return fmt.Sprintf("%s|%v|%s|%v", u.User, u.Hosts, u.Name, u.Settings)
}

func TestParse(t *testing.T) {
	for address, want := range map[string]string{
		"//":         "|[]||[]",
		"///wiki":    "|[]|wiki|[]",
		"//u@h/wiki": "u|[{h }]|wiki|[]",
		"//u%40s@h1:1,h2,[::1]:3/w%2Fi?a=1&b=x%3Dy+z&a=2": "u@s|[{h1 1} {h2 } {::1 3}]|w/i|[{a 1} {b x=y z} {a 2}]",
		"//%2Frun%2Fpostgresql/wiki":                      "|[{/run/postgresql }]|wiki|[]",
		"//h?user=a@b":                                    "|[{h }]||[{user a@b}]",
	} {
		u, err := Parse(address)
		if got := describe(u); err != nil || got != want {
			t.Errorf("%s: %s, %v", address, got, err)
		}
	}
	for _, address := range []string{"", "/", "h/d", "//h/a/b", "//h:x/d", "//h:99999/d", "//h:0/d", "//[::1]:70000/d", "//[::1/d", "//[]/d", "//[::1]x/d", "//a b/d", "//%zz", "//h/%zz", "//h/d?%zz=1", "//h/d?a=%zz", "//u%@h", "//h\x00", "//h%00"} {
		if u, err := Parse(address); err == nil {
			t.Errorf("%q is taken: %s", address, describe(u))
		}
	}
	for address, want := range map[string]string{"//u:p%20w%40%3A@h/d": "p w@:", "//u:@h/d": "", "//u@h/d": "", "//u:a:b@h": "a:b"} {
		if u, err := Parse(address); err != nil || u.Password.Reveal() != want {
			t.Errorf("%s: %q, %v", address, u.Password.Reveal(), err)
		}
	}
}

// TestPasswords: a password is noticed wherever it stands, also where the address
// is wrong because of it.
func TestPasswords(t *testing.T) {
	for _, address := range []string{
		"mysql://u:geheim@h/d", "mysql://u:ge/heim@h/d", "mysql://u:1/heim@h/d", "mysql://u:ge?heim@h/d", "mysql://u:1?heim@h/d", "mysql://u:ge#heim@h/d", "mysql://u:ge%heim@h/d",
		"postgres://u:1/heim@h/d", "postgres://u:%67eheim@h/d", "postgres://h/d?pass%77ord=geheim", "postgres://h/d?user=u&PASSWORD=geheim", "postgres://h/d?sslpassword=geheim",
		"postgres://u:ge heim@h/d", "postgres:u:geheim@h/d", "jdbc:postgresql://u:geheim@h1:1,h2:2/d", "jdbc:postgresql://h/d?user=u;password=geheim", "host=h user=u password=geheim", "host=h password='ge heim'", "host = h password = geheim",
		"u:geheim@tcp(127.0.0.1:3306)/d", "u/geheim@//h/x", "u/geheim@h:1521/x", "Server=h;Uid=u;Pwd = geheim;",
		"jdbc:mysql://h/d?user=u&password=geheim", "jdbc:mariadb://h/d?user=u&pass%77ord=geheim", "jdbc:mysql://h/d?password1=geheim",
		"jdbc:mysql://address=(host=h)(user=u)(password=geheim)/d", "jdbc:mysql://u:geheim@h1,h2/d", "jdbc:mysql://h/d?trustCertificateKeyStorePassword=geheim",
		"jdbc:sqlserver://h;user=u;password=geheim", "jdbc:oracle:thin:scott/geheim@//h:1521/x", "jdbc:oracle:thin:scott/geheim@h:1521:x",
	} {
		if !HasPassword(address) {
			t.Errorf("%s: not noticed", address)
		}
	}
	for _, address := range []string{
		"postgres://u@h:5432/d", "postgres://[::1]:5432/d", "postgres://u@[::1]:5432/d", "postgres://h1:1,h2:2/d?user=a@b&sslmode=require", "postgres:///d?host=/run&password=",
		"jdbc:postgresql:d", "jdbc:mysql://h:3306/d?user=u@azure&useSSL=true", "jdbc:oracle:thin:@//h:1521/x", "jdbc:oracle:thin:@h:1521:x", "jdbc:sqlserver://h:1433;databaseName=x",
		"mysql://u@h:3306/d?socket=/run/m.sock",
	} {
		if HasPassword(address) {
			t.Errorf("%s: there is none", address)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("//u:geheim@h1:1,[::1]:2/d?user=u&password=geheim")
	f.Add("//u:ge/heim@h")
	f.Fuzz(func(t *testing.T, address string) {
		u, err := Parse(address)
		if err != nil {
			if errText := err.Error(); len(address) > 8 && strings.Contains(errText, address) {
				t.Errorf("the error repeats the address: %s", errText)
			}
			return
		}
		if !u.Password.Empty() && !HasPassword("postgres:"+address) {
			t.Errorf("a password is not noticed in %q", address)
		}
	})
}
