package present

import (
	"fmt"
	"path/filepath"

	"sluice/ui/texts"
)

// RedactionChoice is a choice of what is taken out of files.
type RedactionChoice struct {
	Word string // as settings name it; "" is nothing
	Name string
}

// RulesOfFile is the choice of a file with rules.
const RulesOfFile = "file"

// Redactions are the choices in the order in which they are offered: of the last one a
// file is asked for.
func Redactions() []RedactionChoice {
	t := texts.T.Redaction
	return []RedactionChoice{{"", t.Nothing}, {"no-content", t.NoContent}, {"no-people", t.NoPeople}, {"gdpr", t.GDPR}, {RulesOfFile, t.File}}
}

// RedactionCard is what the card about redaction says.
type RedactionCard struct {
	Chosen  string // the word of a choice
	Says    string // what it does
	More    string // what to know of it; "" if there is nothing
	Problem string // why it cannot be used; "" if it can
	Enabled bool   // another can be chosen
}

// RedactionOf is the card for the rules that settings name; problem is what is wrong with
// them.
func RedactionOf(word string, problem error, enabled bool) RedactionCard {
	t := texts.T.Redaction
	c := RedactionCard{Chosen: word, More: t.Manifest, Enabled: enabled}
	switch word {
	case "":
		c.Says, c.More = t.NothingSays, ""
	case "no-content":
		c.Says = t.NoContentSays
	case "no-people":
		c.Says, c.More = t.NoPeopleSays, t.Manifest+" "+t.Key
	case "gdpr":
		c.Says, c.More = t.GDPRSays, t.Manifest+" "+t.Key
	default:
		c.Chosen, c.Says = RulesOfFile, fmt.Sprintf(t.FileSays, HomeShort(word))
	}
	if problem != nil {
		c.Problem, c.More = fmt.Sprintf(t.FileBad, texts.Error(problem)), ""
	}
	return c
}

// RedactionName is what the settings show of a word: the name of the choice, or the file.
func RedactionName(word string) string {
	for _, c := range Redactions() {
		if c.Word == word {
			return c.Name
		}
	}
	return fmt.Sprintf(texts.T.Redaction.FileIs, filepath.Base(word))
}
