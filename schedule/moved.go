package schedule

import (
	"slices"

	"sluice/deliver"
)

// Uses are the schedules and the deliveries of a source, by their names.
func Uses(folder, source string) (schedules, deliveries []string, err error) {
	list, err := NewFile(folder).Load()
	if err != nil {
		return nil, nil, err
	}
	for _, s := range list {
		if s.Source == source {
			schedules = append(schedules, s.Name)
		}
	}
	kept, err := deliver.NewFile(folder).Load()
	for _, d := range kept {
		if d.Source == source {
			deliveries = append(deliveries, d.Name)
		}
	}
	return schedules, deliveries, err
}

// Moved has the schedules and the deliveries of a source follow it to another id, which a server
// gets with another address.
func Moved(folder, from, to string) error {
	schedules, deliveries, err := Uses(folder, from)
	if err != nil {
		return err
	}
	if len(schedules) > 0 {
		err = NewFile(folder).Update(func(l List) (List, error) {
			l = slices.Clone(l)
			for i := range l {
				if l[i].Source == from {
					l[i].Source = to
				}
			}
			return l, nil
		})
	}
	if err != nil || len(deliveries) == 0 {
		return err
	}
	return deliver.NewFile(folder).Update(func(l []deliver.Delivery) ([]deliver.Delivery, error) {
		l = slices.Clone(l)
		for i := range l {
			if l[i].Source == from {
				l[i].Source = to
			}
		}
		return l, nil
	})
}
