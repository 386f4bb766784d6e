// Package asparquet writes the CSV files of a finished job as Parquet into a folder of their
// own, which looks as if the job had been exported so: the same rows, in columns of their
// types.
//
//	m, notes, err := asparquet.Write(ctx, asparquet.Options{From: job, To: out}, nil)
package asparquet

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"sluice/columns"
	"sluice/leash"
	"sluice/localexport/jobfiles"
	"sluice/localexport/product"
	"sluice/localexport/record/fromcsv"
	"sluice/wholefile"
	"sluice/wording"
)

// Options are what is written, and where.
type Options struct {
	From, To string // folders; To must not be there yet
	Version  string // of the program
}

// Progress is how far it is.
type Progress struct {
	File        string
	Done, Total int64 // bytes read
}

// Lacks reports whether a job has tables as CSV alone.
func Lacks(m jobfiles.Manifest) bool {
	for _, f := range m.Files {
		if wanted(m, f) {
			return true
		}
	}
	return false
}

// wanted reports whether a file is a table that the job does not have as Parquet too. The
// rows that were left out are no table: their file is for people.
func wanted(m jobfiles.Manifest, f jobfiles.ManifestFile) bool {
	table, format := product.SplitName(f.Name)
	if format == product.Parquet || f.Name == product.RejectedName {
		return false
	}
	for _, other := range m.Files {
		if other.Name == product.FileName(table, product.Parquet) {
			return false
		}
	}
	return true
}

// Write writes the files and their manifest, which it returns with what people should know.
func Write(ctx context.Context, o Options, tell func(Progress)) (_ jobfiles.Manifest, notes []string, err error) {
	m, err := jobfiles.ReadManifest(o.From)
	if err != nil {
		return m, nil, err
	}
	if err := os.Mkdir(o.To, 0o700); err != nil {
		return m, nil, wording.Errorf("make the folder: %w", err)
	}
	w := work{o: o, m: m, tell: tell}
	for _, f := range m.Files {
		if wanted(m, f) {
			w.at.Total += f.Bytes
		}
	}
	out := m
	out.Files, out.CSV, out.Options.Format = nil, nil, string(product.Parquet)
	for _, f := range m.Files {
		switch {
		case f.Name == product.RejectedName:
			notes = append(notes, fmt.Sprintf("%s stays here: it lists the rows that were left out, and is no table.", filepath.Base(f.File)))
		case wanted(m, f):
			done, err := w.file(ctx, f)
			if err != nil {
				return m, nil, wording.Errorf("write %s as Parquet: %w", filepath.Base(f.File), err)
			}
			out.Files = append(out.Files, done)
		}
	}
	if escape := m.Options.LineBreakEscape; escape != "" {
		notes = append(notes, fmt.Sprintf("Line breaks in texts stand as %s, as in the CSV files: what was written for them cannot be taken back for certain. Exports with --format parquet keep them.", escape))
	}
	return out, notes, writeManifest(o.To, out)
}

func writeManifest(dir string, m jobfiles.Manifest) error {
	b, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return wording.Errorf("write the manifest: %w", err)
	}
	if err := wholefile.Write(filepath.Join(dir, jobfiles.ManifestName), append(b, '\n')); err != nil {
		return wording.Errorf("write the manifest: %w", err)
	}
	return nil
}

// work is one job at work.
type work struct {
	o    Options
	m    jobfiles.Manifest
	tell func(Progress)
	at   Progress
}

// commas is the form of labels in which commas stand between them, by its number among the
// rules of a manifest.
const commas = 1

// file writes one file, and proves that what it read is what the manifest tells.
func (w *work) file(ctx context.Context, f jobfiles.ManifestFile) (_ jobfiles.ManifestFile, err error) {
	base := filepath.Base(f.File)
	in, err := os.Open(filepath.Join(w.o.From, base))
	if err != nil {
		return f, err
	}
	defer in.Close()
	name := strings.TrimSuffix(base, ".csv") + ".parquet"
	out, err := wholefile.Create(filepath.Join(w.o.To, name))
	if err != nil {
		return f, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, out.Discard())
		}
	}()
	table := tableOf(f)
	form, _ := w.m.Options.Rules["Labels"].(float64)
	sum, read := sha256.New(), sha256.New()
	to, err := fromcsv.New(io.MultiWriter(out, sum), table, fromcsv.Options{Version: w.o.Version, Metadata: w.metadata(), Commas: form == commas, Names: table.Names()})
	if err != nil {
		return f, err
	}
	w.at.File = base
	n, err := io.CopyBuffer(struct{ io.Writer }{to}, io.TeeReader(&told{leash.Reader(ctx, in), w}, read), make([]byte, 1<<18))
	if err != nil {
		return f, err
	}
	if got := hex.EncodeToString(read.Sum(nil)); n != f.Bytes || got != f.SHA256 {
		return f, wording.Errorf("it is not what the manifest says of it (%d bytes and not %d, or another checksum): it was changed since the export", n, f.Bytes)
	}
	rows, err := to.End()
	if err == nil && rows != f.Rows {
		err = wording.Errorf("it has %d rows, and the manifest says %d", rows, f.Rows)
	}
	if err != nil {
		return f, err
	}
	f.Name, f.File, f.Bytes, f.SHA256 = product.FileName(f.Name, product.Parquet), name, out.Written(), hex.EncodeToString(sum.Sum(nil))
	return f, out.Commit()
}

// told tells how much was read.
type told struct {
	io.Reader
	w *work
}

func (t *told) Read(b []byte) (int, error) {
	n, err := t.Reader.Read(b)
	t.w.at.Done += int64(n)
	if t.w.tell != nil {
		t.w.tell(t.w.at)
	}
	return n, err
}

// metadata is what files of an export tell of themselves.
func (w *work) metadata() map[string]string {
	return map[string]string{product.MetadataJob: fmt.Sprint(w.m.Job.ID), product.MetadataVersion: w.m.Versions.Sluice, product.MetadataSchema: product.SchemaVersion,
		product.MetadataFrom: w.m.Options.From.UTC().Format(time.RFC3339)}
}

// tableOf are the columns of a file as its manifest tells them, with what is known of what
// they hold.
func tableOf(f jobfiles.ManifestFile) columns.File {
	known, _ := columns.Find(columns.Confluence, f.Name)
	table := columns.File{Name: f.Name}
	for _, c := range f.Columns {
		column := known.Column(c.Name)
		column.Name, column.Type, column.Key, column.Nullable = c.Name, c.Type, c.Key, c.Nullable
		if c.Type == columns.TypeList { // an empty list is no missing one
			column.Nullable = false
		}
		table.Columns = append(table.Columns, column)
	}
	if len(f.Columns) == 0 { // manifests of earlier versions
		table.Columns = known.Columns
	}
	return table
}
