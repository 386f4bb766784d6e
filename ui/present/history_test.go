package present

import (
	"strings"
	"testing"
	"time"

	"sluice/pipeline"
)

// TestOvertaken: a job that was seen running and has a later one behind it does
// not run any more, and nobody knows how long it took.
func TestOvertaken(t *testing.T) {
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	at := func(id int64, status pipeline.Status, hours int) pipeline.Job {
		return pipeline.Job{ID: id, Status: status, StartTime: pipeline.At(now.Add(-time.Duration(hours) * time.Hour))}
	}
	jobs := []pipeline.Job{at(6, pipeline.Started, 1), at(5, pipeline.Started, 50), at(4, pipeline.Failed, 60)}
	seen := Overtaken(jobs)
	if jobs[1].Status != pipeline.Started {
		t.Error("the jobs were changed")
	}
	rows := HistoryRows(seen, now, nil)
	if rows[0].Sign.Word != "Started" || rows[1].Sign.Word != "End not seen" || rows[2].Sign.Word != "Failed" || rows[1].Duration != "—" {
		t.Errorf("rows %+v", rows)
	}
	if bars := ChartOf(seen, ByDuration, 3, now); bars[1].ID != 5 || bars[1].Value != 0 || bars[1].Note != "—" {
		t.Errorf("bars %+v", bars)
	}
	if sorted := SortJobs(seen, ColumnDuration, false, now, nil); sorted[0].ID != 6 {
		t.Errorf("sorted %+v", sorted)
	}
}

// TestFromDatesOfEverything: the beginning of all time is that of UTC, wherever clocks are; other
// from dates are those of the zone.
func TestFromDatesOfEverything(t *testing.T) {
	day := time.Date(2025, 11, 23, 0, 0, 0, 0, berlin)
	for _, zone := range []*time.Location{berlin, mustZone("America/New_York"), nil} {
		job := pipeline.Job{ID: 1, Status: pipeline.Completed, Config: pipeline.Config{ExportFrom: pipeline.At(pipeline.Beginning().In(berlin))}}
		card := StatusOf(Inputs{State: pipeline.State{Job: job, At: now}, Now: now, Zone: zone})
		row := HistoryRows([]pipeline.Job{job}, now, zone)[0]
		if card.Facts[0].Value != "1970-01-01 00:00 +00:00" || row.From != "1970-01-01" || !strings.Contains(CompareChoice(job, now, zone), "1970-01-01") {
			t.Errorf("in %v the card says %q, the history %q", zone, card.Facts[0].Value, row.From)
		}
		if got := FromInZone(day, zone); zone != nil && got.Location() != zone {
			t.Errorf("in %v another day is told in %v", zone, got.Location())
		}
	}
}
