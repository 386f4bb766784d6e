//go:build unix

package nightly

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"
	"time"
	_ "time/tzdata" // the zone of the schedule, on every machine

	"github.com/jonboulle/clockwork"

	"sluice/cli"
)

const (
	// fromVariable makes the test binary be the program itself, whose clock begins then and
	// stands still, unless untilVariable says until when it moves.
	fromVariable  = "SLUICE_TEST_NIGHT_FROM"
	untilVariable = "SLUICE_TEST_NIGHT_UNTIL"
	// step is how far the clock moves at once.
	step = time.Minute
)

func TestMain(m *testing.M) {
	if from := os.Getenv(fromVariable); from != "" {
		os.Exit(program(from, os.Getenv(untilVariable)))
	}
	os.Exit(m.Run())
}

// program is the program with a clock of its own. It ends when its time is over and
// nothing runs.
func program(from, until string) int {
	begin, err := time.Parse(time.RFC3339, from)
	if err != nil {
		panic(err)
	}
	clock := clockwork.NewFakeClockAt(begin)
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	if until != "" {
		end, err := time.Parse(time.RFC3339, until)
		if err != nil {
			panic(err)
		}
		go func() { defer stop(); pass(ctx, clock, end) }()
	}
	p := cli.Program{Version: "test", Out: os.Stdout, Err: os.Stderr, Clock: clock}
	return p.Run(ctx, os.Args[1:])
}

// pass lets time pass, which stands still while a run is going on.
func pass(ctx context.Context, clock *clockwork.FakeClock, end time.Time) {
	look := time.NewTicker(2 * time.Millisecond)
	defer look.Stop()
	for clock.Now().Before(end) || runs() {
		if clock.BlockUntilContext(ctx, 1) != nil {
			return
		}
		if !runs() {
			clock.Advance(step)
			continue
		}
		select {
		case <-look.C:
		case <-ctx.Done():
			return
		}
	}
}

// runs reports whether the file with the states tells of a run.
func runs() bool {
	b, err := os.ReadFile(filepath.Join(os.Getenv("XDG_CONFIG_HOME"), "sluice", "schedules-state.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return false
	}
	var held struct{ States []struct{ Running *struct{} } }
	if err == nil {
		err = json.Unmarshal(b, &held)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "the states:", err)
		return true
	}
	for _, s := range held.States {
		if s.Running != nil {
			return true
		}
	}
	return false
}
