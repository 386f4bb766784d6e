package present

import (
	"fmt"
	"strings"
	"testing"

	"sluice/client"
	"sluice/ui/texts"
)

// TestSentenceInALanguage: a failure of a server is said in the language of the window, also
// within the words of somebody who knows no languages, which stay.
func TestSentenceInALanguage(t *testing.T) {
	defer func() { texts.T = texts.English() }()
	e := &client.Error{Kind: client.KindRefused, Op: "start the export", Server: "https://wiki.example.com:8443"}
	english := Sentence(e)
	texts.T.Elsewhere = map[string]string{"cannot %s: %s": "%s misslingt: %s", "start the export": "Den Export zu starten", "%s refuses the connection: nothing listens at this address and port": "an %s lauscht niemand"}
	if got := Sentence(e); !strings.HasPrefix(got, "Den Export zu starten misslingt: an wiki.example.com:8443 lauscht niemand. Check the port") {
		t.Errorf("%q", got)
	}
	if got := Sentence(fmt.Errorf("the board: %w", e)); !strings.HasPrefix(got, "The board: Den Export zu starten misslingt: ") || !strings.HasPrefix(english, "Cannot start the export: ") {
		t.Errorf("%q, %q", got, english)
	}
}
