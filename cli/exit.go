package cli

import (
	"context"
	"errors"
	"fmt"

	"sluice/pipeline"
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
	exitElsewhere     = 9   // somebody else cancelled the job
	exitSignal        = 130 // cancelled by a signal; the job is marked CANCELLED first
)

// errSignal says that a signal ended the command.
var errSignal = errors.New("cancelled by a signal")

// elsewhereError says that a job was cancelled, and not by this command.
type elsewhereError struct{ id int64 }

func (e elsewhereError) Error() string {
	return fmt.Sprintf("job %d was cancelled by someone else", e.id)
}

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
		running *pipeline.RunningError
		invalid *pipeline.ValidationError
		other   elsewhereError
	)
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &usage):
		return exitUsage
	case errors.As(err, &running):
		return exitRunning
	case errors.As(err, &invalid):
		return exitInconsistent
	case errors.Is(err, pipeline.ErrNotRunning):
		return exitNotRunning
	case errors.Is(err, pipeline.ErrNotAuthorised), errors.Is(err, feed.ErrDenied):
		return exitNotAuthorised
	case errors.Is(err, feed.ErrUnreachable):
		return exitUnreachable
	case errors.As(err, &other):
		return exitElsewhere
	case errors.Is(err, errSignal), errors.Is(err, context.Canceled):
		return exitSignal
	}
	return exitFailed
}
