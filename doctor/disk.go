package doctor

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"sluice/diskspace"
	"sluice/figures"
	"sluice/wording"
)

// least is how much room everything besides exports wants: the log, the list of jobs, the
// fonts.
const least = 50_000_000

func (o Options) home(context.Context) []Finding {
	if o.Home == "" {
		return nil
	}
	at, err := nearest(o.Home)
	if err == nil {
		err = tryWriting(at)
	}
	switch {
	case err != nil:
		return bad(Home, wording.Of("Nothing can be written in the home of exports, %s: %s.", o.Home, reason(err)),
			"Give yourself the right to write there, or name another home: --home, SLUICE_HOME, or \"home\" in the config file.")
	case at != o.Home:
		return ok(Home, wording.Of("The home of exports, %s, is made with the first one.", o.Home))
	case open(o.Home):
		return warning(Home, wording.Of("Other people of this computer can look into the home of exports, %s.", o.Home), closeToOthers(o.Home, "700"))
	}
	return ok(Home, wording.Of("The home of exports, %s, can be written, and others cannot look into it.", o.Home))
}

func (o Options) disk(context.Context) []Finding {
	if o.Home == "" {
		return nil
	}
	free := o.Free
	if free == nil {
		free = diskspace.Free
	}
	at, err := nearest(o.Home)
	if err != nil {
		return nil // the home tells
	}
	n, err := free(at)
	const do = "Make room, remove exports that are no longer wanted (sluice prune), or name a home on another disk."
	switch {
	case err != nil:
		return warning(Disk, wording.Of("How much room the disk of %s has is not known: %s.", o.Home, reason(err)), "Look at the disk by other means before a large export.")
	case n < least:
		return bad(Disk, wording.Of("The disk of %s is full: %s are free.", o.Home, figures.Size(n)), do)
	case n < o.Keep:
		return bad(Disk, wording.Of("The disk of %s has %s free, and an export leaves %s free: none can start.", o.Home, figures.Size(n), figures.Size(o.Keep)), do)
	case n < 2*o.Keep:
		return warning(Disk, wording.Of("The disk of %s has %s free, of which an export leaves %s: a large one ends early.", o.Home, figures.Size(n), figures.Size(o.Keep)), do)
	}
	return ok(Disk, wording.Of("The disk of %s has %s free.", o.Home, figures.Size(n)))
}

func (o Options) temp(context.Context) []Finding {
	dir := os.TempDir()
	if err := tryWriting(dir); err != nil {
		return bad(Temp, wording.Of("Nothing can be written in the folder for temporary files, %s: %s.", dir, reason(err)),
			"Sorting, grouping and packed files need it: set TMPDIR (TMP on Windows) to a folder that can be written.")
	}
	return ok(Temp, wording.Of("Temporary files go to %s.", dir))
}

func (o Options) log(context.Context) []Finding {
	if o.Cache == "" {
		return nil
	}
	at, err := nearest(o.Cache)
	if err == nil {
		err = tryWriting(at)
	}
	if err != nil {
		return warning(Log, wording.Of("The window keeps no log: nothing can be written in %s: %s.", o.Cache, reason(err)), "Give yourself the right to write there, or set XDG_CACHE_HOME (LocalAppData on Windows).")
	}
	return ok(Log, wording.Of("The log of the window is in %s.", o.Cache))
}

// nearest is a folder, or the nearest one above it that is there: what is made in it.
func nearest(dir string) (string, error) {
	for {
		info, err := os.Stat(dir)
		switch {
		case err == nil && !info.IsDir():
			return "", wording.Errorf("%s is a file", dir)
		case err == nil:
			return dir, nil
		case !errors.Is(err, fs.ErrNotExist) || dir == filepath.Dir(dir):
			return "", err
		}
		dir = filepath.Dir(dir)
	}
}

// tryWriting writes a file into a folder, and takes it away.
func tryWriting(dir string) error {
	f, err := os.CreateTemp(dir, ".sluice-doctor-*")
	if err != nil {
		return err
	}
	_, err = f.WriteString("sluice")
	return errors.Join(err, f.Close(), os.Remove(f.Name()))
}

// open reports whether others can read a file or look into a folder. What Windows keeps is
// no mode: there the rights are set when something is made.
func open(path string) bool {
	info, err := os.Stat(path)
	return err == nil && runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0
}

func closeToOthers(path, mode string) string { return fmt.Sprintf("chmod %s %q", mode, path) }

// reason is why something did not work, without the path, which is told already.
func reason(err error) any {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return said(err)
}
