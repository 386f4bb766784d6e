package takes

import (
	"context"
	"errors"
	"io/fs"
	"os"
)

// takeAgain takes the snapshot at out again.
func takeAgain(ctx context.Context, source, out string, o Options) (Report, error) {
	o.Refresh, o.Replace = false, true
	why := whyAll(source, out)
	r, err := takeAll(ctx, source, out, o)
	if err == nil {
		r.Notes = append(r.Notes, "Everything was read: "+why+".")
	}
	return r, err
}

// whyAll says why a source has to be read whole.
func whyAll(source, out string) string {
	if _, err := os.Stat(out); errors.Is(err, fs.ErrNotExist) {
		return "there was no snapshot yet"
	}
	if t, err := Resolve(source); err == nil && t.Product == "" {
		return "a dump or backup does not tell what has changed in it"
	}
	return "this version of Sluice does not compare a database with its snapshot yet"
}
