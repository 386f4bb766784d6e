package confluence

import (
	"context"
	"errors"
	"testing"
	"time"

	"sluice/localexport/pace"
)

// TestPaceHoldsBack: a worker that has used up its share waits before it hands
// on what it has encoded, and is not kept from ending.
func TestPaceHoldsBack(t *testing.T) {
	e, done := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer done()
	p := pace.New(1)
	if err := p.Wait(e); err != nil { // the clock of the share starts
		t.Fatal(err)
	}
	for sum, i := 0, 0; e.Err() == nil; i++ { // uses a core for as long as the context lasts
		sum += i
	}
	if err := p.Wait(e); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a worker far beyond its share goes on: %v", err)
	}
}
