// Package licences has the licences of the libraries that Sluice is made of, with their
// texts. "make licences" writes the list anew; a test holds it to go.mod.
package licences

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"runtime/debug"
	"slices"
)

//go:embed licences.json
var written []byte

// Licence is the licence of a library, in the version that Sluice is built with.
type Licence struct {
	Name    string // of the module
	Version string
	Kind    string // its short name, such as "MIT" (https://spdx.org/licenses)
	Text    string
}

// list is the form of the file: texts stand once.
type list struct {
	Libraries []struct{ Name, Version, Kind, Text string } // Text is a key of Texts
	Texts     map[string]string
}

// All are the licences of all libraries that go.mod names, by their names.
func All() ([]Licence, error) {
	var l list
	if err := json.Unmarshal(written, &l); err != nil {
		return nil, fmt.Errorf("read the licences: %w", err)
	}
	all := make([]Licence, len(l.Libraries))
	for i, m := range l.Libraries {
		all[i] = Licence{m.Name, m.Version, m.Kind, l.Texts[m.Text]}
	}
	return all, nil
}

// Linked are those of the libraries that are linked into a program, as it tells of itself:
// info and ok come from debug.ReadBuildInfo. What comes with every program (the language, the
// fonts) has no version and is always among them.
func Linked(info *debug.BuildInfo, ok bool) ([]Licence, error) {
	all, err := All()
	if err != nil || !ok {
		return nil, err
	}
	return slices.DeleteFunc(all, func(l Licence) bool {
		return l.Version != "" && !slices.ContainsFunc(info.Deps, func(m *debug.Module) bool { return m.Path == l.Name })
	}), nil
}
