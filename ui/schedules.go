package ui

import (
	"context"
	"fmt"
	"os"
	"sync"
	"time"

	"sluice/schedule"
	"sluice/schedule/runner"
	"sluice/ui/present"
	"sluice/ui/texts"
)

// Schedules are how the window knows of schedules, and runs them.
type Schedules struct {
	Folder string // for settings, in which their files are
	// Runner makes what runs them; changed is called from any goroutine.
	Runner func(changed func(name string)) *runner.Runner
}

// scheduler has what is known of all schedules, and runs them while the window is open.
// What it knows belongs to the UI goroutine.
type scheduler struct {
	w      *Window
	folder string
	runner *runner.Runner
	ends   sync.WaitGroup
	stop   context.CancelFunc

	list     schedule.List
	states   map[string]schedule.State
	by       string // another process runs what is due; "": this one
	failure  error  // the files could not be read, or are not written
	troubled bool   // nothing that is due can be run here, which the desktop was told
	reading  bool
	again    bool // something has changed while they were read
	at       time.Time
}

// reread is how old what is known may be: other processes change the files.
const reread = 20 * time.Second

// startSchedules begins to run what is due; nil without schedules.
func (w *Window) startSchedules() *scheduler {
	if w.o.Schedules.Runner == nil {
		return nil
	}
	s := &scheduler{w: w, folder: w.o.Schedules.Folder}
	s.runner = w.o.Schedules.Runner(func(string) { w.later(s.read) })
	var ctx context.Context
	ctx, s.stop = context.WithCancel(w.ctx)
	s.ends.Go(func() {
		states, _ := schedule.NewStateFile(s.folder).Load() // what is wrong with it is said by who reads it next
		w.later(func() { w.knowRuns(states) })
		s.runner.Run(ctx)
	})
	s.ends.Go(func() { s.watch(ctx) })
	s.read()
	return s
}

// watch reads the files again when another process has changed them.
func (s *scheduler) watch(ctx context.Context) {
	files := []string{schedule.NewFile(s.folder).Path(), schedule.NewStateFile(s.folder).Path()}
	seen := modified(files)
	for ticker := time.NewTicker(reread); ; {
		select {
		case <-ctx.Done():
			ticker.Stop()
			return
		case <-ticker.C:
		}
		if now := modified(files); now != seen {
			seen = now
			s.w.later(s.read)
		}
	}
}

// modified is when the last of some files was changed.
func modified(files []string) (last time.Time) {
	for _, path := range files {
		if info, err := os.Stat(path); err == nil && info.ModTime().After(last) {
			last = info.ModTime()
		}
	}
	return last
}

// close stops what runs, and waits for its end as long as ctx allows.
func (s *scheduler) close(ctx context.Context) error {
	if s == nil {
		return nil
	}
	s.stop()
	ended := make(chan struct{})
	go func() { defer close(ended); s.ends.Wait() }()
	select {
	case <-ended:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("stop the schedules: %w", ctx.Err())
	}
}

// fresh reads the files again if what is known is old.
func (s *scheduler) fresh() {
	if s.w.o.Now().Sub(s.at) >= reread {
		s.read()
	}
}

// read reads the files in the background.
func (s *scheduler) read() {
	if s.again = s.reading; s.reading {
		return
	}
	s.reading, s.at = true, s.w.o.Now()
	go func() {
		list, err := schedule.NewFile(s.folder).Load()
		states := map[string]schedule.State{}
		if err == nil {
			states, err = schedule.NewStateFile(s.folder).Load()
		}
		by := runner.Guarded(s.folder)
		s.w.later(func() {
			s.list, s.states, s.failure, s.by, s.reading = list, states, err, by, false
			s.w.trayChanged()
			if err == nil {
				s.w.notifyRuns(list, states)
				s.w.lookAtSnapshots()
				s.noteTrouble(s.runner.Trouble())
			}
			if s.again {
				s.read()
			}
			if s.w.chosen != nil {
				s.w.gather(s.w.chosen, false)
			}
		})
	}()
}

// noteTrouble shows what keeps everything from being run, and tells the desktop once.
func (s *scheduler) noteTrouble(err error) {
	if err != nil && !s.troubled {
		s.w.announce(texts.T.App.Name, present.Sentence(err))
	}
	s.failure, s.troubled = err, err != nil
}

// do changes something in the background, and tells what went wrong.
func (s *scheduler) do(name string, change func(ctx context.Context) error) {
	s.ends.Go(func() {
		err := change(s.w.ctx)
		s.w.later(func() {
			if err != nil {
				s.w.tell(fmt.Sprintf(texts.T.Schedule.AlreadyRuns, name), texts.Error(err))
			}
			s.read()
		})
	})
}

// update changes the list in the background; done is called with what went wrong.
func (s *scheduler) update(change func(schedule.List) (schedule.List, error), done func(error)) {
	s.ends.Go(func() {
		err := schedule.NewFile(s.folder).Update(change)
		s.runner.Reload()
		s.w.later(func() {
			done(err)
			s.read()
		})
	})
}
