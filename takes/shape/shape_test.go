package shape

import (
	"slices"
	"strings"
	"testing"

	"sluice/columns"
	"sluice/localexport/snapshot"
)

// TestWhatIsNeededIsTaken: a snapshot has the tables that an export reads and the
// columns of the database that the files come from; what is required of one is required
// of what it is taken from.
func TestWhatIsNeededIsTaken(t *testing.T) {
	column := func(table, name string) (Column, bool) {
		found := Find(table)
		if found == nil {
			return Column{}, false
		}
		i := slices.IndexFunc(found.Columns, func(c Column) bool { return strings.EqualFold(c.Name, name) })
		if i < 0 {
			return Column{}, false
		}
		return found.Columns[i], true
	}
	for _, name := range snapshot.ReadTables() {
		table := Find(name)
		if table == nil {
			t.Errorf("the table %s is not taken", name)
			continue
		}
		needed := snapshot.Required(name)
		if table.Required != (needed != nil) {
			t.Errorf("the table %s is required: %v", name, table.Required)
		}
		for _, c := range needed {
			if taken, ok := column(name, c); !ok || !taken.Required {
				t.Errorf("%s.%s is not taken, or not required", name, c)
			}
		}
	}
	for _, f := range columns.Confluence {
		for _, c := range f.Columns {
			for _, from := range c.From {
				table, name, _ := strings.Cut(from, ".")
				if _, ok := column(table, name); !ok {
					t.Errorf("%s.%s comes from %s, which is not taken", f.Name, c.Name, from)
				}
			}
		}
	}
}
