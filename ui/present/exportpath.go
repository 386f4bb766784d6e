package present

import (
	"errors"
	"fmt"
	"strings"

	"sluice/ui/texts"
)

// ExportPath is where a server exports to, as far as it is known.
type ExportPath struct {
	Path  string // "" if the server names none
	Known bool   // it was read, or set, once
	Busy  bool   // a request is on its way
	Done  bool   // the last request has changed it
	Err   error  // why the last request failed; nil if it did not
}

// Unsupported reports whether the server does not have the operations, as older products
// do not: then there is nothing to show.
func (p ExportPath) Unsupported() bool { return !p.Known && errors.Is(p.Err, errors.ErrUnsupported) }

// CanChange reports whether a path that was typed can be sent. Whether it is one the
// server decides, whose system need not be this one.
func (p ExportPath) CanChange(typed string) bool {
	typed = strings.TrimSpace(typed)
	return p.Known && !p.Busy && typed != "" && typed != p.Path
}

// CanReset reports whether going back to the default can be asked for.
func (p ExportPath) CanReset() bool { return p.Known && !p.Busy }

// Says is the line below: what goes on, what was done or why not.
func (p ExportPath) Says() (text string, bad bool) {
	t := texts.T.Path
	switch {
	case p.Busy && !p.Known:
		return t.Reading, false
	case p.Busy:
		return t.Sending, false
	case p.Err != nil:
		return Sentence(p.Err), true
	case p.Done && p.Path != "":
		return fmt.Sprintf(t.Changed, texts.Cut(p.Path, longestError)), false
	case p.Done:
		return t.ChangedToDefault, false
	}
	return "", false
}
