package schedule

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"time"

	"sluice/formats"
	"sluice/listfile"
	"sluice/wording"
)

// State is what is known of the runs of a schedule.
type State struct {
	Name string `json:"name"`
	// Handled is the last moment of which it is settled what became: it was run, missed or
	// refused.
	Handled     time.Time `json:"handled,omitzero"`
	Running     *Running  `json:"running,omitempty"`
	Retry       *Retry    `json:"retry,omitempty"`
	Missed      *Missed   `json:"missed,omitempty"` // nil: nothing is offered
	Stuck       *Stuck    `json:"stuck,omitempty"`  // nil: nothing is thought to be
	Last        *Result   `json:"last,omitempty"`
	LastSuccess *Result   `json:"lastSuccess,omitempty"`
	LastFailure *Result   `json:"lastFailure,omitempty"`
}

// Running is a run that was begun and whose end is not written down.
type Running struct {
	Due     time.Time `json:"due"`   // the moment that it is for
	Began   time.Time `json:"began"` // this attempt
	Attempt int       `json:"attempt"`
	Job     int64     `json:"job,omitempty"` // 0: not known yet
	// Asked is when a server was asked for the job, and From the from date that was asked
	// for, if any: by them a job is known whose id nobody could write down.
	Asked time.Time `json:"asked,omitzero"`
	From  time.Time `json:"from,omitzero"`
	PID   int       `json:"pid"`
	// Process marks that process, so that another that has its id later is not taken for it;
	// "" where the system has no such mark. Source is the id of the source.
	Process string `json:"process,omitempty"`
	Source  string `json:"source,omitempty"`
	// Gone is true if that process has ended without writing down how the run did. It is
	// looked at whenever the states are loaded.
	Gone bool `json:"gone,omitempty"`
}

// Retry is a run that failed and is tried again.
type Retry struct {
	Due     time.Time `json:"due"`
	At      time.Time `json:"at"`
	Attempt int       `json:"attempt"` // that it will be
}

// Stuck is a job that may never end: that of a run, or one that keeps a run from beginning.
type Stuck struct {
	Job   int64     `json:"job,omitempty"`  // 0: none had begun
	Began time.Time `json:"began,omitzero"` // the job
	Since time.Time `json:"since"`          // when that was noticed
	Says  string    `json:"says"`           // why that is thought, in a sentence
}

// Same reports whether it is the same that was noticed.
func (s Stuck) Same(other Stuck) bool {
	return s.Job == other.Job && s.Began.Equal(other.Began) && s.Since.Equal(other.Since)
}

// Missed are moments at which nothing looked for what is due.
type Missed struct {
	First time.Time `json:"first"`
	Last  time.Time `json:"last"`
	Count int       `json:"count"` // MostMissed or more is more than are counted
	// Skipped is true if nothing is offered, since the policy says so.
	Skipped bool `json:"skipped,omitempty"`
}

// MostMissed is how many missed moments are counted.
const MostMissed = 1000

// Outcome is how a run ended, in a word.
type Outcome string

// The outcomes.
const (
	Completed   Outcome = "completed"
	Failed      Outcome = "failed"
	Interrupted Outcome = "interrupted" // its process ended
	Refused     Outcome = "refused"     // the source was busy
	Cancelled   Outcome = "cancelled"   // by somebody
	TooLate     Outcome = "deadline"    // it was not over in time, and was cancelled
	WasMissed   Outcome = "missed"      // nothing looked when it was due
	LooksStuck  Outcome = "stuck"       // no end: it may never come to one; see State.Stuck
)

// Result is how a run ended.
type Result struct {
	Outcome Outcome   `json:"outcome"`
	Due     time.Time `json:"due"`
	Began   time.Time `json:"began,omitzero"`
	Ended   time.Time `json:"ended"`
	Attempt int       `json:"attempt,omitempty"`
	Job     int64     `json:"job,omitempty"`
	Says    string    `json:"says,omitempty"` // why, in a sentence
	// Rows and Bytes are what the job has written, 0 if that is not known: the files of a
	// server lie there.
	Rows  int64 `json:"rows,omitempty"`
	Bytes int64 `json:"bytes,omitempty"`
	// Why is the error that Says tells, in the process that has run it; else nil.
	Why error `json:"-"`
}

// With is the state after a result.
func (s State) With(r Result) State {
	s.Last = &r
	if r.Outcome != Completed {
		s.LastFailure = &r
		return s
	}
	s.LastSuccess = &r
	if m := s.Missed; m != nil && !(r.Began.Before(m.Last) && !m.Last.After(r.Ended)) {
		s.Missed = nil // one that had begun before is of older data
	}
	return s
}

// StateFile is the file with the states of all schedules.
type StateFile struct{ file listfile.File }

// NewStateFile returns the states in a folder for settings.
func NewStateFile(folder string) *StateFile {
	return &StateFile{listfile.File{Path: filepath.Join(folder, stateName), Kind: formats.ScheduleStates, Element: "state"}}
}

// Path is where the file lies.
func (f *StateFile) Path() string { return f.file.Path }

// writtenStates is the form of the file.
type writtenStates struct {
	Version int     `json:"version"`
	States  []State `json:"states"`
}

// Load reads all states by the names of their schedules, and looks whether the processes of
// what runs are there; a file that does not exist holds none.
func (f *StateFile) Load() (map[string]State, error) {
	w, err := f.read()
	states := map[string]State{}
	for _, s := range w.States {
		if s.Running != nil {
			s.Running.Gone = s.Running.gone(filepath.Dir(f.file.Path))
		}
		states[s.Name] = s
	}
	return states, err
}

func (f *StateFile) read() (w writtenStates, err error) {
	err = f.file.Read(&w)
	if errors.Is(err, fs.ErrNotExist) {
		return w, nil
	}
	if err != nil {
		err = wording.Errorf("read the states of the schedules %s: %w", f.file.Path, err)
	}
	return w, err
}

// Change changes the state of one schedule: change gets what the file holds now, and
// nobody else changes it until that is written. If change returns false nothing is
// written.
func (f *StateFile) Change(name string, change func(*State) bool) error {
	return f.update(func(states []State) []State {
		i := slices.IndexFunc(states, func(s State) bool { return s.Name == name })
		if i < 0 {
			states, i = append(states, State{Name: name}), len(states)
		}
		if !change(&states[i]) {
			return nil
		}
		return states
	})
}

// Rename gives the state of a schedule another name, and Forget removes it.
func (f *StateFile) Rename(name, as string) error {
	return f.update(func(states []State) []State {
		states = slices.DeleteFunc(states, func(s State) bool { return s.Name == as })
		for i := range states {
			if states[i].Name == name {
				states[i].Name = as
			}
		}
		return states
	})
}

// Forget removes the state of a schedule.
func (f *StateFile) Forget(name string) error {
	return f.update(func(states []State) []State {
		return append([]State{}, slices.DeleteFunc(states, func(s State) bool { return s.Name == name })...)
	})
}

// Writable says why no state can be written, if none can: then nothing is run, since what nobody
// can write down would be begun again by each look.
func (f *StateFile) Writable() error {
	if err := f.file.Writable(); err != nil {
		return wording.Errorf("nothing is run, since nobody could write that down: write the states of the schedules: %w", err)
	}
	return nil
}

// update writes what change returns, unless that is nil.
func (f *StateFile) update(change func([]State) []State) error {
	unlock, err := f.file.Lock()
	if err != nil {
		return wording.Errorf("write the states of the schedules: %w", err)
	}
	defer unlock()
	w, err := f.read()
	if err != nil {
		return err
	}
	next := change(w.States)
	if next == nil {
		return nil
	}
	if err := f.file.Write(writtenStates{formats.ScheduleStates.Known, next}); err != nil {
		return wording.Errorf("write the states of the schedules: %w", err)
	}
	return nil
}
