package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"sluice/places"
	"sluice/wholefile"
)

// setConfig gives a key of the config file a value. The others keep theirs and their order;
// a file that is not understood stays as it is, and the error says why.
func setConfig(key, value string) error {
	dir, err := places.Config()
	if err != nil {
		return err
	}
	path := filepath.Join(dir, "config.json")
	old, _, err := readWhole(path, configLimit)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return &configError{path, withoutPath(err)}
	}
	if err == nil {
		if _, err := parseConfig(old); err != nil {
			return &configError{path, err}
		}
	}
	next, err := withKey(old, key, value)
	if err != nil {
		return &configError{path, err}
	}
	if err := wholefile.Write(path, next); err != nil {
		return fmt.Errorf("write the config file: %w", err)
	}
	return nil
}

// withKey is a JSON object with one of its keys changed, or added at its end.
func withKey(object []byte, key, value string) ([]byte, error) {
	quoted, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	out.WriteByte('{')
	put := func(name string, raw []byte) error {
		if out.Len() > 1 {
			out.WriteByte(',')
		}
		n, err := json.Marshal(name)
		out.Write(n)
		out.WriteByte(':')
		out.Write(raw)
		return err
	}
	found := false
	if len(bytes.TrimSpace(object)) > 0 {
		d := json.NewDecoder(bytes.NewReader(object))
		if _, err := d.Token(); err != nil { // the brace
			return nil, err
		}
		for d.More() {
			name, err := d.Token()
			if err != nil {
				return nil, err
			}
			var raw json.RawMessage
			if err := d.Decode(&raw); err != nil {
				return nil, err
			}
			if name == json.Token(key) {
				raw, found = quoted, true
			}
			if err := put(fmt.Sprint(name), raw); err != nil {
				return nil, err
			}
		}
	}
	if !found {
		if err := put(key, quoted); err != nil {
			return nil, err
		}
	}
	out.WriteByte('}')
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, out.Bytes(), "", "  "); err != nil {
		return nil, err
	}
	return append(pretty.Bytes(), '\n'), nil
}
