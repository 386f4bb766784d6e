package snapshot

import (
	"fmt"
	"strings"
)

// others are databases that an administrator may have instead, by a table.
var others = []struct{ table, product string }{
	{"jiraissue", "Jira"},
	{"pull_request", "Bitbucket"},
	{"sta_pull_request", "Bitbucket"},
	{"sta_repository", "Bitbucket"},
	{"repository", "Bitbucket"},
}

// OtherProduct is the product that has a table of the name and is not Confluence; ""
// if none is known.
func OtherProduct(table string) string {
	for _, o := range others {
		if strings.EqualFold(o.table, table) {
			return o.product
		}
	}
	return ""
}

// checkProduct refuses a database that is no Confluence database, or that
// lacks what an export cannot do without.
func (s *Snapshot) checkProduct(views []string) error {
	var missing []string
	for _, r := range required {
		if s.Table(r.table) == nil {
			missing = append(missing, r.table)
		}
	}
	for _, name := range missing {
		for _, view := range views {
			if strings.EqualFold(view, name) {
				return &FileError{s.path, fmt.Sprintf("has a view %s where a table is needed", view), "convert the tables of the database themselves", nil}
			}
		}
	}
	switch {
	case s.Table("content") == nil || s.Table("spaces") == nil:
		return s.notConfluence(missing)
	case len(missing) > 0:
		return &FileError{s.path, fmt.Sprintf("is a Confluence database without the table %s", strings.Join(missing, " and ")),
			"include it when the database is converted", nil}
	}
	for _, r := range required {
		t := s.Table(r.table)
		for _, column := range r.columns {
			if _, ok := t.Column(column); !ok {
				return &FileError{s.path, fmt.Sprintf("has no column %s in the table %s", column, t.Name), "convert the database again, with all columns", nil}
			}
		}
		if t.Rowid == "" {
			return &FileError{s.path, fmt.Sprintf("has the table %s in the form WITHOUT ROWID, which no converter makes and Sluice does not read", t.Name),
				"convert the database with ordinary tables", nil}
		}
	}
	return nil
}

func (s *Snapshot) notConfluence(missing []string) error {
	for _, o := range others {
		if s.Table(o.table) != nil {
			return &FileError{s.path, "is a " + o.product + " database", "Sluice exports snapshots of Confluence only; use the REST API for other products", nil}
		}
	}
	return &FileError{s.path, fmt.Sprintf("is no Confluence database: it has %s, but not %s", s.names(), strings.Join(missing, ", ")),
		"choose a snapshot of Confluence's database", nil}
}
