package confluence

import (
	"bytes"
	"context"
	"strings"

	"sluice/localexport/keyfile"
	"sluice/localexport/snapshot"
	"sluice/localexport/sqlread"
)

// userReader encodes the records of users.
type userReader struct {
	closing
	e           *exporter
	notes       *notes
	users       *sqlread.Stmt
	directories map[int64]directory
	find        *sqlread.Stmt   // entries of directories by name, or by row number
	keys        *keyfile.Reader // hashes of names, if there is no index on them
	total       int64
	last        []byte // the key before, to find duplicates
	any         bool
	best        entry
}

func (e *exporter) openUsers(ctx context.Context) opener {
	return func(src source) (reader, error) { return e.newUserReader(ctx, src) }
}

func (e *exporter) newUserReader(ctx context.Context, src source) (_ reader, err error) {
	r := &userReader{e: e, notes: src.notes, closing: closing{conn: src.conn}}
	t := e.s.Table("user_mapping")
	from, order, err := inOrderOfKeys(src.conn, t)
	if err != nil {
		r.close()
		return nil, e.s.Damaged(t.Name, err)
	}
	r.users, err = src.conn.Prepare("SELECT " + t.Select("user_key", "username", "lower_username") + " FROM " + from + " ORDER BY " + order)
	if err != nil {
		r.close()
		return nil, err
	}
	r.parts = append(r.parts, r.users)
	if err := r.openDirectories(ctx); err != nil {
		r.close()
		return nil, err
	}
	return r, nil
}

// inOrderOfKeys says how SQL names the users and the order of their keys, in which
// equal keys follow each other: that of their bytes, whatever the column is declared
// to be and whether they are stored as texts or as blobs.
func inOrderOfKeys(c *sqlread.Conn, t *snapshot.Table) (from, order string, err error) {
	from, key := sqlread.Quote(t.Name), t.Select("user_key")
	if index := userIndex(t); index != "" {
		from += " INDEXED BY " + sqlread.Quote(index)
		_, blobs, err := c.Int("SELECT 1 FROM " + from + " WHERE " + key + " >= x'' LIMIT 1")
		if err != nil || !blobs {
			return from, key + " COLLATE BINARY", err
		}
	}
	return sqlread.Quote(t.Name) + " NOT INDEXED", "CAST(" + key + " AS TEXT) COLLATE BINARY", nil
}

// userIndex is the index that has the users in the order of their keys, or "".
func userIndex(t *snapshot.Table) string {
	if index, ok := t.TextIndex("user_key"); ok {
		return index.Name
	}
	return ""
}

func (r *userReader) read(_, _ int64, out *output) error {
	r.users.Reset()
	for {
		row, err := r.users.Step()
		if err != nil || !row {
			return err
		}
		if err := r.user(out); err != nil {
			return err
		}
	}
}

func (r *userReader) user(out *output) error {
	key, name, lower := r.users.Bytes(0), r.users.Bytes(1), r.users.Bytes(2)
	if r.any && bytes.Equal(key, r.last) {
		r.notes.add(KeyDuplicate, "Rows of the table user_mapping whose user_key is there already were left out: %d.%.0d", 0)
		return nil
	}
	r.last, r.any = append(r.last[:0], key...), true
	if len(lower) == 0 { // left behind by duplicates of old versions
		lower = []byte(strings.ToLower(string(name)))
	}
	if err := r.lookUp(lower); err != nil {
		return err
	}
	if !r.best.found && r.e.o.UsersOfDirectoriesOnly {
		return nil
	}
	if r.best.found && len(r.best.name) > 0 {
		name = r.best.name
	}
	out.Shared(r.e.shared.instance)
	out.Text(key)
	out.Text(name)
	out.Text(r.best.full)
	out.Text(r.best.email)
	if err := out.endRow(); err != nil || !out.Replaced() {
		return err
	}
	for _, column := range out.TakeReplaced() {
		name, file := replacedIn(fileUsers, column)
		r.notes.add(KeyNULReplaced, replaced+": %[1]d.%.0[2]d", 0, name, file)
	}
	return nil
}
