package pglive

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"sluice/takes/feed"
	"sluice/takes/feed/feedtest"
)

var body = relation{schema: "public", name: "b", kind: "r", versions: true, columns: []string{"id", "body"}, mark: "m", marked: "body"}

// asking is a query for all of body.
func asking(q feed.Query) feed.Query {
	q.Table = feed.Table{Schema: "public", Name: "b", Columns: []string{"id", "m"}}
	return q
}

// TestQueriesOfParts: only the rows that are asked for; in order the planner is to take
// the index, and is told so once.
func TestQueriesOfParts(t *testing.T) {
	after, until := int64(-5), int64(9)
	f := &fake{t: t, answers: []answer{{about: "COPY", copy: []string{"1\t900.3\n2\t\\N\n"}}}}
	p := &parts{d: f.database(), tables: []relation{{schema: "other", name: "b"}, body}}
	for _, c := range []struct {
		q    feed.Query
		want string
	}{
		{feed.Query{}, ""},
		{feed.Query{Key: "id", After: &after, Until: &until}, ` WHERE "id" > -5 AND "id" <= 9 ORDER BY "id"`},
		{feed.Query{Key: "id", Keys: []int64{1, -2}}, ` WHERE "id" IN (1, -2) ORDER BY "id"`},
		{feed.Query{Key: "k", Text: true, Limit: 3}, ` ORDER BY "k" COLLATE "C" LIMIT 3`},
	} {
		var got []string
		err := p.Rows(t.Context(), asking(c.q), func(v []feed.Value) error { got = append(got, feedtest.Line(v)); return nil })
		if err != nil || !slices.Equal(got, []string{"1|900.3", "2|-"}) {
			t.Errorf("%s: %q, %v", c.want, got, err)
		}
		sql := f.queries("COPY")
		if want := `COPY (SELECT "id", xmin::text || '.' || coalesce(octet_length("body"), -1) FROM "public"."b"` + c.want + ") TO STDOUT"; sql[len(sql)-1] != want {
			t.Errorf("asked %s\nwant  %s", sql[len(sql)-1], want)
		}
	}
	if plans := f.queries("enable_sort"); len(plans) != 1 || !strings.Contains(plans[0], "enable_sort = off") {
		t.Errorf("the planner was told %q", plans)
	}
	enough := errors.New("enough")
	if err := p.Rows(t.Context(), asking(feed.Query{}), func([]feed.Value) error { return enough }); !errors.Is(err, enough) {
		t.Errorf("a sink that has enough: %v", err)
	}
}

// TestSpansAndRanges: numbers come from the server as they are; a row without a key fits
// no range.
func TestSpansAndRanges(t *testing.T) {
	f := &fake{t: t, answers: []answer{{about: "GROUP BY 1", copy: []string{"-1\t3\t12\t1\t99\n"}}, {about: "pg_catalog.age", rows: [][]string{{"4294967290"}}},
		{about: "GROUP BY n", copy: []string{"2\t3\t77\t5 0\n-1\t1\t8\t\\N\n", "\\N\t1\t1\t\\N\n"}}}}
	p := &parts{d: f.database(), tables: []relation{body}, window: window{from: 4294967000, length: 10}}
	err := p.Spans(t.Context(), asking(feed.Query{Key: "id", Sum: "at"}), feed.RangeSize, func(s feed.Span) error {
		if want := (feed.Span{Number: -1, Rows: 3, Keys: "12", Fresh: 1, Sum: "99"}); s != want {
			t.Errorf("a span %+v, want %+v", s, want)
		}
		return nil
	})
	if err != nil || len(f.queries("count(*) FILTER (WHERE "+p.window.sql())) != 1 {
		t.Errorf("spans: %v, asked %q", err, f.queries("GROUP BY 1"))
	}
	var got []feed.Range
	v := &versioned{p}
	err = v.Ranges(t.Context(), asking(feed.Query{Key: "id"}), func(r feed.Range) error { got = append(got, r); return nil })
	var unfit *feed.UnfitError
	if !errors.As(err, &unfit) || !strings.Contains(unfit.Why, "a key of public.b is empty") {
		t.Errorf("a row without a key: %v", err)
	}
	if len(got) != 2 || got[0].Rows != 3 || got[0].Check != 77 || !slices.Equal(got[0].Fresh, []int64{2*feed.RangeSize + 5, 2 * feed.RangeSize}) || got[1].Number != -1 || got[1].Fresh != nil {
		t.Errorf("ranges %+v", got)
	}
	if len(f.queries("age(xmin) BETWEEN 1 AND 293 ")) != 1 { // back from the next one, 3 + 4294967290
		t.Errorf("asked %q", f.queries("GROUP BY n"))
	}
	again := &versioned{&parts{d: (&fake{t: t, answers: f.answers}).database(), tables: p.tables, window: window{from: 5}}}
	err = again.Ranges(t.Context(), asking(feed.Query{Key: "id"}), nil)
	if !errors.As(err, &unfit) || unfit.Why != tooLong {
		t.Errorf("transactions that come again: %v", err)
	}
}

// TestVersionsOfRelations: what has no versions is told why; what is small needs none.
func TestVersionsOfRelations(t *testing.T) {
	d := &database{user: "u"}
	for name, c := range map[string]struct {
		r                      relation
		unversioned            bool
		names, expression, why string
	}{
		"a table":  {relation{kind: "r", name: "b", versions: true, columns: []string{"id", "BODY"}}, false, "id,BODY,sluice_mark", `xmin::text || '.' || coalesce(octet_length("BODY"), -1)`, "GRANT SELECT (xmin)"},
		"no right": {relation{kind: "r", schema: "s", name: "b", columns: []string{"id"}}, true, "id", "", `GRANT SELECT (xmin) ON "s"."b" TO "u";`},
		"a view":   {relation{kind: "v", schema: "s", name: "b", columns: []string{"id"}}, true, "id", "", "s.b is no ordinary table"},
		"no body":  {relation{kind: "r", name: "b", versions: true, columns: []string{"id"}}, false, "id,sluice_mark", "xmin", ""},
	} {
		list := []relation{c.r}
		setMarks(list, wish{})
		r := list[0]
		if r.unversioned != c.unversioned || strings.Join(r.names(), ",") != c.names || r.mark != "" && r.expression(r.mark) != c.expression || !strings.Contains(d.unversioned(r), c.why) {
			t.Errorf("%s: %+v, %s", name, r, d.unversioned(r))
		}
	}
}

// TestWhatAnErrorMeans before there is a connection. No password shows.
func TestWhatAnErrorMeans(t *testing.T) {
	d := &database{address: "db:5432 (database wiki)", user: "reader", name: "wiki"}
	says := func(code, message string) error {
		return fmt.Errorf("connect: %w", &pgconn.PgError{Code: code, Message: message})
	}
	for want, c := range map[string]struct{ err, kind error }{
		"does not accept the name reader with its password":  {says(wrongPassword, "x"), errPassword},
		"does not accept the name reader with its password:": {says(protocol, "SASL authentication failed"), errPassword},
		"try sslmode=require":                                {says(wrongLogin, `no pg_hba.conf entry, no encryption`), feed.ErrDenied},
		"asks for a certificate":                             {says(wrongLogin, "connection requires a valid client certificate"), feed.ErrDenied},
		"does not let reader in from here":                   {says(wrongLogin, "no pg_hba.conf entry"), feed.ErrDenied},
		"no such database":                                   {says(noDatabase, ""), feed.ErrDamaged},
		"no such database at":                                {says(protocol, "no such database: wiki"), feed.ErrDamaged},
		"odd (08P01)":                                        {says(protocol, "odd"), feed.ErrDamaged},
		`GRANT CONNECT ON DATABASE "wiki"`:                   {says(noRight, "x"), feed.ErrDenied},
		"takes no connections now":                           {says(starting, "x"), feed.ErrUnreachable},
		"takes no connections now: y":                        {says(shutdown, "y"), feed.ErrUnreachable},
		"was open for too long":                              {says(openTooLong, "x"), feed.ErrUnreachable},
		"takes no connections by TLS":                        {errors.New("server refused TLS connection"), feed.ErrUnreachable},
		"name it with sslcert=FILE":                          {errors.New("failed: remote error: tls: bad certificate"), feed.ErrDenied},
		"no safe connection":                                 {errors.New("failed: tls: bad record"), feed.ErrUnreachable},
		"the tunnel broke":                                   {fmt.Errorf("dial: %w", feed.Denied("the tunnel broke")), feed.ErrDenied},
		"broke: refused":                                     {errors.New("failed to connect to `user=reader`: refused"), feed.ErrUnreachable},
	} {
		if err := d.describe(t.Context(), c.err); !errors.Is(err, c.kind) || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v, want %q", c.err, err, want)
		}
	}
}

// FuzzAddresses: what is no address is refused with a sentence that repeats no password.
func FuzzAddresses(f *testing.F) {
	for _, s := range []string{"postgres://u:geheim@h:5432/d?sslmode=require", "jdbc:postgresql://a,[::1]:2/d?user=u&password=geheim", "jdbc:postgresql:d", "postgresql://u:geheim@h:x/d", "postgres://%zz", "postgres://u:geheim@h/d?port=1,2&host='"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !IsAddress(s) || strings.Contains(strings.ToLower(s), "ssl") || strings.Contains(strings.ToLower(s), "service") {
			return // other parts name files
		}
		if _, err := Locate(Options{Address: s}); err != nil && (!errors.Is(err, feed.ErrDamaged) || strings.Contains(err.Error(), "geheim")) {
			t.Errorf("%q: %v", s, err)
		}
	})
}
