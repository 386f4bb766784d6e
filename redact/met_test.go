package redact

import (
	"slices"
	"testing"
)

func TestMet(t *testing.T) {
	r := Rules{Exclude: []string{"ENG", "nosuch", "h*", "x?"}}
	var m Met
	if got := m.Unmet(r); len(got) != 4 {
		t.Errorf("before any space: %v", got)
	}
	for _, key := range []string{"eng", "DOCS", "hr", "HALL"} {
		m.Look(r, key)
	}
	if got := m.Unmet(r); !slices.Equal(got, []int{1, 3}) {
		t.Errorf("%v", got)
	}
	if got := new(Met).Unmet(Rules{}); len(got) > 0 {
		t.Errorf("of no rules: %v", got)
	}
}
