package converted

import (
	"fmt"
	"testing"

	"sluice/localexport/wallclock"
)

// TestCounts: a number with a fraction is written as a text that is read as the same
// time, to the millisecond.
func TestCounts(t *testing.T) {
	for _, f := range []float64{0, 1, 12.75, 9999, 1669149764, 1669149764.25, 1669149764083, 1669149764083.5, -1669149764.25, -12.5, 99999999, 100000000.25, 99999999999.5, -5e12} {
		want, err := wallclock.FromFloat(f)
		if err != nil {
			t.Fatal(err)
		}
		n, ok := count(f)
		got, err := wallclock.Parse(fmt.Appendf(nil, epoch, n))
		if !ok || err != nil || got.Seconds != want.Seconds {
			t.Errorf("%v is written as %d, %v: read as %+v, %v, want %+v", f, n, ok, got, err, want)
		}
		if since1973 := f > 1e8; since1973 && got.Nanos/1_000_000 != want.Nanos/1_000_000 {
			t.Errorf("%v is written as %d, and its fraction is lost", f, n)
		}
	}
	if _, ok := count(1e300); ok {
		t.Error("what is no time is a count")
	}
}
