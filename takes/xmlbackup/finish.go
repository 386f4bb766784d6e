package xmlbackup

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"sluice/figures"
	"sluice/takes/feed"
)

// mapped is a directory of an application: the id of the mapping and that of the
// directory.
type mapped struct{ id, directory string }

// finish hands on what is known at the end only, and ends the tables.
func (x *reader) finish(d Descriptor) error {
	for _, name := range slices.Sorted(maps.Keys(x.names)) {
		if err := x.row(mappingTable, name, name, strings.ToLower(name)); err != nil {
			return err
		}
	}
	for _, m := range x.mapped {
		place := ""
		if at, ok := x.listed[m.id]; ok {
			place = strconv.Itoa(at)
		}
		if err := x.row(mappedTable, m.id, m.directory, place); err != nil {
			return err
		}
	}
	if d.Build != "" {
		if err := x.row(versionTable, "1", d.Build); err != nil {
			return err
		}
	}
	for _, r := range x.rows {
		if r.Rows == nil {
			continue
		}
		if err := r.End(-1); err != nil {
			return err
		}
	}
	return nil
}

// row hands on a row of texts, of which empty ones are null.
func (x *reader) row(t *tableOf, texts ...string) error {
	x.clear(len(t.columns))
	for i, text := range texts {
		if text != "" {
			x.set(i, text)
		}
	}
	return x.emit(t)
}

// tell notes what was odd about the backup.
func (x *reader) tell() {
	note := func(doubt bool, n int64, one, many string) {
		if n > 0 {
			x.sink.Note(feed.Note{Doubt: doubt, Text: figures.Some(n, one, many)})
		}
	}
	note(false, x.v.fixed, `"]] >" was read as "]]>" once: a backup cannot hold the latter in a CDATA section.`, `"]] >" was read as "]]>" %d times: a backup cannot hold the latter in a CDATA section.`)
	note(false, x.controls, "One control character that XML forbids was kept as it stands.", "%d control characters that XML forbids were kept as they stand.")
	note(false, int64(len(x.names)), "One user is known by name only, as in releases before 5.2; the name stands in place of the key.", "%d users are known by their names only, as in releases before 5.2; the name stands in place of the key.")
	note(true, x.unstated, "One page, blog post or comment has no contentStatus, as in backups of old releases; it was taken as current.", "%d pages, blog posts and comments have no contentStatus, as in backups of old releases; they were taken as current.")
	note(true, x.v.unknown, "Once an & begins no reference that XML knows; it was kept as it stands.", "%d times an & begins no reference that XML knows; they were kept as they stand.")
}

// Limits says, in sentences, what is known to lack before the backup is read.
func (d Descriptor) Limits() []string {
	var l []string
	if d.Scope != "" {
		l = append(l, d.Scope)
	}
	return append(l, "An XML backup holds no analytics events: analytics_events has a header only.",
		"It does not tell which spaces are excluded from the data pipeline: all of its spaces are exported.")
}

// lacks says what the backup lacks of what an export gives.
func (x *reader) lacks(d Descriptor) []string {
	l := d.Limits()
	rows := func(t *tableOf) bool { return x.rows[t] != nil && x.rows[t].n > 0 }
	switch {
	case !rows(mappingTable):
		l = append(l, "It holds no users: users has a header only.")
	case !rows(userTable):
		l = append(l, "It holds no full names and e-mail addresses: users have a key and a login name.")
	}
	if !x.settings {
		l = append(l, "It does not hold the base URL of the site: give it when you export.")
	}
	return l
}
