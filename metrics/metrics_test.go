package metrics

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/jonboulle/clockwork"
	"github.com/prometheus/client_golang/prometheus"

	"sluice/pipeline"
	"sluice/schedule"
	"sluice/source"
)

// board is a folder with one schedule, which has run at 02:00, and a clock.
func board(t *testing.T, state schedule.State) (*Schedules, *clockwork.FakeClock, *schedule.StateFile, string) {
	t.Helper()
	dir := t.TempDir()
	clock := clockwork.NewFakeClockAt(time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC))
	err := source.NewFileIn(dir).Update(func(source.List) (source.List, error) {
		return source.List{{ID: "a", Kind: source.KindServer, Name: "prod", Server: source.Server{URL: "https://wiki.example"}}}, nil
	})
	if err == nil {
		err = schedule.NewFile(dir).Update(func(schedule.List) (schedule.List, error) {
			return schedule.List{{Name: "nightly", Source: "a", When: "daily 02:00", Zone: "UTC", From: clock.Now().AddDate(0, 0, -3), Deadline: "6h"}}, nil
		})
	}
	states := schedule.NewStateFile(dir)
	if err == nil {
		err = states.Change("nightly", func(s *schedule.State) bool { *s = state; s.Name = "nightly"; return true })
	}
	if err != nil {
		t.Fatal(err)
	}
	return OfSchedules(dir, clock), clock, states, dir
}

// scrape asks over HTTP, as Prometheus does.
func scrape(t *testing.T, g prometheus.Gatherer) string {
	t.Helper()
	l, err := Listen("127.0.0.1:0", false)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); Serve(ctx, l, g, slog.New(slog.DiscardHandler)) }()
	defer func() { stop(); <-ended }()
	r, err := http.Get("http://" + l.Addr().String() + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != http.StatusOK {
		t.Fatalf("%d %s %v", r.StatusCode, b, err)
	}
	return string(b)
}

// want checks lines of an answer, and that some are not there.
func want(t *testing.T, text string, lines ...string) {
	t.Helper()
	for _, line := range lines {
		absent := strings.TrimPrefix(line, "!")
		if has := strings.Contains("\n"+text, "\n"+absent); has == (absent != line) {
			t.Errorf("%s: it is there: %v\n%s", line, has, text)
		}
	}
}

const of = `{schedule="nightly",source="prod"} `

// TestScrape: what is told of a schedule as it runs, completes, is missed and late.
func TestScrape(t *testing.T) {
	at := func(hour int) time.Time { return time.Date(2026, 11, 24, hour, 0, 0, 0, time.UTC) }
	done := schedule.Result{Outcome: schedule.Completed, Due: at(2), Began: at(2), Ended: at(4), Rows: 57950301, Bytes: 4096}
	c, clock, states, dir := board(t, schedule.State{Handled: at(2)}.With(done))
	g := Registry("1.2", c)
	want(t, scrape(t, g), "sluice_schedules_readable 1", `sluice_build_info{version="1.2"} 1`,
		"sluice_schedule_enabled"+of+"1", "sluice_schedule_running"+of+"0", "sluice_schedule_overdue"+of+"0", "sluice_schedule_stuck"+of+"0",
		"sluice_schedule_last_success_timestamp_seconds"+of+number(at(4)), "sluice_schedule_last_success_duration_seconds"+of+"7200",
		"sluice_schedule_last_success_rows"+of+"5.7950301e+07", "sluice_schedule_last_success_bytes"+of+"4096",
		"sluice_schedule_next_run_timestamp_seconds"+of+number(at(26)), "!sluice_schedule_last_failure_timestamp_seconds"+of,
		`sluice_schedule_runs_total{outcome="completed",schedule="nightly",source="prod"} 0`, "sluice_schedule_missed_total"+of+"0", "!go_")
	change := func(change func(*schedule.State)) {
		t.Helper()
		if err := states.Change("nightly", func(s *schedule.State) bool { change(s); return true }); err != nil {
			t.Fatal(err)
		}
		c.Observe()
	}
	change(func(s *schedule.State) { s.Running = &schedule.Running{Due: at(12), Began: at(12), Attempt: 1} })
	want(t, scrape(t, g), "sluice_schedule_running"+of+"1", "sluice_schedule_run_start_timestamp_seconds"+of+number(at(12)), "sluice_schedule_overdue"+of+"0")
	clock.Advance(4*time.Hour + time.Minute) // twice the two hours of the last one
	want(t, scrape(t, g), "sluice_schedule_overdue"+of+"1")
	for _, o := range []schedule.Outcome{schedule.Failed, schedule.Failed, schedule.Completed} { // between two scrapes
		change(func(s *schedule.State) {
			clock.Advance(time.Second)
			*s = s.With(schedule.Result{Outcome: o, Due: at(12), Began: at(12), Ended: clock.Now()})
			s.Running = nil
		})
	}
	change(func(s *schedule.State) {
		s.Missed = &schedule.Missed{First: at(2), Last: at(2), Count: 3}
		*s = s.With(schedule.Result{Outcome: schedule.WasMissed, Ended: clock.Now()})
	})
	text := scrape(t, g)
	want(t, text, `sluice_schedule_runs_total{outcome="failed",schedule="nightly",source="prod"} 2`, `sluice_schedule_runs_total{outcome="completed",schedule="nightly",source="prod"} 1`,
		"sluice_schedule_missed_total"+of+"3", "sluice_schedule_overdue"+of+"1", "sluice_schedule_running"+of+"0", "!sluice_schedule_last_success_rows"+of)
	if again := scrape(t, g); again != text {
		t.Errorf("a scrape changes what the next one is told:\n%s\n%s", text, again)
	}
	if strings.Contains(text, "wiki.example") {
		t.Error("an address is told")
	}
	want(t, text, "sluice_schedules_writable 1")
	lock := states.Path() + ".lock"
	if err := errors.Join(os.Remove(lock), os.Mkdir(lock, 0o700)); err != nil {
		t.Fatal(err)
	}
	want(t, scrape(t, g), "sluice_schedules_writable 0", "sluice_schedules_readable 1")
	if err := os.WriteFile(schedule.NewFile(dir).Path(), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	want(t, scrape(t, g), "sluice_schedules_readable 0", "!sluice_schedule_enabled")
}

// number is a moment as Prometheus writes it.
func number(t time.Time) string {
	return strconv.FormatFloat(float64(t.Unix()), 'g', -1, 64)
}

// TestDeadline: a run is overdue beyond its deadline, also the first one.
func TestDeadline(t *testing.T) {
	at := time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)
	plan, err := schedule.Schedule{Name: "nightly", Source: "a", When: "daily 02:00", Zone: "UTC", Deadline: "6h"}.Plan()
	if err != nil {
		t.Fatal(err)
	}
	s := schedule.State{Running: &schedule.Running{Due: at, Began: at.Add(time.Hour)}}
	if isOverdue(plan, s, at.Add(6*time.Hour)) || !isOverdue(plan, s, at.Add(6*time.Hour+time.Second)) {
		t.Error("the deadline does not count")
	}
	plan.Disabled = true
	if !next(plan, s, at).IsZero() {
		t.Error("what is disabled runs next")
	}
}

// TestListen: other computers reach it only if that is permitted.
func TestListen(t *testing.T) {
	for _, address := range []string{"0.0.0.0:0", ":0", "192.0.2.1:9188", "9188", "127.0.0.1"} {
		if l, err := Listen(address, false); !errors.Is(err, ErrOptions) {
			t.Errorf("%s: %v %v", address, l, err)
		}
	}
	l, err := Listen("[::]:0", true)
	if err != nil {
		t.Skip("no IPv6 here:", err)
	}
	l.Close()
}

// TestWrite: the file is whole, readable for others, and follows each change, also one that
// comes as the process ends.
func TestWrite(t *testing.T) {
	c, _, states, _ := board(t, schedule.State{})
	file := filepath.Join(t.TempDir(), "sluice.prom")
	if err := os.WriteFile(file+"123", nil, 0o600); err != nil { // as a process that was killed leaves it
		t.Fatal(err)
	}
	changed := make(chan struct{})
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		Write(ctx, file, Registry("1", c), changed, slog.New(slog.DiscardHandler))
	}()
	changed <- struct{}{} // the first is written
	if err := states.Change("nightly", func(s *schedule.State) bool { s.Running = &schedule.Running{Began: time.Now()}; return true }); err != nil {
		t.Fatal(err)
	}
	changed <- struct{}{}
	changed <- struct{}{} // that one is written, too
	says := func(text string) {
		t.Helper()
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		want(t, string(b), text)
	}
	says("sluice_schedule_running" + of + "1")
	if err := states.Change("nightly", func(s *schedule.State) bool { s.Running = nil; return true }); err != nil {
		t.Fatal(err)
	}
	stop()
	<-ended
	says("sluice_schedule_running" + of + "0")
	if names, err := os.ReadDir(filepath.Dir(file)); err != nil || len(names) != 1 {
		t.Errorf("%v, %v", names, err)
	}
}

// jobs are what a home has.
type jobs []pipeline.Job

func (j jobs) Jobs(context.Context, int) ([]pipeline.Job, error) {
	if j == nil {
		return nil, errors.New("gone")
	}
	return j, nil
}

// TestExports: what is told of the exports of a snapshot.
func TestExports(t *testing.T) {
	began := pipeline.At(time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC))
	ended := pipeline.At(began.Add(90 * time.Second))
	of := `{source="wiki"} `
	text := scrape(t, Registry("1", Exports{Source: "wiki", Of: jobs{
		{ID: 9, Status: pipeline.Started, StartTime: ended}, {ID: 8, Status: pipeline.Failed, StartTime: began, CompletedTime: ended},
		{ID: 7, Status: pipeline.Completed, StartTime: began, CompletedTime: ended, Statistics: &pipeline.Statistics{WrittenRows: 12}}}}))
	want(t, text, "sluice_exports_readable"+of+"1", "sluice_export_running"+of+"1", "sluice_export_start_timestamp_seconds"+of+number(ended.Time), "sluice_export_overdue"+of+"0",
		"sluice_export_last_success_timestamp_seconds"+of+number(ended.Time), "sluice_export_last_success_duration_seconds"+of+"90", "sluice_export_last_success_rows"+of+"12",
		"sluice_export_last_failure_timestamp_seconds"+of+number(ended.Time))
	want(t, scrape(t, Registry("1", Exports{Source: "wiki", Of: jobs(nil)})), "sluice_exports_readable"+of+"0", "!sluice_export_running")
	want(t, scrape(t, Registry("1", Exports{Source: "wiki", Of: jobs{}})), "sluice_export_running"+of+"0", "!sluice_export_last_success_timestamp_seconds")
}
