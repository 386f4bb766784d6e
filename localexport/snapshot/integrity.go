package snapshot

import (
	"context"
	"errors"
	"fmt"

	"sluice/localexport/sqlread"
	"sluice/wording"
)

// integrityLimit is the number of findings of one table that are listed.
const integrityLimit = 20

// checkedTables are the tables that an export reads.
var checkedTables = []string{"content", "bodycontent", "spaces", "user_mapping", "cwd_user", "cwd_directory", "cwd_app_dir_mapping",
	"label", "content_label", "AO_7B47A5_EVENT"}

// integrity runs SQLite's integrity check of the tables that an export reads.
func (i *inspector) integrity(ctx context.Context) error {
	if !i.o.Full {
		return nil
	}
	c, err := i.s.Conn(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	for _, name := range checkedTables {
		t := i.s.Table(name)
		if t == nil {
			continue
		}
		err := c.Each(fmt.Sprintf("SELECT integrity_check FROM pragma_integrity_check(%s) LIMIT %d", sqlread.Quote(t.Name), integrityLimit), func(r *sqlread.Stmt) error {
			if text := string(r.Bytes(0)); text != "ok" {
				i.out.Integrity = append(i.out.Integrity, t.Name+": "+text)
			}
			return nil
		})
		switch {
		case errors.Is(err, sqlread.ErrCorrupt):
			i.out.Integrity = append(i.out.Integrity, t.Name+": "+err.Error())
		case err != nil:
			return wording.Errorf("check table %s: %w", t.Name, err)
		}
	}
	if n := len(i.out.Integrity); n > 0 {
		i.say(KeyDamaged, "SQLite's integrity check found %d defects or more: copy the file or convert the database again.", n)
	}
	return nil
}
