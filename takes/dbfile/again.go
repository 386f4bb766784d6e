package dbfile

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"

	"sluice/localexport/fileuri"
	"sluice/localexport/snapshot"
	"sluice/localexport/sqlread"
	"sluice/takes/feed"
	"sluice/takes/shape"
	"sluice/wording"
)

// Change is what is other in a table than before.
type Change struct {
	Table   string `json:"table"`
	New     int64  `json:"new"`
	Changed int64  `json:"changed"`
	Gone    int64  `json:"gone"`
}

// Again is a snapshot that is taken again by what changed in its database: a
// feed.Comparer. What differs is gathered in the unfinished file beside it, so that
// the database need not wait for the snapshot, nor who exports it for the database.
// Finish then changes the snapshot, in one transaction. Its methods belong to one
// goroutine.
type Again struct {
	*File
	// Compared, if not nil, is told how many rows of a table were compared more.
	Compared func(table string, rows int64)

	was     os.FileInfo // of the snapshot when it was opened
	state   string
	taken   string // when, in RFC 3339
	compare []*compared
	kept    map[string]kept // sums of ranges, by table; nil if the snapshot keeps none
	ended   bool
}

// compared is a table that is compared.
type compared struct {
	shape  *shape.Table
	source feed.Table
	table  *table        // of what is new or changed; of a small table, all
	drop   *sqlread.Stmt // notes the key of a row that is gone; nil for a small table
	rows   int64         // that the source has
	kept   kept          // sums of the rows of the snapshot that stay; nil if they have to be counted
	Change
}

var _ feed.Comparer = (*Again)(nil)

// taken is the name of the snapshot within the connection.
const taken = "taken"

// Open begins to take the snapshot at path again. An error that is a
// *feed.UnfitError says why it does not help.
func Open(ctx context.Context, path string) (*Again, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, feed.Unfit("there was no snapshot yet")
	}
	f, err := Create(ctx, path, "", true)
	if err != nil {
		return nil, err
	}
	a := &Again{File: f}
	if err := a.open(); err != nil {
		return nil, errors.Join(err, a.Abort())
	}
	return a, nil
}

func (a *Again) open() error {
	var err error
	if a.was, err = os.Stat(a.path); err != nil {
		return wording.Errorf("look at the snapshot: %w", err)
	}
	if err := a.File.open("ATTACH "+literal(fileuri.Of(a.path, "mode=rw"))+" AS "+taken, "PRAGMA taken.journal_mode = DELETE",
		"PRAGMA taken.synchronous = FULL", "PRAGMA taken.cache_size = -16384",
		"PRAGMA taken.secure_delete = ON" /* of what is gone from the database nothing stays */); err != nil {
		var e *sqlread.Error
		if errors.As(err, &e) {
			return feed.Unfit("the file that was there cannot be changed (%s)", e.Message)
		}
		return err
	}
	rows, err := texts(a.c, "SELECT count(*) FROM taken.sqlite_schema WHERE name = "+literal(snapshot.OriginTable), 1)
	if err != nil || rows[0][0] != "1" {
		return feed.Unfit("the file that was there is no snapshot that Sluice took")
	}
	rows, err = texts(a.c, "SELECT key, value FROM taken."+snapshot.OriginTable, 2)
	if err != nil {
		return a.describe(err)
	}
	for _, r := range rows {
		switch table, odd := strings.CutPrefix(r[0], snapshot.OriginOdd); {
		case r[0] == snapshot.OriginState:
			a.state = r[1]
		case r[0] == snapshot.OriginTaken:
			a.taken = r[1]
		case odd && shape.Find(table) != nil && shape.Find(table).Compared != shape.Whole:
			return feed.Unfit("the table %s holds values that are not what they should be, which are counted when all is read", table)
		}
	}
	if a.kept, err = a.readRanges(); err != nil {
		return a.describe(err)
	}
	return nil
}

// State is what the database told of its state when the snapshot was taken; "" if
// nothing.
func (a *Again) State() string { return a.state }

// Compare implements feed.Comparer.
func (a *Again) Compare(ctx context.Context, source feed.Parts) error {
	for i := range shape.Tables {
		s := &shape.Tables[i]
		found := slices.IndexFunc(source.Tables(), func(t feed.Table) bool { return strings.EqualFold(t.Name, s.Name) })
		had, err := a.columns(s.Name)
		if err != nil {
			return a.describe(err)
		}
		if found < 0 {
			if had != nil {
				return feed.Unfit("the database has no table %s any more", s.Name)
			}
			continue
		}
		if err := a.begin(s, source.Tables()[found], had); err != nil {
			return err
		}
	}
	for _, c := range a.compare {
		a.tellRows(c, 0)
		versioned, ok := source.(feed.Versioned)
		var err error
		switch {
		case ok && c.table.check >= 0 && a.kept != nil:
			if c.kept = a.kept[c.shape.Name]; c.kept == nil { // it had no rows
				c.kept = kept{}
			}
			err = a.versions(ctx, versioned, c)
		case c.shape.Compared == shape.ByRow:
			err = a.merge(ctx, source, c, everything)
		case c.shape.Compared == shape.ByRange:
			err = a.ranges(ctx, source, c)
		default:
			err = a.whole(ctx, source, c)
		}
		if err != nil {
			return feed.At(err, "table %s", c.source)
		}
	}
	return nil
}

// begin makes the tables that gather what differs.
func (a *Again) begin(s *shape.Table, source feed.Table, had []string) error {
	rows, err := a.Table(source)
	if err != nil {
		return err
	}
	c := &compared{shape: s, source: source, table: rows.(*table), Change: Change{Table: s.Name}}
	var has []string
	for _, i := range c.table.present {
		has = append(has, s.Columns[i].Name)
	}
	if had == nil {
		return feed.Unfit("the snapshot has no table %s, which the database has now", s.Name)
	}
	if !slices.Equal(has, had) {
		return feed.Unfit("the snapshot holds other columns of %s (%s) than are taken now (%s)", s.Name, strings.Join(had, ", "), strings.Join(has, ", "))
	}
	if s.Compared != shape.Whole {
		gone := quote(goneTable(s))
		if err := a.c.Exec("CREATE TABLE main." + gone + " (k INTEGER PRIMARY KEY)"); err != nil {
			return a.describe(err)
		}
		if c.drop, err = a.c.Prepare("INSERT INTO main." + gone + " VALUES (?)"); err != nil {
			return a.describe(err)
		}
	}
	a.compare = append(a.compare, c)
	return nil
}

// goneTable is the table of the keys of rows that are gone.
func goneTable(s *shape.Table) string { return "gone_" + s.Name }

// columns are those of a table of the snapshot; nil if it has none.
func (a *Again) columns(table string) ([]string, error) {
	rows, err := texts(a.c, "SELECT name FROM pragma_table_info("+literal(table)+", '"+taken+"')", 1)
	var names []string
	for _, r := range rows {
		names = append(names, r[0])
	}
	return names, err
}

// whole gathers all rows of a small table.
func (a *Again) whole(ctx context.Context, source feed.Parts, c *compared) error {
	if err := source.Rows(ctx, feed.Query{Table: c.source}, c.table.Row); err != nil {
		return err
	}
	c.rows = c.table.written
	a.tellRows(c, c.table.read)
	return nil
}

// tellRows tells how many rows were compared more.
func (a *Again) tellRows(c *compared, n int64) {
	if a.Compared != nil {
		a.Compared(c.source.Name, n)
	}
}

// Abort throws away what was gathered; the snapshot stays as it was. After Finish it
// does nothing.
func (a *Again) Abort() error {
	if a.ended {
		return nil
	}
	a.ended = true
	for _, c := range a.compare {
		if c.drop != nil {
			c.drop.Close()
		}
	}
	return a.File.Abort()
}
