package secret

import (
	"errors"
	"net/url"
	"strings"
	"testing"
)

func TestRedact(t *testing.T) {
	for in, want := range map[string]string{
		"nothing here":                       "nothing here",
		"write to me@example.com":            "write to me@example.com",
		"https://wiki.example.com/x":         "https://wiki.example.com/x",
		"postgres://u:secret@host/db":        "postgres://***@host/db",
		"open postgres://u:p@ss@host/db: no": "open postgres://***@host/db: no",
		"postgres://u:s/ec/ret@host/db":      "postgres://***@host/db",
		"postgres://u:s?ec#ret@host/db":      "postgres://***@host/db",
		`"postgres://u:s\"ecret@host/db"`:    `"postgres://***@host/db"`,
		"postgres://u:1234/5@host/db":        "postgres://***@host/db",
		"jdbc:postgresql://u:secret@host/x":  "jdbc:postgresql://***@host/x",
		"/home/me/postgres:/u:secret@h/db":   "/home/me/postgres:/***@h/db", // as a cleaned path
		"https://token@host/":                "https://***@host/",
		"HTTPS://ME:SECRET@host":             "HTTPS://***@host",
		"https://ünï:cödé@host":              "https://***@host",
		"a://u:x@h b://v:y@i":                "a://u:x@h b://v:y@i", // one letter is a drive
		"ab://u:x@h bc://v:y@i":              "ab://***@h bc://***@i",
		"https://host/~me@corp":              "https://host/~me@corp",
		"https://host:8443/?mail=me@corp":    "https://host:8443/?mail=me@corp",
		"https://[::1]:8443/?mail=me@corp":   "https://[::1]:8443/?mail=me@corp",
		"https://admin:8443/x@host":          "https://***@host",
		"file:///home/me/a@b.db":             "file:///home/me/a@b.db",
		"https://h/?password=secret&x=1":     "https://h/?password=***&x=1",
		"host=h password='se cret' user=u":   "host=h password=*** user=u",
		"https://u:a@h/?Password=b":          "https://***@h/?Password=***",
	} {
		if got := Redact(in); got != want {
			t.Errorf("Redact(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestRedactor(t *testing.T) {
	arg := "--snapshot=postgres://me:my \"long\" pass\tword@host/db"
	var b strings.Builder
	w := NewRedactor("export", arg).Writer(&b)
	text := "raw " + arg + " quoted \"--snapshot=postgres://me:my \\\"long\\\" pass\\tword@host/db\"\n"
	if n, err := w.Write([]byte(text)); n != len(text) || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	for _, part := range []string{"me:", "long", "word"} {
		if strings.Contains(b.String(), part) {
			t.Errorf("%q shows: %s", part, b.String())
		}
	}
	if strings.Count(b.String(), "***@host/db") != 2 {
		t.Errorf("%s", b.String())
	}
	if _, err := NewRedactor().Writer(broken{}).Write([]byte("x")); !errors.Is(err, errBroken) {
		t.Errorf("an error of the writer behind: %v", err)
	}
}

var errBroken = errors.New("broken")

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errBroken }

// FuzzRedact puts a password of any characters but spaces into a URL and looks
// for it in what is left of a sentence.
func FuzzRedact(f *testing.F) {
	for _, p := range []string{"secret", "p@ss", "a/b", "a?b#c", `q"\`, "%40", "://x:y@z", "ü", "1/2", "123456"} {
		f.Add("postgres", "user", p)
	}
	f.Fuzz(func(t *testing.T, scheme, user, password string) {
		if !schemes.MatchString(scheme+"://") || strings.ToLower(scheme) == "file" || schemes.FindString(scheme+"://") != scheme+"://" ||
			user == "" || strings.ContainsAny(user, ":/?#@") || len(password) < 4 {
			return
		}
		text := "open " + scheme + "://" + user + ":" + password + "@host.example/db?x=1: no such file"
		r := NewRedactor(scheme + "://" + user + ":" + password + "@host.example/db?x=1")
		got := r.Redact(text)
		if !strings.HasPrefix(got, "open ") || !strings.HasSuffix(got, "@host.example/db?x=1: no such file") {
			t.Errorf("%q became %q", text, got)
		}
		if strings.Contains(got, ":"+password+"@") || strings.Count(got, password) > strings.Count("open "+scheme+"://***@host.example/db?x=1: no such file", password) {
			t.Errorf("the password %q shows: %q", password, got)
		}
		if again := r.Redact(got); strings.Contains(again, ":"+password+"@") {
			t.Errorf("redacted again: %q", again)
		}
	})
}

// TestRedactParsed compares with the library's reading of well-formed URLs.
func TestRedactParsed(t *testing.T) {
	for _, s := range []string{"https://a:b@example.com:1/x?y=z#w", "mysql://root:%2F%40@10.0.0.1/db", "ssh://git@host/x"} {
		u, err := url.Parse(s)
		if err != nil {
			t.Fatal(err)
		}
		u.User = nil
		if want := strings.Replace(u.String(), "://", "://***@", 1); Redact(s) != want {
			t.Errorf("Redact(%q) = %q, want %q", s, Redact(s), want)
		}
	}
}
