package cli

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"sluice/client"
	"sluice/pipeline"
	"sluice/source"
)

// TestStandingOfErrors: an error says of a server what the window says, and of none what somebody
// has stopped.
func TestStandingOfErrors(t *testing.T) {
	for _, c := range []struct {
		err  error
		want pipeline.Standing
		word string
	}{
		{&client.Error{Kind: client.KindNotFound}, pipeline.Unreached, "Unreachable"},
		{fmt.Errorf("status: %w", &client.Error{Kind: client.KindServer}), pipeline.Unreached, "Unreachable"},
		{source.SecretAway(errors.New("the command failed")), pipeline.Closed, "Cannot be opened"},
		{errSignal, pipeline.Asking, "Not asked yet"},
		{errors.New("something else"), pipeline.Closed, "Cannot be opened"},
		{usageError{errors.New("wrong")}, pipeline.Closed, "usage"},
	} {
		a := answered{err: c.err}
		a.rank = a.standing(time.Now())
		if a.rank != c.want || a.word() != c.word {
			t.Errorf("%v: %v, %q", c.err, a.rank, a.word())
		}
	}
}
