package disk

import "io/fs"

// InTheWay is an error that says what has the name of a file that is to be written, and
// what to do about it. errors.Is finds fs.ErrExist in it, whose own words would only
// repeat it.
type InTheWay string

func (e InTheWay) Error() string { return string(e) }

// Is reports fs.ErrExist.
func (e InTheWay) Is(target error) bool { return target == fs.ErrExist }
