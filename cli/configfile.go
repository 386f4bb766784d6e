package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"unicode/utf8"

	"sluice/formats"
	"sluice/places"
	"sluice/secret"
)

// configLimit bounds the config file, in bytes.
const configLimit = 1 << 20

// configError is what is wrong with the config file.
type configError struct {
	path string
	err  error
}

func (e *configError) Error() string {
	return fmt.Sprintf("config file %s: %v", e.path, e.err)
}

func (e *configError) Unwrap() error { return e.err }

// config holds defaults for flags, by their names without the dashes.
type config struct {
	path   string
	values map[string]any // bool, json.Number, string, or []any of such
	// warning says that others can read the file; "" if they cannot.
	warning string
}

// loadConfig reads the config file of the person who runs the program. No file,
// and no place where it could be, is an empty config.
func loadConfig() (config, error) {
	dir, err := places.Config()
	if err != nil {
		return config{}, nil
	}
	return readConfig(filepath.Join(dir, "config.json"))
}

// readConfig reads one file. Errors are a *configError.
func readConfig(path string) (config, error) {
	c := config{path: path}
	b, info, err := readWhole(path, configLimit)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return c, nil
	case err != nil:
		return c, &configError{path, err}
	}
	c.warning = secret.Exposed(path, info)
	if err := formats.Config.CheckJSON(b); err != nil {
		return c, &configError{path, err}
	}
	if c.values, err = parseConfig(b); err != nil {
		return c, &configError{path, err}
	}
	return c, nil
}

// readWhole reads a regular file that is not larger than limit.
func readWhole(path string, limit int64) ([]byte, fs.FileInfo, error) {
	info, err := os.Stat(path) // before it is opened: opening a pipe would wait
	if err != nil {
		return nil, nil, withoutPath(err)
	}
	if !info.Mode().IsRegular() {
		return nil, nil, errors.New("it is not a regular file")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, withoutPath(err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, nil, withoutPath(err)
	}
	if int64(len(b)) > limit {
		return nil, nil, fmt.Errorf("it is larger than %s", size(limit))
	}
	return b, info, nil
}

// withoutPath leaves the path out of an error that stands beside it.
func withoutPath(err error) error {
	var e *fs.PathError
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}

// parseConfig reads a JSON object, each key of which stands once. The values are
// a bool, a json.Number, a string, or a list of such.
func parseConfig(b []byte) (map[string]any, error) {
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	if !utf8.Valid(b) {
		return nil, errors.New("it is not UTF-8 text")
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, errors.Join(errors.New(`it is not a JSON object such as {"min-free-space": "20GB"}`), whereJSON(b, d, err))
	}
	values := map[string]any{}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return nil, whereJSON(b, d, err)
		}
		key, ok := t.(string)
		if !ok {
			return nil, whereJSON(b, d, errors.New("a key is no text"))
		}
		if _, twice := values[key]; twice {
			return nil, fmt.Errorf("%q stands twice", key)
		}
		var v any
		if err := d.Decode(&v); err != nil {
			return nil, whereJSON(b, d, fmt.Errorf("%q: %w", key, err))
		}
		values[key] = v
	}
	if _, err := d.Token(); err != nil {
		return nil, whereJSON(b, d, err)
	}
	delete(values, "version") // of the file; no flag of that name can be set here
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, whereJSON(b, d, errors.New("something stands after the object"))
	}
	return values, nil
}

// whereJSON adds the line to an error.
func whereJSON(b []byte, d *json.Decoder, err error) error {
	if err == nil {
		return nil
	}
	at := d.InputOffset()
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		at = syntax.Offset
	}
	at = min(max(at, 0), int64(len(b)))
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err, at = errors.New("it ends too early"), int64(len(b))
	}
	return fmt.Errorf("line %d: %w", 1+bytes.Count(b[:at], []byte("\n")), err)
}
