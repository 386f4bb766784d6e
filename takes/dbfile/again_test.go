package dbfile

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluice/localexport/inuse"
	"sluice/localexport/snapshot"
	"sluice/takes/feed"
)

// TestTakenAgain: what was gathered is what a full take holds, for tables of more rows
// than are asked for at once, and when nothing is left of what was there.
func TestTakenAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "wiki.db")
	wiki(3000, "old").taken(t, path)
	for _, next := range []*parts{wiki(3100, "new"), wiki(500, "newer"), wiki(0, "all gone"), wiki(700, "new"), wiki(700, "new")} {
		if len(next.tables[0].rows) == 0 {
			if _, err := next.takenAgain(t.Context(), path); !errors.Is(err, feed.ErrDamaged) || !strings.Contains(err.Error(), "has no rows any more: the snapshot was left as it was") {
				t.Errorf("of an empty database: %v", err)
			}
			continue
		}
		if _, err := next.takenAgain(t.Context(), path); err != nil {
			t.Fatal(err)
		}
		if rowsIn(t, path) != next.fullOf(t, "second") {
			t.Errorf("%d pages: other rows than those of a full take", len(next.tables[0].rows))
		}
	}
	if names := left(t, path); len(names) != 1 {
		t.Errorf("left: %v", names)
	}
}

// TestWhatIsGoneLeavesNothing: of rows that are no more, no byte stays in the file.
func TestWhatIsGoneLeavesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "wiki.db")
	wiki(300, "confidential").taken(t, path)
	if b, err := os.ReadFile(path); err != nil || !strings.Contains(string(b), "confidential") {
		t.Fatal(err)
	}
	if _, err := wiki(200, "public").takenAgain(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(path); err != nil || strings.Contains(string(b), "confidential") {
		t.Errorf("the file still holds what is gone: %v", err)
	}
}

// TestASourceThatIsUnfit: what a source tells that does not stand still, or has other
// keys, is not taken for changes.
func TestASourceThatIsUnfit(t *testing.T) {
	for name, c := range map[string]struct {
		fault func(q feed.Query, rows [][]string) [][]string
		want  string
	}{
		"out of order": {func(q feed.Query, rows [][]string) [][]string {
			if q.Table.Name == "content" && q.Limit > 0 {
				rows[3], rows[4] = rows[4], rows[3]
			}
			return rows
		}, "told the rows of content out of order (4 after 5)"},
		"no number": {func(q feed.Query, rows [][]string) [][]string {
			if q.Table.Name == "content" {
				rows[0][0] = "1.5"
			}
			return rows
		}, `a key of content is no number ("1.5")`},
		"a body gone meanwhile": {func(q feed.Query, rows [][]string) [][]string {
			if q.Keys != nil {
				return rows[1:]
			}
			return rows
		}, "the rows of bodycontent changed while they were compared"},
		"an event come meanwhile": {func(q feed.Query, rows [][]string) [][]string {
			if q.Table.Name == "AO_7B47A5_EVENT" && q.Limit > 0 {
				return append(rows, []string{"9999", "view", "1", "a", "K", "1", "NULL"})
			}
			return rows
		}, "the rows of AO_7B47A5_EVENT changed while they were compared"},
	} {
		path := filepath.Join(t.TempDir(), "wiki.db")
		wiki(30, "old").taken(t, path)
		was := rowsIn(t, path)
		next := wiki(31, "new")
		next.fault = c.fault
		_, err := next.takenAgain(t.Context(), path)
		var unfit *feed.UnfitError
		if !errors.As(err, &unfit) || !strings.Contains(unfit.Why, c.want) {
			t.Errorf("%s: %v", name, err)
		}
		if rowsIn(t, path) != was || len(left(t, path)) != 1 {
			t.Errorf("%s: the snapshot was changed, or something is left: %v", name, left(t, path))
		}
	}
}

// TestOddValuesAreCountedWhole: of a table whose odd values are told, all is read.
func TestOddValuesAreCountedWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "wiki.db")
	first := wiki(30, "old")
	first.tables[0].rows[7] = strings.Replace(first.tables[0].rows[7], "|1|u|", "|one|u|", 1)
	first.taken(t, path)
	var unfit *feed.UnfitError
	if _, err := wiki(30, "new").takenAgain(t.Context(), path); !errors.As(err, &unfit) || !strings.Contains(unfit.Why, "the table content holds values that are not what they should be") {
		t.Errorf("%v", err)
	}
}

// TestWhoElseHasTheSnapshot: one that is exported is not taken again, nor by two runs at
// once; what begins to read it meanwhile is waited for, and what changes it is told.
func TestWhoElseHasTheSnapshot(t *testing.T) {
	path := filepath.Join(t.TempDir(), "wiki.db")
	wiki(30, "old").taken(t, path)
	was := rowsIn(t, path)
	read := func() *os.File {
		f, err := os.Open(path)
		if err == nil {
			err = inuse.Read(f)
		}
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	reader := read()
	if _, err := Open(t.Context(), path); !errors.Is(err, inuse.ErrInUse) || !strings.Contains(err.Error(), "is being exported") {
		t.Errorf("while it is exported: %v", err)
	}
	reader.Close()

	next := wiki(31, "new")
	a, err := Open(t.Context(), path)
	if err == nil {
		err = a.Compare(t.Context(), next)
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), path); !errors.Is(err, inuse.ErrInUse) {
		t.Errorf("a second run: %v", err)
	}
	reader = read()
	waited := false
	a.Waiting = func() {
		waited = true
		if rowsIn(t, path) != was {
			t.Error("what is read has changed")
		}
		reader.Close()
	}
	if _, err := a.Finish(Origin{Taken: time.Unix(1, 0), State: "second"}); err != nil || !waited || rowsIn(t, path) != next.fullOf(t, "second") {
		t.Errorf("%v, waited %v", err, waited)
	}

	if a, err = Open(t.Context(), path); err == nil {
		err = a.Compare(t.Context(), wiki(32, "newer"))
	}
	if err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(t.TempDir(), "other.db")
	wiki(33, "mine").taken(t, other)
	bytes, err := os.ReadFile(other)
	if err == nil {
		err = os.WriteFile(path, bytes, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Finish(Origin{Taken: time.Unix(1, 0), State: "third"}); err == nil || !strings.Contains(err.Error(), "was changed by another program while it was compared") {
		t.Errorf("changed by another: %v", err)
	}
	if rowsIn(t, path) != rowsIn(t, other) || len(left(t, path)) != 1 {
		t.Errorf("left %v", left(t, path))
	}
}

// TestNothingHalfChanged: a full disk and a cancel leave the snapshot as it was.
func TestNothingHalfChanged(t *testing.T) {
	for name, c := range map[string]struct {
		before func(a *Again, cancel func())
		want   string
	}{
		"the disk of the snapshot is full": {func(a *Again, _ func()) {
			if err := a.c.Exec("PRAGMA taken.max_page_count = 1"); err != nil { // those that there are
				t.Fatal(err)
			}
		}, "wiki.db: the disk is full: free some space and take it again; it is as it was (SQLite: "},
		"cancelled": {func(_ *Again, cancel func()) { cancel() }, context.Canceled.Error()},
	} {
		path := filepath.Join(t.TempDir(), "wiki.db")
		wiki(300, "old").taken(t, path)
		was := rowsIn(t, path)
		ctx, cancel := context.WithCancel(t.Context())
		a, err := Open(ctx, path)
		if err == nil {
			err = a.Compare(ctx, wiki(900, "new"))
		}
		if err != nil {
			t.Fatal(err)
		}
		c.before(a, cancel)
		if _, err := a.Finish(Origin{Taken: time.Unix(1, 0), State: "second"}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
		cancel()
		if rowsIn(t, path) != was || len(left(t, path)) != 1 {
			t.Errorf("%s: other rows than before, or something is left: %v", name, left(t, path))
		}
	}
}

// TestATakeHasAMarkOfItsOwn: two takes of the same differ in what is compared before an
// export is gone on with.
func TestATakeHasAMarkOfItsOwn(t *testing.T) {
	seen := map[string]bool{}
	look := func(path string) {
		s, err := snapshot.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if seen[s.Identity().Content()] {
			t.Errorf("%s is taken for another", path)
		}
		seen[s.Identity().Content()] = true
	}
	next := wiki(2000, "same")
	for range 3 {
		path := filepath.Join(t.TempDir(), "wiki.db")
		next.taken(t, path)
		look(path)
		if _, err := next.takenAgain(t.Context(), path); err != nil {
			t.Fatal(err)
		}
		look(path)
	}
}
