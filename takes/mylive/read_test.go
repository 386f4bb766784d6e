package mylive

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"

	"sluice/takes/feed"
	"sluice/takes/feed/feedtest"
)

// TestSession: nothing that a server or a login has set changes what is read.
func TestSession(t *testing.T) {
	for version, want := range map[string]struct{ product, limit, zone string }{
		"8.0.36":          {"MySQL", "max_execution_time = 1500", "CET"},
		"10.11.6-MariaDB": {"MariaDB", "max_statement_time = 1.500, idle_transaction_timeout = 0", "CET"},
	} {
		f := &fake{t: t, answers: []answer{
			{about: "SELECT VERSION()", rows: [][]driver.Value{texts(version, "SYSTEM", "CET", "o'x@%.example.com", "1")}},
			{about: "Ssl_version", rows: [][]driver.Value{texts("Ssl_version", "TLSv1.3")}},
		}}
		d := f.database()
		d.o.StatementTimeout, d.o.LockTimeout, d.checked = 1500*time.Millisecond, 1200*time.Millisecond, feed.CheckedName
		info, err := d.open(t.Context())
		if err != nil || info.Product != want.product || info.TimeZone != want.zone || info.Tested != (want.product == "MariaDB") || !d.cased {
			t.Errorf("%s: %+v, %v", version, info, err)
		}
		if info.User != "'o''x'@'%.example.com'" || info.Safety.String() != "TLS 1.3, the certificate checked" {
			t.Errorf("%s: user %s, %s", version, info.User, info.Safety)
		}
		all := strings.Join(f.asked, "\n")
		for _, s := range []string{"SET NAMES utf8mb4", "sql_mode = ''", "sql_select_limit = 18446744073709551615", "lock_wait_timeout = 2,", want.limit, "REPEATABLE READ"} {
			if !strings.Contains(all, s) {
				t.Errorf("%s: nothing sets %s:\n%s", version, s, all)
			}
		}
	}
	f := &fake{t: t, answers: []answer{{about: "SELECT VERSION()", rows: [][]driver.Value{texts("8.0", "+01:00", "CET", "u@h", "0")}}, {about: "SET NAMES", err: refusal(1115)}}}
	if _, err := f.database().open(t.Context()); !errors.Is(err, feed.ErrDamaged) || !strings.Contains(err.Error(), "as it says (1115)") {
		t.Errorf("a setting that is refused: %v", err)
	}
}

// TestRowsAndTheirMarks: values of all types come as text, with the version of the row
// behind them; what is not transactional is said.
func TestRowsAndTheirMarks(t *testing.T) {
	r := relation{name: "b", engine: "MyISAM", columns: []string{"id", "f", "body"}, bits: make([]bool, 3)}
	r.mark, r.marked = "sluice_mark", "body"
	f := &fake{t: t, answers: []answer{{about: "SELECT `id`, `f`, `body` FROM `wi``ki`.`b`", rows: [][]driver.Value{
		{int64(math.MinInt64), 1.5, []byte("ä")}, {uint64(math.MaxUint64), float32(0.1), []byte("")}, {[]byte("7"), nil, nil},
	}}}}
	m := &feedtest.Memory{}
	if err := f.database().hand(t.Context(), Info{Hidden: []string{"AO_X"}, User: "u", HiddenGrants: []string{"GRANT;"}}, []relation{r}, m); err != nil {
		t.Fatal(err)
	}
	want := []string{"wi`ki.b|-9223372036854775808|1.5|ä|33e6d73fee82904c8d7afb78de1154d1.2",
		"wi`ki.b|18446744073709551615|0.1||e3b0c44298fc1c149afbf4c8996fb924.0", "wi`ki.b|7|-|-|.-1"}
	if !slices.Equal(m.Lines, want) || !slices.Equal(m.Pieces, []string{"wi`ki.b(id,f,body,sluice_mark) 3"}) {
		t.Errorf("got  %q, %q\nwant %q", m.Lines, m.Pieces, want)
	}
	if len(m.Notes) != 2 || !strings.Contains(m.Notes[0], "tables AO_X do not exist") || !strings.Contains(m.Notes[1], "stored by MyISAM") {
		t.Errorf("notes %q", m.Notes)
	}
}

// TestReadingThatBreaks says the table, keeps nothing, and ends the connection.
func TestReadingThatBreaks(t *testing.T) {
	r := relation{name: "b", columns: []string{"id"}, bits: []bool{false}}
	row := [][]driver.Value{texts("1")}
	for name, c := range map[string]struct {
		answer answer
		kind   error
		want   string
	}{
		"cut":               {answer{rows: row, cut: io.ErrUnexpectedEOF}, feed.ErrDamaged, "nothing was kept"},
		"killed":            {answer{rows: row, cut: refusal(1927)}, feed.ErrDamaged, "was cut while it was read"},
		"too slow":          {answer{rows: row, cut: refusal(statementTime)}, feed.ErrUnreachable, "--statement-timeout allows"},
		"locked":            {answer{err: refusal(locked)}, feed.ErrUnreachable, "locks a table"},
		"altered":           {answer{err: refusal(changedMeant)}, feed.ErrUnreachable, "was altered"},
		"a row too long":    {answer{rows: row, cut: refusal(tooLong)}, feed.ErrDamaged, "max_allowed_packet"},
		"a right that went": {answer{err: refusal(tableDenied)}, feed.ErrDenied, "no right to read"},
	} {
		f := &fake{t: t, answers: []answer{c.answer}}
		err := f.database().hand(t.Context(), Info{}, []relation{r}, &feedtest.Memory{})
		if !errors.Is(err, c.kind) || !strings.HasPrefix(fmt.Sprint(err), "table b: ") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
		if f.closed != (c.answer.err == nil) {
			t.Errorf("%s: the connection was closed: %v", name, f.closed)
		}
	}
	enough := errors.New("enough")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(enough)
	f := &fake{t: t, answers: []answer{{rows: row, cut: mysql.ErrInvalidConn}}}
	if err := f.database().hand(ctx, Info{}, []relation{r}, &feedtest.Memory{}); !errors.Is(err, enough) {
		t.Errorf("a reading that was given up: %v", err)
	}
}

// TestWhatAnErrorMeans before there is a connection.
func TestWhatAnErrorMeans(t *testing.T) {
	d := &database{address: "db:3306 (database wiki)", user: "reader"}
	for want, c := range map[string]struct{ err, kind error }{
		"does not let reader in with this password": {refusal(accessDenied), feed.ErrDenied},
		"no such database":                          {refusal(noDatabase), feed.ErrDamaged},
		"choose ?tls=skip-verify":                   {refusal(insecureMaria), feed.ErrDenied},
		"takes no connections now":                  {refusal(1040), feed.ErrUnreachable},
		"takes no connections by TLS":               {mysql.ErrNoTLS, feed.ErrUnreachable},
		"name it with ssl-cert=FILE":                {errors.New("remote error: tls: certificate required"), feed.ErrDenied},
		"no safe connection":                        {errors.New("tls: first record does not look like a TLS handshake"), feed.ErrUnreachable},
		"in a way that Sluice does not use":         {mysql.ErrCleartextPassword, feed.ErrDenied},
		"the tunnel broke":                          {fmt.Errorf("dial: %w", feed.Denied("the tunnel broke")), feed.ErrDenied},
		"broke: something else":                     {errors.New("something else"), feed.ErrUnreachable},
		"says: as it says (1999)":                   {refusal(1999), feed.ErrDamaged},
	} {
		err := d.describe(t.Context(), c.err)
		if !errors.Is(err, c.kind) || !strings.Contains(err.Error(), want) || number(err) != number(c.err) {
			t.Errorf("%v: %v, want %q", c.err, err, want)
		}
	}
}
