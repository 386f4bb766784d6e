package schedule

import (
	"net/url"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"sluice/localexport/process"
)

const locksName = "schedules-locks" // the folder with the locks of sources

// SourceLock is the file that a process has locked while it works on a source, in a folder
// for settings.
func SourceLock(folder, source string) string {
	return filepath.Join(folder, locksName, url.PathEscape(source))
}

// Runs reports whether a run has begun, and its process has not ended within.
func (s State) Runs() bool { return s.Running != nil && !s.Running.Gone }

// Interrupted is the run whose process has ended within, and which nobody has taken up yet;
// nil if there is none.
func (s State) Interrupted() *Running {
	if s.Running != nil && s.Running.Gone {
		return s.Running
	}
	return nil
}

// By makes this process the one that works on the run.
func (r *Running) By() { r.PID, r.Process, r.Gone = os.Getpid(), process.Self(), false }

// gone reports whether the process of a run has ended. Of one that cannot be looked at, in
// another container or from before a restart, the lock of the source tells: it goes with the
// process.
func (r Running) gone(folder string) bool {
	switch process.Of(r.PID, r.Process) {
	case process.Gone:
		return true
	case process.Alive:
		return false
	}
	path := SourceLock(folder, r.Source)
	if _, err := os.Stat(path); r.Source == "" || err != nil {
		return r.Process != "" && process.Restarted(r.Process)
	}
	l := flock.New(path, flock.SetPermissions(0o600))
	held, err := l.TryRLock()
	_ = l.Unlock()
	return held && err == nil
}
