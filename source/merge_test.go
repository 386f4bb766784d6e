package source

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestMerged: of each setting the change counts, whoever has made it.
func TestMerged(t *testing.T) {
	wiki := NewServer("Wiki", Server{URL: "https://wiki", User: "ana", CAFile: "/ca"})
	with := func(change func(*Source)) Source {
		s := wiki.clone()
		change(&s)
		return s
	}
	other, third := NewServer("Other", Server{URL: "https://other"}), NewServer("Third", Server{URL: "https://third"})
	recognised := with(func(s *Source) { s.Server.Product = "Confluence" })
	renamed := with(func(s *Source) { s.Name, s.Server.CAFile = "Wiki 2", "" })
	both := with(func(s *Source) { s.Name, s.Server.CAFile, s.Server.Product = "Wiki 2", "", "Confluence" })
	for name, test := range map[string]struct{ base, mine, theirs, want List }{
		"nothing":                       {List{wiki}, List{wiki}, List{wiki}, List{wiki}},
		"two settings of one source":    {List{wiki}, List{recognised}, List{renamed}, List{both}},
		"the other way round":           {List{wiki}, List{renamed}, List{recognised}, List{both}},
		"one setting: the later one":    {List{wiki}, List{renamed}, List{with(func(s *Source) { s.Name = "X" })}, List{renamed}},
		"both have added":               {List{wiki}, List{wiki, other}, List{wiki, third}, List{wiki, third, other}},
		"both have added the same":      {nil, List{recognised}, List{renamed}, List{recognised}},
		"removed here":                  {List{wiki, other}, List{other}, List{wiki, other}, List{other}},
		"removed there":                 {List{wiki, other}, List{wiki, other}, List{other}, List{other}},
		"removed here, changed there":   {List{wiki}, nil, List{renamed}, List{renamed}},
		"removed there, changed here":   {List{wiki}, List{renamed}, nil, List{renamed}},
		"removed on both sides":         {List{wiki}, nil, nil, nil},
		"this window knew nothing yet":  {nil, nil, List{wiki}, List{wiki}},
		"the order is that of the file": {List{wiki, other}, List{wiki, other}, List{other, wiki}, List{other, wiki}},
		"put into another order":        {List{wiki, other}, List{other, wiki}, List{wiki, other}, List{other, wiki}},
		"ordered here, added there":     {List{wiki, other}, List{other, wiki}, List{wiki, third, other}, List{other, third, wiki}},
		"ordered here, removed there":   {List{wiki, other, third}, List{third, other, wiki}, List{wiki, third}, List{third, wiki}},
		"removed here, and no order":    {List{wiki, other, third}, List{wiki, third}, List{third, other, wiki}, List{third, wiki}},
	} {
		got, err := Merged(test.base, test.mine, test.theirs)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestMergedHomes: what each side has noted about jobs stays, and the homes of both.
func TestMergedHomes(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2026, 11, d, 0, 0, 0, 0, time.UTC) }
	base := NewSnapshot(KindSnapshot, "wiki", "/wiki.db", "/homes")
	mine := base.Noted(base.Home, 1, day(1)).Knowing("/a")
	theirs := base.Noted(base.Home, 2, day(2)).Knowing("/b")
	all, err := Merged(List{base}, List{mine}, List{theirs})
	if err != nil {
		t.Fatal(err)
	}
	s := all[0]
	if len(s.Homes()) != 3 || s.Home != base.Home || !s.ReachedBy(1).Equal(day(1)) || !s.ReachedBy(2).Equal(day(2)) {
		t.Errorf("merged it is %+v", s)
	}
}

// TestInOrder: what is not named keeps its place.
func TestInOrder(t *testing.T) {
	list := List{{ID: "a"}, {ID: "b"}, {ID: "c"}, {ID: "d"}}
	got := ""
	for _, s := range list.InOrder([]string{"d", "x", "a", "b"}) {
		got += s.ID
	}
	if got != "dacb" {
		t.Errorf("in the order %s", got)
	}
}
