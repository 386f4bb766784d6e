package login

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/secret"
	"sluice/takes/feed"
)

// odd are passwords that a careless reader would change.
var odd = []string{"plain", " with spaces ", "p%40ss@w:o/r?d#", `quo"te's`, `back\slash\\`, "ümläut-日本", "tab\tin", "#first", ";first", "=x=", "$HOME", "[client]"}

func TestPgpass(t *testing.T) {
	file := filepath.Join(t.TempDir(), "pgpass")
	t.Setenv("PGPASSFILE", file)
	write := func(text string, mode os.FileMode) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(file, mode); err != nil {
			t.Fatal(err)
		}
	}
	escape := strings.NewReplacer(`\`, `\\`, ":", `\:`)
	for _, password := range odd {
		write("# db:5432:wiki:reader:no\n\nother:5432:wiki:reader:no\ndb:5432:wiki:reader:"+escape.Replace(password)+"\r\n*:*:*:*:no\n", 0o600)
		if f := Pgpass("", []string{"db"}, "5432", "wiki", "reader"); f.Password.Reveal() != password || f.From != file || f.Remark != "" {
			t.Errorf("%q: %q, %+v", password, f.Password.Reveal(), f)
		}
	}
	for line, want := range map[string]bool{
		"*:*:*:*:yes": true, "localhost:*:*:*:yes": true, "/run/pg:*:*:reader:yes": true, `/run/pg:5432:wi\ki:reader:yes`: true,
		"db:*:*:*:yes": false, "*:5433:*:*:yes": false, "*:*:shop:*:yes": false, "*:*:*:Reader:yes": false, "*:*:*:yes": false, "*:*:*:*:": false, "": false,
	} {
		write(line+"\n", 0o600)
		if f := Pgpass("", []string{"/run/pg", "localhost"}, "5432", "wiki", "reader"); !f.Password.Empty() != want {
			t.Errorf("%q: found %t", line, !want)
		}
	}
	write("*:*:*:*:geheim\n", 0o640)
	if f := Pgpass("", []string{"db"}, "5432", "wiki", "reader"); !f.Password.Empty() || !strings.Contains(f.Remark, file+" is ignored") || !strings.Contains(f.Remark, "chmod 600") {
		t.Errorf("a file that others can read: %+v", f)
	}
	if f := Pgpass(filepath.Dir(file), []string{"db"}, "5432", "wiki", "reader"); !strings.Contains(f.Remark, "no plain file") {
		t.Errorf("a folder: %+v", f)
	}
	for _, none := range []string{filepath.Join(t.TempDir(), "nix"), os.DevNull} {
		if f := Pgpass(none, []string{"db"}, "5432", "wiki", "reader"); f != (Found{}) {
			t.Errorf("%s: %+v", none, f)
		}
	}
	write("*:*:*:*:"+strings.Repeat("x", longestLine)+"\n", 0o600)
	if f := Pgpass("", []string{"db"}, "5432", "wiki", "reader"); !strings.Contains(f.Remark, "not read to its end") {
		t.Errorf("a line without an end: %+v", f)
	}
}

func TestMyCnf(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	file := filepath.Join(home, ".my.cnf")
	read := func(text string, mode os.FileMode) Client {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(file, mode); err != nil {
			t.Fatal(err)
		}
		return MyCnf()
	}
	for _, password := range odd {
		quoted := `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\t", `\t`).Replace(password) + `"`
		c := read("; mine\n[mysql]\npassword = no\n[client]\nuser=reader\npassword = "+quoted+"  # ours\nhost=db\nport=3307\n[mysqldump]\npassword=no\n", 0o600)
		if c.Password.Reveal() != password || c.User != "reader" || c.Host != "db" || c.Port != "3307" || len(c.Remarks) != 0 {
			t.Errorf("%s: %q, %+v", quoted, c.Password.Reveal(), c)
		}
	}
	for text, want := range map[string]string{
		"plain # a comment": "plain", "a\\sb": "a b", "'single \"q'": `single "q`, `"no end`: `"no end`, "": "", `x\y`: `x\y`, "a'b": "a'b",
	} {
		if c := read("[client-mariadb]\npassword="+text+"\nsocket = /run/m.sock", 0o600); c.Password.Reveal() != want || c.Socket != "/run/m.sock" {
			t.Errorf("%q: %q", text, c.Password.Reveal())
		}
	}
	c := read("!include /etc/other.cnf\n!includedir /etc/my.d\n[client]\nssl-ca=/x\npassword=geheim\n", 0o644)
	said := strings.Join(c.Remarks, "\n")
	for _, want := range []string{"!include)", "!includedir)", "ssl-ca", "Others can read " + file} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not said: %s", want, said)
		}
	}
	if c := read("[client]\npassword=geheim\n", 0o602); !c.Password.Empty() || len(c.Remarks) != 1 || !strings.Contains(c.Remarks[0], "everybody can change it") {
		t.Errorf("a file that everybody can change: %+v", c)
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if c := MyCnf(); c.File != "" || c.Remarks != nil {
		t.Errorf("no file: %+v", c)
	}
}

func FuzzMyCnfValue(f *testing.F) {
	f.Add(`"a\"b" # c`)
	f.Fuzz(func(t *testing.T, text string) {
		if got := optionValue(text); len(got) > len(text) {
			t.Errorf("%q has grown to %q", text, got)
		}
		if n := len(pgpassFields(text)); n != 1+strings.Count(strings.NewReplacer(`\\`, "", `\:`, "").Replace(text), ":") {
			t.Errorf("%q has %d fields", text, n)
		}
	})
}

// ring is a keyring of the test.
type ring struct {
	has map[string]string
	err error
}

func (r *ring) Get(_ context.Context, account string) (string, error) {
	if password, ok := r.has[account]; ok {
		return password, nil
	}
	if r.err != nil {
		return "", r.err
	}
	return "", secret.ErrNotFound
}

func (r *ring) Set(_ context.Context, account, password string) (secret.Place, error) {
	if r.err != nil {
		return secret.Session, r.err
	}
	r.has[account] = password
	return secret.Keyring, nil
}

var errWrong = errors.New("wrong password")

// TestWays: which password is tried when, and what is said.
func TestWays(t *testing.T) {
	who := Who{Product: "postgres", Host: "db", Port: "5432", Name: "wiki", User: "reader", Address: "db:5432", Ways: "PGPASSWORD, ~/.pgpass"}
	const account = "postgres://reader@db:5432/wiki"
	found := func(password, from string) Found { return Found{Password: secret.Of(password), From: from} }
	says := func(password string) Ask {
		return func(_ context.Context, q Question) (secret.Secret, error) { return secret.Of(password), nil }
	}
	for name, c := range map[string]struct {
		ways  Ways
		own   Found
		right string // "" lets everybody in
		tried string
		from  string
		want  string // of the error
	}{
		"none needed":              {ways: Ways{Keyring: &ring{has: map[string]string{account: "k"}}, Ask: says("a")}, tried: "-"},
		"given":                    {ways: Ways{Given: found("g", "--password-file")}, own: found("e", "PGPASSWORD"), right: "g", tried: "g", from: "--password-file"},
		"given and wrong":          {ways: Ways{Given: found("g", "--password-file"), Ask: says("r")}, right: "r", tried: "g", want: "wrong password (the password is from --password-file)"},
		"own":                      {own: found("e", "PGPASSWORD"), right: "e", tried: "e", from: "PGPASSWORD"},
		"keyring":                  {ways: Ways{Keyring: &ring{has: map[string]string{account: "k"}}, Ask: says("a")}, right: "k", tried: "- k", from: "the keyring"},
		"asked":                    {ways: Ways{Keyring: &ring{}, Ask: says("a")}, right: "a", tried: "- a", from: "the prompt"},
		"asked, as the ring's old": {ways: Ways{Keyring: &ring{has: map[string]string{account: "k"}}, Ask: says("a")}, right: "a", tried: "- k a", from: "the prompt"},
		"asked, and wrong":         {ways: Ways{Ask: says("a")}, right: "r", tried: "- a", want: "wrong password"},
		"nobody answers":           {ways: Ways{Ask: says("")}, right: "r", tried: "-", want: "asks reader for a password: give it with --password-file, PGPASSWORD, ~/.pgpass, the keyring"},
		"nobody to ask":            {own: Found{Remark: "The file is ignored."}, right: "r", tried: "-", want: "asks reader for a password (The file is ignored): give"},
		"a locked keyring":         {ways: Ways{Keyring: &ring{err: &secret.UnavailableError{Err: errors.New("prompt dismissed")}}}, right: "r", tried: "-", want: "There may be one in the keyring"},
	} {
		var tried []string
		try := func(p secret.Secret) error {
			text := p.Reveal()
			if text == "" {
				text = "-"
			}
			tried = append(tried, text)
			if c.right != "" && p.Reveal() != c.right {
				return errWrong
			}
			return nil
		}
		err := c.ways.Connect(t.Context(), who, c.own, try, func(err error) bool { return errors.Is(err, errWrong) })
		if got := strings.Join(tried, " "); got != c.tried || c.ways.From() != c.from {
			t.Errorf("%s: tried %s, from %q", name, got, c.ways.From())
		}
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v", name, err)
		}
		if strings.Contains(c.want, "asks reader") && (!errors.Is(err, ErrWanted) || !errors.Is(err, feed.ErrDenied)) {
			t.Errorf("%s: not of its kind: %v", name, err)
		}
		if err == nil { // a further connection asks nobody
			tried = nil
			if err := c.ways.Connect(t.Context(), who, Found{}, try, func(error) bool { return false }); err != nil || len(tried) != 1 {
				t.Errorf("%s, again: %q, %v", name, tried, err)
			}
		}
	}
}

func TestSavePassword(t *testing.T) {
	who := Who{Product: "mysql", Host: "::1", Port: "3306", Name: "wiki", User: "reader"}
	accepts := func(secret.Secret) error { return nil }
	for name, c := range map[string]struct {
		ring     *ring
		password string
		want     string
	}{
		"kept":       {&ring{has: map[string]string{}}, "geheim", "was saved in the keyring"},
		"no keyring": {nil, "geheim", "not saved: there is no keyring"},
		"locked":     {&ring{err: errors.New("it is locked")}, "geheim", "not saved: it is locked"},
		"no need":    {&ring{has: map[string]string{}}, "", "the server wanted none"},
	} {
		w := Ways{Save: true, Given: Found{Password: secret.Of(c.password), From: "x"}}
		if c.ring != nil {
			w.Keyring = c.ring
		}
		err := w.Connect(t.Context(), who, Found{}, accepts, func(error) bool { return false })
		if said := strings.Join(w.Notes, "\n"); err != nil || !strings.Contains(said, c.want) || strings.Contains(said, "geheim") {
			t.Errorf("%s: %q, %v", name, said, err)
		}
		if c.ring != nil && c.ring.err == nil && c.ring.has["mysql://reader@[::1]:3306/wiki"] != c.password {
			t.Errorf("%s: %v", name, c.ring.has)
		}
		if text := fmt.Sprintf("%+v", w); c.ring == nil && strings.Contains(text, "geheim") {
			t.Errorf("%s: the password shows: %s", name, text)
		}
	}
}
