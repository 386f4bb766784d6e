package preview

import "slices"

// layers are the parts around the table that are open, in the order in which they
// were opened: Escape closes the last of them.
type layers struct{ open []layer }

type layer struct {
	part  any
	close func()
}

// set notes that a part was opened, or that it is not open any more. close closes it
// and notes that itself.
func (l *layers) set(part any, open bool, close func()) {
	was := slices.ContainsFunc(l.open, func(o layer) bool { return o.part == part })
	switch {
	case open && !was:
		l.open = append(l.open, layer{part, close})
	case !open && was:
		l.open = slices.DeleteFunc(l.open, func(o layer) bool { return o.part == part })
	}
}

// leave closes what was opened last, and reports whether anything was open.
func (l *layers) leave() bool {
	if len(l.open) == 0 {
		return false
	}
	last := l.open[len(l.open)-1]
	last.close()
	l.set(last.part, false, nil)
	return true
}
