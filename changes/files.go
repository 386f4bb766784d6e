package changes

import (
	"errors"
	"os"

	"sluice/wholefile"
	"sluice/wording"
)

// The formats of the files of changes.
const (
	CSV     = "csv"
	Parquet = "parquet"
)

// output is a file of changes. What comes as CSV is made typed, if that is not nil.
type output struct {
	*wholefile.File
	typed *typed
}

// create begins the file of changes.
func (d *diff) create(path string, p *pair, c *comparison) error {
	if err := os.MkdirAll(d.Dir, 0o700); err != nil {
		return wording.Errorf("make the folder for the changes: %w", err)
	}
	f, err := wholefile.Create(path)
	if err != nil {
		return wording.Errorf("write the changes to %s: %w", path, err)
	}
	o := &output{File: f}
	d.written = append(d.written, o)
	c.out = f
	if d.Format == Parquet {
		if o.typed, err = newTyped(f, p, map[string]string{"sluice.earlier": d.A.Slug, "sluice.later": d.B.Slug}); err != nil {
			return wording.Errorf("write the changes to %s: %w", path, err)
		}
		c.out = o.typed
	}
	_, err = c.out.Write(newRows(p, 0).header())
	return err
}

// end brings the file of changes that was written last to its end.
func (d *diff) end() error {
	if d.Dir == "" || d.written[len(d.written)-1].typed == nil {
		return nil
	}
	last := d.written[len(d.written)-1]
	typed := last.typed
	last.typed = nil
	return typed.end()
}

// drop gives the last file up.
func (d *diff) drop() error {
	last := d.written[len(d.written)-1]
	d.written = d.written[:len(d.written)-1]
	return last.Discard()
}

// commit gives the files their names.
func (d *diff) commit() error {
	for _, f := range d.written {
		if err := f.Commit(); err != nil {
			return err
		}
	}
	return nil
}

func (d *diff) discard() (err error) {
	for _, f := range d.written {
		err = errors.Join(err, f.Discard())
	}
	return err
}

// refuseInput refuses to write over one of the files that are compared.
func refuseInput(path string, inputs ...string) error {
	target, err := os.Stat(path)
	if err != nil {
		return nil // nothing there
	}
	for _, in := range inputs {
		if info, err := os.Stat(in); err == nil && os.SameFile(target, info) {
			return wording.Errorf("%s is one of the files that are compared: write the changes into another folder (--out)", path)
		}
	}
	return nil
}
