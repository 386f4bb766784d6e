package confluence

import (
	"context"
	"hash/maphash"

	"sluice/localexport/sqlread"
	"sluice/wording"
)

// userSet tells whether a key belongs to a user. It holds 64-bit hashes in an
// open table: about 14 bytes a user.
type userSet struct {
	seed  maphash.Seed
	slots []uint64 // 0 is free
	count int64
}

// readUsers loads the keys of all users.
func (e *exporter) readUsers(ctx context.Context) (userSet, error) {
	t := e.s.Table("user_mapping")
	c, err := e.s.Conn(ctx)
	if err != nil {
		return userSet{}, err
	}
	defer c.Close()
	n, _, err := c.Int("SELECT count(*) FROM " + sqlread.Quote(t.Name))
	if err != nil {
		return userSet{}, wording.Errorf("count table %s: %w", t.Name, err)
	}
	size := 16
	for int64(size)*3 < n*4 {
		size *= 2
	}
	u := userSet{seed: maphash.MakeSeed(), slots: make([]uint64, size), count: n}
	err = c.Each("SELECT "+t.Select("user_key")+" FROM "+sqlread.Quote(t.Name), func(r *sqlread.Stmt) error {
		h, at := u.hash(r.Bytes(0))
		for u.slots[at] != 0 && u.slots[at] != h {
			at = (at + 1) & (len(u.slots) - 1)
		}
		u.slots[at] = h
		return nil
	})
	if err != nil {
		return userSet{}, wording.Errorf("read table %s: %w", t.Name, e.s.Damaged(t.Name, err))
	}
	return u, nil
}

func (u *userSet) hash(key []byte) (h uint64, at int) {
	h = maphash.Bytes(u.seed, key)
	if h == 0 {
		h = 1
	}
	return h, int(h) & (len(u.slots) - 1)
}

func (u *userSet) has(key []byte) bool {
	h, at := u.hash(key)
	for u.slots[at] != 0 {
		if u.slots[at] == h {
			return true
		}
		at = (at + 1) & (len(u.slots) - 1)
	}
	return false
}

// check notes a key without a user, and reports whether it has one or is empty;
// the key is exported all the same.
func (u *userSet) check(n *notes, key []byte, row int64) (known bool) {
	known = len(key) == 0 || u.has(key)
	if !known {
		n.add(KeyUnknownUser, "Cells that name a user who is not in user_mapping were exported all the same: %d (first: in the row with id %d).", row)
	}
	return known
}
