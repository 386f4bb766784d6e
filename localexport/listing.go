package localexport

import (
	"context"
	"slices"

	"sluice/localexport/jobfiles"
	"sluice/localexport/product"
	"sluice/pipeline"
	"sluice/wording"
)

// Jobs lists the jobs of the home, newest first; at most limit of them if limit
// is above 0.
func (e *Exporter) Jobs(ctx context.Context, limit int) ([]pipeline.Job, error) {
	if _, err := e.Status(ctx); err != nil { // ends a dead job
		return nil, err
	}
	return e.history(ctx, limit)
}

// Files lists the files of a job. Rows and checksums of a COMPLETED job come
// from its manifest. Of other jobs it lists what lies there: complete files and
// partial ones, with the rows only while the job runs.
func (e *Exporter) Files(ctx context.Context, jobID int64) ([]pipeline.File, error) {
	if _, err := e.current(); err != nil {
		return nil, wording.Errorf("list files: %w", err)
	}
	job, err := e.job(ctx, jobID)
	if err != nil {
		return nil, wording.Errorf("list files: %w", err)
	}
	files, err := jobfiles.List(e.home.folder(job), slices.Concat(product.FileNames(e.product.Files(), product.Formats), e.product.Optional()))
	progress := e.Progress()
	if err != nil || progress.JobID != jobID || !job.Running() {
		return files, err
	}
	for _, p := range progress.Files {
		for i := range files {
			if name, _ := product.SplitName(files[i].Name); name == p.Name && files[i].Rows < 0 {
				files[i].Rows = p.Rows
			}
		}
	}
	return files, nil
}
