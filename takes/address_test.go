package takes

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/localexport/demo"
	"sluice/takes/feed"
)

func TestTitle(t *testing.T) {
	for source, want := range map[string]string{
		"/a/wiki.sql.gz": "wiki.sql.gz", "postgres://ana@db.example.com:5432/wiki?sslmode=require": "wiki on db.example.com",
		"jdbc:mysql://db:3306/wiki": "wiki on db", "postgres://ana@[::1]:5432/wiki": "wiki on [::1]", "postgres://ana@[::1]/wiki": "wiki on [::1]",
		"mysql://ana@db": "db", "postgres:///wiki": "wiki", "jdbc:postgresql:wiki": "confluence",
	} {
		if got := Title(source); got != want {
			t.Errorf("%s is called %q", source, got)
		}
	}
}

func TestCutPassword(t *testing.T) {
	for _, c := range []struct {
		source, rest, password string
		has                    bool
	}{
		{"postgres://ana:geheim@db:5432/wiki", "postgres://ana@db:5432/wiki", "geheim", true},
		{"postgres://ana:a%40b%2Fc@db/wiki?sslmode=require", "postgres://ana@db/wiki?sslmode=require", "a@b/c", true},
		{"postgres://ana:a@b/c:d@db/wiki", "postgres://ana@db/wiki", "a@b/c:d", true},
		{"postgres://ana:@db/wiki", "postgres://ana@db/wiki", "", true},
		{"jdbc:postgresql://db/wiki?user=ana&password=ge+heim&ssl=true", "jdbc:postgresql://db/wiki?user=ana&ssl=true", "ge heim", true},
		{"jdbc:postgresql://db/wiki?password=geheim", "jdbc:postgresql://db/wiki", "geheim", true},
		{"mysql://ana:100%@db/wiki", "mysql://ana@db/wiki", "100%", true},
		{"jdbc:mysql://db:3306/wiki?user=ana&Password=geheim", "jdbc:mysql://db:3306/wiki?user=ana", "geheim", true},
		{"postgres://ana@db/wiki?sslrootcert=/a:b@c.pem", "postgres://ana@db/wiki?sslrootcert=/a:b@c.pem", "", false},
		{"jdbc:mysql://address=(host=db)(password=geheim)/wiki", "jdbc:mysql://address=(host=db)(password=geheim)/wiki", "", false},
		{"/data/ana:geheim@wiki.dump", "/data/ana:geheim@wiki.dump", "", false},
		{"", "", "", false},
	} {
		rest, password, has := CutPassword(c.source)
		if rest != c.rest || password != c.password || has != c.has {
			t.Errorf("%s: %q, %q, %v", c.source, rest, password, has)
		}
	}
}

// FuzzCutPassword: where one was cut, none is left, and nothing but it is gone.
func FuzzCutPassword(f *testing.F) {
	for _, s := range []string{"postgres://a:b@c/d?password=e", "jdbc:mysql://a?user=b&password=c", "mysql://a:b:c@d@e", "postgresql://%zz:@"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, source string) {
		rest, _, has := CutPassword(source)
		if _, left := PasswordIn(rest); has && left || !has && rest != source || len(rest) > len(source) {
			t.Errorf("%q: %q, %v", source, rest, has)
		}
	})
}

func TestUserOfAnAddress(t *testing.T) {
	for source, want := range map[string]string{
		"postgres://ana@db/wiki": "ana", "mysql://a%40na:x@db/wiki": "a@na", "jdbc:postgresql://db/wiki?ssl=true&user=ana": "ana",
		"postgres://db/wiki": "", "jdbc:mysql://db/wiki": "", "jdbc:postgresql:wiki": "",
	} {
		if got := UserIn(source); got != want {
			t.Errorf("%s: %q", source, got)
		}
		with := WithUser(source, "b c")
		if want == "" && UserIn(with) != "b c" || want != "" && with != source {
			t.Errorf("%s with a user: %s", source, with)
		}
		if _, err := Recognise(t.Context(), with); err != nil {
			t.Errorf("%s: %v", with, err)
		}
	}
}

func TestRecognise(t *testing.T) {
	db := filepath.Join(t.TempDir(), "x.db")
	if _, err := demo.Write(t.Context(), db, demo.Options{Pages: 5, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	if got, err := Recognise(t.Context(), db); err != nil || !got.Snapshot || got.Bytes == 0 || IsDump(db) {
		t.Errorf("a SQLite file: %+v, %v", got, err)
	}
	for source, want := range map[string]string{
		"testdata/pg15-zlib.dump": "PostgreSQL dump (custom format)", "testdata/pg15-folder": "PostgreSQL dump (folder)",
		"postgres://ana@db/wiki": "PostgreSQL database", "jdbc:mysql://db/wiki?user=ana": "MySQL or MariaDB database",
	} {
		if got, err := Recognise(t.Context(), source); err != nil || got.Kind != want {
			t.Errorf("%s: %q, %v", source, got.Kind, err)
		}
	}
	for source, want := range map[string]string{
		"testdata/none": "no such file", "take.go": "no dump, backup or database", "": "no source is named", "testdata": "no toc.dat",
		"mysql://db/wiki": "names no user", "postgres://ana@db:port/wiki": "is not understood", "jdbc:postgresql://%zz": "is not understood",
	} {
		if _, err := Recognise(t.Context(), source); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", source, err)
		} else if !strings.Contains(want, "no such") && !errors.Is(err, feed.ErrDamaged) {
			t.Errorf("%s: %v is no error about the source", source, err)
		}
	}
}

// TestEachSourceHasAPlaceOfItsOwn: a dump of the same name from another folder does not
// replace what another site's was taken into.
func TestEachSourceHasAPlaceOfItsOwn(t *testing.T) {
	seen := map[string]string{}
	for _, source := range []string{"/a/wiki.sql.gz", "/b/wiki.sql.gz", "postgres://ana@a/wiki", "postgres://ana@b/wiki", "wiki.dump"} {
		path := PathIn("/home", source)
		if seen[path] != "" || PathIn("/home", source) != path || filepath.Dir(path) != filepath.FromSlash("/home/snapshots") {
			t.Errorf("%s: %s, as of %q", source, path, seen[path])
		}
		seen[path] = source
	}
	abs, err := filepath.Abs("wiki.dump")
	if err != nil || PathIn("/home", abs) != PathIn("/home", "wiki.dump") {
		t.Errorf("a name and its whole path have two places (%v)", err)
	}
	for source, want := range map[string]string{"/a/wiki.sql.gz": "wiki", "b.dump": "b", "/x/dump.txt": "dump.txt", "/x/wiki.db": "wiki-snapshot", "/x/wiki.sqlite": "wiki.sqlite", "postgres://ana@a/wiki": "confluence", "-": "confluence"} {
		if got := Name(source); got != want {
			t.Errorf("%s is called %q", source, got)
		}
	}
}

// TestPasswordsAreRepeatedNowhere: what looks like an address with a password is no file
// that is named in an error, in whatever form it is.
func TestPasswordsAreRepeatedNowhere(t *testing.T) {
	for _, source := range []string{
		"u:geheim@tcp(127.0.0.1:3306)/d", "u:geheim@unix(/run/m.sock)/d", "u:geheim@h:3306/d", "u/geheim@//h/x", "u/geheim@h:1521/x", "Server=h;Uid=u;Pwd=geheim;", "host = h password = geheim",
		"sqlserver://u:geheim@h/d", "jdbc:oracle:thin:u/geheim@h:1521:x", "postgres:u:geheim@h/d", "mysql://u:ge/heim@h:x/d",
	} {
		_, resolved := Resolve(source)
		_, recognised := Recognise(t.Context(), source)
		_, planned := Plan(t.Context(), source, Options{})
		_, taken := Take(t.Context(), source, filepath.Join(t.TempDir(), "x.db"), Options{})
		for _, err := range []error{resolved, recognised, planned, taken} {
			if err == nil || strings.Contains(err.Error(), "heim") {
				t.Errorf("%s: %v", source, err)
			}
		}
	}
	file := filepath.Join(t.TempDir(), "u:x@h.sql")
	if err := os.WriteFile(file, []byte("hello"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Chdir(filepath.Dir(file))
	for source, want := range map[string]string{file: "no dump, backup", "u:x@h.sql": "no dump, backup", "/nix/wiki@2024.sql": "no such file", "./u:x@h": "no such file"} {
		if _, err := Recognise(t.Context(), source); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", source, err)
		}
	}
}

// TestAccountOfASource is that under which the password is found when the database is
// reached: the window and the command line find each other's.
func TestAccountOfASource(t *testing.T) {
	t.Setenv("HOME", t.TempDir())
	for source, want := range map[string]string{
		"postgres://ana@db/wiki":                               "postgres://ana@db:5432/wiki",
		"postgres://db:5433/wiki?user=ana":                     "postgres://ana@db:5433/wiki",
		"jdbc:postgresql://db/wiki?user=ana":                   "postgres://ana@db:5432/wiki",
		"mysql://ana@db/wiki":                                  "mysql://ana@db:3306/wiki",
		"jdbc:mysql://db:3307/wiki?user=ana&useUnicode=true":   "mysql://ana@db:3307/wiki",
		filepath.Join(t.TempDir(), "there-is-no-such-file.db"): "",
	} {
		target, _ := Resolve(source)
		if target.Account != want {
			t.Errorf("%s: %q, want %q", source, target.Account, want)
		}
	}
}
