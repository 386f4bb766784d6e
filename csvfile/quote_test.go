package csvfile

import (
	"testing"
)

// TestFindQuote: what stands doubled in the file, whatever the quote, is found as it is
// shown.
func TestFindQuote(t *testing.T) {
	for quote, content := range map[string]string{
		`'`: "a,b\n1,'it''s, no'\n2,'x'\n",
		`*`: "a,b\n1,*it**s, no*\n2,*x*\n",
	} {
		text := "it" + quote + "s, no"
		f := openContent(t, content, WithReading(Reading{Quote: quote, Delimiter: ",", Header: "yes"}))
		if hit, ok, err := f.FindNext(t.Context(), Query{Text: text, Column: AllColumns}, Position{Row: -1}); !ok || err != nil || hit.Row != 0 {
			t.Errorf("%s: %+v, %v, %v", text, hit, ok, err)
		}
		if n, _ := filtered(t, f, Condition{Column: 1, Text: text}).Total(); n != 1 {
			t.Errorf("%s: %d rows", text, n)
		}
	}
}
