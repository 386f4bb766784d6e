package present

import (
	"bytes"
	"fmt"

	"sluice/kit"
	"sluice/ui/texts"
)

// Kit is what is shown of the statements for an engine.
type Kit struct {
	Tested     string   // a sentence: on what they were tried, or that they were not
	Untried    bool     // they were not
	Warnings   []string // sentences
	Statements string
	File       string // a name for them as a file
	Problem    string // a sentence instead of all that
}

// KitTitles are the engines as they are offered, in the order of kit.Engines.
func KitTitles() []string {
	titles := make([]string, len(kit.Engines))
	for i, e := range kit.Engines {
		titles[i] = e.Title
	}
	return titles
}

// KitOf are the statements that load the files of j into an engine.
func KitOf(e kit.Engine, j kit.Job) Kit {
	var b bytes.Buffer
	if err := e.Write(&b, j); err != nil {
		return Kit{Problem: fmt.Sprintf(texts.T.Kit.Impossible, texts.Error(err))}
	}
	k := Kit{Tested: texts.T.Kit.Untested, Untried: e.Tested == "", Warnings: EachElsewhere(e.Warnings(j)), Statements: b.String(), File: e.File}
	if e.Tested != "" {
		k.Tested = fmt.Sprintf(texts.T.Kit.Tested, e.Tested)
	}
	return k
}
