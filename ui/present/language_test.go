package present

import (
	"errors"
	"strings"
	"testing"

	"sluice/pipeline"
	"sluice/ui/texts"
	"sluice/wording"
)

// TestDiagnosticsInALanguage: those of a job are said in the language of the window by what
// they were made of, also where a document from before there was anything to go by has the
// English alone; one that somebody else has put together says what it says.
func TestDiagnosticsInALanguage(t *testing.T) {
	defer func() { texts.T = texts.English() }()
	if _, err := texts.UseLanguage("de"); err != nil {
		t.Fatal(err)
	}
	made := pipeline.Say("k", "Bodies of more than 64 MB in a file of UTF-16 were left empty: %d (first: contentid %d).", 3, 12)
	failed := pipeline.SayError("k", wording.Errorf("job %d is complete: there is nothing left to do for it", 7), "Look at the disk, and check the files before you rely on them.")
	forged, old := made, pipeline.Diagnostic{Key: made.Key, Message: made.Message}
	forged.Args = `["9","12"]`
	for _, x := range []struct {
		d    pipeline.Diagnostic
		want string
	}{
		{made, "Inhalte von mehr als 64 MB in einer UTF-16-Datei wurden leer gelassen: 3 (zuerst: contentid 12)."},
		{failed, "Job 7 ist vollständig: Für ihn bleibt nichts zu tun. Sehen Sie sich die Platte an und prüfen Sie die Dateien, bevor Sie sich auf sie verlassen."},
		{forged, made.Message},
		{old, "Inhalte von mehr als 64 MB in einer UTF-16-Datei wurden leer gelassen: 3 (zuerst: contentid 12)."},
		{pipeline.Diagnostic{Message: "Convert the database again."}, "Konvertieren Sie die Datenbank neu."},
		{pipeline.SayError("k", errors.New("a failure of its own")), "A failure of its own."},
	} {
		if got := inLanguage(x.d); got != x.want {
			t.Errorf("%+v: %q, want %q", x.d, got, x.want)
		}
	}
	notices := warnings(Inputs{}, pipeline.Job{ID: 1, Status: pipeline.Completed, Warnings: []pipeline.Diagnostic{made}})
	if len(notices) != 1 || !strings.HasPrefix(notices[0].Title, "Inhalte von mehr als 64 MB") {
		t.Errorf("%+v", notices)
	}
}
