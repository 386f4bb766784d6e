package units

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRead(t *testing.T) {
	for cron, want := range map[string]fields{
		"0 2 * * *":             {minutes: []int{0}, hours: []int{2}},
		"*/20 0-4/2 * * *":      {minutes: []int{0, 20, 40}, hours: []int{0, 2, 4}},
		"5,1 22 1,15 jan-mar *": {minutes: []int{1, 5}, hours: []int{22}, days: []int{1, 15}, months: []int{1, 2, 3}},
		"0 0 * * fri-7":         {minutes: []int{0}, hours: []int{0}, weekdays: []int{0, 5, 6}},
		"0 0 L * *":             {minutes: []int{0}, hours: []int{0}, last: true},
		"0 0 1,L ? SUN":         {minutes: []int{0}, hours: []int{0}, days: []int{1}, weekdays: []int{0}, last: true},
		"0 20/2 * * *":          {minutes: []int{0}, hours: []int{20, 22}},
	} {
		got, err := read(cron)
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(fields{})); err != nil || diff != "" {
			t.Errorf("%s: %v %s", cron, err, diff)
		}
	}
	for _, cron := range []string{"0 2 * *", "60 2 * * *", "0 5-2 * * *", "0 2 15W * *", "0 2 * * 5L", "*/0 * * * *", "0 2 * foo *"} {
		if got, err := read(cron); err == nil {
			t.Errorf("%s is read as %+v", cron, got)
		}
	}
}
