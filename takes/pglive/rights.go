package pglive

import (
	"fmt"
	"strings"

	"sluice/takes/feed"
	"sluice/takes/live"
)

// grants are the statements that let the user read what is needed of the tables,
// and no more: where a table has other columns as well, the right is on those that
// are read. There are none if nothing is missing.
func (d *database) grants(tables []relation) []string {
	var grants []string
	if len(tables) > 0 && !tables[0].usable {
		grants = append(grants, fmt.Sprintf("GRANT USAGE ON SCHEMA %s TO %s;", quote(tables[0].schema), quote(d.user)))
	}
	filtered := false
	for _, r := range tables {
		filtered = filtered || r.filtered
		if len(r.hidden) == 0 {
			continue
		}
		columns := ""
		if r.others || len(r.hidden) < len(r.columns) {
			columns = " (" + list(r.hidden) + ")"
		}
		grants = append(grants, fmt.Sprintf("GRANT SELECT%s ON %s.%s TO %s;", columns, quote(r.schema), quote(r.name), quote(d.user)))
	}
	if filtered {
		grants = append(grants, fmt.Sprintf("ALTER ROLE %s BYPASSRLS;", quote(d.user)))
	}
	return grants
}

// list writes names as a list of SQL identifiers.
func list(names []string) string { return live.List(names, quote) }

// checkRights says exactly what is missing, before the first row is read.
func (d *database) checkRights(grants []string) error {
	if len(grants) == 0 {
		return nil
	}
	return feed.Denied("the user %s may not read all that is needed of the database at %s. An administrator of the database can allow it with\n  %s", d.user, d.address, strings.Join(grants, "\n  "))
}
