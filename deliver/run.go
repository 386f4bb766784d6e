package deliver

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"sluice/deliver/asparquet"
	"sluice/deliver/target"
	"sluice/localexport/jobfiles"
	"sluice/redact"
	redactfolder "sluice/redact/folder"
	"sluice/wording"
)

// With is what a delivery is made with.
type With struct {
	Home    string       // of the job, with the key for pseudonyms
	Version string       // of the program
	Warn    func(string) // is told what people should know; nil: nobody is
	Again   bool         // see Options
	// Open opens the place; nil: as the delivery says.
	Open     func(context.Context) (target.Target, error)
	Progress func(Progress)
}

// Run delivers the finished job in a folder as the delivery says: redacted, and as Parquet,
// if that is asked for. What is made for it lies beside the folder of the job, on the disk
// that has room for exports, and is gone afterwards.
func (d Delivery) Run(ctx context.Context, from string, w With) (r Result, err error) {
	if w.Warn == nil {
		w.Warn = func(string) {}
	}
	if w.Open == nil {
		w.Open = d.Open
	}
	if w.Progress == nil {
		w.Progress = func(Progress) {}
	}
	release, err := d.alone(from, w.Warn)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, release()) }()
	made, notes, err := d.ready(ctx, from, w)
	if made.remove != nil {
		defer func() { err = errors.Join(err, made.remove()) }()
	}
	if err != nil {
		return r, err
	}
	to, err := w.Open(ctx)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	o := d.options()
	o.Again, o.Progress, o.Temp = w.Again, w.Progress, made.temp
	r, err = Job(ctx, made.from, to, o)
	r.Notes = append(notes, r.Notes...)
	return r, err
}

// ready is the folder whose files are brought, the one that was made for them, "" if none
// was, and what removes that.
type ready struct {
	from, temp string
	remove     func() error
}

// ready makes the files ready that are not brought as they lie here.
func (d Delivery) ready(ctx context.Context, from string, w With) (made ready, notes []string, err error) {
	made.from = from
	convert, err := d.converts(from)
	if err != nil || d.Redact == "" && !convert {
		return made, nil, err
	}
	if made.temp, made.remove, err = tempFor(d, from); err != nil {
		return made, nil, err
	}
	if d.Redact != "" {
		to := filepath.Join(made.temp, "redacted")
		if err := d.redacted(ctx, made.from, to, w); err != nil {
			return made, nil, err
		}
		made.from = to
	}
	if convert {
		to := filepath.Join(made.temp, "parquet")
		_, notes, err = asparquet.Write(ctx, asparquet.Options{From: made.from, To: to, Version: w.Version}, func(p asparquet.Progress) {
			w.Progress(Progress{Stage: Converting, File: p.File, Bytes: p.Done, TotalBytes: p.Total})
		})
		made.from = to
	}
	return made, notes, err
}

// converts reports whether files have to be made: a job that was exported as Parquet, too,
// has them.
func (d Delivery) converts(from string) (bool, error) {
	if d.As != AsParquet {
		return false, nil
	}
	m, err := jobfiles.ReadManifest(from)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil // which is said when it is delivered
	}
	return err == nil && asparquet.Lacks(m), err
}

// ErrBusy is the error while another process makes the same delivery.
var ErrBusy = wording.New("another Sluice makes this delivery just now: wait for its end")

// lockOf takes the lock of a delivery. Whoever had it before may have removed its file since
// that was opened: what is locked then keeps nobody out, and the file is made anew.
func lockOf(path string) (*flock.Flock, error) {
	for {
		held := flock.New(path, flock.SetPermissions(0o600))
		switch mine, err := held.TryLock(); {
		case err != nil:
			return nil, wording.Errorf("make the folder for what is delivered: %w", err)
		case !mine:
			return nil, errors.Join(ErrBusy, held.Close())
		}
		opened, err := held.Stat()
		named, missing := os.Stat(path)
		if err == nil && missing == nil && os.SameFile(opened, named) {
			return held, nil
		}
		if err := held.Close(); err != nil {
			return nil, wording.Errorf("make the folder for what is delivered: %w", err)
		}
	}
}

// letGo removes the lock while it is held: a file that another has locked meanwhile would go
// otherwise. Where a file that is open cannot be removed, it is once it is not.
func letGo(held *flock.Flock) error {
	if os.Remove(held.Path()) == nil {
		return held.Unlock()
	}
	if err := held.Unlock(); err != nil {
		return err
	}
	_ = os.Remove(held.Path()) // another has it by now
	return nil
}

// alone keeps other processes from bringing the same job to the same place: one would take
// for the leavings of a process that was killed what the other is about to bring. Where no
// lock can be kept, beside a folder that is read alone, that is said.
func (d Delivery) alone(from string, warn func(string)) (release func() error, err error) {
	sum := sha256.Sum256([]byte(d.place()))
	held, err := lockOf(filepath.Join(filepath.Dir(from), fmt.Sprintf(".delivery-%s-%x.lock", filepath.Base(from), sum[:8])))
	switch {
	case errors.Is(err, ErrBusy):
		return nil, err
	case err != nil:
		if !errors.Is(err, fs.ErrNotExist) { // a folder that is not there is told of later
			warn(fmt.Sprintf("another Sluice that makes this delivery at the same time would not be noticed: %v", err))
		}
		return func() error { return nil }, nil
	}
	return func() error { return letGo(held) }, nil
}

// tempFor makes the folder for what a delivery makes of a job. It is always the same one:
// what a process that was killed has left there goes when the delivery is made again.
func tempFor(d Delivery, from string) (temp string, remove func() error, err error) {
	sum := sha256.Sum256([]byte(d.Name + "\x00" + d.To))
	temp = filepath.Join(filepath.Dir(from), fmt.Sprintf(".delivery-%s-%x", filepath.Base(from), sum[:8]))
	if err := os.RemoveAll(temp); err != nil {
		return "", nil, wording.Errorf("remove what an earlier delivery has left: %w", err)
	}
	if err := os.Mkdir(temp, 0o700); err != nil {
		return "", nil, wording.Errorf("make the folder for what is delivered: %w", err)
	}
	return temp, func() error { return os.RemoveAll(temp) }, nil
}

// redacted redacts the files of a job into a folder, with the key of its home.
func (d Delivery) redacted(ctx context.Context, from, to string, w With) error {
	rules, err := redact.Load(d.Redact)
	if err != nil {
		return err
	}
	o := redactfolder.Options{From: from, To: to, Rules: rules, Version: w.Version}
	if rules.NeedsKey() {
		var made bool
		if o.Key, made, err = redact.LoadKey(redact.KeyFile(w.Home), w.Warn); err != nil {
			return err
		}
		if made {
			w.Warn(fmt.Sprintf("the key for pseudonyms was made, %s: what was delivered with another one has other pseudonyms", redact.KeyFile(w.Home)))
		}
	}
	_, err = redactfolder.Redact(ctx, o, func(p redactfolder.Progress) {
		w.Progress(Progress{Stage: Redacting, File: p.File, Bytes: p.Done, TotalBytes: p.Total})
	})
	return err
}
