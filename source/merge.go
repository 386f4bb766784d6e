package source

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"

	"sluice/wording"
)

// Merged returns theirs with what has changed from base to mine: who holds a copy of the
// list for long changes only what it has changed itself. A source that one side has
// removed and the other has changed stays. The order is theirs, unless mine has put them
// into another one.
func Merged(base, mine, theirs List) (List, error) {
	var all List
	for _, their := range theirs {
		own, known := mine.Find(their.ID), base.Find(their.ID)
		switch {
		case own >= 0:
			before := Source{}
			if known >= 0 {
				before = base[known]
			}
			s, err := mergedSource(before, mine[own], their)
			if err != nil {
				return nil, err
			}
			all = append(all, s)
		case known >= 0 && Same(base[known], their): // removed here
		default:
			all = append(all, their)
		}
	}
	for _, own := range mine {
		known := base.Find(own.ID)
		removed := known >= 0 && Same(base[known], own)
		if theirs.Find(own.ID) < 0 && !removed {
			all = append(all, own)
		}
	}
	if moved(base, mine) {
		all = all.inOrderOf(mine)
	}
	return all, nil
}

// moved reports whether the sources that stand in both lists do so in another order.
func moved(base, mine List) bool {
	last := -1
	for _, s := range mine {
		at := base.Find(s.ID)
		if at >= 0 && at < last {
			return true
		}
		last = max(last, at)
	}
	return false
}

// inOrderOf gives the sources that stand in another list, too, its order: in the places
// that they have among the others.
func (l List) inOrderOf(other List) List {
	var known List
	for _, s := range other {
		if at := l.Find(s.ID); at >= 0 {
			known = append(known, l[at])
		}
	}
	ordered := slices.Clone(l)
	for i, s := range l {
		if other.Find(s.ID) >= 0 {
			ordered[i], known = known[0], known[1:]
		}
	}
	return ordered
}

// InOrder returns the list in the order of some ids; what they do not name keeps its place.
func (l List) InOrder(ids []string) List {
	var order List
	for _, id := range ids {
		order = append(order, Source{ID: id})
	}
	return l.inOrderOf(order)
}

// Same reports whether two states of a source say the same.
func Same(a, b Source) bool { return reflect.DeepEqual(asMap(a), asMap(b)) }

// mergedSource merges the settings one by one, and keeps the homes of both.
func mergedSource(base, mine, theirs Source) (Source, error) {
	merged, _ := mergedValue(asMap(base), asMap(mine), asMap(theirs)).(map[string]any)
	b, err := json.Marshal(merged)
	var s Source
	if err == nil {
		err = json.Unmarshal(b, &s)
	}
	if err != nil {
		return s, wording.Errorf("merge two changes of the source %q: %w", mine.Name, err)
	}
	return s.merged(mine).merged(theirs), nil
}

// asMap is a source as it stands in the file.
func asMap(s Source) map[string]any {
	b, err := json.Marshal(s)
	m := map[string]any{}
	if err == nil { // it holds nothing that JSON cannot
		_ = json.Unmarshal(b, &m)
	}
	return m
}

// mergedValue is what was changed to mine, else theirs; nil where a key is gone.
func mergedValue(base, mine, theirs any) any {
	m, isObject := mine.(map[string]any)
	t, areObjects := theirs.(map[string]any)
	if !isObject || !areObjects {
		if reflect.DeepEqual(base, mine) {
			return theirs
		}
		return mine
	}
	b, _ := base.(map[string]any)
	all := map[string]any{}
	keys := maps.Clone(t)
	maps.Copy(keys, m)
	for key := range keys {
		if v := mergedValue(b[key], m[key], t[key]); v != nil {
			all[key] = v
		}
	}
	return all
}
