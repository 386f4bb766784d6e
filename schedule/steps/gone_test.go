package steps

import (
	"context"
	"fmt"
	"testing"

	"sluice/deliver"
	"sluice/fetch"
	"sluice/pipeline"
	"sluice/schedule/runner"
	"sluice/source"
)

// TestFilesThatAreGone: of a job of a server it is known whether its files are gone, or could not
// be fetched now.
func TestFilesThatAreGone(t *testing.T) {
	_, e := exported(t, 1)
	e.Source.Kind = source.KindServer
	_, logger := logs()
	why := fmt.Errorf("fetch job 1: %w", fetch.ErrGone)
	step := Deliveries{File: kept(t, deliver.Delivery{Name: "share", Source: "wiki-id", To: t.TempDir()}), Owed: deliver.NewOwedFile(t.TempDir()), Logger: logger,
		Fetch: func(context.Context, runner.Ended) ([]pipeline.File, error) { return nil, why }}
	for _, job := range []int64{1, 2} {
		e.Job.ID, e.Files = job, nil
		if err := step.After(t.Context(), e); err == nil {
			t.Errorf("job %d: no error", job)
		}
	}
	if owed, err := step.Owed.Of("share"); err != nil || deliver.Listed(owed.Gone) != "1, 2" {
		t.Errorf("%+v, %v", owed, err)
	}
	why = fmt.Errorf("no connection")
	e.Job.ID = 3
	if err := step.After(t.Context(), e); err == nil {
		t.Error("no error")
	}
	if owed, err := step.Owed.Of("share"); err != nil || len(owed.Gone) != 0 || len(owed.Unfetched) != 3 {
		t.Errorf("they may be there again: %+v, %v", owed, err)
	}
}
