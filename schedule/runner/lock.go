package runner

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"sluice/schedule"
	"sluice/source"
	"sluice/wording"
)

// looksAt is longer than a look at a lock takes.
const looksAt = 10 * time.Millisecond

// ErrBusy is wrapped by the error for a source that a schedule works on.
var ErrBusy = wording.New("the source is busy: a schedule works on it")

const guardName = "schedules-running.lock" // of the process that runs what is due

// tryLock takes a lock that nobody holds; somebody may just look at it.
func tryLock(l *flock.Flock) (held bool, err error) {
	held, err = l.TryLock()
	for n := 0; n < 10 && err == nil && !held; n++ {
		time.Sleep(looksAt)
		held, err = l.TryLock()
	}
	return held, err
}

// lockSource keeps other runs from a source. The error wraps ErrBusy if another has it.
func (r *Runner) lockSource(s source.Source) (unlock func(), err error) {
	path := schedule.SourceLock(r.o.Folder, s.ID)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, wording.Errorf("lock the source %s: %w", s.Name, err)
	}
	l := flock.New(path, flock.SetPermissions(0o600))
	held, err := tryLock(l)
	switch {
	case err != nil:
		return nil, wording.Errorf("lock the source %s: %w", s.Name, err)
	case !held:
		return nil, errors.Join(ErrBusy, l.Close())
	}
	return func() { _ = l.Unlock() }, nil // the end of the process would, too
}

// GuardedError says that another process runs what is due.
type GuardedError struct{ Who string }

func (e *GuardedError) Error() string {
	return wording.Of("the schedules are run already: by %s", e.Who).String()
}

// Guard makes this process the one that runs what is due, until release is called or it
// ends. who says so to people. The error is a *GuardedError if there is one already.
func Guard(folder, who string) (release func(), err error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, wording.Errorf("lock the schedules: %w", err)
	}
	path := filepath.Join(folder, guardName)
	l := flock.New(path, flock.SetPermissions(0o600))
	held, err := tryLock(l)
	switch {
	case err != nil:
		return nil, wording.Errorf("lock the schedules: %w", err)
	case !held:
		_ = l.Close() // nothing was written
		return nil, &GuardedError{guardian(folder)}
	}
	if err := os.WriteFile(path+".txt", []byte(who+"\n"), 0o600); err != nil {
		return nil, errors.Join(wording.Errorf("lock the schedules: %w", err), l.Unlock())
	}
	return func() { _ = l.Unlock() }, nil
}

// Guarded is who runs what is due, in words; "" if nobody does.
func Guarded(folder string) string {
	path := filepath.Join(folder, guardName)
	if _, err := os.Stat(path); err != nil {
		return ""
	}
	l := flock.New(path, flock.SetPermissions(0o600))
	if held, err := l.TryRLock(); err != nil || held {
		_ = l.Unlock()
		return ""
	}
	return guardian(folder)
}

func guardian(folder string) string {
	b, _ := os.ReadFile(filepath.Join(folder, guardName) + ".txt")
	if who := strings.TrimSpace(string(b)); who != "" {
		return who
	}
	return "another process"
}

// missedWords says what was missed.
func missedWords(m schedule.Missed) string {
	const minute = "2006-01-02 15:04"
	if m.Count == 1 {
		return wording.Of("the run of %s was missed: nothing looked when it was due", m.Last.Format(minute)).String()
	}
	return fmt.Sprintf("%d runs were missed, from %s to %s: nothing looked when they were due", m.Count, m.First.Format(minute), m.Last.Format(minute))
}
