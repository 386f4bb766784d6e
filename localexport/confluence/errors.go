package confluence

import (
	"errors"

	"sluice/localexport/snapshot"
	"sluice/localexport/sqlitefile"
	"sluice/localexport/sqlread"
	"sluice/wording"
)

// blame returns what is behind an error of reading the snapshot: what looks like
// damage is none if the file was changed meanwhile.
func blame(s *snapshot.Snapshot, err error) error {
	for _, target := range []error{sqlread.ErrCorrupt, sqlitefile.ErrDamaged, sqlitefile.ErrChanged} {
		if !errors.Is(err, target) {
			continue
		}
		if changed := s.Unchanged(); changed != nil {
			return changed
		}
	}
	return err
}

// adviseSkip is what can be done about a value that cannot be exported.
const adviseSkip = ", or leave such rows out (--skip-bad-rows, or \"Leave out bad rows\" in the settings of the snapshot)"

// exportError says which file was being written, and the snapshot unless the
// error names it.
func exportError(s *snapshot.Snapshot, file string, err error) error {
	err = blame(s, err)
	if file != "" {
		err = wording.Errorf("%s: %w", file, err)
	}
	value, whole := new(snapshot.ValueError), new(snapshot.FileError)
	switch {
	case errors.As(err, &value):
		return wording.Errorf("export: %w%s", err, adviseSkip)
	case errors.As(err, &whole):
		return wording.Errorf("export: %w", err)
	}
	return wording.Errorf("export %s: %w", s.Path(), err)
}
