package present

import (
	"errors"
	"strings"
	"testing"

	"sluice/ui/texts"
)

// TestRedactionOf: each choice says what it does, and a file what is wrong with it.
func TestRedactionOf(t *testing.T) {
	said := map[string]bool{}
	for _, choice := range Redactions() {
		word := choice.Word
		if word == RulesOfFile {
			word = "/data/rules.yaml"
		}
		c := RedactionOf(word, nil, true)
		if c.Chosen != choice.Word || c.Says == "" || said[c.Says] || (c.More == "") != (word == "") || c.Problem != "" || !c.Enabled {
			t.Errorf("%s: %+v", word, c)
		}
		said[c.Says] = true
		if name := RedactionName(word); name == "" || word != "/data/rules.yaml" && name != choice.Name {
			t.Errorf("%s is called %q", word, name)
		}
	}
	if c := RedactionOf("/data/rules.yaml", errors.New("line 2: there is no action"), false); !strings.Contains(c.Problem, "line 2") || c.More != "" || c.Enabled || !strings.Contains(c.Says, "rules.yaml") {
		t.Errorf("%+v", c)
	}
	if got := RedactionName("/data/rules.yaml"); got != strings.ReplaceAll(texts.T.Redaction.FileIs, "%s", "rules.yaml") {
		t.Error(got)
	}
}
