package snapshot

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluice/localexport/sqlread"
	"sluice/localexport/wallclock"
)

func openWith(t *testing.T, statements ...string) *Snapshot {
	t.Helper()
	s, err := Open(t.Context(), database(t, with(statements...)...))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestBaseURL(t *testing.T) {
	xml := "CREATE TABLE bandana (bandanacontext, bandanakey, bandanavalue); INSERT INTO bandana VALUES ('_GLOBAL', 'atlassian.confluence.settings', '<?xml version=\"1.0\"?><settings><baseUrl>https://old.example.com/</baseUrl></settings>'), ('ds', 'atlassian.confluence.settings', '<settings><baseUrl>https://no.example.com</baseUrl></settings>')"
	json := "CREATE TABLE plugin_setting (namespace, setting_key, setting_value); INSERT INTO plugin_setting VALUES ('_GLOBAL', 'atlassian.confluence.settings', '%s')"
	for _, tt := range []struct {
		name, want string
		statements []string
	}{
		{"nothing", "", nil},
		{"XML", "https://old.example.com", []string{xml}},
		{"JSON wins", "https://new.example.com/wiki", []string{xml, fmt.Sprintf(json, `{"baseUrl":" https://new.example.com/wiki/ "}`)}},
		{"JSON without it", "https://old.example.com", []string{xml, fmt.Sprintf(json, `{"siteTitle":"x"}`)}},
		{"broken JSON", "", []string{fmt.Sprintf(json, `{"baseUrl":`)}},
		{"broken XML", "", []string{strings.Replace(xml, "</baseUrl></settings>'), (", "'), (", 1)}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := openWith(t, tt.statements...).BaseURL(t.Context())
			if err != nil || got != tt.want {
				t.Errorf("%q, %v, want %q", got, err, tt.want)
			}
		})
	}
}

func TestNewest(t *testing.T) {
	utc := wallclock.NewZone(time.UTC)
	content := func(created, changed string) string {
		return fmt.Sprintf("INSERT INTO content (creationdate, lastmoddate) VALUES (%s, %s)", created, changed)
	}
	event := `CREATE TABLE "AO_7B47A5_EVENT" ("ID" INTEGER PRIMARY KEY, "NAME", "EVENT_AT" %s, "CONTENT_ID"); INSERT INTO "AO_7B47A5_EVENT" VALUES (1, 'x', %s, 1), (2, 'x', 5, 1)`
	for _, tt := range []struct {
		name, want string
		statements []string
	}{
		{"nothing", "0001-01-01T00:00:00Z", nil},
		{"mixed spellings", "2024-03-01T00:00:00.5Z", []string{content("'2024-02-01 00:00:00'", "'2024-03-01T00:00:00'"), content("'2024-03-01 00:00:00.500+00:00'", "NULL"), content("'x'", "''")}},
		{"epoch", "2024-01-02T02:04:05.678Z", []string{content("'2023-01-01 00:00:00'", "1704161045678")}},
		{"changed before it was created", "2023-01-01T00:00:00Z", []string{content("'2024-01-01 00:00:00'", "'2023-01-01 00:00:00'")}},
		{"event", "2024-01-02T02:04:05.678Z", []string{content("'2023-01-01 00:00:00'", "NULL"), fmt.Sprintf(event, "BIGINT", "1704161045678")}},
		{"event as text", "2024-01-02T02:04:05.678Z", []string{fmt.Sprintf(event, "TEXT", "'1704161045678'")}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			found, err := openWith(t, tt.statements...).Newest(t.Context(), utc, 2)
			got := found.At
			if err != nil || got.UTC().Format(time.RFC3339Nano) != tt.want {
				t.Errorf("%v, %v, want %s", got.UTC().Format(time.RFC3339Nano), err, tt.want)
			}
		})
	}
}

func TestFitZone(t *testing.T) {
	at := func(zone string, wrong int) []sample {
		loc, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		var all []sample
		for i := range 200 {
			when := time.Date(2023, 1, 1+3*i, 12, 0, 0, 0, time.UTC)
			_, offset := when.In(loc).Zone()
			if i < wrong {
				offset += 900
			}
			all = append(all, sample{when.Unix(), int64(offset)})
		}
		return all
	}
	for _, tt := range []struct {
		zone, want string
		wrong      int
		seasonal   bool
	}{
		{"Europe/Berlin", "Europe/Berlin", 0, true},
		{"Europe/Paris", "Europe/Berlin", 0, true}, // the same changes
		{"Europe/Berlin", "Europe/Berlin", 9, true},
		{"America/New_York", "America/New_York", 0, true},
		{"Australia/Sydney", "Australia/Sydney", 0, true},
		{"America/St_Johns", "America/St_Johns", 0, true},
		{"Asia/Kolkata", "UTC+05:30", 0, false},
		{"America/Bogota", "UTC-05:00", 0, false},
		{"UTC", "UTC", 3, false},
	} {
		g := fitZone(at(tt.zone, tt.wrong))
		if g.Location.String() != tt.want || g.Seasonal != tt.seasonal || g.Matching != g.Samples-tt.wrong {
			t.Errorf("%s: %+v, %v, want %s", tt.zone, g, g.Location, tt.want)
		}
	}
	// One season alone does not tell a zone with changes.
	if g := fitZone(at("Europe/Berlin", 0)[:20]); g.Location.String() != "UTC+01:00" || g.Seasonal {
		t.Errorf("winter: %+v, %v", g, g.Location)
	}
}

func TestGuessNeedsEvents(t *testing.T) {
	g, err := openWith(t).GuessZone(t.Context(), Sorting{})
	if err != nil || g.Location != nil {
		t.Errorf("%+v, %v", g, err)
	}
}

// TestSplits: the ranges hold every row once, whatever the size of the pages
// and the form of the key.
func TestSplits(t *testing.T) {
	for _, statement := range []string{"", "CREATE TABLE k (contentid TEXT, contenttype, title, version, creator, creationdate, lastmodifier, lastmoddate, prevver, content_status, pageid, spaceid, parentid); DROP TABLE content; ALTER TABLE k RENAME TO content"} {
		s := openWith(t, statement, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<20000) INSERT INTO content (contentid, title) SELECT i*i*7 % 1000003 * 1000 + i % 7, hex(zeroblob(i % 50)) FROM n WHERE 1 ON CONFLICT DO NOTHING")
		o, err := s.Order(t.Context(), s.Table("content"), "contentid", Sorting{TempDir: t.TempDir()})
		if err != nil {
			t.Fatal(err)
		}
		c, err := s.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		want, _, err := c.Int("SELECT count(*) FROM content")
		if err != nil || want < 19000 {
			t.Fatal(want, err)
		}
		for _, size := range []int64{1, 4096, 100_000, 1 << 40} {
			splits, err := o.Splits(size)
			if err != nil {
				t.Fatal(err)
			}
			if size == 4096 && len(splits) < 100 {
				t.Errorf("%d ranges only", len(splits)-1)
			}
			walk, err := o.Walk(c, nil, "contentid")
			if err != nil {
				t.Fatal(err)
			}
			var rows int64
			last := int64(math.MinInt64)
			for i := range len(splits) - 1 {
				if err := walk.Range(splits[i], splits[i+1]); err != nil {
					t.Fatal(err)
				}
				for {
					row, err := walk.Next()
					if err != nil {
						t.Fatal(err)
					}
					if !row {
						break
					}
					id, _ := ID(walk.Row, 0)
					if id <= last || id <= splits[i] || id > splits[i+1] {
						t.Fatalf("id %d behind %d in the range from %d to %d", id, last, splits[i], splits[i+1])
					}
					last = id
					rows++
				}
			}
			walk.Close()
			if rows != want {
				t.Errorf("ranges of %d bytes hold %d of %d rows", size, rows, want)
			}
		}
	}
}

// FuzzSplits: a damaged tree gives ranges all the same, ascending ones.
func FuzzSplits(f *testing.F) {
	path := database(f, with("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<3000) INSERT INTO content (contentid, title) SELECT i, hex(zeroblob(40)) FROM n")...)
	whole, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	s, err := Open(f.Context(), path)
	if err != nil {
		f.Fatal(err)
	}
	root := s.Table("content").root
	f.Add(uint32(0), byte(5))
	f.Add(uint32(3), byte(0xff))
	f.Add(uint32(12), byte(7))
	f.Fuzz(func(t *testing.T, at uint32, value byte) {
		b := append([]byte(nil), whole...)
		b[((root-1)*4096+int64(at))%int64(len(b))] = value
		damaged := filepath.Join(t.TempDir(), "d.db")
		if err := os.WriteFile(damaged, b, 0o600); err != nil {
			t.Fatal(err)
		}
		o := Order{snapshot: &Snapshot{path: damaged, real: damaged, header: s.header}, Table: s.Table("content")}
		splits, err := o.Splits(1)
		if err != nil {
			t.Fatal(err)
		}
		for i := 1; i < len(splits); i++ {
			if splits[i] <= splits[i-1] {
				t.Fatalf("range %d goes from %d to %d", i, splits[i-1], splits[i])
			}
		}
	})
}

func TestKeepIsBuiltOnceAndClosed(t *testing.T) {
	s := openWith(t)
	built, closed := 0, 0
	build := func() (io.Closer, error) {
		if built++; built == 1 {
			return nil, io.ErrUnexpectedEOF
		}
		return closer(func() { closed++ }), nil
	}
	for i, want := range []error{io.ErrUnexpectedEOF, nil, nil} {
		if _, err := s.Keep("x", build); err != want {
			t.Errorf("call %d: %v", i, err)
		}
	}
	if err := s.Close(); err != nil || built != 2 || closed != 1 {
		t.Errorf("built %d, closed %d, %v", built, closed, err)
	}
	if _, err := s.Keep("y", build); err == nil {
		t.Error("a closed snapshot keeps things")
	}
}

type closer func()

func (c closer) Close() error { c(); return nil }

// TestRowThatIsGone: a row whose key was sorted and that cannot be found any more
// is an error, not one row less.
func TestRowThatIsGone(t *testing.T) {
	path := database(t, with("CREATE TABLE k (contentid TEXT, title TEXT, contenttype, version, creator, creationdate, lastmodifier, lastmoddate, prevver, content_status, pageid, spaceid, parentid); DROP TABLE content; ALTER TABLE k RENAME TO content",
		"INSERT INTO content (contentid, title) VALUES (7, 'a'), (8, 'b'), (9, 'c')")...)
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	o, err := s.Order(t.Context(), s.Table("content"), "contentid", Sorting{TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	walked := func() (titles string, err error) {
		c, err := s.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		walk, err := o.Walk(c, func(r Row) bool { return string(r.Bytes(1)) != "a" }, "contentid", "title")
		if err != nil {
			t.Fatal(err)
		}
		defer walk.Close()
		if err := walk.Range(math.MinInt64, math.MaxInt64); err != nil {
			t.Fatal(err)
		}
		for {
			row, err := walk.Next()
			if err != nil || !row {
				return titles, err
			}
			titles += string(walk.Row.Bytes(1))
		}
	}
	if titles, err := walked(); titles != "bc" || err != nil {
		t.Errorf("rows %q, %v", titles, err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("DELETE FROM content WHERE contentid = '8'"); err != nil {
		t.Fatal(err)
	}
	if titles, err := walked(); !errors.Is(err, sqlread.ErrCorrupt) {
		t.Errorf("rows %q, %v, want an error", titles, err)
	}
}

func TestSortingIsCountedAndStopped(t *testing.T) {
	const rows = 20_000
	statements := []string{"CREATE TABLE k (contentid TEXT, title, contenttype, version, creator, creationdate, lastmodifier, lastmoddate, prevver, content_status, pageid, spaceid, parentid); DROP TABLE content; ALTER TABLE k RENAME TO content",
		fmt.Sprintf("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<%d) INSERT INTO content (contentid) SELECT %d-i FROM n", rows, rows)}
	for _, sqliteOnly := range []bool{false, true} {
		s := openWith(t, statements...)
		stop := errors.New("enough")
		w := Sorting{TempDir: t.TempDir(), SQLiteOnly: sqliteOnly, Step: func(context.Context, int64) error { return stop }}
		if _, err := s.Order(t.Context(), s.Table("content"), "contentid", w); !errors.Is(err, stop) {
			t.Errorf("SQLite only %v: got %v, want what Step said", sqliteOnly, err)
		}
		var counted int64
		w.Step = func(_ context.Context, n int64) error { counted += n; return nil }
		if _, err := s.Order(t.Context(), s.Table("content"), "contentid", w); err != nil {
			t.Fatal(err)
		}
		if counted != rows/stepRows*stepRows {
			t.Errorf("SQLite only %v: %d of %d rows were counted", sqliteOnly, counted, rows)
		}
		if left, err := os.ReadDir(w.TempDir); err != nil || len(left) > 0 {
			t.Errorf("SQLite only %v: left behind: %v, %v", sqliteOnly, left, err)
		}
	}
}

// TestSplitsOfATreeThatLeadsBack: pages that lead back to themselves, several times
// on each, are not followed along every way that there is.
func TestSplitsOfATreeThatLeadsBack(t *testing.T) {
	path := database(t, with("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<3000) INSERT INTO content (contentid, title) SELECT i, hex(zeroblob(40)) FROM n")...)
	s := opened(t, path)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	root := s.Table("content").root
	top := b[(root-1)*4096:][:4096]
	cells := int(binary.BigEndian.Uint16(top[3:]))
	if top[0] != innerPage || cells < 10 {
		t.Fatalf("the root has kind %d and %d cells", top[0], cells)
	}
	for i := range cells {
		binary.BigEndian.PutUint32(top[binary.BigEndian.Uint16(top[12+2*i:]):], uint32(root))
	}
	damaged := filepath.Join(t.TempDir(), "d.db")
	if err := os.WriteFile(damaged, b, 0o600); err != nil {
		t.Fatal(err)
	}
	x := treeReader{size: int64(len(b)), pageSize: 4096, step: 1, splits: []int64{math.MinInt64}}
	if err := x.read(damaged, root); err != nil {
		t.Fatal(err)
	}
	if most := 3 * int64(len(b)) / 4096; x.visited > most+int64(cells*maxDepth) {
		t.Errorf("%d pages were looked at, the file has %d", x.visited, len(b)/4096)
	}
}
