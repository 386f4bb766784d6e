package runner

import (
	"sluice/schedule"
	"sluice/wording"
)

// change changes the state of a schedule, and reports whether that was done.
func (r *Runner) change(name string, change func(*schedule.State) bool) bool {
	done := false
	err := r.states.Change(name, func(s *schedule.State) bool {
		done = change(s)
		return done
	})
	if err != nil {
		r.o.Logger.Error("schedules", "schedule", name, "error", err)
		done, err = false, wording.Errorf("what is due cannot begin, since its state cannot be written: %w", err)
	}
	if (done || err != nil) && r.kept(err) || done {
		r.o.Changed(name)
	}
	return done
}

// kept notes whether states can be written, and reports whether that is news.
func (r *Runner) kept(err error) (news bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	news = (err == nil) != (r.unkept == nil)
	r.unkept = err
	return news
}

// Trouble is what keeps this process from running anything that is due; nil if nothing does.
func (r *Runner) Trouble() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.unkept
}
