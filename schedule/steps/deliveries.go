package steps

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/jonboulle/clockwork"

	"sluice/deliver"
	"sluice/figures"
	"sluice/pipeline"
	"sluice/redact"
	"sluice/redact/folder"
	"sluice/schedule"
	"sluice/schedule/runner"
	"sluice/takes/feed"
)

// Deliveries brings the files of a run that was completed to where the deliveries of its
// source say. One that fails makes a failure of the run; the others are made all the same.
type Deliveries struct {
	File    *deliver.File
	Owed    *deliver.OwedFile
	Version string // of the program
	Logger  *slog.Logger
	Clock   clockwork.Clock // nil: the real one
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
	var all []error
	for _, delivery := range list {
		if delivery.Disabled || delivery.Source != e.Source.ID {
			continue
		}
		if err := d.all(ctx, delivery, e); err != nil {
			all = append(all, fmt.Errorf("%s: %w", delivery.Name, err))
		}
	}
	return errors.Join(all...)
}

// all delivers the job of a run, after those that earlier runs could not deliver: an export
// goes on from the one before, so what is in that is in no later one.
func (d Deliveries) all(ctx context.Context, delivery deliver.Delivery, e runner.Ended) error {
	if len(e.Files) == 0 {
		return errors.New("the files of the job are not on this computer")
	}
	owed, err := d.Owed.Add(delivery.Name, filepath.Dir(e.Files[0].Path))
	if err != nil {
		return err
	}
	for _, from := range owed {
		err := d.patiently(ctx, delivery, from, e)
		if err != nil && !gone(from) {
			return fmt.Errorf("%w (%s to deliver; the next run begins with it)", err, figures.Some(int64(len(owed)), "one job is", "%d jobs are"))
		}
		if err = errors.Join(err, d.Owed.Settle(delivery.Name, from)); err != nil {
			return err // of files that are gone it is told once
		}
	}
	return nil
}

// gone reports whether the files of a job were taken away.
func gone(from string) bool {
	_, err := os.Stat(filepath.Join(from, pipeline.ManifestName))
	return errors.Is(err, fs.ErrNotExist)
}

// patiently delivers, and again after a while if the place cannot be reached now.
func (d Deliveries) patiently(ctx context.Context, delivery deliver.Delivery, from string, e runner.Ended) error {
	clock := d.Clock
	if clock == nil {
		clock = clockwork.NewRealClock()
	}
	for _, wait := range append(waits, 0) {
		r, err := d.once(ctx, delivery, from, e.Source.Home)
		if err == nil {
			d.Logger.Info("delivered", "schedule", e.Plan.Name, "delivery", delivery.Name, "job", r.Job, "place", r.Place, "bytes", r.Bytes, "already", r.Already)
			return nil
		}
		if wait == 0 || !errors.Is(err, feed.ErrUnreachable) || ctx.Err() != nil {
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

// once delivers, redacted if that is asked for.
func (d Deliveries) once(ctx context.Context, delivery deliver.Delivery, from, home string) (r deliver.Result, err error) {
	if delivery.Redact != "" {
		temp, err := tempFor(delivery, from)
		if err != nil {
			return r, err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
		if from, err = d.redacted(ctx, delivery, from, filepath.Join(temp, "job"), home); err != nil {
			return r, err
		}
	}
	to, err := delivery.Open(ctx)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	return deliver.Job(ctx, from, to, delivery.Options())
}

// tempFor makes the folder for what a delivery redacts of a job, on the disk that has room for
// exports. It is always the same one: what a process that was killed has left there goes
// when the run is gone on with.
func tempFor(delivery deliver.Delivery, from string) (string, error) {
	sum := sha256.Sum256([]byte(delivery.Name))
	temp := filepath.Join(filepath.Dir(from), fmt.Sprintf(".redacted-%s-%x", filepath.Base(from), sum[:8]))
	if err := os.RemoveAll(temp); err != nil {
		return "", fmt.Errorf("remove what an earlier delivery has left: %w", err)
	}
	return temp, os.Mkdir(temp, 0o700)
}

// redacted redacts the files of a job into a folder, with the key of its home.
func (d Deliveries) redacted(ctx context.Context, delivery deliver.Delivery, from, to, home string) (string, error) {
	rules, err := redact.Load(delivery.Redact)
	if err != nil {
		return "", err
	}
	o := folder.Options{From: from, To: to, Rules: rules, Version: d.Version}
	if rules.NeedsKey() {
		var made bool
		if o.Key, made, err = redact.LoadKey(redact.KeyFile(home), func(w string) { d.Logger.Warn(w) }); err != nil {
			return "", err
		}
		if made {
			d.Logger.Warn("the key for pseudonyms was made: what was delivered with another one has other pseudonyms", "delivery", delivery.Name, "file", redact.KeyFile(home))
		}
	}
	_, err = folder.Redact(ctx, o, nil)
	return to, err
}
