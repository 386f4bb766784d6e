package pace

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// TestShare works in steps that cost 7 ms of CPU, and finds the share kept.
func TestShare(t *testing.T) {
	for _, percent := range []float64{5, 30, 100} {
		synctest.Test(t, func(t *testing.T) {
			var cpu time.Duration
			p := newPacer(percent, func() time.Duration { return cpu }, time.Now)
			began := time.Now()
			for range 1000 {
				if err := p.Wait(t.Context()); err != nil {
					t.Fatal(err)
				}
				time.Sleep(7 * time.Millisecond) // the step itself takes its time
				cpu += 7 * time.Millisecond
			}
			got := 100 * cpu.Seconds() / time.Since(began).Seconds()
			if got > percent*1.01 || got < percent*0.95 {
				t.Errorf("%.1f %% of a core were used, want %.0f %%", got, percent)
			}
		})
	}
}

func TestPauseIsBoundedAndEndsWithContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var cpu time.Duration
		p := newPacer(1, func() time.Duration { return cpu }, time.Now)
		if err := p.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
		cpu = time.Hour
		began := time.Now()
		if err := p.Wait(t.Context()); err != nil || time.Since(began) != longest {
			t.Errorf("waited %s, %v; want %s", time.Since(began), err, longest)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		defer cancel()
		began = time.Now()
		if err := p.Wait(ctx); !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != 300*time.Millisecond {
			t.Errorf("ended after %s with %v", time.Since(began), err)
		}
	})
}

func TestNoLimit(t *testing.T) {
	if p := New(0); p != nil || p.Wait(t.Context()) != nil {
		t.Error("no limit holds back")
	}
}

func TestCPUTime(t *testing.T) {
	before := CPUTime()
	sum := 0
	for i := 0; CPUTime() == before && i < 1<<30; i++ {
		sum += i
	}
	if CPUTime() <= before {
		t.Error("the CPU time of the process does not grow")
	}
	_ = sum
}
