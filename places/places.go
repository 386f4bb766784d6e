// Package places tells where Sluice keeps what on this computer when nobody says
// otherwise, by the customs of each operating system:
//
//	          Linux and others            macOS                                Windows
//	Config    ~/.config/sluice            ~/Library/Application Support/sluice  %AppData%\sluice
//	Data      ~/.local/share/sluice       ~/Library/Application Support/sluice  %LocalAppData%\sluice\data
//	Cache     ~/.cache/sluice             ~/Library/Caches/sluice               %LocalAppData%\sluice
//
// XDG_CONFIG_HOME, XDG_DATA_HOME and XDG_CACHE_HOME move the first column.
// Where the environment does not tell, there is an error that says what to set,
// and never the current folder.
package places

import (
	"os"
	"path/filepath"
	"runtime"

	"sluice/wording"
)

// name is the folder of ours.
const name = "sluice"

// Config is the folder for settings.
func Config() (string, error) { return here().config() }

// Data is the folder for jobs and files.
func Data() (string, error) { return here().data() }

// Cache is the folder for what can be made again, and the log.
func Cache() (string, error) { return here().cache() }

// system is what decides about the places.
type system struct {
	goos   string
	getenv func(string) string
	isAbs  func(string) bool
	exists func(string) bool
}

func here() system {
	return system{goos: runtime.GOOS, getenv: os.Getenv, isAbs: filepath.IsAbs, exists: func(path string) bool {
		_, err := os.Stat(path)
		return err == nil
	}}
}

func (s system) config() (string, error) {
	switch s.goos {
	case "windows":
		return s.below("settings", "AppData", name)
	case "darwin":
		return s.below("settings", "HOME", "Library", "Application Support", name)
	}
	return s.xdg("settings", "XDG_CONFIG_HOME", ".config")
}

func (s system) data() (string, error) {
	const what = "jobs and files"
	switch {
	case s.goos == "windows":
		return s.below(what, "LocalAppData", name, "data")
	case s.goos == "darwin" && s.getenv("XDG_DATA_HOME") == "":
		dir, err := s.below(what, "HOME", "Library", "Application Support", name)
		if err != nil {
			return "", err
		}
		// Earlier versions kept them where Linux does, and may have jobs there.
		old, err := s.below(what, "HOME", ".local", "share", name)
		if err == nil && !s.exists(filepath.Join(dir, "data-pipeline")) && s.exists(filepath.Join(old, "data-pipeline")) {
			return old, nil
		}
		return dir, nil
	}
	return s.xdg(what, "XDG_DATA_HOME", ".local", "share")
}

func (s system) cache() (string, error) {
	const what = "the log and the cache"
	switch s.goos {
	case "windows":
		return s.below(what, "LocalAppData", name)
	case "darwin":
		return s.below(what, "HOME", "Library", "Caches", name)
	}
	return s.xdg(what, "XDG_CACHE_HOME", ".cache")
}

// xdg is the folder of ours in the one that variable names, else in another
// below HOME.
func (s system) xdg(what, variable string, otherwise ...string) (string, error) {
	if s.getenv(variable) != "" {
		return s.below(what, variable, name)
	}
	return s.below(what, "HOME", append(otherwise, name)...)
}

// below is a folder below the one that a variable of the environment names.
func (s system) below(what, variable string, folders ...string) (string, error) {
	root := s.getenv(variable)
	switch {
	case root == "":
		return "", wording.Errorf("there is no folder for %s: the variable %s is not set", what, variable)
	case !s.isAbs(root):
		return "", wording.Errorf("there is no folder for %s: the variable %s must hold a path from the root, and is %q", what, variable, root)
	}
	return filepath.Join(append([]string{root}, folders...)...), nil
}
