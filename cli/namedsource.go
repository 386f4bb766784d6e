package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/alecthomas/kong"

	"sluice/schedule/units"
	"sluice/source"
)

// localSource is the source of the list that a name means, which is of this computer.
func localSource(name string) (source.Source, error) {
	list, err := sourceList()
	if err != nil {
		return source.Source{}, err
	}
	s, err := list.Named(name)
	if err == nil && s.Kind == source.KindServer {
		err = fmt.Errorf("%q is a server: \"sluice start --server\" exports there", name)
	}
	if err != nil {
		return s, usageError{fmt.Errorf("--source: %w", err)}
	}
	return s, nil
}

// fromList takes the snapshot, the home and the settings of the source that --source
// names; what was typed goes before them. A database of which there is no snapshot yet is
// taken first; with take it is taken again.
func (f *localFlags) fromList(c *call, kctx *kong.Context, take bool) error {
	if f.Named == "" {
		if take {
			return usageError{errors.New("--take takes the snapshot of a source again: name it with --source")}
		}
		return f.named(kctx)
	}
	if f.Source != "" || c.typed["snapshot"] {
		return usageError{errors.New("--source names a snapshot already: leave out the file and --snapshot")}
	}
	s, err := localSource(f.Named)
	if err != nil {
		return err
	}
	f.Snapshot = s.Snapshot
	if !c.typed["home"] {
		f.Home = s.Home
	}
	if err := f.settle(c, s.Local); err != nil {
		return err
	}
	if !take && (!s.CanTake() || exists(s.Snapshot)) {
		return nil
	}
	taken, err := c.takeNamed(s)
	if err == nil {
		describeTake(c.program.Err, taken)
	}
	return err
}

// meantSource refuses a file that is not there, and has the name of a source of the list.
func meantSource(path string) error {
	if exists(path) {
		return nil
	}
	list, err := sourceList()
	if err != nil {
		return nil // it is not what was asked for
	}
	s, err := list.Named(filepath.Base(path))
	if err != nil || s.Kind == source.KindServer {
		return nil
	}
	return usageError{fmt.Errorf("there is no file %s: the source of this name is meant by --source %s", path, units.QuotedShell(s.Name))}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// settle fills in the settings of a source where no flag was typed.
func (f *localFlags) settle(c *call, l source.Local) error {
	for flag, setting := range map[string]struct {
		to   *string
		from string
	}{
		"time-zone": {&f.TimeZone, l.TimeZone}, "base-url": {&f.BaseURL, l.BaseURL}, "format": {&f.Format, l.Format},
		"line-break-escape": {&f.LineBreakEscape, l.LineBreakEscape}, "redact": {&f.Redact, l.Redact}, "min-free-space": {&f.MinFreeSpace, l.MinFreeSpace},
	} {
		if !c.typed[flag] && setting.from != "" {
			*setting.to = setting.from
		}
	}
	for flag, setting := range map[string]struct {
		to   *bool
		from bool
	}{"bom": {&f.BOM, l.ByteOrderMark}, "full-content": {&f.FullContent, l.FullContent}, "preserve-line-breaks": {&f.PreserveLineBreaks, l.PreserveLineBreaks}} {
		if !c.typed[flag] && setting.from {
			*setting.to = true
		}
	}
	if !c.typed["cpu-share"] && l.CPUShare != "" {
		var err error
		if f.CPUShare, err = source.ParseShare(l.CPUShare); err != nil {
			return err
		}
	}
	for name, value := range l.Rules {
		if !c.typed[name] {
			f.rules.set(name, value)
		}
	}
	return nil
}
