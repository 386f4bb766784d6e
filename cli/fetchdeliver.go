package cli

import (
	"path/filepath"

	"sluice/deliver"
	"sluice/fetch"
	"sluice/pipeline"
	"sluice/places"
	"sluice/schedule"
	"sluice/schedule/runner"
	"sluice/schedule/steps"
	"sluice/source"
)

// deliverFetched runs the deliveries of a source with a job that was fetched.
func deliverFetched(c *call, s source.Source, r fetch.Result) (all []deliver.Result, err error) {
	folder, err := places.Config()
	if err != nil {
		return nil, err
	}
	follows := steps.Deliveries{File: deliver.NewFile(folder), Owed: deliver.NewOwedFile(folder), Version: c.program.Version, Logger: c.logger,
		Told: func(_ string, r deliver.Result) { all = append(all, r) }}
	ended := runner.Ended{Source: s, Result: schedule.Result{Outcome: schedule.Completed}}
	ended.Source.Home = s.FetchHome(c.journals)
	ended.Job = pipeline.Job{ID: r.Job, Status: pipeline.Completed}
	for _, f := range r.Files {
		ended.Files = append(ended.Files, pipeline.File{Name: f.Name, Path: filepath.Join(r.Folder, f.File), Rows: f.Rows, Bytes: f.Bytes, SHA256: f.SHA256, Complete: true})
	}
	err = signalled(follows.After(c.ctx, ended))
	if err == nil && len(all) == 0 {
		c.logger.Warn("there is no delivery of this source: nothing was delivered", "source", s.Name)
	}
	return all, err
}
