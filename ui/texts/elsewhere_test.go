package texts

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"sluice/wording"
)

// TestSentencesAreReadBack: a sentence that comes as a text is the same in each language as
// one that comes with what it was made of.
func TestSentencesAreReadBack(t *testing.T) {
	defer func() { T = English() }()
	for _, l := range Languages() {
		if _, err := UseLanguage(l.Tag); err != nil || l.Tag == EnglishTag {
			continue
		}
		bad := 0
		for _, format := range slices.Sorted(maps.Keys(T.Elsewhere)) {
			made := sample(format)
			if want, got := Say(made), Elsewhere(made.String()); got != want {
				if _, known := wording.NewReader([]string{format}).Read(made.String()); !known {
					continue // has too few words to be known by them
				}
				if bad++; bad <= 5 {
					t.Errorf("%s: %q is %q, want %q", l.Tag, made, got, want)
				}
			}
		}
		if bad > 0 {
			t.Errorf("%s: %d are not what they were", l.Tag, bad)
		}
	}
}

// sample is a text of a format with something for each verb.
func sample(format string) wording.Text {
	made := wording.Text{Format: format}
	next := 0
	for _, v := range figure.FindAllStringSubmatch(strings.ReplaceAll(format, "%%", ""), -1) {
		if v[1] != "" {
			next = int(v[1][1] - '1')
		}
		for len(made.Args) <= next {
			made.Args = append(made.Args, "")
		}
		switch v[0][len(v[0])-1] {
		case 'd':
			made.Args[next] = fmt.Sprint(next + 7)
		case 'q':
			made.Args[next] = fmt.Sprintf("%q", fmt.Sprintf("Zq%d", next))
		default:
			made.Args[next] = fmt.Sprintf("Zs%d", next)
		}
		next++
	}
	return made
}

// TestSpans: spans of time and ages within sentences have the words of the language.
func TestSpans(t *testing.T) {
	defer func() { T = English() }()
	if _, err := UseLanguage("de"); err != nil {
		t.Fatal(err)
	}
	for english, want := range map[string]string{"2 h 10 min": "2 h 10 min", "3 d 4 h": "3 T 4 h", "3 d ago": "vor 3 T", "0.07 s": "0,07 s", "14 mo ago": "vor 14 Monaten", "5 y 271 d": "5 J 271 T", "1 min 38 s": "1 min 38 s", "3 apples": "3 apples", "3 h 4 y": "3 h 4 y"} {
		if got := known(english); got != want {
			t.Errorf("%q is %q, want %q", english, got, want)
		}
	}
	for english, want := range map[string]string{"Read table content: the database file is damaged.": "Tabelle content lesen: Die Datenbankdatei ist beschädigt.", "The zip archive is empty": "Das Zip-Archiv ist leer",
		"Blank lines of pages that were passed over: 3. The last row of pages is cut and was left out.": "Leere Zeilen von pages, die übergangen wurden: 3. Die letzte Zeile von pages ist abgeschnitten und wurde ausgelassen.", "A title. Of a page.": "A title. Of a page."} {
		if got := Elsewhere(english); got != want {
			t.Errorf("%q is %q, want %q", english, got, want)
		}
	}
	if got := Say(wording.Of("Job %d has been running for %s, longer than any export that the vendor has measured. %s.", 3, "2 d 4 h", "If its node has crashed, cancelling the export releases the lock, so that another can start")); !strings.HasPrefix(got, "Job 3 läuft seit 2 T 4 h, länger als") || strings.Contains(got, "node") {
		t.Errorf("%q", got)
	}
}
