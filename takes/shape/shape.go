// Package shape declares what a snapshot holds: the tables and columns of
// Confluence's database that an export reads, and nothing else. What it does not
// name (credentials, tokens, mail passwords, data of plugins) is never taken.
package shape

import (
	"slices"
	"strings"

	"sluice/localexport/snapshot"
)

// Type is what a column holds.
type Type uint8

// The types of columns.
const (
	ID   Type = iota // a whole number that names a row
	Int              // a whole number
	Time             // a wall-clock time without a zone, or epoch milliseconds in text
	Text
)

// SQL is the type as SQLite declares it: numbers are stored as numbers, and
// all else as text.
func (t Type) SQL() string {
	if t == ID || t == Int {
		return "INTEGER"
	}
	return "TEXT"
}

// Column is a column of a snapshot.
type Column struct {
	Name string
	Type Type
	// Key marks the primary key of the table.
	Key bool
	// Required is true if nothing can be exported without it.
	Required bool
	// Private is true for one that is no column of Confluence's: Sluice keeps
	// there by what it tells changed rows.
	Private bool
	// Long is true for one that is too long to be compared: the private one tells
	// whether it changed.
	Long bool
}

// Comparison is how a table is compared when a snapshot is taken again.
type Comparison uint8

// The ways to compare.
const (
	Whole   Comparison = iota // it is small: all is read
	ByRow                     // rows are compared, and only what differs is read in full
	ByRange                   // rows never change, but come and go: ranges of keys are compared
)

// IsNumber reports whether the column holds whole numbers.
func (c Column) IsNumber() bool { return c.Type == ID || c.Type == Int }

// Mark is the column with the version of a row.
const Mark = "sluice_mark"

// version is that column, of a table without long ones.
func version() Column { return Column{Name: Mark, Type: Int, Private: true} }

// Table is a table of a snapshot. Source: spec of the tables that an export
// reads, documented with the exporter.
type Table struct {
	Name    string
	Columns []Column
	// Indexes are the columns of each index that an export reads.
	Indexes []string
	// Required is true if nothing can be exported without the table.
	Required bool
	// Unreferred is true if nothing refers to the table's key: a row whose key
	// came before may get another.
	Unreferred bool
	Compared   Comparison
	// Summed is the column of numbers by whose sum ranges are compared, where there
	// are no versions.
	Summed string
	// Lack says what is missing in the files without the table; "" if nothing.
	Lack string
	// Reduce, if not nil, decides about a row: it returns false for one that is
	// not taken, and may replace values. The values are in the order of
	// Columns, text as it came; nil is null.
	Reduce func(row [][]byte) bool
}

// Index returns the place of a column, whatever its case, or -1.
func (t *Table) Index(name string) int {
	return slices.IndexFunc(t.Columns, func(c Column) bool { return strings.EqualFold(c.Name, name) })
}

// Find returns the table of a name, whatever its case, or nil.
func Find(name string) *Table {
	for i := range Tables {
		if strings.EqualFold(Tables[i].Name, name) {
			return &Tables[i]
		}
	}
	return nil
}

func id(name string) Column  { return Column{Name: name, Type: ID} }
func key(name string) Column { return Column{Name: name, Type: ID, Key: true, Required: true} }
func number(name string) Column {
	return Column{Name: name, Type: Int}
}
func when(name string) Column { return Column{Name: name, Type: Time} }
func text(name string) Column { return Column{Name: name, Type: Text} }

func required(c Column) Column {
	c.Required = true
	return c
}

// Tables are the tables of a snapshot.
var Tables = []Table{
	{Name: "content", Required: true, Compared: ByRow, Columns: []Column{
		key("contentid"), required(text("contenttype")), required(text("title")), required(number("version")),
		required(text("creator")), required(when("creationdate")), required(text("lastmodifier")), required(when("lastmoddate")),
		text("versioncomment"), required(id("prevver")), required(text("content_status")), required(id("pageid")),
		required(id("spaceid")), required(id("parentid")), id("parentcommentid"), version(),
	}},
	// The body stands last: what is before it is read without it, however long it is.
	{Name: "bodycontent", Required: true, Unreferred: true, Compared: ByRow, Indexes: []string{"contentid"}, Columns: []Column{
		key("bodycontentid"), required(id("contentid")), required(number("bodytypeid")), {Name: Mark, Type: Text, Private: true},
		{Name: "body", Type: Text, Required: true, Long: true},
	}},
	{Name: "spaces", Required: true, Columns: []Column{
		key("spaceid"), required(text("spacekey")), required(text("spacename")), text("spacetype"), text("spacestatus"),
		text("creator"), text("lastmodifier"), when("creationdate"), when("lastmoddate"), id("homepage"),
	}},
	{Name: "user_mapping", Required: true, Columns: []Column{
		{Name: "user_key", Type: Text, Key: true, Required: true}, required(text("username")), text("lower_username"),
	}},
	{Name: "cwd_user", Compared: ByRow, Lack: snapshot.Lack("cwd_user"), Indexes: []string{"lower_user_name"}, Columns: []Column{
		key("id"), id("directory_id"), text("user_name"), text("lower_user_name"), text("display_name"), text("email_address"), version(),
	}},
	{Name: "cwd_directory", Lack: snapshot.Lack("cwd_directory"),
		Columns: []Column{key("id"), text("active")}},
	{Name: "cwd_app_dir_mapping", Columns: []Column{key("id"), id("directory_id"), number("list_index")}},
	{Name: "label", Compared: ByRow, Lack: snapshot.Lack("label"), Columns: []Column{key("labelid"), text("name"), text("namespace"), version()}},
	{Name: "content_label", Compared: ByRow, Lack: snapshot.Lack("content_label"), Indexes: []string{"contentid"}, Columns: []Column{
		key("id"), id("labelid"), id("contentid"), id("labelableid"), text("labelabletype"), version(),
	}},
	{Name: "bandana", Reduce: reduceBandana, Columns: []Column{
		key("bandanaid"), text("bandanacontext"), text("bandanakey"), text("bandanavalue"),
	}},
	{Name: "plugin_setting", Reduce: reducePluginSetting, Columns: []Column{
		text("namespace"), text("setting_key"), text("setting_value"),
	}},
	{Name: "confversion", Columns: []Column{key("confversionid"), number("buildnumber")}},
	{Name: "AO_7B47A5_EVENT", Compared: ByRange, Summed: "EVENT_AT", Lack: snapshot.Lack("AO_7B47A5_EVENT"), Indexes: []string{"EVENT_AT"}, Columns: []Column{
		key("ID"), text("NAME"), number("EVENT_AT"), text("USER_KEY"), text("SPACE_KEY"), id("CONTENT_ID"), id("CONTAINER_ID"),
	}},
	{Name: "AO_8752F1_DATA_PIPELINE_EOO", Columns: []Column{key("ID"), text("ENTITY_TYPE"), text("ENTITY_IDENTIFIER")}},
	// Restricted pages can be told by these two; who may see them is not taken.
	{Name: "content_perm_set", Compared: ByRow, Columns: []Column{key("id"), text("cont_perm_type"), id("content_id"), version()}},
	{Name: "content_perm", Compared: ByRow, Columns: []Column{key("id"), id("cps_id"), version()}},
}

// KeyIndex is the place of the primary key, or 0 if the table has none.
func (t *Table) KeyIndex() int {
	return max(0, slices.IndexFunc(t.Columns, func(c Column) bool { return c.Key }))
}
