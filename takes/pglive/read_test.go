package pglive

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"sluice/takes/feed"
	"sluice/takes/feed/feedtest"
)

// server are the answers of one with a table of which the user may read the versions.
func server(more ...answer) []answer {
	return append(more,
		answer{about: "current_setting('server_version')", rows: [][]string{{"15.4", "Europe/Berlin", "t", "pooled"}}},
		answer{about: "pg_catalog.pg_class", rows: [][]string{
			{"public", "bodycontent", "r", "12", "9000", "1000", "t", "f", "t", "id", "t"},
			{"public", "bodycontent", "r", "12", "9000", "1000", "t", "f", "t", "secret", "f"},
			{"public", "bodycontent", "r", "12", "9000", "1000", "t", "f", "t", "body", "t"}}},
		answer{about: "has_function_privilege", rows: [][]string{{"t"}}},
		answer{about: "pg_control_system", rows: [][]string{{"7", "00000001", "5", "t", "4294968196", "4294968206", "1.5"}}},
		answer{about: "to_regclass", rows: [][]string{{"16384"}}},
		answer{about: "COPY (SELECT", copy: []string{"1\ta\\tb\t900", ".3\n2\t\\N\t901.-1\n", "3\t\t7.0\n"}})
}

// read reads from a fake, and counts the sinks that were made.
func read(t *testing.T, f *fake, retries int) (m *feedtest.Memory, info Info, begun int, err error) {
	t.Helper()
	clean(t)
	o := f.options()
	o.Retries = retries
	info, err = Read(t.Context(), o, wish{}, []string{"bodycontent"}, func(Info) (feed.Sink, error) {
		begun++
		m = &feedtest.Memory{}
		return m, nil
	})
	return m, info, begun, err
}

// TestReading: rows come as they stand, whatever the pieces of a COPY, in a transaction
// in which nothing that a login or a server has set counts.
func TestReading(t *testing.T) {
	f := &fake{t: t, answers: server()}
	m, info, _, err := read(t, f, 0)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"public.bodycontent|1|a\tb|900.3", "public.bodycontent|2|-|901.-1", "public.bodycontent|3||7.0"}
	if !slices.Equal(m.Lines, want) || !slices.Equal(m.Pieces, []string{"public.bodycontent(id,body,sluice_mark) 3"}) {
		t.Errorf("got  %q, %q\nwant %q", m.Lines, m.Pieces, want)
	}
	if info.Server != "15.4" || info.User != "pooled" || !info.Standby || info.Address != "db:5433 (database wiki)" || info.Sent() != 9000*7/4 || info.Safety.String() != "without TLS" {
		t.Errorf("%+v", info)
	}
	if want := `{"system":"7","timeline":"00000001","database":"5","tables":"public.bodycontent 16384","standby":true,"started":"1.5","xmin":4294968196,"xmax":4294968206}`; info.State != want {
		t.Errorf("the state is %s", info.State)
	}
	begin := f.queries("BEGIN")
	for _, s := range []string{"REPEATABLE READ READ ONLY", "DateStyle = 'ISO, YMD'", "row_security = off", "statement_timeout = 0", "lock_timeout = 10000", "client_encoding", "search_path = pg_catalog"} {
		if len(begin) != 1 || !strings.Contains(begin[0], s) {
			t.Errorf("nothing sets %s: %q", s, begin)
		}
	}
	if len(f.queries("COMMIT")) != 1 {
		t.Error("the transaction stays open")
	}
}

// TestReadingThatBreaks: what kind of error it is and what to do, with the table.
func TestReadingThatBreaks(t *testing.T) {
	for name, c := range map[string]struct {
		answer answer
		kind   error
		want   string
	}{
		"cut":                 {answer{about: "COPY", copy: []string{"1\ta\t1.1\n"}, cut: true}, feed.ErrDamaged, "table public.bodycontent: the connection to the database at db:5433 (database wiki) was cut"},
		"a row without end":   {answer{about: "COPY", copy: []string{"1\ta\t1.1\n2\tb"}}, feed.ErrDamaged, "the last row of public.bodycontent does not come to its end"},
		"another row":         {answer{about: "COPY", copy: []string{"1\ta\n"}}, feed.ErrDamaged, "table public.bodycontent"},
		"no right":            {answer{about: "COPY", code: noRight}, feed.ErrDenied, "pooled has no right to read: as it says"},
		"locked":              {answer{about: "COPY", code: locked}, feed.ErrUnreachable, "for longer than 10s"},
		"cancelled":           {answer{about: "COPY", copy: []string{"1\ta\t1.1\n"}, code: cancelled}, feed.ErrUnreachable, "ask who did"},
		"ended":               {answer{about: "COPY", code: shutdown}, feed.ErrDamaged, "was cut while it was read"},
		"refused at once":     {answer{about: "BEGIN", code: "42601"}, feed.ErrDamaged, "says: as it says (42601)"},
		"no schema":           {answer{about: "pg_class"}, feed.ErrDamaged, "holds no Confluence"},
		"odd numbers":         {answer{about: "pg_control_system()),", rows: [][]string{{"7", "1", "5", "f", "x", "1", "1"}}}, nil, "numbers of transactions"},
		"a commit that fails": {answer{about: "COMMIT", cut: true}, feed.ErrDamaged, "nothing was kept"},
	} {
		_, _, _, err := read(t, &fake{t: t, answers: server(c.answer)}, 3)
		if err == nil || c.kind != nil && !errors.Is(err, c.kind) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

// TestAStandbyThatCancels is read anew, as often as was asked for, each time into a new
// sink.
func TestAStandbyThatCancels(t *testing.T) {
	cancels := answer{about: "COPY", copy: []string{"1\ta\t1.1\n"}, code: conflict, once: true}
	m, info, begun, err := read(t, &fake{t: t, answers: server(cancels)}, 1)
	if err != nil || begun != 2 || info.Restarts != 1 || len(m.Lines) != 3 {
		t.Errorf("read %d times, %d restarts, %v", begun, info.Restarts, err)
	}
	for retries, want := range map[int]string{0: "hot_standby_feedback", 1: "(it was read 2 times)"} {
		_, _, begun, err := read(t, &fake{t: t, answers: server(cancels, cancels, cancels)}, retries)
		if !errors.Is(err, feed.ErrUnreachable) || begun != retries+1 || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "times") != (retries > 0) {
			t.Errorf("%d retries: read %d times, %v", retries, begun, err)
		}
	}
}

// TestRightsThatLack are told before the first row, with what gives them and no more.
func TestRightsThatLack(t *testing.T) {
	for name, c := range map[string]struct {
		r    relation
		want string
	}{
		"none":             {relation{usable: true, columns: []string{"id"}}, ""},
		"the schema":       {relation{columns: []string{"id"}}, `GRANT USAGE ON SCHEMA "pub""lic" TO "o'x";`},
		"all columns":      {relation{usable: true, columns: []string{"id"}, hidden: []string{"id"}}, `GRANT SELECT ON "pub""lic"."t" TO "o'x";`},
		"some columns":     {relation{usable: true, columns: []string{"id", "b"}, hidden: []string{"b"}}, `GRANT SELECT ("b") ON "pub""lic"."t" TO "o'x";`},
		"all that we need": {relation{usable: true, columns: []string{"id"}, hidden: []string{"id"}, others: true}, `GRANT SELECT ("id") ON "pub""lic"."t" TO "o'x";`},
		"rows":             {relation{usable: true, filtered: true, columns: []string{"id"}}, `ALTER ROLE "o'x" BYPASSRLS;`},
	} {
		d := &database{user: "o'x", address: "db"}
		c.r.schema, c.r.name = `pub"lic`, "t"
		grants := d.grants([]relation{c.r})
		err := d.checkRights(grants)
		if got := strings.Join(grants, " "); got != c.want || errors.Is(err, feed.ErrDenied) != (c.want != "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %s, %v", name, got, err)
		}
	}
}

// TestOneSchemaIsRead: that which is asked for, or the only one with Confluence's tables.
func TestOneSchemaIsRead(t *testing.T) {
	var all []relation
	for _, s := range []string{"a.content", "a.SPACES", "b.content", "c.content", "c.spaces"} {
		schema, name, _ := strings.Cut(s, ".")
		all = append(all, relation{schema: schema, name: name})
	}
	for name, c := range map[string]struct {
		all          []relation
		schema, want string
		err          string
	}{
		"the only one":       {all[:3], "", "a", ""},
		"several":            {all, "", "", "in several schemas (a, c): name one with --schema"},
		"none":               {all[2:4], "", "", "holds no Confluence"},
		"that is asked for":  {all, "b", "b", ""},
		"which is not there": {all, "B", "", `the schema "B"`},
	} {
		d := &database{o: Options{Schema: c.schema}}
		got, err := d.inOneSchema(c.all, []string{"content", "spaces"})
		if (err == nil) != (c.err == "") || err != nil && (!strings.Contains(err.Error(), c.err) || !errors.Is(err, feed.ErrDamaged)) || slices.ContainsFunc(got, func(r relation) bool { return r.schema != c.want }) || err == nil && len(got) == 0 {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}
