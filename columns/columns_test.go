package columns

import (
	"slices"
	"strings"
	"testing"
)

// TestTables: what everybody who reads the tables relies on.
func TestTables(t *testing.T) {
	types := []Type{TypeID, TypeText, TypeTime, TypeNumber, TypeList}
	for _, f := range Confluence {
		keys := 0
		for i, c := range f.Columns {
			name := f.Name + "." + c.Name
			if f.Index(c.Name) != i {
				t.Errorf("%s stands twice", name)
			}
			if !slices.Contains(types, c.Type) {
				t.Errorf("%s is of type %q", name, c.Type)
			}
			if c.Key {
				keys++
				if c.Nullable {
					t.Errorf("%s is the key and may have no value", name)
				}
			}
			if c.Limit > 0 && c.Type != TypeText || c.Type == TypeList && c.Nullable {
				t.Errorf("%s cannot be as it is declared: %+v", name, c)
			}
			if c.Meaning == "" || len(c.From) == 0 {
				t.Errorf("%s is not explained", name)
			}
			for _, from := range c.From {
				if table, column, ok := strings.Cut(from, "."); !ok || table == "" || column == "" {
					t.Errorf("%s comes from %q", name, from)
				}
			}
		}
		if keys != 1 {
			t.Errorf("%s has %d keys", f.Name, keys)
		}
	}
}

func TestLookUps(t *testing.T) {
	pages, ok := Find(Confluence, "pages")
	if !ok || pages.Key().Name != "page_id" || pages.Holding(HoldsBody).Limit != 10_000 || pages.Column("labels").Type != TypeList ||
		pages.Names()[pages.Index("page_title")] != "page_title" {
		t.Errorf("pages is %+v", pages)
	}
	if pages.Index("page") != -1 || pages.Column("page").Name != "" || pages.Holding(HoldsEmail).Name != "" {
		t.Error("a column is found that is not there")
	}
	if f, ok := Find(Confluence, "rejected"); ok || f.Key().Name != "" {
		t.Errorf("rejected is %+v", f)
	}
	if got := strings.Join(Names(Confluence), " "); got != "users spaces pages comments analytics_events" {
		t.Errorf("the files are %s", got)
	}
}

// TestPeople: what tells of people is told to do so: a column that joins the users, or
// has their texts, holds something.
func TestPeople(t *testing.T) {
	for _, f := range Confluence {
		for _, c := range f.Columns {
			fact := c.Holds == HoldsFact
			switch {
			case strings.HasSuffix(c.Name, "_url") && c.Holds != HoldsAddress && c.Holds != HoldsInstance,
				strings.HasSuffix(c.Name, "_content") && c.Holds != HoldsBody,
				c.Type == TypeID && fact, c.Key && fact, c.Limit > 0 && c.Holds != HoldsBody,
				slices.ContainsFunc([]string{"user", "creator", "modifier", "author", "title", "label", "description", "name"}, func(part string) bool {
					return strings.Contains(c.Name, part)
				}) && fact && c.Name != "event_name":
				t.Errorf("%s.%s holds %q", f.Name, c.Name, c.Holds)
			}
		}
	}
}
