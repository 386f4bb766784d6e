// Package formats is the one rule about what Sluice writes and reads again: each kind
// of file or folder says the version of the form in which it is written. One without a
// version is of version 1. Older ones are read, or brought up to date; one of a newer
// Sluice is refused by name and stays as it is, and so is one whose version is none.
//
//	if err := formats.Home.CheckJSON(b); err != nil {
//		return fmt.Errorf("%s: %w", path, err)
//	}
package formats

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"sluice/wording"
)

// Kind is a kind of file or folder.
type Kind struct {
	What  string // as in "this home"
	Way   string // what can be done besides using the newer version; "": nothing
	Known int    // the newest version that this program knows, which it writes
}

// The kinds. Who changes a form counts Known up, and reads the older ones.
var (
	Home           = Kind{"home", wording.Format(", or another home"), 1}
	ExportPath     = Kind{"setting of the export path", wording.Format(", or another home"), 1}
	Jobs           = Kind{wording.Format("job database"), wording.Format(", or another home"), 2}
	Manifest       = Kind{"manifest", "", 1}
	Leftover       = Kind{"record of an export that ended early", ", or start a new export", 1}
	Snapshot       = Kind{"snapshot", wording.Format(", or another snapshot"), 1}
	Config         = Kind{wording.Format("config file"), ", or move it away", 1}
	Sources        = Kind{"list of sources", ", or move it away", 1}
	Schedules      = Kind{"list of schedules", ", or move it away", 1}
	ScheduleStates = Kind{"record of what schedules did", ", or move it away", 1}
	Window         = Kind{"memory of the window", ", or move it away", 2}
	Journal        = Kind{"journal of a server", ", or move it away", 1}
	Delivery       = Kind{"marker of a delivery", wording.Format(", or another place"), 1}
	Hooks          = Kind{"list of hooks", ", or move it away", 1}
	Deliveries     = Kind{"list of deliveries", ", or move it away", 1}
	Retention      = Kind{"setting of what is kept", wording.Format(", or another home"), 1}
	OwedDeliveries = Kind{"list of owed deliveries", ", or move it away", 1}
)

// NewerError says that something was written by a newer Sluice.
type NewerError struct {
	Kind Kind
	Has  int // its version
}

func (e *NewerError) Error() string {
	return fmt.Sprintf("this %s was written by a newer Sluice (format %d; this one knows up to %d): use that version%s", e.Kind.What, e.Has, e.Kind.Known, e.Kind.Way)
}

// NoVersionError says that what stands for a version is none.
type NoVersionError struct {
	Kind Kind
	Has  string
}

func (e *NoVersionError) Error() string {
	return fmt.Sprintf("this %s says %s for the version of its format, which is none: it is damaged, or was changed by another program", e.Kind.What, e.Has)
}

// Refused reports whether an error says that a file or folder is of no version that is
// known, and so has to stay as it is.
func Refused(err error) bool {
	return errors.As(err, new(*NewerError)) || errors.As(err, new(*NoVersionError))
}

// Check refuses a version that is not known. 0 stands for none, which is version 1. The
// error is a *NewerError or a *NoVersionError.
func (k Kind) Check(version int) error {
	switch {
	case version < 0:
		return &NoVersionError{k, fmt.Sprint(version)}
	case version > k.Known:
		return &NewerError{k, version}
	}
	return nil
}

// longest is how much of what is no version an error repeats.
const longest = 40

// CheckJSON is Check for a JSON object with a key "version", before anything else is
// read of it: what else stands in a newer one may have another form. What is no JSON
// object has no version, and is left to who reads it.
func (k Kind) CheckJSON(b []byte) error {
	var has struct {
		Version json.RawMessage `json:"version"`
	}
	if json.Unmarshal(bytes.TrimPrefix(b, []byte("\ufeff")), &has) != nil || has.Version == nil {
		return nil
	}
	return k.CheckValue(has.Version)
}

// CheckValue is Check for the JSON of a version.
func (k Kind) CheckValue(b json.RawMessage) error {
	var version int
	if err := json.Unmarshal(b, &version); err != nil || version < 1 {
		return &NoVersionError{k, string(b[:min(len(b), longest)])}
	}
	return k.Check(version)
}
