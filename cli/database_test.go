package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"

	"sluice/takes"
	"sluice/takes/login"
)

// TestWaysToADatabase: what is wrong with the flags is said, and no password in them is
// repeated.
func TestWaysToADatabase(t *testing.T) {
	alone(t)
	keyring.MockInit()
	out := filepath.Join(t.TempDir(), "x.db")
	config := filepath.Join(t.TempDir(), "any.xml")
	text := `<confluence-configuration><properties><property name="hibernate.connection.url">jdbc:postgresql://127.0.0.1:1/wiki</property>` +
		`<property name="hibernate.connection.username">u</property><property name="hibernate.connection.password">geheim</property></properties></confluence-configuration>`
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	spaces := filepath.Join(t.TempDir(), "spaces")
	if err := os.WriteFile(spaces, []byte(" geheim \nmore\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		args []string
		code int
		want string
	}{
		"no source":              {nil, exitUsage, "no source is named"},
		"a configuration":        {[]string{config, out}, exitUnreachable, "nothing answers at 127.0.0.1:1 (database wiki)"},
		"a configuration's home": {[]string{config, out, "--host", "127.0.0.1", "--port", "2"}, exitUnreachable, "nothing answers at 127.0.0.1:2"},
		"flags alone":            {[]string{out, "--host", "127.0.0.1", "--port", "1", "--dbname", "wiki", "--user", "u"}, exitUnreachable, "127.0.0.1:1 (database wiki)"},
		"flags and a dump":       {[]string{smallDump, out, "--host", "127.0.0.1"}, exitUsage, "leave one of them out"},
		"flags and an address":   {[]string{"mysql://u@127.0.0.1/x", out, "--port", "1", "--dbname", "wiki"}, exitUnreachable, "127.0.0.1:1 (database wiki)"},
		"a URL as the host":      {[]string{out, "--host", "postgres://u:geheim@h/d"}, exitUsage, "--host takes a name alone"},
		"a login as the host":    {[]string{out, "--host", "u:geheim@h"}, exitUsage, "--host takes a name alone"},
		"a login as the user":    {[]string{out, "--host", "h", "--user", "u:geheim@h"}, exitUsage, "--user takes a name alone"},
		"a name as the port":     {[]string{out, "--host", "h", "--port", "geheim"}, exitUsage, "--port takes a number from 1 to 65535, such as 5432"},
		"a password of SSH":      {[]string{config, out, "--ssh", "u:geheim@h"}, exitUsage, "a password in --ssh"},
		"a key of nothing":       {[]string{config, out, "--ssh-key", config}, exitUsage, "give --ssh user@host"},
		"no SSH server":          {[]string{config, out, "--ssh", "u@127.0.0.1:1"}, exitUnreachable, "nothing answers at the SSH server 127.0.0.1:1"},
		"no key":                 {[]string{config, out, "--ssh", "u@127.0.0.1:1", "--ssh-known-hosts", "/nix"}, exitFailed, "/nix"},
		"two lines":              {[]string{config, out, "--password-file", spaces}, exitUsage, "has several lines"},
		"escaped":                {[]string{"postgres://u:%67eheim@h/d", out}, exitUsage, "PGPASSWORD"},
		"in the query":           {[]string{"postgres://h/d?user=u&pass%77ord=geheim", out}, exitUsage, "PGPASSWORD"},
		"with a slash":           {[]string{"postgres://u:1/geheim@h/d", out}, exitUsage, "PGPASSWORD"},
		"without slashes":        {[]string{"postgres:u:geheim@h/d", out}, exitUsage, "PGPASSWORD"},
		"of SQL Server":          {[]string{"jdbc:sqlserver://h;user=u;password=geheim", out}, exitFailed, "docs/other-databases.md"},
		"a URL of SQL Server":    {[]string{"sqlserver://u:geheim@h/d", out}, exitFailed, "reads no running SQL Server"},
		"of Oracle":              {[]string{"jdbc:oracle:thin:u/geheim@//h:1521/x", out}, exitFailed, "docs/other-databases.md"},
		"as SQL Server's words":  {[]string{"Server=h;Database=d;User Id=u;Password=geheim;", out}, exitUsage, "write an address as postgres://"},
		"as sqlplus writes it":   {[]string{"u/geheim@//h/x", out}, exitUsage, "write an address as postgres://"},
		"with a port":            {[]string{"u/geheim@h:1521/x", out}, exitUsage, "write an address as postgres://"},
		"as Go writes it":        {[]string{"u:geheim@tcp(127.0.0.1:23306)/conf", out}, exitUsage, "write an address as postgres://"},
		"without a kind":         {[]string{"u:geheim@h:3306/conf", out}, exitUsage, "write an address as postgres://"},
		"with spaces":            {[]string{"host = h password = geheim", out}, exitUsage, "PGPASSWORD"},
		"a path of Windows":      {[]string{`C:\x@y.sql`, out}, exitFailed, `C:\x@y.sql: there is no such file`},
		"a path with an @":       {[]string{"/nix/wiki@2024.sql", out}, exitFailed, "/nix/wiki@2024.sql: there is no such file"},
		"in place of a snapshot": {[]string{smallDump, "u:geheim@tcp(h:1)/d"}, exitUsage, "the path of a file is expected"},
		"psql's words as a name": {[]string{out, "--host", "h", "--dbname", "host=h password=geheim"}, exitUsage, "--dbname takes a name alone"},
		"a password as a name":   {[]string{out, "--host", "h", "--dbname", "password=geheim"}, exitUsage, "--dbname takes a name alone"},
		"words as the host":      {[]string{out, "--host", "h password=geheim", "--dbname", "d"}, exitUsage, "--host takes a name alone"},
		"words as the user":      {[]string{out, "--host", "h", "--user", "u password=geheim"}, exitUsage, "--user takes a name alone"},
		"retries below 0":        {[]string{out, "--host", "127.0.0.1", "--dbname", "d", "--retries=-1"}, exitUsage, "--retries -1 is negative"},
		"a timeout below 0":      {[]string{out, "--host", "127.0.0.1", "--dbname", "d", "--statement-timeout=-1s"}, exitUsage, "--statement-timeout -1s is negative"},
		"no such port":           {[]string{out, "--host", "127.0.0.1", "--port", "99999", "--dbname", "d"}, exitUsage, "--port takes a number from 1 to 65535"},
		"the port 0":             {[]string{out, "--host", "127.0.0.1", "--port", "0", "--dbname", "d"}, exitUsage, "--port takes a number from 1 to 65535"},
		"a port for a dump":      {[]string{smallDump, out, "--port", "5432"}, exitUsage, "--port says how a database is reached"},
		"a user for a dump":      {[]string{smallDump, out, "--user", "u", "--retries", "3"}, exitUsage, "--user and --retries say how a database is reached"},
		"SSH for a stream":       {[]string{"-", out, "--ssh", "u@h"}, exitUsage, "--ssh says how a database is reached"},
		"as psql's words":        {[]string{"host=h user=u password=geheim", out}, exitUsage, "PGPASSWORD"},
	} {
		r := sluice(t, append([]string{"snapshot"}, c.args...)...)
		if r.code != c.code || !strings.Contains(r.err, c.want) || strings.Contains(r.err+r.out, "eheim") {
			t.Errorf("%s: exit %d, %s", name, r.code, r.err)
		}
	}
	t.Setenv("PGPASSWORD", "geheim")
	for _, args := range [][]string{{"-v", "snapshot", "postgres://u@127.0.0.1:1/d", out}, {"snapshot", config, out, "--dry-run", "--json"}} {
		if r := sluice(t, args...); r.code != exitUnreachable || strings.Contains(r.err+r.out, "geheim") {
			t.Errorf("%q: exit %d, %s", args, r.code, r.err)
		}
	}
}

func TestPasswordFiles(t *testing.T) {
	alone(t)
	file := filepath.Join(t.TempDir(), "password")
	for text, want := range map[string]string{"geheim": "geheim", " p w \n": " p w ", "\tä\r\n": "\tä", "\ufeffx": "x"} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := readPassword("--password-file", file, newLogger(os.Stderr, false)); err != nil || got.Reveal() != want {
			t.Errorf("%q: %q, %v", text, got.Reveal(), err)
		}
	}
	for _, text := range []string{"", "\n", "a\nb\n", "a\x00"} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		var usage usageError
		if _, err := readPassword("--password-file", file, newLogger(os.Stderr, false)); !errors.As(err, &usage) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestQuestions(t *testing.T) {
	for want, q := range map[string]login.Question{
		"Password of u at h:1: ":              {User: "u", Of: "h:1"},
		"It was wrong.\nPassword of u at h: ": {User: "u", Of: "h", Why: "It was wrong."},
		"Passphrase of the key /k: ":          {Kind: login.PassphraseOfKey, Of: "/k"},
	} {
		if got := question(q); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if openTerminal(&strings.Builder{}) != nil {
		t.Error("what is no terminal is one")
	}
	// Where there is no terminal nothing is asked, nor waited for.
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	defer w.Close()
	if _, err := (&terminal{r, w}).ask(context.Background(), login.Question{}); err == nil {
		t.Error("a pipe is asked as a terminal")
	}
}

// TestRetriesWithoutFlags: a configuration that is exported is read as patiently as one of
// which a snapshot is taken.
func TestRetriesWithoutFlags(t *testing.T) {
	alone(t)
	if got := access(&call{program: &Program{Err: io.Discard}}).Retries; got != takes.Retries {
		t.Errorf("%d retries, want %d", got, takes.Retries)
	}
	if r := sluice(t, "snapshot", "--help"); !strings.Contains(strings.Join(strings.Fields(r.out), " "), fmt.Sprintf("cancels the reading (%d).", takes.Retries)) {
		t.Errorf("the help tells another number: %s", r.out)
	}
}
