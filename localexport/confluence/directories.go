package confluence

import (
	"bytes"
	"context"
	"errors"
	"hash/fnv"
	"math"

	"sluice/localexport/keyfile"
	"sluice/localexport/snapshot"
	"sluice/localexport/sqlread"
	"sluice/wording"
)

// directory is a user directory.
type directory struct {
	active   bool
	position int64
}

// entry is a user in a directory.
type entry struct {
	found             bool
	inactive          bool // the directory is
	position          int64
	id                int64
	name, full, email []byte
}

func (a *entry) before(b *entry) bool {
	if a.inactive != b.inactive {
		return !a.inactive
	}
	if a.position != b.position {
		return a.position < b.position
	}
	return a.id < b.id
}

// openDirectories prepares the look-ups of names and e-mail addresses. Without
// the tables of the directories users have none.
func (r *userReader) openDirectories(ctx context.Context) error {
	t := r.e.s.Table("cwd_user")
	if t == nil {
		r.notes.say(KeyMissingTable, "The snapshot has no table cwd_user: users are written without full names and e-mail addresses.")
		return nil
	}
	var err error
	if r.directories, err = r.readDirectories(r.conn); err != nil {
		return err
	}
	sql := "SELECT " + t.Select("id", "directory_id", "user_name", "display_name", "email_address", "lower_user_name") + " FROM " + sqlread.Quote(t.Name)
	if index := nameIndex(t); index != "" {
		sql += " INDEXED BY " + sqlread.Quote(index) + " WHERE lower_user_name COLLATE BINARY IN (?1, ?2)"
	} else {
		keys, err := r.e.sortNames(ctx, t)
		if err != nil {
			return err
		}
		r.keys, r.total = keys.Reader(), keys.Len()
		sql += " WHERE " + t.Rowid + " = ?1"
	}
	if r.find, err = r.conn.Prepare(sql); err != nil {
		return err
	}
	r.parts = append(r.parts, r.find)
	return nil
}

// nameIndex is the index that finds users of directories by name, or "".
func nameIndex(t *snapshot.Table) string {
	if index, ok := t.TextIndex("lower_user_name"); ok {
		return index.Name
	}
	return ""
}

// sortNames sorts hashes of names, since there is no index on them.
func (e *exporter) sortNames(ctx context.Context, t *snapshot.Table) (*keyfile.File, error) {
	keys, _, err := e.s.Keys(ctx, t, "lower_user_name", e.sorting(), "", []string{"lower_user_name"}, func(s snapshot.Row, b *keyfile.Builder) error {
		return b.Add(hashName(s.Bytes(1)), s.Int(0)) // any text will do
	})
	return keys, err
}

func hashName(name []byte) int64 {
	h := fnv.New64a()
	h.Write(name)
	return int64(h.Sum64())
}

// readDirectories loads which directories are active, and their order.
func (r *userReader) readDirectories(c *sqlread.Conn) (map[int64]directory, error) {
	found := map[int64]directory{}
	for _, name := range []string{"cwd_directory", "cwd_app_dir_mapping"} {
		if r.e.s.Table(name) == nil {
			r.notes.say(KeyMissingTable, "The snapshot has no table %s: which directory comes first for a user in several is not known.", name)
		}
	}
	if t := r.e.s.Table("cwd_directory"); t != nil {
		err := c.Each("SELECT "+t.Select("id", "active")+" FROM "+sqlread.Quote(t.Name), func(s *sqlread.Stmt) error {
			if id, state := snapshot.ID(s, 0); state == snapshot.IDPresent {
				found[id] = directory{active: snapshot.Flag(s, 1), position: math.MaxInt32}
			}
			return nil
		})
		if err != nil {
			return nil, wording.Errorf("read table %s: %w", t.Name, r.e.s.Damaged(t.Name, err))
		}
	}
	t := r.e.s.Table("cwd_app_dir_mapping")
	if t == nil {
		return found, nil
	}
	err := c.Each("SELECT "+t.Select("directory_id", "list_index")+" FROM "+sqlread.Quote(t.Name), func(s *sqlread.Stmt) error {
		id, state := snapshot.ID(s, 0)
		position, has := snapshot.ID(s, 1)
		if d, ok := found[id]; ok && state == snapshot.IDPresent && has == snapshot.IDPresent && position < d.position {
			d.position = position
			found[id] = d
		}
		return nil
	})
	if err != nil {
		return nil, wording.Errorf("read table %s: %w", t.Name, r.e.s.Damaged(t.Name, err))
	}
	return found, nil
}

// lookUp finds the entry of the first active directory that has the name.
func (r *userReader) lookUp(lower []byte) error {
	r.best.found = false
	r.best.name, r.best.full, r.best.email = r.best.name[:0], r.best.full[:0], r.best.email[:0]
	if r.find == nil {
		return nil
	}
	if r.keys == nil {
		r.find.Reset()
		if err := errors.Join(r.find.BindText(0, lower), r.find.BindBlob(1, lower)); err != nil {
			return err
		}
		return r.candidates(lower)
	}
	hash := hashName(lower)
	at, err := r.keys.Search(hash)
	for ; err == nil && at < r.total; at++ {
		p, readErr := r.keys.At(at)
		if readErr != nil || p.Key != hash {
			return readErr
		}
		r.find.Reset()
		if err := r.find.BindInt(0, p.Row); err != nil {
			return err
		}
		if err := r.candidates(lower); err != nil {
			return err
		}
	}
	return err
}

// candidates looks at the entries that the statement finds.
func (r *userReader) candidates(lower []byte) error {
	for {
		row, err := r.find.Step()
		if err != nil || !row {
			return err
		}
		if !bytes.Equal(r.find.Bytes(5), lower) {
			continue
		}
		x := entry{found: true, position: math.MaxInt32, inactive: true}
		x.id, _ = snapshot.ID(r.find, 0)
		if id, state := snapshot.ID(r.find, 1); state == snapshot.IDPresent {
			if d, ok := r.directories[id]; ok {
				x.inactive, x.position = !d.active, d.position
			}
		}
		if r.best.found && !x.before(&r.best) {
			continue
		}
		x.name = append(r.best.name[:0], r.find.Bytes(2)...)
		x.full = append(r.best.full[:0], r.find.Bytes(3)...)
		x.email = append(r.best.email[:0], r.find.Bytes(4)...)
		r.best = x
	}
}
