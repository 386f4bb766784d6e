package confluence

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
	"time"

	"sluice/columns"
	"sluice/localexport/product"
	"sluice/localexport/record"
	"sluice/localexport/snapshot"
	"sluice/localexport/sqlitefile"
)

// longTail is a text that lies on several pages, the last of which holds "THE TAIL".
const longTail = "replace(hex(zeroblob(6000)), '00', 'ab') || ' THE TAIL'"

// unchain changes the number of the next page in the last page of the long text: 0
// page is the end, which the text has not reached any more if it is set one page before.
func unchain(t *testing.T, path string, next byte) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	at := pageOf(t, path, "THE TAIL")
	if next == 0 { // the page before it: texts that are written at once lie one page behind the other
		at--
	}
	if _, err := f.WriteAt([]byte{0, 0, 0, next}, at*4096); err != nil {
		t.Fatal(err)
	}
}

// TestUnreadableCellOfARowThatIsLeftOut: whether a row is wanted is said by cells, too.
// One of them that cannot be read is no reason to leave the row out: SQLite is asked,
// and what it says ends the export, with the file reader and without.
func TestUnreadableCellOfARowThatIsLeftOut(t *testing.T) {
	for name, cells := range map[string]string{
		"before its key": "'x' || " + longTail + ", 1704067200000", // a name that is not exported
		"behind its key": "'page_viewed', " + longTail,             // no time
	} {
		path := edge(t, "DROP INDEX event_at_idx", `INSERT INTO "AO_7B47A5_EVENT" ("ID", "NAME", "EVENT_AT") VALUES (9000, `+cells+`), (9001, 'page_viewed', 1704067200000)`)
		unchain(t, path, 0)
		if _, err := bothWays(t, path, Options{}); err == nil || !strings.Contains(err.Error(), "the table AO_7B47A5_EVENT cannot be read to its end") {
			t.Errorf("%s: the error is %v", name, err)
		}
	}
}

// TestUnreadableCellOfARecord: the same for a cell that is written.
func TestUnreadableCellOfARecord(t *testing.T) {
	for table, change := range map[string]string{
		"AO_7B47A5_EVENT": `INSERT INTO "AO_7B47A5_EVENT" ("ID", "NAME", "EVENT_AT", "USER_KEY") VALUES (9000, 'page_viewed', 1704067200000, ` + longTail + ")",
		"content":         "UPDATE content SET creator = " + longTail + " WHERE contentid = 2001", // a comment
	} {
		path := edge(t, change)
		m, err := bothWays(t, path, Options{})
		if err != nil || !strings.Contains(m.files["analytics_events"].String()+m.files["comments"].String(), "THE TAIL") {
			t.Fatalf("%s, before: %v", table, err)
		}
		unchain(t, path, 0)
		for _, sqliteOnly := range []bool{false, true} {
			if err := failedExport(t, path, Options{SQLiteOnly: sqliteOnly}); !strings.Contains(err.Error(), "the table "+table+" cannot be read to its end") {
				t.Errorf("%s, SQLite only %v: %v", table, sqliteOnly, err)
			}
		}
	}
}

// TestUnreadableBody: a body that cannot be read is counted, and the others are as they
// were, also where it stands last in its row, as in snapshots that Sluice takes.
func TestUnreadableBody(t *testing.T) {
	last := []string{"CREATE TABLE b (bodycontentid INTEGER NOT NULL PRIMARY KEY, contentid BIGINT, bodytypeid SMALLINT, body TEXT)",
		"INSERT INTO b SELECT bodycontentid, contentid, bodytypeid, body FROM bodycontent", "DROP TABLE bodycontent",
		"ALTER TABLE b RENAME TO bodycontent", "CREATE INDEX body_content_idx ON bodycontent (contentid)"}
	for name, form := range map[string][]string{"before the type": nil, "last": last} {
		path := edge(t, append(form, "UPDATE bodycontent SET body = "+longTail+" WHERE bodycontentid = 1",
			"INSERT INTO bodycontent (bodycontentid, body, contentid, bodytypeid) VALUES (901, 'the next body', 1002, 2)")...)
		unchain(t, path, 0)
		for _, o := range []Options{{Workers: 1}, {Workers: 1, FullContent: true}, {Workers: 1, SQLiteOnly: true}} {
			m, r := export(t, path, o)
			if pages := m.files["pages"].String(); !strings.Contains(pages, "the next body") || strings.Contains(pages, "abab") {
				t.Errorf("%s, %+v: the pages are\n%s", name, o, pages)
			}
			if said := diagnostic(r, KeyBodyUnreadable); !strings.Contains(said, "1 (first: contentid 1001)") {
				t.Errorf("%s, %+v: %q in %v", name, o, said, r.Warnings)
			}
		}
	}
}

// TestFractionInAnIndexOfBodies: an entry that is the body of nothing hides none of
// those that come behind it.
func TestFractionInAnIndexOfBodies(t *testing.T) {
	path := edge(t, "INSERT INTO bodycontent VALUES (900, 'the body of nothing', 1001.5, 2), (901, 'behind the fraction', 1002, 2)")
	m, err := bothWays(t, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	pages := m.files["pages"].String()
	if !strings.Contains(pages, "behind the fraction") || strings.Contains(pages, "the body of nothing") {
		t.Errorf("the pages are\n%s", pages)
	}
}

// TestFractionInAnIndexOfLabels: it is a value that is no id, and told.
func TestFractionInAnIndexOfLabels(t *testing.T) {
	path := edge(t, "INSERT INTO content_label VALUES (900, 1, 1001.5, 1001.5, 'CONTENT')")
	_, err := bothWays(t, path, Options{})
	if value := new(snapshot.ValueError); !errors.As(err, &value) || value.Table != "content_label" || value.Value != "1001.5" {
		t.Errorf("the error is %v", err)
	}
}

// TestNothingIsLeftToDo: when all is written, no range of any file counts as missing,
// also where a snapshot has no table for the file.
func TestNothingIsLeftToDo(t *testing.T) {
	for name, path := range map[string]string{"whole": edge(t), "without events": edge(t, `DROP TABLE "AO_7B47A5_EVENT"`)} {
		s, err := snapshot.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		var m memory
		c := product.NewCounters(fileCount)
		o := Options{Workers: 2, Location: berlin, TempDir: t.TempDir(), From: time.Unix(0, 0)}
		if _, err := Export(t.Context(), s, o, m.open, c); err != nil {
			t.Fatal(err)
		}
		for i, file := range FileNames {
			if done, all := c.Files[i].RangesDone.Load(), c.Files[i].Ranges.Load(); done != all || (all == 0) != (name == "without events" && i == fileEvents) {
				t.Errorf("%s: of %s, %d of %d ranges are done", name, file, done, all)
			}
		}
	}
}

// besides is a reader beside which another worker reads the ranges that end at others.
type besides struct {
	reader
	others int64
}

func (b besides) read(after, last int64, out *output) error {
	if last == b.others {
		return nil
	}
	return b.reader.read(after, last, out)
}

// TestSQLiteGoesOnWithinItsRange: where the first rows of a range are no records and
// the file reader fails behind them, SQLite begins in that range, and not where this
// worker wrote its last record: another has written what is between.
func TestSQLiteGoesOnWithinItsRange(t *testing.T) {
	path := edge(t, `DELETE FROM "AO_7B47A5_EVENT"`,
		`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30) INSERT INTO "AO_7B47A5_EVENT" ("ID", "NAME", "EVENT_AT", "USER_KEY")
		 SELECT i, iif(i = 21, 'undocumented', 'page_viewed'), 1704067200000, iif(i = 22, `+longTail+`, 'user') FROM n`)
	unchain(t, path, 3) // one page more than the text needs: SQLite reads over it
	e := prepared(t, path, Options{From: time.Unix(0, 0), Workers: 1})
	var m memory
	to, err := m.open("events")
	if err != nil {
		t.Fatal(err)
	}
	f := e.format
	w, err := f.Writer(to, columns.Confluence[fileEvents], &record.Position{})
	if err != nil {
		t.Fatal(err)
	}
	p := &ordered{splits: []int64{math.MinInt64, 10, 20, 30}, file: e.file, encoder: func() record.Encoder { return f.Encoder(columns.Confluence[fileEvents]) },
		done: func(int64, notes) error { return nil }, put: func(c record.Chunk, _ int64) (record.Chunk, error) { return w.Append(c) }}
	p.open = func(ctx context.Context, r *sqlitefile.Reader, n *notes) (reader, error) {
		x, err := e.openReader(ctx, r, n, e.openEvents)
		return besides{x, 20}, err
	}
	if err := errors.Join(p.run(t.Context(), 1), w.End()); err != nil {
		t.Fatal(err)
	}
	var got, want []string
	for _, line := range strings.Split(strings.TrimSuffix(m.files["events"].String(), "\r\n"), "\r\n") {
		got = append(got, strings.Split(line, ",")[1])
	}
	for id := range 30 {
		if id += 1; id <= 10 || id > 21 {
			want = append(want, fmt.Sprint(id))
		}
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("events %v, want %v", got, want)
	}
}
