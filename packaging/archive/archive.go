// Package archive packs files so that the same files give the same bytes: in the order of
// their names, with one time and no owner.
package archive

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Entry is one file of an archive.
type Entry struct {
	Name string // with forward slashes
	From string // the file that is packed; "" for one of Text
	Text string
	Run  bool // it can be executed
}

func (e Entry) mode() os.FileMode {
	if e.Run {
		return 0o755
	}
	return 0o644
}

// open is the content of an entry, with its length.
func (e Entry) open() (io.ReadCloser, int64, error) {
	if e.From == "" {
		return io.NopCloser(strings.NewReader(e.Text)), int64(len(e.Text)), nil
	}
	f, err := os.Open(e.From)
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, 0, errors.Join(err, f.Close())
	}
	return f, info.Size(), nil
}

// Write packs entries below one folder into a file, by the ending of its name: .tar.gz or
// .zip. Each has the time at.
func Write(to, folder string, entries []Entry, at time.Time) (err error) {
	entries = slices.Clone(entries)
	slices.SortFunc(entries, func(a, b Entry) int { return strings.Compare(a.Name, b.Name) })
	f, err := os.Create(to)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	write := writeTar
	if strings.HasSuffix(to, ".zip") {
		write = writeZip
	}
	if err := write(f, folder, entries, at.UTC().Truncate(time.Second)); err != nil {
		return fmt.Errorf("pack %s: %w", filepath.Base(to), err)
	}
	return nil
}

func writeTar(f io.Writer, folder string, entries []Entry, at time.Time) error {
	packed, _ := gzip.NewWriterLevel(f, gzip.BestCompression) // the level exists
	w := tar.NewWriter(packed)
	known := map[string]bool{}
	for _, e := range entries {
		name := path.Join(folder, e.Name)
		for _, dir := range parents(name) {
			if known[dir] {
				continue
			}
			known[dir] = true
			if err := w.WriteHeader(&tar.Header{Typeflag: tar.TypeDir, Name: dir + "/", Mode: 0o755, ModTime: at, Format: tar.FormatUSTAR}); err != nil {
				return err
			}
		}
		content, size, err := e.open()
		if err != nil {
			return err
		}
		err = w.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: name, Mode: int64(e.mode()), Size: size, ModTime: at, Format: tar.FormatUSTAR})
		if err == nil {
			_, err = io.Copy(w, content)
		}
		if err := errors.Join(err, content.Close()); err != nil {
			return fmt.Errorf("%s: %w", e.Name, err)
		}
	}
	return errors.Join(w.Close(), packed.Close())
}

// parents are the folders above a file, from the top.
func parents(name string) (dirs []string) {
	for dir := path.Dir(name); dir != "." && dir != "/"; dir = path.Dir(dir) {
		dirs = append([]string{dir}, dirs...)
	}
	return dirs
}

func writeZip(f io.Writer, folder string, entries []Entry, at time.Time) error {
	w := zip.NewWriter(f)
	for _, e := range entries {
		header := &zip.FileHeader{Name: path.Join(folder, e.Name), Method: zip.Deflate, Modified: at}
		header.SetMode(e.mode())
		to, err := w.CreateHeader(header)
		if err != nil {
			return err
		}
		content, _, err := e.open()
		if err != nil {
			return err
		}
		_, err = io.Copy(to, content)
		if err := errors.Join(err, content.Close()); err != nil {
			return fmt.Errorf("%s: %w", e.Name, err)
		}
	}
	return w.Close()
}

// Sums are the lines of SHA256SUMS for the files of a folder, as sha256sum reads them.
func Sums(dir string) (string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, e := range entries { // in the order of their names
		if !e.Type().IsRegular() || e.Name() == SumsName {
			continue
		}
		sum, err := sumOf(filepath.Join(dir, e.Name()))
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "%s  %s\n", sum, e.Name())
	}
	return b.String(), nil
}

// SumsName is the file with the sums.
const SumsName = "SHA256SUMS"

func sumOf(file string) (sum string, err error) {
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
