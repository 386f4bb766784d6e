package present

import (
	"errors"
	"slices"
	"testing"
)

func TestWithoutSource(t *testing.T) {
	seven := []string{"a", "b", "c", "d", "e", "f", "g"}
	for _, c := range []struct {
		schedules, deliveries []string
		err                   error
		want                  []string
	}{
		{},
		{schedules: []string{"nightly"}, want: []string{"1 schedule cannot run any more without it: nightly."}},
		{schedules: seven, deliveries: []string{"share", "lake"}, want: []string{
			"7 schedules cannot run any more without it: a, b, c, d, e, f, ….", "2 deliveries bring nothing any more without it: share, lake."}},
		{err: errors.New("schedules.json is damaged"), want: []string{"Which schedules and deliveries depend on it is not known. schedules.json is damaged."}},
	} {
		if got := WithoutSource(c.schedules, c.deliveries, c.err); !slices.Equal(got, c.want) {
			t.Errorf("%q, not %q", got, c.want)
		}
	}
}
