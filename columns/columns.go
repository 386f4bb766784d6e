// Package columns is what is known of the files of a data pipeline: their columns,
// in their documented order, and what stands in them. It is written once for each
// product, as data; the exporter, the encoders of formats, the preview and the
// documents take it from here.
//
//	pages, _ := columns.Find(columns.Confluence, "pages")
//	pages.Key().Name               // page_id
//	pages.Column("labels").Type    // columns.TypeList
//
// A column is added where the files of its product stand. The readers of the
// product then have to write it, which its tests ask for: they hold every cell
// against its column.
package columns

import "slices"

// File is a file of an export.
type File struct {
	Name    string // as in file names: pages
	Columns []Column
}

// Column is a column of a file.
type Column struct {
	Name string
	Type Type
	// Key says that the column tells records apart. Each file has one.
	Key bool
	// Nullable says that a cell may have no value. In a column of text an empty text
	// is the same then; in the others a text may be empty, but is never missing.
	Nullable bool
	// Limit is the number of UTF-16 units after which the export cuts a text; 0 if it
	// does not.
	Limit int
	Holds Holds
	// From are the columns of the database that the cells come from, as table.column:
	// the first that has a value if there are several, unless an address is made of
	// all of them.
	From    []string
	Meaning string
}

// Type is the type of a column.
type Type string

// The types.
const (
	TypeID     Type = "id"     // a whole number that stands for something
	TypeText   Type = "text"   // UTF-8
	TypeTime   Type = "time"   // an instant, in UTC
	TypeNumber Type = "number" // a whole number that counts
	TypeList   Type = "list"   // texts; an empty list is not null
)

// Holds is what the cells of a column tell of people and of what they wrote.
type Holds string

// What columns hold.
const (
	HoldsFact        Holds = "" // nothing of anybody: a kind, a status, a number, a time
	HoldsInstance    Holds = "instance"
	HoldsUserID      Holds = "user id" // joins the key of the users
	HoldsUserName    Holds = "user name"
	HoldsFullName    Holds = "full name"
	HoldsEmail       Holds = "e-mail address"
	HoldsSpaceKey    Holds = "space key" // joins the key of the spaces; that of a personal space has the user name in it
	HoldsSpaceName   Holds = "space name"
	HoldsTitle       Holds = "title"
	HoldsBody        Holds = "body"    // content in storage format, with user keys in mentions
	HoldsAddress     Holds = "address" // a URL with a key of a space or a title in it
	HoldsLabel       Holds = "label"
	HoldsDescription Holds = "description" // free text
	HoldsContentID   Holds = "content id"
	HoldsEventID     Holds = "event id"
)

// Names are the names of the columns.
func (f File) Names() []string {
	names := make([]string, len(f.Columns))
	for i, c := range f.Columns {
		names[i] = c.Name
	}
	return names
}

// Index is the position of a column by its name, -1 if there is none.
func (f File) Index(name string) int {
	return slices.IndexFunc(f.Columns, func(c Column) bool { return c.Name == name })
}

// Column is a column by its name; the zero Column if there is none.
func (f File) Column(name string) Column {
	if i := f.Index(name); i >= 0 {
		return f.Columns[i]
	}
	return Column{}
}

// Key is the column that tells records apart.
func (f File) Key() Column {
	return f.first(func(c Column) bool { return c.Key })
}

// Holding is the first column that holds something.
func (f File) Holding(h Holds) Column {
	return f.first(func(c Column) bool { return c.Holds == h })
}

func (f File) first(is func(Column) bool) Column {
	if i := slices.IndexFunc(f.Columns, is); i >= 0 {
		return f.Columns[i]
	}
	return Column{}
}

// Find is the file of a name.
func Find(files []File, name string) (_ File, ok bool) {
	i := slices.IndexFunc(files, func(f File) bool { return f.Name == name })
	if i < 0 {
		return File{}, false
	}
	return files[i], true
}

// Names are the names of files.
func Names(files []File) []string {
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = f.Name
	}
	return names
}
