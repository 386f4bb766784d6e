package redact

import "slices"

// Met are the rules that leave out spaces, by whether a space was met that they are for: a
// key that is misspelled leaves out nothing, and is to be told. The zero value has met none.
type Met struct{ met []bool }

// Look takes in the key of a space.
func (m *Met) Look(r Rules, key string) {
	if m.met == nil {
		m.met = make([]bool, len(r.Exclude))
	}
	for i, pattern := range r.Exclude {
		if !m.met[i] && matches(pattern, key) {
			m.met[i] = true
		}
	}
}

// Unmet are the positions of the rules, from 0, for which there was no space. They are told
// by these, since the rules name spaces.
func (m *Met) Unmet(r Rules) (unmet []int) {
	for i := range r.Exclude {
		if m.met == nil || !m.met[i] {
			unmet = append(unmet, i)
		}
	}
	return slices.Clip(unmet)
}
