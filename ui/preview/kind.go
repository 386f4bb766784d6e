package preview

import (
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"sluice/columns"
)

// role is what a column of a known file holds, and so how its cells explain themselves.
type role int

const (
	roleNone  role = iota
	roleUser       // id of a user: joins users.user_id
	roleSpace      // key of a space: joins spaces.space_key
	roleTime
	roleContent // storage format, cut by the export
)

// known are the files whose columns are known.
var known = columns.Confluence

// fileKind says what sort of file one is. Files of one kind have their columns in
// common, so what the user did to them is remembered by the kind.
type fileKind struct {
	Key   string // names the kind in the store
	Known string // users, spaces, pages, comments, analytics_events, or empty
}

// knownName is the form of the vendor's file names: <file>_job<id>_…
var knownName = regexp.MustCompile(`^(` + strings.Join(columns.Names(known), "|") + `)_job\d+`)

// kindOf tells the kind of a file by its name and header: a known one by its name
// and the column that tells its records apart, any other by its columns alone.
func kindOf(path string, header []string) fileKind {
	if m := knownName.FindStringSubmatch(filepath.Base(path)); m != nil {
		if f, _ := columns.Find(known, m[1]); slices.Contains(header, f.Key().Name) {
			return fileKind{Key: f.Name, Known: f.Name}
		}
	}
	sum := sha256.Sum256([]byte(strings.Join(header, "\x00")))
	return fileKind{Key: "columns-" + hex.EncodeToString(sum[:8])}
}

// column is what is known of a column; the zero Column in files of other kinds.
func (k fileKind) column(name string) columns.Column {
	f, _ := columns.Find(known, k.Known)
	return f.Column(name)
}

// roleOf is the role of a column of a file; files of other kinds have none. The
// users of the users file and the spaces of the spaces file are what explains
// the others, and are shown as they are.
func (k fileKind) roleOf(name string) role {
	c := k.column(name)
	switch {
	case c.Key:
		return roleNone
	case c.Holds == columns.HoldsUserID:
		return roleUser
	case c.Holds == columns.HoldsSpaceKey:
		return roleSpace
	case c.Holds == columns.HoldsBody:
		return roleContent
	case c.Type == columns.TypeTime:
		return roleTime
	}
	return roleNone
}

// isURL reports whether a column of a known file holds addresses.
func (k fileKind) isURL(name string) bool {
	holds := k.column(name).Holds
	return holds == columns.HoldsAddress || holds == columns.HoldsInstance
}

// initial is how the columns of a kind of file are laid out before anybody has
// changed them. Every row of a known file has the same address of the instance.
func (k fileKind) initial() Layout {
	f, ok := columns.Find(known, k.Known)
	if !ok {
		return Layout{}
	}
	return Layout{Hidden: []string{f.Holding(columns.HoldsInstance).Name}}
}

// The files that tell the names of users and of spaces.
var (
	usersFile  = keyedBy(columns.HoldsUserID)
	spacesFile = keyedBy(columns.HoldsSpaceKey)
)

// keyedBy is the file whose records are told apart by what a column holds.
func keyedBy(h columns.Holds) columns.File {
	return known[slices.IndexFunc(known, func(f columns.File) bool { return f.Key().Holds == h })]
}

// jobPart is the part of a file name that the files of one job have in common.
var jobPart = regexp.MustCompile(`^[a-z_]+(_job\d+_)`)

// siblings are the patterns under which the users and the spaces file of the same
// job lie beside a known file.
func siblings(path string) (users, spaces string) {
	dir, base := filepath.Split(path)
	m := jobPart.FindStringSubmatch(base)
	if m == nil {
		return "", ""
	}
	return filepath.Join(dir, usersFile.Name+m[1]+"*.csv"), filepath.Join(dir, spacesFile.Name+m[1]+"*.csv")
}
