package preview

import (
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"regexp"
	"strings"
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

// roles of the columns of the five known files (`spec/csv-schema-confluence.md` §4).
var roles = map[string]role{
	"user_id": roleUser, "creator_id": roleUser, "last_modifier_id": roleUser, "event_author_id": roleUser,
	"space_key": roleSpace, "event_space_key": roleSpace,
	"created_date": roleTime, "updated_date": roleTime,
	"page_content": roleContent, "comment_content": roleContent,
}

// fileKind says what sort of file one is. Files of one kind have their columns in
// common, so what the user did to them is remembered by the kind.
type fileKind struct {
	Key   string // names the kind in the store
	Known string // users, spaces, pages, comments, analytics_events, or empty
}

// knownName is the form of the vendor's file names: <file>_job<id>_…
var knownName = regexp.MustCompile(`^(users|spaces|pages|comments|analytics_events)_job\d+`)

// keyColumn is the column that each known file must have.
var keyColumn = map[string]string{
	"users": "user_id", "spaces": "space_key", "pages": "page_id", "comments": "comment_id", "analytics_events": "event_id",
}

// kindOf tells the kind of a file by its name and header: a known one by both,
// any other by its columns alone.
func kindOf(path string, header []string) fileKind {
	if m := knownName.FindStringSubmatch(filepath.Base(path)); m != nil && contains(header, keyColumn[m[1]]) {
		return fileKind{Key: m[1], Known: m[1]}
	}
	sum := sha256.Sum256([]byte(strings.Join(header, "\x00")))
	return fileKind{Key: "columns-" + hex.EncodeToString(sum[:8])}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// roleOf is the role of a column of a file; files of other kinds have none. The
// users of the users file and the spaces of the spaces file are what explains
// the others, and are shown as they are.
func (k fileKind) roleOf(column string) role {
	if k.Known == "" || k.Known == "users" && column == "user_id" || k.Known == "spaces" && column == "space_key" {
		return roleNone
	}
	return roles[column]
}

// isURL reports whether a column of a known file holds addresses.
func (k fileKind) isURL(column string) bool {
	return k.Known != "" && strings.HasSuffix(column, "_url")
}

// initial is how the columns of a kind of file are laid out before anybody has
// changed them. Every row of a known file has the same instance_url.
func (k fileKind) initial() Layout {
	if k.Known == "" {
		return Layout{}
	}
	return Layout{Hidden: []string{"instance_url"}}
}

// siblings are the patterns under which the users and the spaces file of the same
// job lie beside a known file.
func siblings(path string) (users, spaces string) {
	dir, base := filepath.Split(path)
	m := regexp.MustCompile(`^[a-z_]+(_job\d+_)`).FindStringSubmatch(base)
	if m == nil {
		return "", ""
	}
	return filepath.Join(dir, "users"+m[1]+"*.csv"), filepath.Join(dir, "spaces"+m[1]+"*.csv")
}
