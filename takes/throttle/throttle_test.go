package throttle

import (
	"context"
	"errors"
	"io"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// source gives bytes at a rate, without an end.
type source struct{ rate int64 }

func (s source) Read(p []byte) (int, error) {
	time.Sleep(time.Duration(float64(len(p)) / float64(s.rate) * float64(time.Second)))
	return len(p), nil
}

// TestLimits reads for a while from a fast source, on a clock of its own.
func TestLimits(t *testing.T) {
	const fast = 100_000_000
	for name, c := range map[string]struct {
		limits Limits
		rate   float64 // that comes out
		pause  time.Duration
	}{
		"none":                 {Limits{}, fast, 0},
		"all of the time":      {Limits{Load: 100}, fast, 0},
		"a rate":               {Limits{Rate: 20_000_000}, 20_000_000, 100 * time.Millisecond},
		"a low rate":           {Limits{Rate: 100_000}, 100_000, time.Second},
		"a rate not reached":   {Limits{Rate: 2 * fast}, fast, 0},
		"a quarter":            {Limits{Load: 25}, fast / 4, 800 * time.Millisecond},
		"one percent":          {Limits{Load: 1}, fast / 100, 1100 * time.Millisecond},
		"99 percent":           {Limits{Load: 99}, fast * 0.99, 50 * time.Millisecond},
		"both, the rate lower": {Limits{Rate: 10_000_000, Load: 25}, 10_000_000, time.Second},
		"both, the load lower": {Limits{Rate: 50_000_000, Load: 25}, fast / 4, 800 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var count atomic.Int64
				r := &Reader{t.Context(), source{fast}, New(c.limits), &count}
				began, longest := time.Now(), time.Duration(0)
				buffer := make([]byte, 8<<10)
				for time.Since(began) < 20*time.Second {
					before := time.Now()
					if _, err := r.Read(buffer); err != nil {
						t.Fatal(err)
					}
					longest = max(longest, time.Since(before))
				}
				got := float64(count.Load()) / time.Since(began).Seconds()
				if got > c.rate*1.02 || got < c.rate*0.95 {
					t.Errorf("%.0f bytes a second, want %.0f", got, c.rate)
				}
				if longest > c.pause+time.Millisecond {
					t.Errorf("paused for %s, want %s at most", longest, c.pause)
				}
				if want := c.limits.Stretch(time.Second, fast); want < time.Duration(0.97*fast/c.rate*float64(time.Second)) || want > time.Duration(1.03*fast/c.rate*float64(time.Second)) {
					t.Errorf("a second becomes %s", want)
				}
			})
		})
	}
}

// TestWorkElsewhere: time in which somebody else had to be waited for is not paid
// back for minutes.
func TestWorkElsewhere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := New(Limits{Load: 5})
		if err := l.Wait(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Hour)
		began := time.Now()
		if err := l.Wait(t.Context(), 1); err != nil || time.Since(began) != longest {
			t.Errorf("waited %s, %v; want %s", time.Since(began), err, longest)
		}
		began = time.Now()
		if err := l.Wait(t.Context(), 1); err != nil || time.Since(began) != 0 {
			t.Errorf("waited %s more, %v", time.Since(began), err)
		}
	})
}

// TestAnEndDuringAPause: a context that ends is not waited for.
func TestAnEndDuringAPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		why := errors.New("because")
		ctx, cancel := context.WithCancelCause(t.Context())
		go func() { time.Sleep(time.Second); cancel(why) }()
		var count atomic.Int64
		r := &Reader{ctx, source{1e9}, New(Limits{Rate: 100}), &count}
		began := time.Now()
		n, err := r.Read(make([]byte, 1<<20))
		if n != piece || !errors.Is(err, why) || time.Since(began) > 1001*time.Millisecond {
			t.Errorf("%d bytes, %v, after %s", n, err, time.Since(began))
		}
		if _, err := r.Read(make([]byte, 1)); !errors.Is(err, why) {
			t.Errorf("then %v", err)
		}
	})
}

// TestTheEndOfAFile: the last bytes and the end come as they are.
func TestTheEndOfAFile(t *testing.T) {
	var count atomic.Int64
	r := &Reader{t.Context(), io.LimitReader(source{1e12}, 100_000), New(Limits{Load: 50}), &count}
	b, err := io.ReadAll(r)
	if len(b) != 100_000 || err != nil || count.Load() != 100_000 {
		t.Errorf("%d bytes, %v", len(b), err)
	}
}
