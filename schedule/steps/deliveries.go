package steps

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"slices"
	"time"

	"github.com/jonboulle/clockwork"

	"sluice/deliver"
	"sluice/fetch"
	"sluice/figures"
	"sluice/pipeline"
	"sluice/schedule"
	"sluice/schedule/runner"
	"sluice/source"
	"sluice/takes/feed"
	"sluice/wording"
)

// Deliveries brings the files of a run that was completed to where the deliveries of its
// source say. One that fails makes a failure of the run; the others are made all the same.
type Deliveries struct {
	File    *deliver.File
	Owed    *deliver.OwedFile
	Version string // of the program
	Logger  *slog.Logger
	Clock   clockwork.Clock // nil: the real one
	// Fetch brings the files of a job of a server here; nil: nothing does.
	Fetch func(ctx context.Context, e runner.Ended) ([]pipeline.File, error)
	// Told is called with each delivery that was made; nil: nobody is told.
	Told func(delivery string, r deliver.Result)
}

// waits are the times before a delivery is tried again to a place that cannot be reached.
var waits = []time.Duration{10 * time.Second, time.Minute, 5 * time.Minute}

// Name implements runner.Step.
func (Deliveries) Name() string { return "deliver" }

// After implements runner.Step.
func (d Deliveries) After(ctx context.Context, e runner.Ended) error {
	if e.Result.Outcome != schedule.Completed {
		return nil
	}
	list, err := d.File.Load()
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(of deliver.Delivery) bool { return of.Disabled || of.Source != e.Source.ID })
	if len(list) == 0 {
		return nil
	}
	if e.Source.Kind == source.KindServer && len(e.Files) == 0 && d.Fetch != nil {
		late := d.fetchLate(ctx, list, e)
		if e.Files, err = d.Fetch(ctx, e); err != nil {
			why := err
			for _, delivery := range list {
				err = errors.Join(err, d.Owed.Lack(delivery.Name, e.Job.ID, why, errors.Is(why, fetch.ErrGone)))
			}
			return errors.Join(late, wording.Errorf("%w (the next run begins with this job)", err))
		}
		if late != nil {
			d.Logger.Error("an earlier job could not be fetched", "schedule", e.Plan.Name, "error", late)
		}
		e.Source.Home = cmp.Or(e.Source.Home, homeOf(e.Files))
	}
	if e.Source.Kind == source.KindServer && len(e.Files) > 0 { // whoever has fetched them
		for _, delivery := range list {
			if err := d.Owed.Have(delivery.Name, e.Job.ID); err != nil {
				return err
			}
		}
	}
	var all []error
	for _, delivery := range list {
		if err := d.all(ctx, delivery, e); err != nil {
			all = append(all, wording.Errorf("%s: %w", delivery.Name, err))
		}
	}
	return errors.Join(all...)
}

// fetchLate fetches the jobs that earlier runs could not, so that they are owed as those that
// are here are. What cannot be fetched stays owed.
func (d Deliveries) fetchLate(ctx context.Context, list []deliver.Delivery, e runner.Ended) error {
	var all []error
	for _, delivery := range list {
		owed, err := d.Owed.Of(delivery.Name)
		all = append(all, err)
		for _, job := range owed.Unfetched {
			if job == e.Job.ID {
				continue
			}
			earlier := e
			earlier.Job = pipeline.Job{ID: job}
			files, err := d.Fetch(ctx, earlier)
			if err == nil && len(files) > 0 {
				_, err = d.Owed.Add(delivery.Name, filepath.Dir(files[0].Path))
			}
			if err == nil {
				err = d.Owed.Have(delivery.Name, job)
			}
			if err == nil {
				continue
			}
			gone := errors.Is(err, fetch.ErrGone)
			all = append(all, d.Owed.Lack(delivery.Name, job, err, gone)) // why it is owed may be another reason than before
			if err = wording.Errorf("job %d: %w", job, err); gone {
				err = wording.Errorf("%w (it cannot be delivered: \"sluice deliveries forget\" lets it be)", err)
			}
			all = append(all, err)
		}
	}
	return errors.Join(all...)
}

// homeOf is the home in which the files of a job lie that was fetched.
func homeOf(files []pipeline.File) string {
	if len(files) == 0 {
		return ""
	}
	const below = 4 // data-pipeline, export, the job, the file
	path := files[0].Path
	for range below {
		path = filepath.Dir(path)
	}
	return path
}

// all delivers the job of a run, after those that earlier runs could not deliver: an export
// goes on from the one before, so what is in that is in no later one.
func (d Deliveries) all(ctx context.Context, delivery deliver.Delivery, e runner.Ended) error {
	if len(e.Files) == 0 {
		return wording.New("the files of the job are not on this computer")
	}
	if _, err := d.Owed.Add(delivery.Name, filepath.Dir(e.Files[0].Path)); err != nil {
		return err
	}
	_, err := d.Owed.Bring(delivery.Name, func(from string) error { return d.patiently(ctx, delivery, from, e) })
	if err == nil {
		return nil
	}
	left, of := d.Owed.Of(delivery.Name)
	if of != nil || len(left.Folders) == 0 {
		return errors.Join(err, of)
	}
	return wording.Errorf("%w (%s to deliver; the next run begins with it)", err, figures.Some(int64(len(left.Folders)), "one job is", "%d jobs are"))
}

// patiently delivers, and again after a while if the place cannot be reached now, or another
// process brings the job there.
func (d Deliveries) patiently(ctx context.Context, delivery deliver.Delivery, from string, e runner.Ended) error {
	clock := d.Clock
	if clock == nil {
		clock = clockwork.NewRealClock()
	}
	for _, wait := range append(waits, 0) {
		r, err := delivery.Run(ctx, from, deliver.With{Home: e.Source.Home, Version: d.Version, Warn: func(w string) { d.Logger.Warn(w, "delivery", delivery.Name) }})
		if err == nil {
			d.Logger.Info("delivered", "schedule", e.Plan.Name, "delivery", delivery.Name, "job", r.Job, "place", r.Place, "bytes", r.Bytes, "already", r.Already)
			if d.Told != nil {
				d.Told(delivery.Name, r)
			}
			return nil
		}
		if wait == 0 || !errors.Is(err, feed.ErrUnreachable) && !errors.Is(err, deliver.ErrBusy) || ctx.Err() != nil {
			return err
		}
		d.Logger.Warn("delivered again later", "schedule", e.Plan.Name, "delivery", delivery.Name, "after", wait, "error", err)
		select {
		case <-clock.After(wait):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}
