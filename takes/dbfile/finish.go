package dbfile

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"sluice/figures"
	"sluice/formats"
	"sluice/localexport/snapshot"
	"sluice/takes/feed"
	"sluice/takes/shape"
	"sluice/wording"
)

// Origin is where a snapshot comes from. No field may hold a secret.
type Origin struct {
	Kind     string    // such as "PostgreSQL dump (custom format)"
	Place    string    // file or address
	Tool     string    // version of the dump tool or server, "" if not known
	TimeZone string    // of the database's session; never that of Confluence's times
	Taken    time.Time // when
	Sluice   string    // version of the program
	State    string    // of a running database, by which its changes are found; "" if it tells none
	// Lacks says, in sentences, what a source of this kind lacks of what an
	// export gives; nil if it lacks nothing.
	Lacks []string
}

// Count is how many rows of a table a snapshot holds.
type Count struct {
	Table string `json:"table"`
	Rows  int64  `json:"rows"`
	// Skipped rows are those that hold nothing an export needs.
	Skipped int64 `json:"skipped,omitempty"`
}

// Done is a complete snapshot.
type Done struct {
	Path   string
	Bytes  int64
	Counts []Count
	Notes  []feed.Note // of the source, and what was found in its rows
	// Changes are those of a snapshot that was taken again by what changed.
	Changes []Change
}

// Finish builds the indexes, writes down where the snapshot comes from, and gives
// it its name once it is on disk. It refuses a source that is no Confluence
// database.
func (f *File) Finish(origin Origin) (Done, error) {
	if err := f.check(origin); err != nil {
		return Done{}, err
	}
	if err := f.settle(); err != nil {
		return Done{}, err
	}
	var counts []Count
	for i := range shape.Tables {
		s := &shape.Tables[i]
		t := f.tables[strings.ToLower(s.Name)]
		if t == nil {
			if s.Lack != "" && origin.Lacks == nil {
				f.Note(feed.Note{Doubt: true, Text: fmt.Sprintf("The source has no table %s: %s.", s.Name, s.Lack)})
			}
			continue
		}
		counts = append(counts, Count{Table: s.Name, Rows: t.written, Skipped: t.read - t.written})
		t.tell()
		if origin.Lacks == nil { // else it says what is missing in words of its own
			t.tellMissing()
		}
		if err := t.rows.index(); err != nil {
			return Done{}, err
		}
	}
	if err := f.describeSelf("main", origin, counts); err != nil {
		return Done{}, err
	}
	if origin.State != "" {
		if err := f.keepRanges("main", func(t *table) kept { return t.sums }); err != nil {
			return Done{}, f.describe(err)
		}
	}
	size, err := f.commit()
	if err != nil {
		return Done{}, err
	}
	return Done{Path: f.path, Bytes: size, Counts: counts, Notes: f.notes}, nil
}

// check refuses a source without the tables that an export cannot do without.
func (f *File) check(origin Origin) error {
	var missing []string
	for _, s := range shape.Tables {
		if s.Required && f.tables[strings.ToLower(s.Name)] == nil {
			missing = append(missing, s.Name)
		}
	}
	if len(missing) == 0 {
		return f.checkRows(origin)
	}
	switch {
	case len(f.tables) > 0:
	case f.asked && f.schema == "":
		return feed.Damaged("the source holds the structure only: make the dump again with the rows of its tables, without --schema-only or --no-data")
	case f.other != "":
		return feed.Damaged("this is a dump of %s, of which Confluence's five files cannot be made: give one of Confluence", f.other)
	default:
		return feed.Damaged("the source holds none of the tables of a Confluence database: it is of another product, empty, or of another schema")
	}
	return feed.Damaged("the source holds no table %s, without which nothing can be exported: include it when the dump is made", strings.Join(missing, ", "))
}

// checkRows refuses a source whose tables are there without their rows. One that
// lacks things by its kind must have some content only.
func (f *File) checkRows(origin Origin) error {
	for i, s := range shape.Tables {
		if t := f.tables[strings.ToLower(s.Name)]; s.Required && t.written == 0 && (i == 0 || origin.Lacks == nil) {
			return feed.Damaged("the table %s has no rows: the dump holds its structure only, or its rows were left out when it was made", t.source)
		}
	}
	return nil
}

// tellMissing notes which columns of a table the source does not have: what stands
// there is empty in every file of an export.
func (t *table) tellMissing() {
	var names []string
	for i, c := range t.shape.Columns {
		if !c.Private && !slices.Contains(t.present, i) {
			names = append(names, c.Name)
		}
	}
	if len(names) > 0 {
		t.f.Note(feed.Note{Doubt: true, Text: fmt.Sprintf("The table %s of the source has no column %s: what an export takes from there is missing.", t.shape.Name, strings.Join(names, ", "))})
	}
}

// tell notes what was odd about the values of a table.
func (t *table) tell() {
	for _, odd := range []struct {
		n         int64
		one, many string
	}{
		{t.odd, "one value of a number column is no whole number; it was kept as it stands", "%d values of number columns are no whole numbers; they were kept as they stand"},
		{t.badText, "one text is not UTF-8; it was kept as it stands", "%d texts are not UTF-8; they were kept as they stand"},
		{t.renamed, "one row had a key that came before; it was taken with another", "%d rows had a key that came before; they were taken with another"},
		{t.twice - t.renamed, "one row had a key that came before; the first was taken", "%d rows had a key that came before; the first of each was taken"},
	} {
		if odd.n > 0 {
			t.f.Note(feed.Note{Doubt: true, Text: fmt.Sprintf("Table %s: %s.", t.shape.Name, figures.Some(odd.n, odd.one, odd.many))})
		}
	}
}

// describeSelf writes down in a database of the connection where the snapshot comes
// from. A number by chance in its head tells it from any other: two that are taken one
// after the other may have the same size and the same bytes wherever somebody looks.
func (f *File) describeSelf(database string, o Origin, counts []Count) error {
	if err := f.c.Exec(fmt.Sprintf("PRAGMA %s.user_version = %d", database, rand.Int32())); err != nil {
		return f.describe(err)
	}
	if err := f.c.Exec("CREATE TABLE " + database + "." + snapshot.OriginTable + " (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL)"); err != nil {
		return f.describe(err)
	}
	insert, err := f.c.Prepare("INSERT INTO " + database + "." + snapshot.OriginTable + " VALUES (?, ?)")
	if err != nil {
		return f.describe(err)
	}
	defer insert.Close()
	rows := [][2]string{{snapshot.OriginFormat, strconv.Itoa(formats.Snapshot.Known)}, {snapshot.OriginKind, o.Kind}, {snapshot.OriginPlace, o.Place}, {snapshot.OriginTool, o.Tool},
		{snapshot.OriginTimeZone, o.TimeZone}, {snapshot.OriginTaken, o.Taken.UTC().Format(time.RFC3339)}, {snapshot.OriginSluice, o.Sluice}}
	for _, said := range []struct {
		key   string
		texts []string
	}{{snapshot.OriginLacks, o.Lacks}, {snapshot.OriginDoubts, f.said(true)}, {snapshot.OriginNotes, f.said(false)}} {
		if said.texts != nil {
			rows = append(rows, [2]string{said.key, strings.Join(said.texts, "\n")})
		}
	}
	if o.State != "" {
		rows = append(rows, [2]string{snapshot.OriginState, o.State})
	}
	for _, s := range shape.Tables {
		if t := f.tables[strings.ToLower(s.Name)]; t != nil && t.odd+t.badText > 0 {
			rows = append(rows, [2]string{snapshot.OriginOdd + t.shape.Name, strconv.FormatInt(t.odd+t.badText, 10)})
		}
	}
	for _, c := range counts {
		rows = append(rows, [2]string{snapshot.OriginRows + c.Table, strconv.FormatInt(c.Rows, 10)})
	}
	for _, row := range rows {
		for i, text := range row {
			if err := insert.BindString(i, text); err != nil {
				return f.describe(err)
			}
		}
		if err := insert.Do(nil); err != nil {
			return f.describe(err)
		}
	}
	return nil
}

// said are the notes that are doubts, or those that are not, each in one line.
func (f *File) said(doubts bool) (texts []string) {
	for _, n := range f.notes {
		if n.Doubt == doubts {
			texts = append(texts, strings.Join(strings.Fields(n.Text), " "))
		}
	}
	return texts
}

// commit writes everything to disk and gives the file its name. It returns the
// size of the file.
func (f *File) commit() (int64, error) {
	if err := f.settle(); err != nil {
		return 0, err
	}
	if err := f.c.Exec("COMMIT"); err != nil {
		return 0, f.describe(err)
	}
	if err := f.c.Close(); err != nil {
		return 0, f.describe(err)
	}
	f.c = nil
	if err := f.file.Sync(); err != nil {
		return 0, wording.Errorf("write snapshot %s to disk: %w", f.name, f.describe(err))
	}
	info, err := f.file.Stat()
	if err != nil {
		return 0, wording.Errorf("write snapshot %s to disk: %w", f.name, err)
	}
	if !f.ours() {
		return 0, wording.Errorf("%s was replaced while it was being written: another run makes the same snapshot, and this one was thrown away", f.name)
	}
	if err := f.closeWork(); err != nil {
		return 0, wording.Errorf("remove work files: %w", err)
	}
	if err := f.giveName(); err != nil {
		return 0, err
	}
	f.file.Close() // it is on disk
	f.file = nil
	return info.Size(), nil
}
