// Package folder redacts the files of a finished job into a new folder: the CSV and
// Parquet files of an export of Sluice, or the CSV files of any folder of a server's.
//
//	report, err := folder.Redact(ctx, folder.Options{From: dir, To: out, Rules: rules, Key: key}, nil)
//
// The new folder has its name only when all of it is on disk, with a manifest that says
// what was redacted.
package folder

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"sluice/columns"
	"sluice/formats"
	"sluice/localexport/jobfiles"
	"sluice/localexport/product"
	"sluice/pipeline"
	"sluice/redact"
	"sluice/wholefile"
	"sluice/wording"
)

// Options are what is redacted, and how.
type Options struct {
	From, To string // folders; To must not be there yet
	Rules    redact.Rules
	Key      *redact.Key // nil if the rules need none
	Version  string      // of the program, for the manifest
}

// Progress is how far a redaction is.
type Progress struct {
	File        string
	Done, Total int64 // bytes read
}

// source is a file to redact.
type source struct {
	name, path string
	table      string // what its rows are: pages
	parquet    bool
	bytes      int64
	columns    []jobfiles.ManifestColumn
	why        string // it is left out; "" if it is not
}

// errRestricted says what the files of a job do not tell.
var errRestricted = wording.New("the files of a job do not tell which pages are restricted: redact the export of the snapshot itself (\"sluice export --redact\"), or leave \"restricted: drop\" out of the rules")

// Redact redacts the files. The manifest that it returns is the one that it has written.
func Redact(ctx context.Context, o Options, tell func(Progress)) (_ jobfiles.Manifest, err error) {
	if tell == nil {
		tell = func(Progress) {}
	}
	m, sources, err := find(o.From)
	if err == nil && o.Rules.Restricted == redact.Drop {
		err = errRestricted
	}
	if err != nil {
		return m, err
	}
	if _, err := os.Lstat(o.To); !errors.Is(err, fs.ErrNotExist) {
		return m, wording.Errorf("%s is there already: name a folder that is to be made", o.To)
	}
	if err := os.MkdirAll(filepath.Dir(o.To), 0o700); err != nil {
		return m, wording.Errorf("make the folder: %w", err)
	}
	dir, err := os.MkdirTemp(filepath.Dir(o.To), filepath.Base(o.To)+".*"+wholefile.Suffix) // 0700
	if err != nil {
		return m, wording.Errorf("make the folder: %w", err)
	}
	defer func() {
		if err != nil && !errors.Is(err, wholefile.ErrNotDurable) {
			err = errors.Join(err, os.RemoveAll(dir))
		}
	}()
	m = clean(m, o)
	if err := (&work{o: o, dir: dir, tell: tell, spaces: &redact.Spaces{}}).files(ctx, sources, &m); err != nil {
		return m, err
	}
	b, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return m, wording.Errorf("write the manifest: %w", err)
	}
	if err := wholefile.Write(filepath.Join(dir, jobfiles.ManifestName), append(b, '\n')); err != nil {
		return m, wording.Errorf("write the manifest: %w", err)
	}
	return m, wholefile.Rename(dir, o.To)
}

// clean is the manifest of the job without what tells of people: paths, the node, from where
// it was fetched, messages, which spaces were opted out.
func clean(m jobfiles.Manifest, o Options) jobfiles.Manifest {
	job := m.Job
	m.Format, m.Version, m.Files, m.Notes = jobfiles.ManifestFormat, formats.Manifest.Known, nil, nil
	m.Snapshot.Path, m.Versions.Sluice = "", o.Version
	m.Options.ByteOrderMark = false
	if m.CSV != nil {
		form := *m.CSV
		form.ByteOrderMark = false
		m.CSV = &form
	}
	m.Job = pipeline.Job{ID: job.ID, StartTime: job.StartTime, CompletedTime: job.CompletedTime, Status: job.Status, Config: job.Config,
		Schema: job.Schema, Warnings: keysOf(job.Warnings)}
	if m.Fetched != nil { // the server of SFTP has the name of a user
		fetched := *m.Fetched
		fetched.Server, fetched.From = "", ""
		m.Fetched = &fetched
	}
	m.Redaction = o.Rules.Begin(o.Key)
	return m
}

// keysOf are diagnostics without their messages, which may name what is redacted.
func keysOf(all []pipeline.Diagnostic) []pipeline.Diagnostic {
	var keys []pipeline.Diagnostic
	for _, d := range all {
		keys = append(keys, pipeline.Diagnostic{Key: d.Key, Message: "The message is redacted; it stands in the manifest of the job."})
	}
	return keys
}

// find lists the files of a finished job.
func find(dir string) (m jobfiles.Manifest, sources []source, err error) {
	m, err = jobfiles.ReadManifest(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		m, sources, err = list(dir)
	case err == nil && m.Redaction != nil:
		err = wording.Errorf("the files in %s are redacted already: begin with those of the job", dir)
	case err == nil && !m.Intact(dir):
		err = wording.Errorf("the files in %s are not those that its manifest tells of: \"sluice verify\" tells which", dir)
	}
	if err != nil {
		return m, nil, err
	}
	if sources == nil {
		for i, f := range m.Listed(dir) {
			s := source{name: f.Name, path: f.Path, bytes: f.Bytes, columns: m.Files[i].Columns}
			var format product.Format
			s.table, format = product.SplitName(f.Name)
			s.parquet = format == product.Parquet
			if f.Name == product.RejectedName {
				s.why = "it has rows as they stand in the database"
			}
			sources = append(sources, s)
		}
	}
	if !slices.ContainsFunc(sources, func(s source) bool { return s.why == "" }) {
		return m, nil, wording.Errorf("in %s are no files to redact, CSV or Parquet: name the folder of a finished job", dir)
	}
	return m, sources, nil
}

// inOrder are the files in the order in which they are read: what names no space is of
// that of its page, which has to be read before.
func inOrder(sources []source) []source {
	ordered := slices.Clone(sources)
	slices.SortStableFunc(ordered, func(a, b source) int { return rank(a) - rank(b) })
	return ordered
}

func rank(s source) int {
	if file, ok := columns.Find(columns.Confluence, s.table); ok && file.Key().Holds == columns.HoldsContentID && file.Holding(columns.HoldsSpaceKey).Name == "" {
		return 1
	}
	return 0
}

// list lists the files of a folder without a manifest, such as those of a server.
func list(dir string) (m jobfiles.Manifest, sources []source, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return m, nil, wording.Errorf("list the files: %w", err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			return m, nil, wording.Errorf("list the files: %w", err)
		}
		s := source{path: filepath.Join(dir, e.Name()), bytes: info.Size()}
		s.name, _, _ = strings.Cut(strings.TrimSuffix(e.Name(), ".csv"), "_job")
		s.table = s.name
		switch {
		case strings.HasSuffix(e.Name(), wholefile.Suffix):
			return m, nil, wording.Errorf("%s is not complete: wait until the job has ended", s.path)
		case !info.Mode().IsRegular() || filepath.Ext(e.Name()) != ".csv":
			s.why = "it is no CSV file"
		}
		sources = append(sources, s)
	}
	m.Job.Status = pipeline.Completed
	m.Job.CompletedTime = pipeline.At(time.Now())
	return m, sources, nil
}
