package backend

import (
	"context"

	"sluice/deliver"
)

// Deliver brings the finished job in a folder to where a delivery says, with the key for
// pseudonyms of its home. The error is one sentence for people. progress is called often,
// from the goroutine of the caller.
func (b *Backend) Deliver(ctx context.Context, d deliver.Delivery, from, home string, progress func(deliver.Progress)) (deliver.Result, error) {
	r, err := d.Run(ctx, from, deliver.With{Home: home, Version: b.version, Progress: progress, Warn: func(w string) { b.logger.Warn(w, "delivery", d.Name) }})
	if err == nil {
		b.logger.Info("delivered", "delivery", d.Name, "job", r.Job, "place", r.Place, "bytes", r.Bytes, "already", r.Already)
	}
	return r, err
}

// ReachPlace reaches the place of a delivery, writes nothing, and returns what it is called.
func (b *Backend) ReachPlace(ctx context.Context, d deliver.Delivery) (string, error) {
	to, err := d.Open(ctx)
	if err != nil {
		return "", err
	}
	return to.String(), to.Close()
}
