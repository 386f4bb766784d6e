package jobfiles

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"sluice/columns"
	"sluice/formats"
	"sluice/localexport/disk"
	"sluice/pipeline"
	"sluice/redact"
	"sluice/wording"
)

// ManifestFormat begins every manifest, with the version of formats.Manifest.
const ManifestFormat = "sluice-export-manifest"

// Manifest describes a complete export.
type Manifest struct {
	Format  string       `json:"format"`
	Version int          `json:"version"`
	Job     pipeline.Job `json:"job"` // as it is COMPLETED
	// Notes, and the job that this one has gone on with, are those of the job, whose
	// own JSON does not carry them. Commit takes them from there, and ReadManifest
	// puts them back.
	Notes       []pipeline.Diagnostic `json:"notes,omitempty"`
	ResumedFrom int64                 `json:"resumedFrom,omitempty"`
	StartedBy   string                `json:"startedBy,omitempty"`

	Request  Request        `json:"request"`
	Snapshot Snapshot       `json:"snapshot,omitzero"` // absent: a server exported
	Options  Options        `json:"options"`
	Versions Versions       `json:"versions"`
	CSV      *CSVForm       `json:"csv,omitempty"` // absent: there are no CSV files, or an earlier version wrote them
	Files    []ManifestFile `json:"files"`
	// Redaction is what was taken out of the files; absent: nothing.
	Redaction *redact.Record `json:"redaction,omitempty"`
	// Fetched tells that the files were brought from a server; absent: they were made
	// here.
	Fetched *Fetched `json:"fetched,omitempty"`
}

// Request is what was asked for.
type Request struct {
	FromDate pipeline.Time `json:"fromDate,omitzero"` // absent: the default window
	Forced   bool          `json:"forced"`
}

// Snapshot is the file that was exported.
type Snapshot struct {
	Path     string `json:"path"`
	Identity string `json:"identity"`
	// Content is what stays of Identity when the file is copied or touched.
	Content       string    `json:"content,omitempty"`
	Bytes         int64     `json:"bytes"`
	Modified      time.Time `json:"modified"`
	ChangeCounter uint32    `json:"changeCounter"`
	// Newest is the newest change that was read: up to then the export has everything,
	// whenever the file was written or the job was started. Manifests of earlier
	// versions have none.
	Newest time.Time `json:"newest,omitzero"`
}

// Options are the resolved choices that shape the files.
type Options struct {
	From               time.Time `json:"from"`
	TimeZone           string    `json:"timeZone"`
	BaseURL            string    `json:"baseUrl"`
	FullContent        bool      `json:"fullContent"`
	PreserveLineBreaks bool      `json:"preserveLineBreaks"`
	LineBreakEscape    string    `json:"lineBreakEscape,omitempty"` // absent: preserved
	// Format is that of the files: parquet or both; absent: CSV.
	Format string `json:"format,omitempty"`
	// ByteOrderMark tells that the CSV files begin with one.
	ByteOrderMark bool `json:"byteOrderMark,omitempty"`
	// Rules are the choices that the vendor's documentation leaves open, by
	// the names of the engine's options; those at their default are absent.
	Rules map[string]any `json:"rules,omitempty"`
}

// Versions tell what wrote the files.
type Versions struct {
	Sluice string `json:"sluice"`
	SQLite string `json:"sqlite,omitempty"`
	Go     string `json:"go"`
}

// ManifestFile is one complete file.
type ManifestFile struct {
	Name   string `json:"name"` // "users", "spaces", …
	File   string `json:"file"` // its name in the folder of the manifest
	Rows   int64  `json:"rows"` // data records, the header not counted
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"` // hexadecimal
	// Columns are those of the file, in their order. Manifests of earlier versions have
	// none.
	Columns []ManifestColumn `json:"columns,omitempty"`
}

// ManifestColumn is a column of a file.
type ManifestColumn struct {
	Name     string       `json:"name"`
	Type     columns.Type `json:"type"`
	Key      bool         `json:"key,omitempty"`
	Nullable bool         `json:"nullable,omitempty"`
}

// CSVForm is how CSV files are written: what somebody has to know to read them without
// guessing.
type CSVForm struct {
	Encoding        string `json:"encoding"` // UTF-8
	ByteOrderMark   bool   `json:"byteOrderMark"`
	Separator       string `json:"separator"`
	Quote           string `json:"quote"` // doubled inside of cells
	RecordSeparator string `json:"recordSeparator"`
	// LineBreaks inside of cells are preserved or escaped; then LineBreakEscape stands for
	// each.
	LineBreaks      string `json:"lineBreaks"`
	LineBreakEscape string `json:"lineBreakEscape,omitempty"`
}

// commitPoint decides once whether a set becomes complete or is cancelled.
type commitPoint struct{ state atomic.Int32 }

const (
	undecided int32 = iota
	committed
	abandoned
)

func (c *commitPoint) decide(state int32) bool {
	return c.state.CompareAndSwap(undecided, state)
}

// Commit completes the export: the files get their final names, then the manifest
// is put beside them. All is on disk when Commit returns nil; a *StandingError is
// an export that is complete all the same. The caller must have
// waited for the files, and be sure that what was read is what it takes it for: no
// file has its final name before. When ctx ends before the commit point, Commit
// returns the cause at once, and all names stay partial whatever the disk does
// later.
func (s *Set) Commit(ctx context.Context, m Manifest) error {
	m.Format, m.Version, m.Notes, m.ResumedFrom, m.StartedBy = ManifestFormat, formats.Manifest.Known, m.Job.Notes, m.Job.ResumedFrom, m.Job.StartedBy
	done := make(chan error, 1)
	s.committing.Go(func() { done <- s.putManifest(m) })
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		if s.commit.decide(abandoned) {
			return context.Cause(ctx)
		}
		return <-done
	}
}

func (s *Set) putManifest(m Manifest) error {
	b, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return wording.Errorf("write manifest: %w", err)
	}
	path := filepath.Join(s.Dir, ManifestName)
	if err := putFile(s.Disk, path+PartialSuffix, append(b, '\n')); err != nil {
		return wording.Errorf("write manifest: %w", err)
	}
	if !s.commit.decide(committed) {
		return context.Cause(s.ctx)
	}
	if err := s.nameFiles(); err != nil {
		return wording.Errorf("name the files: %w", err)
	}
	err = s.nameManifest(path)
	if err == nil {
		s.forget()
		return nil
	}
	err = wording.Errorf("write manifest: %w", err)
	if s.takeBack(path+PartialSuffix, path) {
		return errors.Join(err, s.unnameFiles(len(s.writers)))
	}
	s.forget()
	return &StandingError{err}
}

// StandingError says that the disk refused a call although, or after, it gave the
// manifest its name, and would not take the name back either. The export is
// complete, since its manifest stands beside all of its files; whether the names
// survive a power failure is not known.
type StandingError struct{ Err error }

func (e *StandingError) Error() string {
	return fmt.Sprintf("the export is complete, but the disk does not confirm that its names are stored: %v", e.Err)
}

func (e *StandingError) Unwrap() error { return e.Err }

// nameManifest gives the manifest its name, which makes the export complete. The
// names of the files reach the disk before.
func (s *Set) nameManifest(path string) error {
	if err := s.Disk.SyncDir(s.Dir); err != nil {
		return err
	}
	if err := s.Disk.Rename(path+PartialSuffix, path); err != nil {
		return err
	}
	return s.Disk.SyncDir(s.Dir) // without it the name may not survive, so it must not count
}

// takeBack makes a name not count: a call that failed may have been done all the
// same. It reports whether nothing has the name any more.
func (s *Set) takeBack(partial, name string) bool {
	_, err := s.Disk.Stat(name)
	if err == nil && s.Disk.Rename(name, partial) != nil {
		_ = s.Disk.Remove(name) // whether that helped is seen below
	}
	_, err = s.Disk.Stat(name)
	return errors.Is(err, fs.ErrNotExist)
}

func putFile(d disk.Disk, path string, b []byte) error {
	f, err := d.Create(path)
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil {
		return errors.Join(err, f.Close())
	}
	if err := f.Sync(); err != nil {
		return errors.Join(err, f.Close())
	}
	return f.Close()
}

// ReadManifest reads the manifest of the folder of a job. The error wraps
// fs.ErrNotExist if the export is not complete.
func ReadManifest(dir string) (Manifest, error) {
	path := filepath.Join(dir, ManifestName)
	b, err := os.ReadFile(path)
	if err != nil {
		if info, of := os.Stat(dir); of == nil && !info.IsDir() {
			return Manifest{}, wording.Errorf("%s is a file: name the folder of a job, in which its files and its %s lie", dir, ManifestName)
		}
		return Manifest{}, wording.Errorf("read manifest: %w", err)
	}
	var m Manifest
	if err := formats.Manifest.CheckJSON(b); err != nil {
		return Manifest{}, wording.Errorf("read manifest %s: %w", path, err)
	}
	if err := json.Unmarshal(b, &m); err != nil {
		return Manifest{}, wording.Errorf("read manifest %s: %w", path, err)
	}
	if m.Format != ManifestFormat {
		return Manifest{}, wording.Errorf("read manifest %s: its format %q is not known: it was written by another program", path, m.Format)
	}
	m.Job.Notes, m.Job.ResumedFrom, m.Job.StartedBy = m.Notes, m.ResumedFrom, m.StartedBy
	return m, nil
}

// Listed are the files that the manifest of the folder names, whether they lie there
// or not.
func (m Manifest) Listed(dir string) []pipeline.File {
	files := make([]pipeline.File, len(m.Files))
	for i, f := range m.Files {
		files[i] = pipeline.File{Name: f.Name, Path: filepath.Join(dir, filepath.Base(f.File)), Rows: f.Rows, Bytes: f.Bytes, SHA256: f.SHA256, Complete: true}
	}
	return files
}

// Intact reports whether every file of the manifest lies in dir with the size
// that the manifest tells.
func (m Manifest) Intact(dir string) bool {
	for _, f := range m.Files {
		info, err := os.Stat(filepath.Join(dir, f.File))
		if err != nil || info.Size() != f.Bytes {
			return false
		}
	}
	return len(m.Files) > 0
}

// isMissing reports whether there is no manifest, as opposed to a bad one.
func isMissing(err error) bool { return errors.Is(err, fs.ErrNotExist) }
