package snapshot

// LastChange is when something changed last, which is what from dates and the newest
// change of a snapshot go by: the date of its last change if it has one, else that of
// its creation. read reads the date in a column; present is false if there is none.
func LastChange[T any](updated, created int, read func(column int) (t T, present bool, err error)) (t T, present bool, err error) {
	if t, present, err = read(updated); present || err != nil {
		return t, present, err
	}
	return read(created)
}
