package present

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"sluice/csvfile"
	"sluice/listfile"
	"sluice/pipeline"
	"sluice/schedule"
	"sluice/ui/texts"
	"sluice/wording"
)

// english are words that are in nearly every English sentence and in no German one.
var english = regexp.MustCompile(`(?i)\b(the|of|which|its|were|that|has|have|are|it|this|and|with|from|cannot|than|not|is)\b`)

// german puts German in force, until the test ends.
func german(t *testing.T) {
	t.Helper()
	if _, err := texts.UseLanguage("de"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { texts.T = texts.English() })
}

// TestGermanHasNoEnglish: whatever other packages say is German in a German window.
func TestGermanHasNoEnglish(t *testing.T) {
	german(t)
	for format, said := range texts.T.Elsewhere {
		words := regexp.MustCompile(`[\w./:-]*[/\\=-]\w[^ ]*|\([^)]*\)|[A-Z_]{3,}[^„]*`).ReplaceAllString(said, "") // addresses, flags, statements
		if found := english.FindAllString(words, -1); len(found) > 1 {
			t.Errorf("%q is %q, with %q", format, said, found)
		}
	}
}

// TestFindingsInGerman: a file in which much is odd has no finding that is said in English.
func TestFindingsInGerman(t *testing.T) {
	german(t)
	path := filepath.Join(t.TempDir(), "odd.csv")
	text := "sep=;\na;b\n1;2;3\n\n\x00;x\n\xff;y\nz \"q\" z;1\n\"open;"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := csvfile.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	f.StartCheck(t.Context())
	<-f.CheckDone()
	findings := f.Info().Findings
	if len(findings) < 4 {
		t.Errorf("only %d findings: %v", len(findings), findings)
	}
	for _, fi := range findings {
		if said := texts.Say(fi); english.MatchString(said) || said == fi.String() {
			t.Errorf("%s: %q", fi.Kind, said)
		}
	}
	if _, err := csvfile.Open(t.Context(), filepath.Join(t.TempDir(), "none.csv")); !strings.HasSuffix(Sentence(err), "lässt sich nicht öffnen: Eine solche Datei gibt es nicht; prüfen Sie den Namen.") {
		t.Errorf("%q", Sentence(err))
	}
}

// TestTimesOfSchedulesInGerman reads them in words as people say them.
func TestTimesOfSchedulesInGerman(t *testing.T) {
	german(t)
	for when, want := range map[string]string{
		"weekdays 02:00": "werktags um 02:00", "mon,thu,sat 01:30": "montags, donnerstags und samstags um 01:30", "daily 14:00,02:00": "täglich um 02:00 und 14:00",
		"monthly 1,last 03:00": "jeden Monat am 1. und letzten Tag um 03:00", "every 15m": "alle 15 Minuten", "30 2 * * 1-5": "nach dem Cron-Ausdruck 30 2 * * 1-5",
	} {
		rows := ScheduleRows(schedule.List{{Name: "nightly", Source: "x", When: when, Zone: "UTC"}}, nil, "x", time.Now())
		if len(rows) != 1 || !strings.HasPrefix(rows[0].When, want) {
			t.Errorf("%s: %+v, want %q", when, rows, want)
		}
	}
}

// TestJobInGerman: nothing in the boxes of a job with warnings, notes and an error is English.
func TestJobInGerman(t *testing.T) {
	german(t)
	job := pipeline.Job{ID: 4, Status: pipeline.Failed, Errors: []pipeline.Diagnostic{
		{Key: pipeline.KeyPreValidation, Message: pipeline.PreValidationMessage},
		pipeline.Say(pipeline.KeyPreValidation, "The table %s cannot be read to its end, since the file is damaged: copy it or convert the database again.", "content"),
	}, Warnings: []pipeline.Diagnostic{
		pipeline.Say("w", "The snapshot has no table label or content_label: pages are written without labels."),
		pipeline.Say("x", "The program was closed while this export ran. Its files are incomplete: resume the export, or start it again."),
	}, Notes: []pipeline.Diagnostic{pipeline.Say("n", "%d of %d events agree that the times of the tables are in %s.", 3, 1204, "UTC")}}
	list := slices.Concat(failures(Inputs{}, job), warnings(Inputs{}, job), remarks(job))
	if len(list) != 4 {
		t.Errorf("%d boxes", len(list))
	}
	for _, n := range list {
		if said := n.Title + " " + n.Text; english.MatchString(said) {
			t.Errorf("%q", said)
		}
	}
}

// TestNothingEnglishStandsInSentences: words that packages put into the sentences of others
// are German, too: places, what a list has, findings about the vendor's files and spans.
func TestNothingEnglishStandsInSentences(t *testing.T) {
	german(t)
	_, times := schedule.Schedule{Name: "nightly", When: "whenever"}.Plan()
	path := filepath.Join(t.TempDir(), "sources.json")
	if err := os.WriteFile(path, []byte(`{"sources": [{"sever": {}}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	var list struct {
		Sources []struct {
			Server struct{} `json:"server"`
		} `json:"sources"`
	}
	member := listfile.File{Path: path, Element: "source"}.Read(&list)
	const later = "pages.created_date: times are 5 h 30 min later than those of Sluice, which takes the zone that it was given or has found (1,200 of 1,200 differences): export with --time-zone"
	const empty = "users.user_email: cells are empty where Sluice has a value (3 of 4 differences): no option mends it, the first is that of user_id 7"
	for said, want := range map[string]string{
		texts.Error(times):     "die Zeiten des Zeitplans",
		texts.Error(member):    `"sever" in Nummer 1 von sources`,
		texts.Elsewhere(later): "5 h 30 min später als die von Sluice",
		texts.Elsewhere(empty): "wo Sluice einen Wert hat (3 von 4 Unterschieden): keine Option behebt das, der erste ist der von user_id 7",
		texts.Elsewhere("others can read and change /a/b (mode 0666): chmod 600 takes that away"): "Andere dürfen /a/b lesen und ändern (Modus 0666)",
	} {
		if !strings.Contains(said, want) || english.MatchString(said) {
			t.Errorf("%q, want %q in it", said, want)
		}
	}
}

// TestErrorsNameFieldsInEveryLanguage: an error about a snapshot names what its form has, and
// no flag of the command line; one about a key that is encrypted tells of a file for its
// passphrase only where there is a field for that.
func TestErrorsNameFieldsInEveryLanguage(t *testing.T) {
	t.Cleanup(func() { texts.T = texts.English() })
	flag := regexp.MustCompile(`--[a-z][a-z-]+`)
	for _, l := range texts.Languages() {
		if _, err := texts.UseLanguage(l.Tag); err != nil {
			t.Fatal(err)
		}
		for format := range texts.English().Elsewhere {
			if plain := texts.InForm(format); l.Tag != texts.EnglishTag && !flag.MatchString(plain) && flag.MatchString(texts.InForm(texts.T.Elsewhere[format])) {
				t.Errorf("%s: %q has flags that the English has not: %q", l.Tag, plain, texts.T.Elsewhere[format])
			}
		}
		encrypted := wording.Errorf("the key of SSH in %s is encrypted: name a file with its passphrase with --ssh-passphrase-file, or add it to the agent with ssh-add", "~/.ssh/id")
		run := resultWords(schedule.Result{Outcome: schedule.Failed, Says: encrypted.Error()}, time.Now())
		for _, said := range []string{TakeError(encrypted), run} {
			if flag.MatchString(said) || strings.Contains(said, texts.T.Delivery.Passphrase) || !strings.Contains(said, "ssh-add") {
				t.Errorf("%s: %q", l.Tag, said)
			}
		}
		if said := DeliverError(encrypted); flag.MatchString(said) || !strings.Contains(said, texts.T.Delivery.Passphrase) {
			t.Errorf("%s: %q", l.Tag, said)
		}
	}
}
