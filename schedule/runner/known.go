package runner

import (
	"sluice/schedule"
	"sluice/source"
)

// known reads a schedule, the sources and its state.
func (r *Runner) known(name string) (p schedule.Plan, sources source.List, s schedule.State, err error) {
	list, err := r.files.Load()
	if err != nil {
		return p, nil, s, err
	}
	one, err := list.Named(name)
	if err != nil {
		return p, nil, s, err
	}
	if p, err = one.Plan(); err != nil {
		return p, nil, s, err
	}
	if sources, err = r.o.Sources.Load(); err != nil {
		return p, nil, s, err
	}
	states, err := r.states.Load()
	return p, sources, states[name], err
}
