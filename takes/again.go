package takes

import (
	"errors"
	"io/fs"
	"os"
)

// wholly are the options to read everything, in the place of a snapshot that was to be
// taken again by what changed. why is the rest of a sentence.
func (o Options) wholly(why string) Options {
	o.Refresh, o.Replace, o.whole = false, true, why
	return o
}

// whyAll says why a dump or backup is read whole.
func whyAll(out string) string {
	if _, err := os.Stat(out); errors.Is(err, fs.ErrNotExist) {
		return "there was no snapshot yet"
	}
	return "a dump or backup does not tell what has changed in it"
}
