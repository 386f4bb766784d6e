// Package fonts brings letters for scripts that the window's own font lacks: Chinese,
// Japanese, Korean, Arabic, Hebrew, the scripts of India and South-East Asia, and signs.
//
// The toolkit looks for missing letters in the fonts of the system, and a server may
// have none. Ours lie packed in the program, are unpacked once into the cache, and offered
// where the toolkit looks for those of the system: each is read only when one of its
// letters is to be drawn. scripts/fonts.py makes them; LICENSES.md says whose they are.
package fonts

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"sluice/wholefile"
)

//go:embed fonts.zip
var packed []byte

// dataDirs is the variable with the folders of shared data, and usualDirs what holds
// where it is empty (XDG Base Directory Specification). Fonts lie in a folder "fonts" of
// each.
const (
	dataDirs  = "XDG_DATA_DIRS"
	usualDirs = "/usr/local/share:/usr/share"
)

// longestList is how many bytes the list of files at the end of the archive takes, at
// most.
const longestList = 4096

// File is one more font that is to lie beside ours.
type File struct {
	Name     string
	Content  []byte
	Embedded bool // in the program, by its compiler, and never written to
}

// Offer unpacks the fonts below a folder, with those that are given, if they are not
// there yet, and lets the toolkit find them, after those of the system. It must run
// before the first text is measured. Systems that bring fonts for all scripts are left
// alone: nothing is offered to them.
func Offer(cache string, more ...File) (offered bool, err error) {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		return false, nil
	}
	dir, err := unpack(cache, more)
	if err != nil {
		return false, fmt.Errorf("unpack fonts: %w", err)
	}
	dirs := os.Getenv(dataDirs)
	if dirs == "" {
		dirs = usualDirs
	}
	if err := os.Setenv(dataDirs, strings.Join([]string{dirs, dir}, string(filepath.ListSeparator))); err != nil {
		return false, err
	}
	return true, nil
}

// eastAsia is the one of our fonts that has the letters of China, Japan and Korea.
const eastAsia = "DroidSansFallback.ttf"

// EastAsia is the font with the letters of China, Japan and Korea, for what draws without
// the fonts of the system.
func EastAsia() ([]byte, error) {
	archive, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return nil, err
	}
	f, err := archive.Open(eastAsia)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

// Check says what is wrong with the fonts that Offer has unpacked below a folder: nothing
// where it offers none, or was not called yet.
func Check(cache string) error {
	dirs, err := filepath.Glob(filepath.Join(cache, "fonts", "*", "fonts"))
	if err != nil || len(dirs) == 0 {
		return err
	}
	archive, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return err
	}
	for _, f := range archive.File {
		there := func(dir string) bool {
			info, err := os.Stat(filepath.Join(dir, filepath.Base(f.Name)))
			return err == nil && info.Size() == int64(f.UncompressedSize64)
		}
		if !slices.ContainsFunc(dirs, there) {
			return fmt.Errorf("%s is not in %s", filepath.Base(f.Name), dirs[len(dirs)-1])
		}
	}
	return nil
}

// unpack returns the folder that holds "fonts". Its name tells which fonts it has. It
// appears whole: it is written beside and renamed.
func unpack(cache string, more []File) (string, error) {
	parent := filepath.Join(cache, "fonts")
	// The end of the archive lists its files with their checksums: to read all of it
	// would keep it in memory.
	list := packed[max(0, len(packed)-longestList):]
	sum := crc32.ChecksumIEEE(list)
	for _, f := range more { // by name and size, for the same reason
		sum = crc32.Update(sum, crc32.IEEETable, fmt.Appendf(nil, "%s %d;", f.Name, len(f.Content)))
	}
	dir := filepath.Join(parent, fmt.Sprintf("%08x", sum))
	if _, err := os.Stat(dir); err == nil {
		return dir, nil
	}
	if err := os.MkdirAll(parent, 0o700); err != nil {
		return "", err
	}
	fresh, err := os.MkdirTemp(parent, "new-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(fresh)
	if err := extract(filepath.Join(fresh, "fonts")); err != nil {
		return "", err
	}
	forget(packed)
	for _, f := range more {
		if err := put(filepath.Join(fresh, "fonts", f.Name), f.Content); err != nil {
			return "", err
		}
		if f.Embedded {
			forget(f.Content)
		}
	}
	if err := wholefile.Rename(fresh, dir); err != nil {
		if _, there := os.Stat(dir); there != nil {
			return "", err
		}
	}
	return dir, nil
}

func extract(dir string) error {
	archive, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			return err
		}
		text, err := io.ReadAll(r)
		if err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
		if err := put(filepath.Join(dir, filepath.Base(f.Name)), text); err != nil {
			return err
		}
	}
	return wholefile.SyncDir(dir)
}

// put writes a file and has it on disk: a folder that has its name is looked into by
// nobody, so that a crash must leave no half of it.
func put(path string, content []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}
