package schedule

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the zones of the tests, on every machine
)

func plan(t *testing.T, s Schedule) Plan {
	t.Helper()
	s.Name, s.Source = "nightly", "a"
	p, err := s.Plan()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func moment(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse("2006-01-02 15:04", s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// TestSettings: what is wrong is said with the setting that it is about.
func TestSettings(t *testing.T) {
	good := Schedule{Name: "nightly", Source: "a", When: "daily 02:00", Zone: "Europe/Berlin", Window: "last-30-days", Quiet: "08:00-18:00", Retries: 2, RetryAfter: "10m",
		Deadline: "6h", Missed: Run, Format: "parquet"}
	if p, err := good.Plan(); err != nil || p.RetryPause != 10*time.Minute || p.Limit != 6*time.Hour || p.Place.String() != "Europe/Berlin" || !p.Since.Counts() {
		t.Errorf("%+v, %v", p, err)
	}
	for says, change := range map[string]func(*Schedule){
		"no name for a schedule":              func(s *Schedule) { s.Name = " " },
		"taken for a flag":                    func(s *Schedule) { s.Name = "-x" },
		"names no source":                     func(s *Schedule) { s.Source = "" },
		`the times of the schedule "nightly"`: func(s *Schedule) { s.When = "soon" },
		`time zone "Berlin" is not known`:     func(s *Schedule) { s.Zone = "Berlin" },
		"the quiet hours of the schedule":     func(s *Schedule) { s.Quiet = "8-18" },
		`"soon" is no from date`:              func(s *Schedule) { s.Window = "soon" },
		"write ask, run or skip":              func(s *Schedule) { s.Missed = "retry" },
		"the time before a retry":             func(s *Schedule) { s.RetryAfter = "5" },
		"the deadline of the schedule":        func(s *Schedule) { s.Deadline = "-6h" },
		"write 0 to 100":                      func(s *Schedule) { s.Retries = -1 },
		"write csv, parquet or both":          func(s *Schedule) { s.Format = "xlsx" },
	} {
		s := good
		change(&s)
		if _, err := s.Plan(); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", says, err)
		}
	}
}

// TestNext puts off what lies in quiet hours, and counts what is put off to one moment
// once.
func TestNext(t *testing.T) {
	p := plan(t, Schedule{When: "every 2 hours", Zone: "UTC", Quiet: "21:00-06:30"})
	var got []string
	for _, run := range p.NextRuns(moment(t, "2026-03-01 18:30"), 4) {
		got = append(got, run.Format("02 15:04"))
	}
	if s := strings.Join(got, ", "); s != "01 20:00, 02 06:30, 02 08:00, 02 10:00" {
		t.Error(s)
	}
	p = plan(t, Schedule{When: "mon 22:00", Zone: "UTC", Quiet: "21:00-06:30"})
	if next := p.Next(moment(t, "2026-03-02 23:00")); next.Format("02 15:04") != "03 06:30" {
		t.Errorf("within the quiet hours: %s", next)
	}
	if next := p.Next(moment(t, "2026-03-03 23:00")); next.Format("02 15:04") != "10 06:30" {
		t.Errorf("within those of a day without one: %s", next)
	}
}

func TestRetryAt(t *testing.T) {
	p := plan(t, Schedule{When: "daily 02:00", Zone: "UTC", Retries: 9, RetryAfter: "30m"})
	ended := moment(t, "2026-03-01 02:10")
	for attempt, want := range map[int]time.Duration{1: 30 * time.Minute, 2: time.Hour, 3: 2 * time.Hour, 9: 2 * time.Hour} {
		if at, ok := p.RetryAt(attempt, ended); !ok || at.Sub(ended) != want {
			t.Errorf("attempt %d: %s, %v", attempt, at.Sub(ended), ok)
		}
	}
	if _, ok := p.RetryAt(10, ended); ok {
		t.Error("there is a tenth retry")
	}
}

func TestDue(t *testing.T) {
	p := plan(t, Schedule{When: "daily 02:00", Zone: "UTC"})
	settled := State{Handled: moment(t, "2026-03-01 02:00")}
	for name, c := range map[string]struct {
		s            State
		now          string
		run, settled string
		missed       int
		next         string
	}{
		"nothing":            {settled, "2026-03-01 12:00", "", "", 0, "2026-03-02 02:00"},
		"due":                {settled, "2026-03-02 02:00", "2026-03-02 02:00", "2026-03-02 02:00", 0, "2026-03-03 02:00"},
		"a little late":      {settled, "2026-03-02 02:02", "2026-03-02 02:00", "2026-03-02 02:00", 0, "2026-03-03 02:00"},
		"missed":             {settled, "2026-03-02 02:03", "", "2026-03-02 02:00", 1, "2026-03-03 02:00"},
		"three missed":       {settled, "2026-03-04 12:00", "", "2026-03-04 02:00", 3, "2026-03-05 02:00"},
		"two missed and due": {settled, "2026-03-04 02:00", "2026-03-04 02:00", "2026-03-04 02:00", 2, "2026-03-05 02:00"},
		"never seen":         {State{}, "2026-03-04 12:00", "", "2026-03-04 12:00", 0, "2026-03-05 02:00"},
		"years":              {settled, "2036-03-04 12:00", "", "2036-03-04 12:00", MostMissed, "2036-03-05 02:00"},
	} {
		due := p.Due(c.s, moment(t, c.now))
		show := func(at time.Time) string {
			if at.IsZero() {
				return ""
			}
			return at.Format("2006-01-02 15:04")
		}
		missed := 0
		if due.Missed != nil {
			missed = due.Missed.Count
		}
		if show(due.Run) != c.run || show(due.Settled) != c.settled || missed != c.missed || show(due.Next) != c.next {
			t.Errorf("%s: %+v, %d missed", name, due, missed)
		}
	}
	changed := p
	changed.From = moment(t, "2026-03-04 03:00")
	if due := changed.Due(settled, moment(t, "2026-03-04 12:00")); due.Missed != nil || !due.Run.IsZero() {
		t.Errorf("what lies before the change counts: %+v", due)
	}
}

// TestFile: what is not understood is refused and stays as it is.
func TestFile(t *testing.T) {
	for text, says := range map[string]string{
		`{"schedules": [{"name": "n", "source": "a", "when": "daily 02:00", "retry": 1}]}`:                                          `"retry" in schedule "n" is no setting that there is; the nearest is "retries"`,
		`{"version": 2, "schedules": []}`:                                                                                           "newer Sluice",
		`{"schedules": [{"name": "n", "source": "a", "when": "daily 25:00"}]}`:                                                      `the times of the schedule "n"`,
		`{"schedules": [{"name": "n", "source": "a", "when": "daily 02:00"}, {"name": "n", "source": "b", "when": "daily 03:00"}]}`: "two schedules",
		`{"schedules": [`: "cannot be understood",
	} {
		f := NewFile(t.TempDir())
		if err := os.WriteFile(f.Path(), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := f.Load(); err == nil || !strings.Contains(err.Error(), says) || !strings.Contains(err.Error(), f.Path()) {
			t.Errorf("%s: %v", text, err)
		}
		if err := f.Update(func(l List) (List, error) { return l, nil }); err == nil {
			t.Errorf("%s was written over", text)
		}
		if b, _ := os.ReadFile(f.Path()); string(b) != text {
			t.Errorf("%s became %s", text, b)
		}
	}
	f := NewFile(filepath.Join(t.TempDir(), "new"))
	s := Schedule{Name: "nightly", Source: "a", When: "daily 02:00"}
	if err := f.Update(func(l List) (List, error) { return append(l, s), nil }); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(f.Path()); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	l, err := f.Load()
	if err != nil || len(l) != 1 || l[0] != s {
		t.Errorf("%+v, %v", l, err)
	}
	if _, err := l.Named("t"); err == nil || strings.Contains(err.Error(), "nearest") {
		t.Errorf("nothing is near: %v", err)
	}
	if _, err := l.Named("nigthly"); err == nil || !strings.Contains(err.Error(), `the nearest is "nightly"`) {
		t.Error(err)
	}
	if _, err := l.Named("quite another"); err == nil || strings.Contains(err.Error(), "nearest") {
		t.Errorf("where none is near: %v", err)
	}
}

func TestStates(t *testing.T) {
	f := NewStateFile(t.TempDir())
	if err := f.Change("a", func(s *State) bool { s.Handled = moment(t, "2026-03-01 02:00"); return true }); err != nil {
		t.Fatal(err)
	}
	if err := f.Change("b", func(s *State) bool { *s = s.With(Result{Outcome: Failed, Says: "no"}); return true }); err != nil {
		t.Fatal(err)
	}
	if err := f.Change("c", func(*State) bool { return false }); err != nil {
		t.Fatal(err)
	}
	if err := f.Rename("a", "b"); err != nil {
		t.Fatal(err)
	}
	states, err := f.Load()
	if err != nil || len(states) != 1 || !states["b"].Handled.Equal(moment(t, "2026-03-01 02:00")) {
		t.Errorf("%+v, %v", states, err)
	}
	if err := f.Forget("b"); err != nil {
		t.Fatal(err)
	}
	if states, err = f.Load(); err != nil || len(states) != 0 {
		t.Errorf("%+v, %v", states, err)
	}
}
