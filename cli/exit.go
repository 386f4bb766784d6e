package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"sluice/client"
	"sluice/deliver"
	"sluice/localexport/inuse"
	"sluice/pipeline"
	"sluice/schedule"
	"sluice/schedule/runner"
	"sluice/source"
	"sluice/takes/feed"
)

// The exit codes of every command.
const (
	exitDone          = 0
	exitFailed        = 1
	exitUsage         = 2
	exitRunning       = 3   // another export is running
	exitInconsistent  = 4   // the index is inconsistent
	exitNotRunning    = 5   // nothing to cancel
	exitNotAuthorised = 6   // token or permission missing
	exitUnreachable   = 7   // not reachable now; try again
	exitJobFailed     = 8   // a job on a server, followed to its end, FAILED
	exitElsewhere     = 9   // somebody else cancelled the job
	exitGaveUp        = 10  // the end of the job was not seen in time
	exitSignal        = 130 // cancelled by a signal; the job is marked CANCELLED first
)

// ending is a way in which a command can end.
type ending struct {
	code    int
	kind    string // the word for it in JSON; "" for done
	meaning string // for people, as the help and the README print it
}

// endings is every exit code, once: the help, the documentation and the JSON of
// errors say what stands here.
var endings = []ending{
	{exitDone, "", "done; of `status`: it could be read, also that of a job that failed (of several servers, that is 8)"},
	{exitFailed, "failed", "any other failure, also that of an export on this computer; or the results could not be written to the standard output (silently when its reader has gone, as with `head`; a job is recorded all the same)"},
	{exitUsage, "usage", "wrong use of the command line, a wrong address or setting of the environment, or a wrong config file"},
	{exitRunning, "running", "another export is running; of `fetch`: the job that is meant runs, or another fetch into the home is at work; of `schedule run`, `run` and `deliver`: another process is at it; of `snapshot`: the file is being exported, or taken by another run"},
	{exitInconsistent, "inconsistent-index", "the index is inconsistent (`--force` exports anyway, perhaps incompletely)"},
	{exitNotRunning, "nothing-to-cancel", "nothing to cancel"},
	{exitNotAuthorised, "not-authorised", "not authorised: the token, the password or a permission is missing or wrong (also where the file or the command of a server of the list does not give it), or a login page stands in front"},
	{exitUnreachable, "unreachable", "not reachable now, try again: no connection, a timeout, or HTTP 429, 502, 503 or 504; of `jobs --all`: a home with exports is not there, or does not answer"},
	{exitJobFailed, "job-failed", "the job, which was followed on a server (`--wait`, `schedule run`), ended as FAILED; of `status` on several servers: the last job of one did; of `fetch`: the job that is meant did"},
	{exitElsewhere, "cancelled", "the job was cancelled by someone else: in the window, by `sluice cancel`, on the server; or it ended with the process that ran it"},
	{exitGaveUp, "gave-up", "gave up waiting: `--wait-timeout` has passed, or the answers stayed bad for `--patience`; the job may go on"},
	{exitSignal, "signal", "cancelled by a signal, also that of a closed terminal; a local job was marked CANCELLED first, a job on a server goes on"},
}

// kindOf is the word for an exit code in JSON.
func kindOf(code int) string {
	for _, e := range endings {
		if e.code == code {
			return e.kind
		}
	}
	return ""
}

// printEndings tells people what the exit codes mean, and the words for them in
// JSON.
func printEndings(w io.Writer) {
	fmt.Fprint(w, "Exit codes of every command, and the \"kind\" of the error that --json prints:\n\n")
	for _, e := range endings {
		fmt.Fprintf(w, "  %3d  %-18s  %s\n", e.code, e.kind, strings.ReplaceAll(e.meaning, "`", `"`))
	}
}

// errSignal says that a signal ended the command.
var errSignal = errors.New("cancelled by a signal")

// bySignal is an error that says in words of people, not of a library, that a signal has ended
// what was done.
func bySignal(err error) error {
	const library = "context canceled"
	if text := err.Error(); exitCode(err) == exitSignal && strings.Contains(text, library) {
		return signalledError{err, strings.ReplaceAll(text, library, errSignal.Error())}
	}
	return err
}

// signalledError is an error in other words.
type signalledError struct {
	error
	text string
}

func (e signalledError) Error() string { return e.text }

func (e signalledError) Unwrap() error { return e.error }

// elsewhereError says that a job was cancelled, and not by this command.
type elsewhereError struct {
	id  int64
	why string // of one that nobody cancelled: its process ended; else ""
}

func (e elsewhereError) Error() string {
	if e.why != "" {
		return fmt.Sprintf("job %d ended as %s: %s", e.id, pipeline.Cancelled.String(), e.why)
	}
	return fmt.Sprintf("job %d was cancelled by someone else", e.id)
}

// jobFailedError says that a job that was followed on a server ended as FAILED.
type jobFailedError struct{ id int64 }

func (e jobFailedError) Error() string {
	return fmt.Sprintf("job %d ended as %s", e.id, pipeline.Failed.String())
}

// gaveUpError says that the end of a job was waited for in vain.
type gaveUpError struct{ error }

func (e gaveUpError) Unwrap() error { return e.error }

// usageError is wrong use of the command line that the parser cannot see.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// silentError has been told to people already.
type silentError struct{ error }

func (e silentError) Unwrap() error { return e.error }

func isSilent(err error) bool {
	var silent silentError
	return errors.As(err, &silent)
}

// exitCode maps an error to the exit code of the process.
func exitCode(err error) int {
	var (
		usage   usageError
		gaveUp  gaveUpError // before what is behind it, which may be a failure of the server
		running *pipeline.RunningError
		guarded *runner.GuardedError
		invalid *pipeline.ValidationError
		failed  jobFailedError
		other   elsewhereError
		away    awayError
		secret  *source.SecretError
		silent  silentHomeError
	)
	if code, is := exitOfFetch(err); is {
		return code
	}
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &usage), errors.Is(err, feed.ErrMisused), errors.Is(err, schedule.ErrUnknown):
		return exitUsage
	case errors.As(err, &gaveUp):
		return exitGaveUp
	case errors.As(err, &running), errors.Is(err, inuse.ErrInUse), errors.Is(err, runner.ErrBusy), errors.Is(err, deliver.ErrBusy), errors.As(err, &guarded):
		return exitRunning
	case errors.As(err, &invalid):
		return exitInconsistent
	case errors.Is(err, pipeline.ErrNotRunning):
		return exitNotRunning
	case errors.Is(err, pipeline.ErrNotAuthorised), errors.Is(err, feed.ErrDenied), errors.As(err, &secret):
		return exitNotAuthorised
	case errors.As(err, &failed):
		return exitJobFailed
	case errors.As(err, &other):
		return exitElsewhere
	case errors.Is(err, errSignal), errors.Is(err, context.Canceled):
		return exitSignal
	case errors.Is(err, feed.ErrUnreachable), errors.As(err, &away), errors.As(err, &silent):
		return exitUnreachable
	}
	return exitOfServer(err)
}

// exitOfServer is the exit code of a failure to talk to a server: what waiting may
// mend is told from what it cannot.
func exitOfServer(err error) int {
	var e *client.Error
	if errors.As(err, &e) && e.Temporary() && e.Kind != client.KindServer {
		return exitUnreachable
	}
	return exitFailed
}
