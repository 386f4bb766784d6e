package confluence

import (
	"slices"
	"strings"
	"testing"

	"sluice/columns"
	"sluice/localexport/demo"
	"sluice/localexport/snapshot"
)

// TestColumnsComeFromTheirTables: what a column is said to come from is in the
// database, and the reader of its file asks for it.
func TestColumnsComeFromTheirTables(t *testing.T) {
	s, err := snapshot.Open(t.Context(), edge(t, "CREATE TABLE plugin_setting (namespace, setting_key, setting_value)"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	asked := map[string][][]string{
		"spaces": {spaceColumns}, "pages": {pageColumns}, "comments": {commentColumns, containerColumns}, "analytics_events": {eventColumns, containerColumns},
	}
	own := map[string]string{"spaces": "spaces", "pages": "content", "comments": "content", "analytics_events": "AO_7B47A5_EVENT"}
	for _, f := range columns.Confluence {
		for _, c := range f.Columns {
			for _, from := range c.From {
				table, column, _ := strings.Cut(from, ".")
				if in := s.Table(table); in == nil {
					t.Errorf("%s of %s comes from a table %s, which there is not", c.Name, f.Name, table)
				} else if _, ok := in.Column(column); !ok {
					t.Errorf("%s of %s comes from %s, which there is not", c.Name, f.Name, from)
				}
				if table == own[f.Name] && !slices.Contains(slices.Concat(asked[f.Name]...), column) {
					t.Errorf("%s of %s comes from %s, which the reader of %s does not ask for", c.Name, f.Name, from, f.Name)
				}
			}
		}
	}
}

// TestReadersFillTheirColumns: what each reader encodes fits the columns of its file,
// in every storage form, with and without SQLite (export holds it against them).
func TestReadersFillTheirColumns(t *testing.T) {
	path := edge(t)
	paths := []string{path, demoSnapshot(t, demo.Options{Pages: 200, Seed: 3}).Path()}
	for _, f := range forms {
		paths = append(paths, convert(t, path, f))
	}
	for _, path := range paths {
		for _, o := range []Options{{}, {SQLiteOnly: true}, {AllEvents: true, StatuslessContent: true, IgnoreOptOuts: true, Labels: LabelsCommas}} {
			_, r := export(t, path, o)
			for i, f := range r.Files {
				if f.Rows == 0 {
					t.Errorf("%s: nothing was written of %s", path, FileNames[i])
				}
			}
		}
	}
}
