package secret

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"sluice/wording"
)

// LongestFile bounds what is read of a file with secrets, in bytes.
const LongestFile = 64 << 10

// FileError says that a file which could be read holds something else than was asked for.
type FileError struct{ why string }

func (e *FileError) Error() string { return e.why }

// missing says that there is no file, in words. It is fs.ErrNotExist.
type missing struct{ path, what string }

func (m missing) Error() string {
	return fmt.Sprintf("there is no file %s: name the one with %s", m.path, m.what)
}

func (missing) Is(err error) bool { return err == fs.ErrNotExist }

// ReadText reads a file that holds what, such as "headers". warn is told if others can
// read it, too. A folder, and a file that is far too long, are a *FileError.
func ReadText(path, what string, warn func(string)) (string, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", missing{path, what}
	}
	if err != nil {
		return "", err
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil {
		if info.IsDir() { // about which nothing is to be changed
			return "", &FileError{fmt.Sprintf("%s is a folder: name the file with %s", path, what)}
		}
		if w := Exposed(path, info); w != "" {
			warn(w)
		}
	}
	b, err := io.ReadAll(io.LimitReader(f, LongestFile+1))
	if err != nil {
		return "", err
	}
	if len(b) > LongestFile {
		return "", &FileError{fmt.Sprintf("%s is far too long for %s", path, what)}
	}
	return strings.TrimPrefix(string(b), "\ufeff"), nil
}

// ReadToken reads a file that holds a token and nothing else but spaces around it. An
// empty file, and one with several lines, are a *FileError.
func ReadToken(path string, warn func(string)) (Secret, error) {
	text, err := ReadText(path, wording.Format("a token"), warn)
	if err != nil {
		return Secret{}, err
	}
	return alone(path, "token", strings.TrimSpace(text))
}

// ReadPassword reads a file that holds a password: of its line nothing is taken away
// but its end, for a password may begin and end with spaces. Errors are those of
// ReadToken.
func ReadPassword(path string, warn func(string)) (Secret, error) {
	text, err := ReadText(path, wording.Format("a password"), warn)
	if err != nil {
		return Secret{}, err
	}
	return alone(path, "password", strings.TrimSuffix(strings.TrimSuffix(text, "\n"), "\r"))
}

// alone refuses what is not one line.
func alone(path, what, text string) (Secret, error) {
	switch {
	case text == "":
		return Secret{}, &FileError{wording.Of("%s is empty", path).String()}
	case strings.ContainsAny(text, "\r\n\x00"):
		return Secret{}, &FileError{fmt.Sprintf("%s has several lines, and must hold the %s alone", path, what)}
	}
	return Of(text), nil
}
