//go:build unix

package nightly

import (
	"flag"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// points is how many of the points of a night are tried: every nth; 0 tries none.
var points = flag.Int("points", 0, "kill at every nth of all points of a night")

// TestNight kills a run in the middle of each of its steps. What comes out in the end is what
// an undisturbed run brings.
func TestNight(t *testing.T) {
	if testing.Short() {
		t.Skip("starts servers")
	}
	w := newWorld(t)
	if said, killed := w.run(t, evening, quiet, kill{}); killed || strings.Count(said, "outcome=completed") != 2 {
		t.Fatalf("two quiet nights: %s", said)
	}
	w.db.sql(`UPDATE spaces SET spacename = spacename || ' (new)'`)
	w.disturb(t, w.kills())
	if *points > 0 {
		t.Run("points", func(t *testing.T) { w.disturb(t, w.points(t, *points)) })
	}
	w.within(t).makeWhileExporting()
	w.disturb(t, map[string]kill{
		"while redacted files are written": w.at("sync", export+`/pages_.*\.csv\.partial$`, 1),
		"while Parquet is written":         w.at("write", export+`/pages_.*\.parquet\.partial$`, 1),
	})
}

// makeWhileExporting has the export be redacted and write Parquet, in the place of
// deliveries.
func (w *world) makeWhileExporting() {
	w.back()
	w.deliverBySFTP() // which redacts no more: both at once are refused
	w.sluice("schedule", "edit", "nightly", "--redact", "gdpr", "--format", "both")
}

// disturb keeps the world as it is, and has each of the kills happen in it.
func (w *world) disturb(t *testing.T, kills map[string]kill) {
	w.within(t).keep()
	w.heard()
	said, _ := w.run(t, change, morning, kill{})
	w.checkMarkers(t)
	want := w.result(t, w.checkNight(t))
	if t.Failed() {
		t.Fatalf("undisturbed: %s", said)
	}
	for _, name := range slices.Sorted(maps.Keys(kills)) {
		t.Run(name, func(t *testing.T) { w.within(t).disturbed(t, kills[name], want) })
	}
	w.within(t).back()
}

// export is where the job of the night writes its files.
const export = `homes/[^/]*/data-pipeline/export/3`

// at is at the nth call about a file of the world.
func (w *world) at(call, path string, n int) kill {
	return kill{call: regexp.MustCompile("^" + call + " " + regexp.QuoteMeta(w.dir) + "/" + path), n: n}
}

// kills are one in the middle of each step, and between some.
func (w *world) kills() map[string]kill {
	return map[string]kill{
		"while the database is read":              {gate: w.postgres, bytes: 12_000},
		"while the snapshot is changed":           w.at("write", `snapshots/wiki\.db$`, 3),
		"while CSV is written":                    w.at("sync", export+`/pages_.*\.csv\.partial$`, 1),
		"while files get their names":             w.at("rename", export+`/.*\.csv\.partial$`, 3),
		"while the job ends":                      w.at("rename", export+`/manifest\.json\.partial$`, 1),
		"while files are redacted for a delivery": w.at("sync", `homes/.*/\.delivery-3-[^/]*/redacted.*/pages_.*\.csv`, 1),
		"while files are converted":               w.at("write", `homes/.*/\.delivery-3-[^/]*/parquet.*/pages_.*\.parquet`, 2),
		"while files are packed":                  w.at("write", `homes/.*/\.delivery-3-[^/]*/sluice-.*zst`, 3),
		"in the middle of a file by SFTP":         {gate: w.sftp, bytes: 20_000},
		"in the middle of an object":              {gate: w.storage, bytes: 40_000},
		"while what is owed is settled":           w.at("rename", `config/sluice/deliveries-owed\.json.*`, 2),
		"while files are pruned":                  w.at("unlink", `homes/[^/]*/data-pipeline/export/1/pages_`, 1),
		"while the hook is called":                {hook: true},
		"while the end is noted":                  w.at("rename", `config/sluice/schedules-state\.json.*`, 3),
	}
}

// disturbed is a night in which the process is killed, and started again.
func (w *world) disturbed(t *testing.T, k kill, want map[string]string) {
	w.back()
	w.heard()
	first, killed := w.run(t, change, morning, k)
	if !killed && !k.may {
		t.Fatalf("it was not killed: %s", first)
	}
	w.checkMarkers(t)
	second, _ := w.run(t, resumed, morning, kill{})
	w.checkMarkers(t)
	last := w.checkNight(t)
	got := w.result(t, last)
	lasting := w.checkRests(t, got)
	for _, line := range differences(got, want) {
		t.Error(line)
	}
	if lasting {
		w.checkNextNight(t, last)
	}
	if t.Failed() {
		t.Logf("the first process: %s\nthe second: %s", first, second)
		if dir := os.Getenv("SLUICE_TEST_KEEP"); dir != "" {
			w.copy(w.dir, dir)
		}
	}
}
