// Package bundle writes the archive that somebody sends with a report of a fault: versions,
// settings, the log and the states of jobs, without data, names, addresses, paths or
// secrets.
//
// It lets through what it knows, instead of taking out what it knows to be dangerous: numbers,
// times, and the words of the program's own sentences. Everything else becomes a stand-in,
// the same for the same thing in all files. Names that stand in the settings are taken out
// even where they are such words.
package bundle

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Contents are what a bundle is made of.
type Contents struct {
	Version  any       // what is running; becomes JSON as it is, and so must hold no names
	Findings any       // of the checks
	Jobs     []any     // of the home, the newest first
	Config   string    // the folder of the settings; "" for none
	Log      string    // the file of the log; "" for none
	Names    []string  // further names that must not be in it: of this computer, of who uses it
	At       time.Time // stands on the files within
}

// longestLog is how much of the end of the log is in a bundle.
const longestLog = 1 << 20

// longestSettings bounds one file with settings.
const longestSettings = 4 << 20

const about = `This archive was written by "sluice doctor --bundle" for a report of a fault. It is text: look
into it before you send it.

  version.json   what is running, and on what kind of computer
  checks.json    what the checks of "sluice doctor" have found
  settings/      the settings, in their form: numbers, switches and words of the program
  jobs.json      the states of the last jobs: when, how long, how many rows, which faults
  log.txt        the end of the log of the window

Names, addresses, paths, texts of people and secrets are not in it. Stand-ins such as ‹host-2› are the
same for the same thing in all files of this archive, and mean nothing outside of it.
`

// first is the file that an archive begins with.
const first = "about.txt"

// Begins reports whether a file that begins with head is such an archive: the name of the
// first file stands behind the 30 bytes of its header.
func Begins(head []byte) bool {
	return bytes.HasPrefix(head, []byte("PK\x03\x04")) && len(head) > 30 && bytes.HasPrefix(head[30:], []byte(first))
}

// Write writes the archive.
func Write(w io.Writer, c Contents) error {
	settings, names, err := readSettings(c.Config)
	if err != nil {
		return err
	}
	log, err := endOf(c.Log)
	if err != nil {
		return err
	}
	m := NewMask(append(names, c.Names...)...)
	z := zip.NewWriter(w)
	add := func(name string, content []byte) {
		header := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: c.At}
		header.SetMode(0o600)
		f, createErr := z.CreateHeader(header)
		if createErr == nil {
			_, createErr = f.Write(content)
		}
		err = errors.Join(err, createErr)
	}
	add(first, []byte(about))
	add("version.json", indented(c.Version))
	for _, part := range []struct {
		name string
		v    any
	}{{"checks.json", c.Findings}, {"jobs.json", c.Jobs}} {
		b, encodeErr := json.Marshal(part.v)
		err = errors.Join(err, encodeErr)
		add(part.name, m.Document(b))
	}
	for name, b := range settings {
		add("settings/"+m.fileName(name), m.Document(b))
	}
	add("log.txt", m.log(log))
	if err = errors.Join(err, z.Close()); err != nil {
		return fmt.Errorf("support archive: %w", err)
	}
	return nil
}

// fileName is that of a file with settings, if it is one of ours.
func (m *Mask) fileName(name string) string {
	stem, ext := strings.TrimSuffix(name, ".json"), ".json"
	if ours(stem) {
		return name
	}
	return m.standIn("file", name) + ext
}

// readSettings reads the files with settings, and the names that stand in them.
func readSettings(dir string) (files map[string][]byte, names []string, err error) {
	files = map[string][]byte{}
	paths, err := filepath.Glob(filepath.Join(strings.NewReplacer("[", "\\[", "*", "\\*", "?", "\\?").Replace(dir), "*.json"))
	if err != nil || dir == "" {
		return files, nil, err
	}
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil || !info.Mode().IsRegular() || info.Size() > longestSettings {
			continue
		}
		b, err := os.ReadFile(path)
		if err != nil {
			continue // the checks tell that it cannot be read
		}
		files[filepath.Base(path)] = b
		var v any
		if json.Unmarshal(b, &v) == nil {
			names = append(names, namesIn(v)...)
		}
	}
	return files, names, nil
}

// endOf is the end of the log, from the begin of a line.
func endOf(path string) ([]byte, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the log: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("read the log: %w", err)
	}
	from := max(info.Size()-longestLog, 0)
	b, err := io.ReadAll(io.NewSectionReader(f, from, longestLog))
	if err != nil {
		return nil, fmt.Errorf("read the log: %w", err)
	}
	if from > 0 {
		_, b, _ = bytes.Cut(b, []byte("\n"))
	}
	return b, nil
}
