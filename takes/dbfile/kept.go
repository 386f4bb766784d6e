package dbfile

import (
	"strings"

	"sluice/localexport/snapshot"
	"sluice/takes/feed"
	"sluice/takes/shape"
)

// kept are the sums of the ranges of a table, which a snapshot keeps.
type kept map[int64]*feed.Sums

// of are those of the range that a key is in.
func (k kept) of(key int64) *feed.Sums {
	n := feed.RangeOf(key)
	s := k[n]
	if s == nil {
		s = &feed.Sums{}
		k[n] = s
	}
	return s
}

// join adds those of other rows.
func (k kept) join(o kept) {
	for n, s := range o {
		k.of(n << feed.RangeBits).Join(*s)
	}
}

// count counts the row in values.
func (t *table) count() {
	key, _ := parseInt(t.values[t.shape.KeyIndex()]) // what is none is odd, and counted as such
	if n := feed.RangeOf(key); t.counting == nil || n != t.counted {
		t.counted, t.counting = n, t.sums.of(key)
	}
	t.counting.Add(key, t.values[t.check])
}

// keepRanges writes the sums of ranges into a database of the connection.
func (f *File) keepRanges(database string, sums func(t *table) kept) error {
	name := database + "." + snapshot.RangesTable
	if err := f.c.Exec("CREATE TABLE " + name + " (name TEXT NOT NULL, number INTEGER NOT NULL, rows INTEGER NOT NULL, checked INTEGER NOT NULL)"); err != nil {
		return err
	}
	insert, err := f.c.Prepare("INSERT INTO " + name + " VALUES (?, ?, ?, ?)")
	if err != nil {
		return err
	}
	defer insert.Close()
	for i := range shape.Tables {
		t := f.tables[strings.ToLower(shape.Tables[i].Name)]
		if t == nil {
			continue
		}
		all := sums(t)
		for _, n := range numbers[feed.Sums](nil, all) {
			s := all[n]
			if s.Rows == 0 {
				continue
			}
			err := insert.BindString(0, t.shape.Name)
			for place, v := range []int64{n, s.Rows, int64(s.Check)} {
				if err == nil {
					err = insert.BindInt(place+1, v)
				}
			}
			if err == nil {
				err = insert.Do(nil)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// readRanges reads those of the snapshot, by table; nil if it keeps none.
func (a *Again) readRanges() (map[string]kept, error) {
	n, err := firstNumber(a.c, "SELECT count(*) FROM taken.sqlite_schema WHERE name = "+literal(snapshot.RangesTable))
	if err != nil || n == 0 {
		return nil, err
	}
	s, err := a.c.Prepare("SELECT name, number, rows, checked FROM taken." + snapshot.RangesTable)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	all := map[string]kept{}
	for {
		ok, err := s.Step()
		if err != nil || !ok {
			return all, err
		}
		name := string(column(s, 0, nil).Text)
		if all[name] == nil {
			all[name] = kept{}
		}
		all[name][s.Int(1)] = &feed.Sums{Rows: s.Int(2), Check: uint32(s.Int(3))}
	}
}

// recount counts the ranges of a table anew, whose rows were not compared by versions.
func (a *Again) recount(c *compared) error {
	c.kept = kept{}
	if c.table.check < 0 {
		return nil
	}
	s, err := a.c.Prepare("SELECT " + quote(c.shape.Columns[c.shape.KeyIndex()].Name) + ", " + quote(c.shape.Columns[c.table.check].Name) + " FROM " + taken + "." + quote(c.shape.Name))
	if err != nil {
		return err
	}
	defer s.Close()
	var buf [24]byte
	for {
		ok, err := s.Step()
		if err != nil || !ok {
			return err
		}
		key := s.Int(0)
		c.kept.of(key).Add(key, column(s, 1, buf[:]).Text)
	}
}

// keptOf are the sums of a table that was compared.
func (a *Again) keptOf(t *table) kept {
	for _, c := range a.compare {
		if c.table == t {
			return c.kept
		}
	}
	return nil
}
