package present

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluice/doctor"
	"sluice/hooks"
	"sluice/localexport/snapshot"
	"sluice/pipeline"
	"sluice/retention"
	"sluice/ui/texts"
)

// TestFailuresInGerman: what fails in other packages is said in German, whether the error has
// its parts, was wrapped by somebody who knows no languages, or comes as a text.
func TestFailuresInGerman(t *testing.T) {
	german(t)
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	opened := func(path string) error {
		_, err := snapshot.Open(t.Context(), path)
		return err
	}
	called := func(h hooks.Hook) error { return hooks.Caller{}.Call(t.Context(), h, hooks.Event{}) }
	dump, short := file("dump.db", "PGDMP\x01\x0e"), file("short.db", "SQLite format 3\x00\x10\x00")
	job := pipeline.Job{ID: 7, NodeID: "node1", StartTime: pipeline.At(time.Date(2026, 11, 30, 8, 0, 0, 0, time.UTC))}
	for want, err := range map[string]error{
		dump + " ist ein PostgreSQL-Dump im Custom-Format (pg_dump -Fc), keine SQLite-Datei: Machen Sie einen Snapshot davon mit": opened(dump),
		short + " ist eine beschädigte SQLite-Datei: Sie endet in ihren Kopfdaten: Kopieren Sie die Datei noch einmal.":           opened(short),
		"Hook tell: es gibt kein Programm nowhere-at-all: Nennen Sie es mit seinem ganzen Pfad.":                                  called(hooks.Hook{Name: "tell", Command: []string{"nowhere-at-all"}}),
		"Export-Job 7 läuft schon auf node1 seit 2026-11-30T08:00:00.000Z: Warten Sie auf sein Ende, oder brechen Sie ihn ab.":    &pipeline.RunningError{Job: job},
		"Export-Job 7 schlug fehl: ":                                &pipeline.ValidationError{Job: job},
		"Das Zip-Archiv ist leer.":                                  fmt.Errorf("%w", errors.New("the zip archive is empty")),
		"open the cupboard: Export-Job 7 läuft":                     fmt.Errorf("open the cupboard: %w", &pipeline.RunningError{Job: job}),
		"Tabelle content lesen: Die Datenbankdatei ist beschädigt.": errors.New("read table content: the database file is damaged"),
	} {
		if said := Sentence(err); !strings.HasPrefix(strings.ToLower(said), strings.ToLower(want)) {
			t.Errorf("%v\nis   %q\nwant %q", err, said, want)
		}
	}
	_, wrong := ReadRetention(RetentionInput{Age: "old", Size: "big", Partial: "1h"})
	if says := wrong.Of(FieldKeptAge) + " " + wrong.Of(FieldKeptSize); says != `"old" ist kein Alter wie 90d, 12w oder 36h "big" ist keine Größe wie 500GB` {
		t.Errorf("%q", says)
	}
	rows, _ := RetentionRows([]retention.Choice{{Export: retention.Export{Unreadable: errors.New("read manifest: it is no JSON object")}, Reason: retention.ReasonUnread}}, time.UTC)
	if !strings.HasSuffix(rows[0].Why, "Manifest lesen: Es ist kein JSON-Objekt") {
		t.Errorf("%q", rows[0].Why)
	}
}

// TestChecksInGerman: each finding of the page that looks for problems is German, with what
// to do about it.
func TestChecksInGerman(t *testing.T) {
	german(t)
	dir := t.TempDir()
	no := errors.New("there is no session bus")
	for _, o := range []doctor.Options{
		{Home: dir, Config: filepath.Join(dir, "config"), Cache: dir, Keep: 1, Keyring: func(context.Context) error { return nil }, OpenGL: func() (string, error) { return "Mesa", nil },
			Fonts: func() error { return nil }, Tray: func(context.Context) (bool, error) { return false, nil }, Free: func(string) (int64, error) { return 1e12, nil }},
		{Home: filepath.Join(dir, "x", "y"), Config: dir, Cache: filepath.Join(dir, "z"), Keep: 5e9, Keyring: func(context.Context) error { return no }, OpenGL: func() (string, error) { return "", no },
			Fonts: func() error { return no }, Tray: func(context.Context) (bool, error) { return false, no }, Free: func(string) (int64, error) { return 6e9, nil }},
	} {
		for _, f := range doctor.Look(t.Context(), o) {
			said, do := texts.Say(f.Said), texts.Elsewhere(f.Do)
			if said == f.Says || english.MatchString(strings.ReplaceAll(said, no.Error(), "")) || f.Do != "" && !strings.HasPrefix(f.Do, "chmod") && do == f.Do {
				t.Errorf("%s: %q, %q", f.Check, said, do)
			}
			if texts.Elsewhere(f.Says) != said {
				t.Errorf("%q read again is %q", said, texts.Elsewhere(f.Says))
			}
		}
	}
}
