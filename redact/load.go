package redact

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"sluice/wording"
)

// longestRules bounds a file with rules.
const longestRules = 1 << 20

// IsProfile reports whether a word for rules names a profile, and no file.
func IsProfile(word string) bool { return slices.Contains(Profiles, word) }

// Load returns the rules that a word asks for: the name of a profile, or a file with
// rules in YAML. A file with the name of a profile is meant by ./name.
func Load(word string) (Rules, error) {
	if IsProfile(word) {
		return Profile(word)
	}
	f, err := os.Open(word)
	if errors.Is(err, fs.ErrNotExist) {
		if filepath.Base(word) == word && filepath.Ext(word) == "" {
			_, err = Profile(word)
			return Rules{}, err
		}
		return Rules{}, wording.Errorf("there is no file with rules %s", word)
	}
	if err != nil {
		return Rules{}, wording.Errorf("read the rules: %w", err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, longestRules+1))
	if err != nil {
		return Rules{}, wording.Errorf("read the rules: %w", err)
	}
	if len(text) > longestRules {
		return Rules{}, wording.Errorf("%s is far too long for rules", word)
	}
	return Parse(word, text)
}
