package hooks

import (
	"path/filepath"

	"sluice/formats"
	"sluice/listfile"
)

// File is the file with all hooks, in the order in which they are called. It is readable by
// its owner only, and is replaced in one step.
type File = listfile.Named[Hook]

// NewFile returns hooks.json in a folder for settings.
func NewFile(folder string) *File {
	return listfile.NewNamed[Hook](listfile.File{Path: filepath.Join(folder, "hooks.json"), Kind: formats.Hooks, Element: "hook"}, "hooks")
}

// ItemName implements listfile.Item.
func (h Hook) ItemName() string { return h.Name }
