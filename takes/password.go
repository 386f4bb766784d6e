package takes

import (
	"os"
	"regexp"

	"sluice/takes/dburl"
	"sluice/takes/mylive"
	"sluice/takes/pglive"
)

var (
	// scheme begins what is meant as the address of a database, be it right or not.
	scheme = regexp.MustCompile(`(?i)^(jdbc|postgres(ql)?|mysql|mariadb|oracle|sqlserver|mssql|db2|sqlite|h2)[:+]`)
	// settings stand in what drivers take in place of an address.
	settings = regexp.MustCompile(`(?i)\b(pass(word|wd)|pwd)\s*=`)
	// schemeless is a user and password before a host, as other programs take it:
	// user:password@host, user:password@tcp(host:port)/name,
	// user/password@//host/service. A colon and a slash are those of Windows.
	schemeless = regexp.MustCompile(`^([^/\\:@]+:[^/\\@][^@]*@.|[^/\\:@.~][^/\\:@]*/[^/\\@]+@(//|[^/\\@]+:\d+|[^/\\@]+/))`)
)

// MeantAsAddress reports whether a text is meant as the address of a database, also of
// one that Sluice does not read, and also in a form that it does not take. What only
// might be one is none if there is a file of that name.
func MeantAsAddress(text string) bool {
	if scheme.MatchString(text) || settings.MatchString(text) {
		return true
	}
	if !schemeless.MatchString(text) {
		return false
	}
	_, err := os.Lstat(text)
	return err != nil
}

// PasswordIn reports whether a source is an address with a password in it, which
// must not stand on a command line, and the ways to give it that show it to nobody:
// none for a database that Sluice does not read.
func PasswordIn(source string) (ways string, has bool) {
	switch {
	case !dburl.HasPassword(source) || !MeantAsAddress(source):
		return "", false
	case otherProduct(source) != "":
		return "", true
	case mylive.IsAddress(source):
		return "MYSQL_PWD, ~/.my.cnf", true
	case pglive.IsAddress(source):
		return "PGPASSWORD, ~/.pgpass", true
	}
	return "PGPASSWORD, ~/.pgpass (of MySQL and MariaDB: MYSQL_PWD, ~/.my.cnf)", true
}
