package ui

import "sluice/listfile"

// withName does something with what has a name in a list, if that is there still.
func withName[T listfile.Item](list []T, name string, do func(T)) {
	for _, one := range list {
		if one.ItemName() == name {
			do(one)
			return
		}
	}
}

// changeOf is a change of what has a name in a list.
func changeOf[T listfile.Item](name string, change func(*T)) func([]T) ([]T, error) {
	return func(list []T) ([]T, error) {
		for i := range list {
			if list[i].ItemName() == name {
				change(&list[i])
			}
		}
		return list, nil
	}
}

// complain shows what went wrong, if anything did.
func (w *Window) complain(err error) {
	if err != nil {
		w.problem(err)
	}
}
