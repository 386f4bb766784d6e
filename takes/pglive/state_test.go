package pglive

import (
	"strings"
	"testing"
)

// TestWhenNothingFollows from the versions of rows: each reason is told.
func TestWhenNothingFollows(t *testing.T) {
	first := state{System: "7", Timeline: "00000001", Database: "5", Tables: "public.content 16384", XMin: 900, XMax: 910}
	for name, c := range map[string]struct {
		change func(now *state)
		want   string
	}{
		"nothing":                 {func(*state) {}, ""},
		"later":                   {func(s *state) { s.XMin, s.XMax = 2000, 2001 }, ""},
		"another cluster":         {func(s *state) { s.System = "8" }, "it is of another database"},
		"another database":        {func(s *state) { s.Database = "6" }, "it is of another database"},
		"a restored server":       {func(s *state) { s.Timeline = "00000002" }, "the server was restored"},
		"a standby":               {func(s *state) { s.Standby = true }, "a standby and its primary"},
		"tables made anew":        {func(s *state) { s.Tables = "public.content 16999" }, "the tables are not those of then"},
		"files of an earlier day": {func(s *state) { s.XMin, s.XMax = 800, 950 }, "the server is in an earlier state"},
		"numbers come again":      {func(s *state) { s.XMin, s.XMax = 900+ago, 900+ago }, "more than two billion transactions"},
	} {
		now := first
		c.change(&now)
		if _, why := now.since(first.text()); (why == "") != (c.want == "") || !strings.Contains(why, c.want) {
			t.Errorf("%s: %q", name, why)
		}
	}
	var none *state
	if _, why := none.since(first.text()); !strings.Contains(why, "pg_control_system()") {
		t.Errorf("a server that tells nothing: %q", why)
	}
	for _, text := range []string{"", "{}", "x"} {
		if _, why := first.since(text); !strings.Contains(why, "does not tell the state") {
			t.Errorf("%q: %q", text, why)
		}
	}
}

// TestWindowOfTransactions, also where their 32 bits begin anew.
func TestWindowOfTransactions(t *testing.T) {
	for _, c := range []struct {
		from, until uint64
		in, out     []string
	}{
		{900, 910, []string{"900.5", "909.-1", "no number"}, []string{"899.5", "910.5", "2.1"}},
		{900, 900, nil, []string{"900.5", "899.5"}},
		{1<<32 - 2, 1<<32 + 5, []string{"4294967294.1", "4294967295.1", "3.1", "4.1"}, []string{"4294967293.1", "5.1"}},
	} {
		now := state{XMax: c.until}
		w := now.window(state{XMin: c.from})
		for _, mark := range c.in {
			if !w.holds([]byte(mark)) {
				t.Errorf("%d to %d: %s is not within", c.from, c.until, mark)
			}
		}
		for _, mark := range c.out {
			if w.holds([]byte(mark)) {
				t.Errorf("%d to %d: %s is within", c.from, c.until, mark)
			}
		}
	}
}
