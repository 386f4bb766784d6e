package mylive

import (
	"context"
	"database/sql/driver"
	"errors"
	"slices"
	"strings"
	"testing"

	"sluice/takes/feed"
	"sluice/takes/feed/feedtest"
	"sluice/takes/login"
)

// TestQueriesOfParts: of a query only the rows that it asks for, in the order of bytes.
func TestQueriesOfParts(t *testing.T) {
	after, until := int64(-5), int64(9)
	b := feed.Table{Name: "b", Columns: []string{"id", "body"}}
	for want, q := range map[string]feed.Query{
		"":               {},
		" ORDER BY `id`": {Key: "id"},
		" ORDER BY CAST(CONVERT(`body` USING utf8mb4) AS BINARY) LIMIT 3": {Key: "body", Text: true, Limit: 3},
		" WHERE `id` > -5 AND `id` <= 9 ORDER BY `id`":                    {Key: "id", After: &after, Until: &until},
		" WHERE `id` IN (1, -2) ORDER BY `id`":                            {Key: "id", Keys: []int64{1, -2}},
	} {
		f := &fake{t: t, answers: []answer{{rows: [][]driver.Value{{int64(1), []byte("x")}, {int64(2), nil}}}}}
		p := &parts{f.database(), []relation{{name: "a"}, {name: "b", columns: b.Columns, bits: []bool{true, false}}}}
		var got []string
		q.Table = b
		err := p.Rows(t.Context(), q, func(v []feed.Value) error { got = append(got, feedtest.Line(v)); return nil })
		if err != nil || !slices.Equal(got, []string{"1|x", "2|-"}) {
			t.Errorf("%s: %q, %v", want, got, err)
		}
		if sql := "SELECT `id` + 0, `body` FROM `wi``ki`.`b`" + want; f.asked[0] != sql {
			t.Errorf("asked %s\nwant  %s", f.asked[0], sql)
		}
	}
}

// TestSpansOfParts: a server that answers nonsense is not taken for one without rows.
func TestSpansOfParts(t *testing.T) {
	q := feed.Query{Table: feed.Table{Name: "b", Columns: []string{"id"}}, Key: "id"}
	for name, c := range map[string]struct {
		row  []driver.Value
		want feed.Span
		bad  bool
	}{
		"a range":        {[]driver.Value{int64(-1), int64(3), []byte("12"), []byte("99")}, feed.Span{Number: -1, Rows: 3, Keys: "12", Check: "99"}, false},
		"no number":      {[]driver.Value{nil, int64(3), []byte("12"), []byte("99")}, feed.Span{}, true},
		"no such number": {[]driver.Value{int64(0), []byte("many"), []byte("12"), []byte("99")}, feed.Span{}, true},
	} {
		f := &fake{t: t, answers: []answer{{about: "GROUP BY 1", rows: [][]driver.Value{c.row}}}}
		p := &parts{f.database(), []relation{{name: "b", columns: []string{"id"}, bits: []bool{false}}}}
		var got feed.Span
		err := p.Spans(t.Context(), q, 8192, func(s feed.Span) error { got = s; return nil })
		if (err != nil) != c.bad || got != c.want || c.bad && !strings.Contains(err.Error(), "ranges of b") {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

// comparing is a sink that has most rows already.
type comparing struct {
	feedtest.Memory
	source feed.Parts
}

func (c *comparing) Compare(_ context.Context, source feed.Parts) error {
	c.source = source
	return nil
}

// TestOnlyTheSameDatabaseIsCompared, by its address; what is not told or of another one
// is read in full.
func TestOnlyTheSameDatabaseIsCompared(t *testing.T) {
	for since, want := range map[string]string{"": feed.StateUntold, "sha256 of another": "it is of another database", (&fake{}).database().state(): ""} {
		d := (&fake{t: t}).database()
		d.o.Since = since
		sink := &comparing{}
		err := d.hand(t.Context(), Info{}, []relation{{name: "b", columns: []string{"id", "body"}, mark: "m", marked: "body"}}, sink)
		var unfit *feed.UnfitError
		if errors.As(err, &unfit) != (want != "") || want != "" && unfit.Why != want || (sink.source == nil) != (want != "") {
			t.Errorf("%q: %v, want %q", since, err, want)
		}
		if want == "" {
			if tables := sink.source.Tables(); len(tables) != 1 || !slices.Equal(tables[0].Columns, []string{"id", "body", "m"}) || sink.source.Fresh([]byte("x")) {
				t.Errorf("the source has %+v", tables)
			}
		}
	}
}

// FuzzAddresses: what is no address is refused with a sentence that repeats nothing of
// it, and what is one has a user and a host.
func FuzzAddresses(f *testing.F) {
	for _, s := range []string{"mysql://u:geheim@h:3306/d?tls=true", "jdbc:mariadb://a,[::1]:2/d?user=u&password=geheim", "mysql://u@/d?socket=/s", "mysql:", "jdbc:mysql:loadbalance://h/d", "mysql://u:geheim@h:x/d", "mysql://%zz"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !IsAddress(s) {
			return
		}
		p, err := Options{Address: s}.parse(login.Client{})
		switch {
		case err != nil && (!errors.Is(err, feed.ErrDamaged) || strings.Contains(err.Error(), "geheim") && !strings.Contains(strings.ToLower(s), "ssl")):
			t.Errorf("%q: %v", s, err)
		case err == nil && (p.user == "" || len(p.hosts) == 0 || p.hosts[0].address == ""):
			t.Errorf("%q: %+v", s, p)
		}
	})
}
