package dbfile

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"sluice/takes/feed"
)

// seedsEnv is the variable with the number of seeds, for a longer run than that of the
// suite.
const seedsEnv = "SLUICE_TEST_SEEDS"

// versioned is a database whose transactions are numbered, and whose rows know the one
// that wrote them.
type versioned struct {
	parts
	rows  map[string]map[int64]written // by table
	now   int64                        // number of the next transaction
	since int64                        // that of the snapshot's
	asked map[string]bool              // tables of which versions were asked for
}

// written is a row of a table, without its key, and the transaction that wrote it.
type written struct {
	values string
	by     int64
}

var _ feed.Versioned = (*versioned)(nil)

// versionedWiki is one of some pages.
func versionedWiki() *versioned {
	v := &versioned{parts: *wiki(40, "always"), rows: map[string]map[int64]written{}, now: 100}
	for i := range v.tables {
		s := &v.tables[i]
		if checks[s.table] == "" {
			continue
		}
		if s.table == "content" {
			s.columns += "|sluice_mark"
		}
		v.rows[s.table] = map[int64]written{}
		for _, r := range s.rows {
			key, values, _ := strings.Cut(r, "|")
			v.rows[s.table][number(key)] = written{strings.TrimSuffix(values, "|always"), 50}
		}
	}
	return v
}

// checks are the columns by which the ranges of tables are compared.
var checks = map[string]string{"content": "sluice_mark", "bodycontent": "sluice_mark", "AO_7B47A5_EVENT": "EVENT_AT"}

// settle writes the rows out.
func (v *versioned) settle() {
	for i := range v.tables {
		s := &v.tables[i]
		if v.rows[s.table] == nil {
			continue
		}
		s.rows = nil
		for _, key := range slices.Sorted(maps.Keys(v.rows[s.table])) {
			w := v.rows[s.table][key]
			line := fmt.Sprintf("%d|%s", key, w.values)
			if strings.HasSuffix(s.columns, "|sluice_mark") {
				line += "|" + v.mark(s.table, w)
			}
			s.rows = append(s.rows, line)
		}
	}
}

// mark is the version of a row as it is told.
func (v *versioned) mark(table string, w written) string {
	if table == "bodycontent" {
		return fmt.Sprintf("%d.%d", w.by, len(w.values))
	}
	return strconv.FormatInt(w.by, 10)
}

// Tables implements feed.Parts.
func (v *versioned) Tables() []feed.Table {
	list := v.parts.Tables()
	for i := range list {
		list[i].Check = checks[list[i].Name]
	}
	return list
}

// Ranges implements feed.Versioned.
func (v *versioned) Ranges(_ context.Context, q feed.Query, take func(feed.Range) error) error {
	v.asked[q.Table.Name] = true
	all := map[int64]*feed.Range{}
	for key, w := range v.rows[q.Table.Name] {
		n := feed.RangeOf(key)
		if all[n] == nil {
			all[n] = &feed.Range{Number: n}
		}
		version := v.mark(q.Table.Name, w)
		if checks[q.Table.Name] == "EVENT_AT" {
			version = strings.Split(w.values, "|")[1]
		}
		if w.by >= v.since {
			all[n].Fresh = append(all[n].Fresh, key)
		} else {
			all[n].Add(key, []byte(version))
		}
	}
	var err error
	for _, r := range all {
		err = errors.Join(err, take(*r))
	}
	return err
}

// takenWhole takes a snapshot of all rows.
func (v *versioned) takenWhole(t testing.TB, path, state string) {
	t.Helper()
	f, err := Create(t.Context(), path, "", true)
	for i, table := range v.Tables() {
		var rows feed.Rows
		if err == nil {
			rows, err = f.Table(table)
		}
		for _, r := range v.tables[i].rows {
			var values []feed.Value
			for _, s := range strings.Split(r, "|") {
				values = append(values, feed.Value{Text: []byte(s), Valid: s != "NULL"})
			}
			if err == nil {
				err = rows.Row(values)
			}
		}
		if err == nil {
			err = rows.End(-1)
		}
	}
	if err == nil {
		_, err = f.Finish(Origin{Taken: time.Unix(0, 0), State: state})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// changeBy changes a row of a table in a transaction, and tells how.
func (v *versioned) changeBy(r *rand.Rand, by int64) string {
	table := []string{"content", "bodycontent", "AO_7B47A5_EVENT"}[r.IntN(3)]
	rows := v.rows[table]
	keys := slices.Sorted(maps.Keys(rows))
	from := keys[r.IntN(len(keys))]
	w := rows[from]
	w.by = by
	to := from
	switch r.IntN(5) {
	case 0:
		if len(keys) > 3 {
			delete(rows, from)
		}
		return fmt.Sprintf("%s: %d deleted", table, from)
	case 1: // near others or far away
		to = []int64{from + 1, from + int64(r.IntN(3*feed.RangeSize)), -int64(r.IntN(3 * feed.RangeSize)), math.MaxInt64, math.MinInt64, from &^ (feed.RangeSize - 1), from | (feed.RangeSize - 1)}[r.IntN(7)]
	case 2: // a key changed
		delete(rows, from)
		to = from + int64(r.IntN(100)) - 50
	case 3: // nothing
	default:
		values := strings.Split(w.values, "|")
		at := 2 // of what is looked at last
		if table == "AO_7B47A5_EVENT" {
			at = 1
			if by > 0 { // else nothing tells
				at = r.IntN(2) * 4
			}
		}
		values[at] = strconv.Itoa(r.IntN(100_000))
		w.values = strings.Join(values, "|")
	}
	rows[to] = w
	return fmt.Sprintf("%s: %d to %d by %d", table, from, to, by)
}

// TestTakenAgainByVersions: whatever happened to the rows, in whatever order their
// transactions ended, the snapshot is that of a full take, with its sums. In some rounds
// the database was put back: its transactions are numbered as others were before, and
// nothing but the numbers kept with the rows tells.
func TestTakenAgainByVersions(t *testing.T) {
	seeds := 10
	if n, err := strconv.Atoi(os.Getenv(seedsEnv)); err == nil {
		seeds = n
	}
	for seed := range seeds {
		r := rand.New(rand.NewPCG(uint64(seed), 7))
		path, full := filepath.Join(t.TempDir(), "wiki.db"), filepath.Join(t.TempDir(), "full.db")
		v := versionedWiki()
		v.settle()
		v.takenWhole(t, path, "0")
		for round := range 6 {
			v.since = v.now - int64(r.IntN(5)) // those that had not ended
			var all []string
			for range r.IntN(12) {
				v.now++
				by := v.since + r.Int64N(v.now-v.since)
				if round%2 == 1 && r.IntN(3) == 0 {
					by = -v.now // of a time that was put back; the numbers are others
				}
				all = append(all, v.changeBy(r, by))
			}
			v.settle()
			state := fmt.Sprint("state ", round)
			v.takenWhole(t, full, state)
			done, err := v.againBy(t, path, state)
			if err != nil {
				t.Fatalf("seed %d, round %d: %v\n%s", seed, round, err, strings.Join(all, "\n"))
			}
			if rowsIn(t, path) != rowsIn(t, full) || !v.asked["content"] || !v.asked["bodycontent"] || !v.asked["AO_7B47A5_EVENT"] {
				t.Fatalf("seed %d, round %d: other rows than those of a full take\n%s\n%+v\n%s\n%s", seed, round, strings.Join(all, "\n"), done.Changes, rowsIn(t, path), rowsIn(t, full))
			}
		}
	}
}

// againBy takes the snapshot again by versions.
func (v *versioned) againBy(t testing.TB, path, state string) (Done, error) {
	v.asked = map[string]bool{}
	a, err := Open(t.Context(), path)
	if err == nil {
		err = a.Compare(t.Context(), v)
	}
	if err != nil {
		return Done{}, err
	}
	return a.Finish(Origin{Taken: time.Unix(1, 0), State: state})
}
