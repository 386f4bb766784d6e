package snapshot

import (
	"slices"

	"sluice/wording"
)

// required are the tables without which there is nothing to export, with the
// columns that are needed of them (spec/confluence-database.md §2, §4, §5).
var required = []struct {
	table   string
	columns []string
}{
	{"content", []string{"contentid", "contenttype", "title", "version", "creator", "creationdate", "lastmodifier",
		"lastmoddate", "prevver", "content_status", "pageid", "spaceid", "parentid"}},
	{"spaces", []string{"spaceid", "spacekey", "spacename"}},
	{"user_mapping", []string{"user_key", "username"}},
	{"bodycontent", []string{"bodycontentid", "body", "contentid", "bodytypeid"}},
}

// optional are tables without which something is missing in the files.
var optional = []struct{ table, lack string }{
	{"cwd_user", wording.Format("users have no full names and e-mail addresses")},
	{"cwd_directory", inSeveral},
	{"cwd_app_dir_mapping", inSeveral},
	{"label", noLabels},
	{"content_label", noLabels},
	{"AO_7B47A5_EVENT", wording.Format("analytics_events has a header only")},
}

var (
	inSeveral = wording.Format("it is not known which directory comes first for a user in several")
	noLabels  = wording.Format("pages have no labels")
)

// optOutTable names the spaces that are excluded from exports: without it none is.
const optOutTable = "AO_8752F1_DATA_PIPELINE_EOO"

// ReadTables are the tables that an export reads, beside those that tell the release
// and the address of the instance.
func ReadTables() []string {
	var all []string
	for _, r := range required {
		all = append(all, r.table)
	}
	for _, o := range optional {
		all = append(all, o.table)
	}
	return append(all, optOutTable)
}

// Required are the columns that a table must have; nil if an export does without it.
func Required(table string) []string {
	for _, r := range required {
		if r.table == table {
			return slices.Clone(r.columns)
		}
	}
	return nil
}

// Lack says what is missing in the files without a table, "" if it is required or
// nothing is.
func Lack(table string) string {
	for _, o := range optional {
		if o.table == table {
			return o.lack
		}
	}
	return ""
}
