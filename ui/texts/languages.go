package texts

import (
	"encoding/json"
	"path"
	"strings"
)

// EnglishTag is the tag of the language in which sentences are written.
const EnglishTag = "en"

// Language is one in which the window can speak.
type Language struct {
	Tag  string // as UseLanguage takes it
	Name string // in the language itself
}

// Languages are those that there are, English first, then by their tags.
func Languages() []Language {
	all := []Language{{EnglishTag, English().Format.LanguageName}}
	entries, err := translations.ReadDir("translations")
	if err != nil {
		return all
	}
	for _, e := range entries {
		tag := strings.TrimSuffix(e.Name(), path.Ext(e.Name()))
		b, err := translations.ReadFile("translations/" + e.Name())
		if err != nil || tag == EnglishTag {
			continue
		}
		var t struct{ Format struct{ LanguageName string } }
		if json.Unmarshal(b, &t) == nil && t.Format.LanguageName != "" {
			all = append(all, Language{tag, t.Format.LanguageName})
		}
	}
	return all
}
