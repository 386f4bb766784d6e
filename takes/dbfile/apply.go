package dbfile

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	lib "modernc.org/sqlite/lib"

	"sluice/figures"
	"sluice/localexport/inuse"
	"sluice/localexport/snapshot"
	"sluice/localexport/sqlread"
	"sluice/takes/feed"
	"sluice/takes/shape"
	"sluice/wording"
)

// Finish waits until nobody reads the snapshot, and changes it. After an error it is
// as it was.
func (a *Again) Finish(origin Origin) (done Done, err error) {
	for _, c := range a.compare {
		if c.shape.Required && c.rows == 0 {
			return Done{}, feed.Damaged("the table %s has no rows any more: the snapshot was left as it was", c.source)
		}
	}
	held, err := a.waitForPlace()
	if err != nil {
		return Done{}, err
	}
	if held == nil {
		return Done{}, wording.Errorf("%s is gone: take the snapshot again", a.path)
	}
	// Closing the file takes SQLite's own locks on it away, so that the connection
	// has to be closed first.
	defer held.Close()
	defer func() { err = errors.Join(err, a.Abort()) }() // what was gathered is in the snapshot, or is no matter
	now, err := held.Stat()
	if err != nil {
		return Done{}, wording.Errorf("look at the snapshot: %w", err)
	}
	if !os.SameFile(now, a.was) || now.Size() != a.was.Size() || !now.ModTime().Equal(a.was.ModTime()) {
		return Done{}, wording.Errorf("%s was changed by another program while it was compared: take the snapshot again", a.path)
	}
	if done, err = a.change(origin); err != nil {
		return Done{}, a.notChanged(err)
	}
	if now, err = held.Stat(); err != nil {
		return Done{}, wording.Errorf("look at the snapshot: %w", err)
	}
	done.Bytes = now.Size()
	return done, nil
}

// change writes into the snapshot what differs, in one transaction.
func (a *Again) change(origin Origin) (Done, error) {
	done := Done{Path: a.path}
	a.lacking(origin)
	for _, c := range a.compare {
		if err := context.Cause(a.ctx); err != nil {
			return done, err
		}
		c.table.tell()
		c.table.tellMissing()
		if err := a.apply(c); err != nil {
			return done, err
		}
		n, err := firstNumber(a.c, "SELECT count(*) FROM "+taken+"."+quote(c.shape.Name))
		if err != nil {
			return done, err
		}
		if n != c.rows {
			return done, wording.Errorf("the table %s of the snapshot would have %d rows, but the database has %d: take it anew with --replace", c.shape.Name, figures.N(n), figures.N(c.rows))
		}
		count := Count{Table: c.shape.Name, Rows: n}
		if c.shape.Compared == shape.Whole {
			count.Skipped = c.table.read - c.table.written
		}
		done.Counts, done.Changes = append(done.Counts, count), append(done.Changes, c.Change)
	}
	a.Note(feed.Note{Text: a.changed(done.Changes)})
	for _, table := range []string{snapshot.OriginTable, snapshot.RangesTable} {
		if err := a.c.Exec("DROP TABLE IF EXISTS " + taken + "." + table); err != nil {
			return done, err
		}
	}
	if err := a.describeSelf(taken, origin, done.Counts); err != nil {
		return done, err
	}
	if err := a.keepRanges(taken, a.keptOf); err != nil {
		return done, err
	}
	done.Notes = a.notes
	return done, a.c.Exec("COMMIT")
}

// changed says what is other than before.
func (a *Again) changed(changes []Change) string {
	var list []string
	for _, c := range changes {
		var is []string
		for _, x := range []struct {
			n    int64
			word string
		}{{c.New, "new"}, {c.Changed, "changed"}, {c.Gone, "gone"}} {
			if x.n > 0 {
				is = append(is, fmt.Sprintf("%d %s", figures.N(x.n), x.word))
			}
		}
		if is != nil {
			list = append(list, c.Table+" "+strings.Join(is, ", "))
		}
	}
	if list == nil {
		return fmt.Sprintf("Nothing has changed since the snapshot of %s.", a.taken)
	}
	return fmt.Sprintf("Only what changed since the snapshot of %s was read: %s.", a.taken, strings.Join(list, "; "))
}

// lacking notes what the source has no tables for.
func (a *Again) lacking(origin Origin) {
	has := map[string]bool{}
	for _, c := range a.compare {
		has[c.shape.Name] = true
	}
	for _, s := range shape.Tables {
		if s.Lack != "" && origin.Lacks == nil && !has[s.Name] {
			a.Note(feed.Note{Doubt: true, Text: fmt.Sprintf("The source has no table %s: %s.", s.Name, s.Lack)})
		}
	}
}

// apply changes a table.
func (a *Again) apply(c *compared) error {
	name := quote(c.shape.Name)
	here, there := "main."+name, taken+"."+name
	key := ""
	if column := c.shape.Columns[c.shape.KeyIndex()]; column.Key {
		key = quote(column.Name)
	}
	var steps []string
	switch {
	case c.shape.Compared != shape.Whole:
		if err := a.touched(c, here, there, key); err != nil {
			return err
		}
		steps = []string{
			"DELETE FROM " + there + " WHERE " + key + " IN (SELECT k FROM main." + quote(goneTable(c.shape)) + ")",
			"REPLACE INTO " + there + " SELECT * FROM " + here + " ORDER BY " + key,
		}
	default:
		if err := a.count(c, here, there, key); err != nil || c.New+c.Changed+c.Gone == 0 {
			return err
		}
		steps = []string{"DELETE FROM " + there, "INSERT INTO " + there + " SELECT * FROM " + here + " ORDER BY rowid"}
		if key != "" {
			steps = []string{
				"DELETE FROM " + there + " WHERE " + key + " NOT IN (SELECT " + key + " FROM " + here + ")",
				"REPLACE INTO " + there + " SELECT * FROM (SELECT * FROM " + here + " EXCEPT SELECT * FROM " + there + ")",
			}
		}
	}
	for _, sql := range steps {
		if err := a.c.Exec(sql); err != nil {
			return err
		}
	}
	if c.kept == nil {
		return a.recount(c)
	}
	c.kept.join(c.table.sums)
	return nil
}

// touched takes those rows off the changed ones that are new versions of the same.
func (a *Again) touched(c *compared, here, there, key string) error {
	if c.Changed == 0 {
		return nil
	}
	sql := "SELECT count(*) FROM " + here + " AS h JOIN " + there + " AS t ON h." + key + " = t." + key
	for _, i := range c.table.present {
		if column := c.shape.Columns[i]; !column.Private {
			sql += " AND h." + quote(column.Name) + " IS t." + quote(column.Name)
		}
	}
	same, err := firstNumber(a.c, sql)
	c.Changed -= same
	return err
}

// count counts what is other in a table of which all rows were read.
func (a *Again) count(c *compared, here, there, key string) error {
	var had, same, common int64
	for _, x := range []struct {
		n   *int64
		sql string
	}{
		{&had, "SELECT count(*) FROM " + there},
		{&same, "SELECT count(*) FROM (SELECT * FROM " + here + " INTERSECT SELECT * FROM " + there + ")"},
		{&common, "SELECT count(*) FROM " + there + " WHERE " + key + " IN (SELECT " + key + " FROM " + here + ")"},
	} {
		if x.n == &common && key == "" { // nothing tells a changed row from another
			common = same
			continue
		}
		var err error
		if *x.n, err = firstNumber(a.c, x.sql); err != nil {
			return err
		}
	}
	c.New, c.Changed, c.Gone = c.rows-common, common-same, had-common
	return nil
}

// notChanged says why the snapshot could not be changed.
func (a *Again) notChanged(err error) error {
	var e *sqlread.Error
	if errors.As(err, &e) && (e.Code&0xff == lib.SQLITE_BUSY || e.Code&0xff == lib.SQLITE_LOCKED) {
		return wording.Errorf("%w: another program has %s open; close it there, and take the snapshot again", inuse.ErrInUse, a.path)
	}
	return failure(wording.Of("change snapshot %s", a.path).String(), "free some space and take it again; it is as it was", err)
}
