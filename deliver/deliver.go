// Package deliver brings the files of a finished job to where they are used: a mounted
// share, a server of SFTP, storage of the S3 kind. Each file is there whole or not at all
// and is compared with what the job's manifest says of it; a marker, written last, says
// that all are there. A delivery that was cut off is repeated, and one that is complete
// is left as it is.
package deliver

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"time"

	"sluice/deliver/target"
	"sluice/localexport/jobfiles"
	"sluice/pipeline"
	"sluice/wording"
)

// Options say how the files of a job are delivered.
type Options struct {
	Layout Layout
	Pack   Pack
	Format Format
	// Again delivers what is there complete already.
	Again bool
	// Temp is the folder for packed files until they are delivered; "" is the system's.
	Temp string
	// Progress, if not nil, is called often, never twice at once.
	Progress func(Progress)
}

// Result is what a delivery has done.
type Result struct {
	Place   string      `json:"place"`
	Job     int64       `json:"job"`
	Already bool        `json:"already"` // everything was there, and nothing was done
	Files   []Delivered `json:"files"`
	Bytes   int64       `json:"bytes"` // of the files as delivered
	Marker  string      `json:"marker"`
	Notes   []string    `json:"notes,omitempty"`
}

// Delivered is a file at the place.
type Delivered struct {
	Name   string `json:"name"` // below the place
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
	// Of is the checksum of the file before it was packed.
	Of   string `json:"of"`
	Rows int64  `json:"rows"`
}

// Job delivers the files of the finished job in a folder to a place.
func Job(ctx context.Context, dir string, to target.Target, o Options) (Result, error) {
	m, err := jobfiles.ReadManifest(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return Result{}, wording.Errorf("%s is no folder of a finished job: it has no %s", dir, pipeline.ManifestName)
	}
	if err != nil {
		return Result{}, err
	}
	p, err := planOf(m, dir, o)
	if err != nil {
		return Result{}, err
	}
	r := Result{Place: to.String(), Job: m.Job.ID, Marker: p.marker, Notes: append(p.notes, to.Notes()...)}
	d := delivery{to: to, o: o, plan: p}
	if !o.Again {
		files, err := d.there(ctx)
		if err != nil {
			return r, wording.Errorf("deliver to %s: %w", to, err)
		}
		if files != nil {
			r.Already = true
			return r.with(files), nil
		}
	}
	if err := d.free(ctx, m); err != nil {
		return r, wording.Errorf("deliver job %d to %s: %w", m.Job.ID, to, err)
	}
	files, err := d.run(ctx)
	if err != nil {
		return r, wording.Errorf("deliver job %d to %s: %w", m.Job.ID, to, err)
	}
	return r.with(files), nil
}

func (r Result) with(files []Delivered) Result {
	r.Files = files
	for _, f := range files {
		r.Bytes += f.Bytes
	}
	return r
}

// delivery is one delivery at work.
type delivery struct {
	to       target.Target
	o        Options
	plan     plan
	progress Progress
}

// there are the files of a delivery that is complete and was of the same files in the same
// form; nil if there is none.
func (d *delivery) there(ctx context.Context) ([]Delivered, error) {
	old, err := readMarker(ctx, d.to, d.plan.marker)
	if err != nil || old == nil || !d.plan.same(*old) {
		return nil, err
	}
	for _, f := range old.Files {
		size, err := d.to.Size(ctx, f.Name)
		if errors.Is(err, fs.ErrNotExist) || err == nil && size != f.Bytes {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
	}
	return old.Files, nil
}

// free reports an error if another job of the same number lies where this one goes: those of
// two homes count from 1 each, and their files would lie together as if they were of one.
// Nor does a job take the place of itself with more, or less, left out.
func (d *delivery) free(ctx context.Context, m jobfiles.Manifest) error {
	name := path.Join(path.Dir(d.plan.marker), pipeline.ManifestName)
	other, err := readOther(ctx, d.to, name)
	switch {
	case err != nil || other == nil:
		return err
	case !m.Job.Same(other.Job):
		return wording.Errorf("%s there is of another job %d, started %s and not %s: deliver what comes from another home to a folder of its own",
			name, other.Job.ID, other.Job.StartTime.Format(time.RFC3339), m.Job.StartTime.Format(time.RFC3339))
	case (m.Redaction == nil) != (other.Redaction == nil):
		return wording.Errorf("the same job lies there, %s: deliver what is redacted and what is not to folders of their own, or remove %s there",
			map[bool]string{true: "whole", false: "redacted"}[other.Redaction == nil], path.Dir(name))
	}
	return nil
}

// run takes the markers away, brings the files, and puts the markers back.
func (d *delivery) run(ctx context.Context) ([]Delivered, error) {
	for _, name := range append([]string{d.plan.marker}, d.plan.partMarkers...) {
		if err := d.to.Remove(ctx, name); err != nil {
			return nil, err
		}
	}
	d.progress.Files = len(d.plan.items)
	for _, item := range d.plan.items {
		d.progress.TotalBytes += item.bytes
	}
	var files []Delivered
	for _, item := range d.plan.items {
		f, err := d.bring(ctx, item)
		if err != nil {
			return nil, wording.Errorf("%s: %w", filepath.Base(item.path), err)
		}
		files = append(files, f)
		d.progress.Done++
		d.tell(item, 0)
	}
	for _, name := range d.plan.partMarkers {
		if err := put(ctx, d.to, name, nil); err != nil {
			return nil, err
		}
	}
	return files, writeMarker(ctx, d.to, d.plan, files)
}

func (d *delivery) tell(item item, read int64) {
	d.progress.File = filepath.Base(item.path)
	d.progress.Bytes += read
	if d.o.Progress != nil {
		d.o.Progress(d.progress)
	}
}

// bring brings one file and proves that it is there as it is here.
func (d *delivery) bring(ctx context.Context, item item) (Delivered, error) {
	source, err := os.Open(item.path)
	if errors.Is(err, fs.ErrNotExist) {
		return Delivered{}, wording.New("it was removed, or moved away, since the export")
	}
	if err != nil {
		return Delivered{}, err
	}
	defer source.Close()
	done := Delivered{Name: item.name, Bytes: item.bytes, SHA256: item.sha256, Of: item.sha256, Rows: item.rows}
	checked := &proved{r: source, want: item, hash: sha256.New(), tell: func(n int64) { d.tell(item, n) }}
	var content io.Reader = checked
	if item.pack != PackNone {
		packed, err := item.pack.file(ctx, checked, d.o.Temp)
		if err != nil {
			return Delivered{}, err
		}
		defer packed.Close()
		done.Bytes, done.SHA256, content = packed.bytes, packed.sha256, packed
	}
	if err := d.to.Put(ctx, item.name, content, done.Bytes); err != nil {
		return Delivered{}, err
	}
	if d.to.Proves() {
		return done, nil
	}
	return done, d.prove(ctx, done)
}

// prove reads a file at the place again.
func (d *delivery) prove(ctx context.Context, f Delivered) error {
	r, err := d.to.Open(ctx, f.Name)
	if err != nil {
		return wording.Errorf("read again what was delivered: %w", err)
	}
	defer r.Close()
	stop := context.AfterFunc(ctx, func() { r.Close() })
	defer stop()
	hash := sha256.New()
	n, err := io.Copy(hash, r)
	switch sum := hex.EncodeToString(hash.Sum(nil)); {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return wording.Errorf("read again what was delivered: %w", err)
	case n != f.Bytes || sum != f.SHA256:
		return wording.Errorf("what lies at the place is not what was sent (%d bytes of %d, checksum %.12s and not %.12s): deliver again", n, f.Bytes, sum, f.SHA256)
	}
	return nil
}
