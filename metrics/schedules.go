package metrics

import (
	"sync"
	"time"

	"github.com/jonboulle/clockwork"
	"github.com/prometheus/client_golang/prometheus"

	"sluice/schedule"
	"sluice/source"
)

// Schedules collects what is known of schedules from their files, at the moment it is asked
// for. What it counts begins with the process, as counters of Prometheus do.
type Schedules struct {
	files   *schedule.File
	states  *schedule.StateFile
	sources *source.File
	clock   clockwork.Clock

	mu     sync.Mutex
	seen   map[string]schedule.Result // the last result that was counted, by schedule
	counts map[string]*count
}

// count is what was counted of one schedule.
type count struct {
	outcomes map[schedule.Outcome]float64
	missed   float64
}

// OfSchedules collects what is known of the schedules in a folder for settings. clock nil is
// the real one.
func OfSchedules(folder string, clock clockwork.Clock) *Schedules {
	if clock == nil {
		clock = clockwork.NewRealClock()
	}
	c := &Schedules{files: schedule.NewFile(folder), states: schedule.NewStateFile(folder), sources: source.NewFileIn(folder), clock: clock,
		seen: map[string]schedule.Result{}, counts: map[string]*count{}}
	states, _ := c.states.Load() // what cannot be read is told by each scrape
	for name, s := range states {
		if s.Last != nil {
			c.seen[name] = *s.Last
		}
	}
	return c
}

// outcomes are those that are counted apart.
var outcomes = []schedule.Outcome{schedule.Completed, schedule.Failed, schedule.Interrupted, schedule.Refused, schedule.Cancelled, schedule.TooLate, schedule.WasMissed}

var ofSchedule = []string{"schedule", "source"}

func desc(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("sluice_"+name, help, labels, nil)
}

var (
	readable     = desc("schedules_readable", "1 if the files with schedules, states and sources can be read, else 0.")
	writable     = desc("schedules_writable", "1 if how schedules stand can be written down, else 0: then nothing is run. Absent without schedules.")
	enabled      = desc("schedule_enabled", "1 if the schedule is enabled.", ofSchedule...)
	running      = desc("schedule_running", "1 while a run of the schedule has begun and not ended.", ofSchedule...)
	interrupted  = desc("schedule_interrupted", "1 if the process of a run has ended within it, and nothing has taken it up yet.", ofSchedule...)
	overdue      = desc("schedule_overdue", "1 if runs were missed and nothing made up for them, if one is due and does not begin, if a run is beyond its deadline, or if it has taken twice as long as the last one that was completed, and 10 minutes more than that at least.", ofSchedule...)
	stuck        = desc("schedule_stuck", "1 if a job may never end: that of the run, or one that keeps a run from beginning.", ofSchedule...)
	began        = desc("schedule_run_start_timestamp_seconds", "When the run that runs has begun.", ofSchedule...)
	nextRun      = desc("schedule_next_run_timestamp_seconds", "When the schedule runs next, retries included; absent if it does not.", ofSchedule...)
	lastSuccess  = desc("schedule_last_success_timestamp_seconds", "When a run was completed last; absent if none was.", ofSchedule...)
	lastFailure  = desc("schedule_last_failure_timestamp_seconds", "When a run ended otherwise last, or was missed; absent if none did.", ofSchedule...)
	lastDuration = desc("schedule_last_success_duration_seconds", "How long the last completed run took.", ofSchedule...)
	lastRows     = desc("schedule_last_success_rows", "Rows that the last completed run has written; absent if that is not known.", ofSchedule...)
	lastBytes    = desc("schedule_last_success_bytes", "Bytes of the files of the last completed run; absent if that is not known.", ofSchedule...)
	runs         = desc("schedule_runs_total", "Attempts that ended, by outcome, since this process began.", append(ofSchedule, "outcome")...)
	missed       = desc("schedule_missed_total", "Moments at which nothing looked for what was due, since this process began.", ofSchedule...)
)

// Describe implements prometheus.Collector.
func (c *Schedules) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{readable, writable, enabled, running, interrupted, overdue, stuck, began, nextRun, lastSuccess, lastFailure, lastDuration, lastRows, lastBytes, runs, missed} {
		to <- d
	}
}

// Observe counts what has ended since it was called last. A runner calls it with every
// change, so that nothing falls between two scrapes.
func (c *Schedules) Observe() {
	if states, err := c.states.Load(); err == nil {
		c.count(states)
	}
}

func (c *Schedules) count(states map[string]schedule.State) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for name, s := range states {
		if s.Last == nil || c.seen[name] == *s.Last {
			continue
		}
		c.seen[name] = *s.Last
		n := c.counts[name]
		if n == nil {
			n = &count{outcomes: map[schedule.Outcome]float64{}}
			c.counts[name] = n
		}
		n.outcomes[s.Last.Outcome]++
		if s.Last.Outcome == schedule.WasMissed && s.Missed != nil {
			n.missed += float64(s.Missed.Count)
		}
	}
}

// Collect implements prometheus.Collector.
func (c *Schedules) Collect(to chan<- prometheus.Metric) {
	list, err := c.files.Load()
	var states map[string]schedule.State
	if err == nil {
		states, err = c.states.Load()
	}
	var sources source.List
	if err == nil {
		sources, err = c.sources.Load()
	}
	to <- gauge(readable, truth(err == nil))
	if err != nil {
		return
	}
	if len(list) > 0 {
		to <- gauge(writable, truth(c.states.Writable() == nil))
	}
	c.count(states)
	now := c.clock.Now()
	for _, s := range list {
		plan, err := s.Plan()
		if err != nil {
			continue // the list would not have been read
		}
		name := ""
		if i := sources.Find(plan.Source); i >= 0 {
			name = sources[i].Name
		}
		c.one(to, plan, states[s.Name], name, now)
	}
}

func (c *Schedules) one(to chan<- prometheus.Metric, p schedule.Plan, s schedule.State, source string, now time.Time) {
	tell := func(d *prometheus.Desc, v float64) { to <- gauge(d, v, p.Name, source) }
	moment := func(d *prometheus.Desc, t time.Time) {
		if !t.IsZero() {
			tell(d, float64(t.UnixMilli())/1000)
		}
	}
	tell(enabled, truth(!p.Disabled))
	tell(running, truth(s.Runs()))
	tell(interrupted, truth(s.Interrupted() != nil))
	tell(overdue, truth(isOverdue(p, s, now)))
	tell(stuck, truth(s.Stuck != nil && source != "")) // of a source that is gone nothing is
	moment(nextRun, next(p, s, now))
	if s.Runs() {
		moment(began, s.Running.Began)
	}
	if last := s.LastFailure; last != nil {
		moment(lastFailure, last.Ended)
	}
	if last := s.LastSuccess; last != nil {
		moment(lastSuccess, last.Ended)
		tell(lastDuration, last.Ended.Sub(last.Began).Seconds())
		if last.Rows > 0 {
			tell(lastRows, float64(last.Rows))
		}
		if last.Bytes > 0 {
			tell(lastBytes, float64(last.Bytes))
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	n := c.counts[p.Name]
	if n == nil {
		n = &count{}
	}
	for _, o := range outcomes { // those of none, too: a rate needs where it began
		to <- prometheus.MustNewConstMetric(runs, prometheus.CounterValue, n.outcomes[o], p.Name, source, string(o))
	}
	to <- prometheus.MustNewConstMetric(missed, prometheus.CounterValue, n.missed, p.Name, source)
}

// next is when a schedule runs next; the zero time if it does not.
func next(p schedule.Plan, s schedule.State, now time.Time) time.Time {
	if p.Disabled {
		return time.Time{}
	}
	at := p.Next(now)
	if s.Retry != nil && (at.IsZero() || s.Retry.At.Before(at)) {
		at = s.Retry.At
	}
	return at
}

// leastLate is how much longer than the last completed run one takes at least before it is
// overdue.
const leastLate = 10 * time.Minute

func isOverdue(p schedule.Plan, s schedule.State, now time.Time) bool {
	if s.Missed != nil && !s.Missed.Skipped || !p.Waits(s, now).IsZero() {
		return true
	}
	if s.Running == nil {
		return false
	}
	if p.Limit > 0 && now.After(s.Running.Due.Add(p.Limit)) {
		return true
	}
	if s.LastSuccess == nil {
		return false
	}
	took := s.LastSuccess.Ended.Sub(s.LastSuccess.Began)
	return now.Sub(s.Running.Began) > took+max(took, leastLate)
}

func gauge(d *prometheus.Desc, v float64, labels ...string) prometheus.Metric {
	return prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
}

func truth(is bool) float64 {
	if is {
		return 1
	}
	return 0
}
