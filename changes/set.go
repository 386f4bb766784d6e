package changes

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"sluice/localexport/jobfiles"
	"sluice/localexport/product"
	"sluice/localexport/snapshot"
	"sluice/pipeline"
	"sluice/redact"
	"sluice/wording"
)

// Set is one side of a comparison: the files of a job, of a folder, or a single file.
type Set struct {
	Title string // for sentences: "job 3"
	Slug  string // for the names of files: "3"
	Files []Named

	// From is the from date of the export, if FromKnown.
	From      time.Time
	FromKnown bool
	// Doubt is why the set proves no removal; "" for one that is complete.
	Doubt string

	// Options are what shaped the files, nil if that is not known, and Schema is the
	// version of the columns, 0 if that is not known.
	Options *jobfiles.Options
	Schema  int
	// Redaction is what was taken out of the files; nil: nothing, as far as is known.
	Redaction *redact.Record
}

// Named is a file of a set by what it is of, such as "pages".
type Named struct {
	Name string
	Input
}

// File returns the file of a name.
func (s *Set) File(name string) (Input, bool) {
	for _, f := range s.Files {
		if f.Name == name {
			return f.Input, true
		}
	}
	return Input{}, false
}

// LimitsSpaces reports whether a file that is exported whole otherwise has only what
// changed after the from date.
func (s *Set) LimitsSpaces(name string) bool {
	rule, can := limited[name]
	return can && s.Options != nil && s.Options.Rules[rule] == true
}

// OpenJob is the set of a job whose files lie in a folder. The error is one sentence.
func OpenJob(job pipeline.Job, dir string) (*Set, error) {
	s, err := openFolder(dir)
	if err != nil {
		return nil, err
	}
	s.name(job.ID)
	if job.Running() {
		return nil, wording.Errorf("%s still runs, and its files grow: wait until it is complete", s.Title)
	}
	if job.Status != pipeline.Completed {
		s.Doubt = fmt.Sprintf("it ended as %s and is not complete", strings.ToLower(job.Status.String()))
	} else if s.Doubt == "" {
		s.judge(job)
	}
	if !s.FromKnown && !job.Config.ExportFrom.IsZero() {
		s.From, s.FromKnown = job.Config.ExportFrom.Time, true
	}
	return s, nil
}

// OpenPath is the set of a folder or of a file. The error is one sentence.
func OpenPath(path string) (*Set, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, wording.Errorf("there is no job, folder or file %s", path)
	case err != nil:
		return nil, err
	case info.IsDir():
		return openFolder(path)
	}
	s := &Set{Title: filepath.Base(path), Slug: slug(path)}
	name, _, _ := nameOf(filepath.Base(path))
	s.Files = []Named{{name, Input{Path: path, Title: filepath.Base(path), Partial: isPartial(path)}}}
	s.adopt(filepath.Dir(path))
	return s, nil
}

// adopt takes over what the manifest beside a single file says of it.
func (s *Set) adopt(dir string) {
	m, err := jobfiles.ReadManifest(dir)
	if err != nil {
		return
	}
	for _, f := range m.Files {
		if filepath.Base(f.File) == filepath.Base(s.Files[0].Path) {
			s.Files[0].Name, _ = product.SplitName(f.Name)
			s.describe(m)
			s.Files[0].Title = s.Title + " (" + filepath.Base(f.File) + ")"
			return
		}
	}
}

// openFolder is the set of a folder: of its manifest, or of the files in it.
func openFolder(dir string) (*Set, error) {
	s := &Set{Title: filepath.Base(dir), Slug: slug(dir)}
	m, err := jobfiles.ReadManifest(dir)
	switch {
	case err == nil:
		s.describe(m)
		var typed []Named // beside CSV files they hold the same rows
		for _, f := range m.Listed(dir) {
			switch name, _ := product.SplitName(f.Name); {
			case parquetName(f.Path):
				typed = append(typed, Named{name, Input{Path: f.Path}})
			case f.Name != product.RejectedName:
				s.Files = append(s.Files, Named{f.Name, Input{Path: f.Path}})
			}
		}
		if len(s.Files) == 0 {
			s.Files = typed
		}
	case errors.Is(err, fs.ErrNotExist):
		if err := s.list(dir); err != nil {
			return nil, err
		}
	default:
		return nil, err
	}
	if len(s.Files) == 0 {
		return nil, wording.Errorf("in %s are no CSV or Parquet files: name the folder of a job, or two files", dir)
	}
	s.titles()
	return s, nil
}

// describe takes over what a manifest says.
func (s *Set) describe(m jobfiles.Manifest) {
	s.name(m.Job.ID)
	s.Redaction = m.Redaction
	s.From, s.FromKnown = m.Options.From, m.OptionsKnown() || !m.Options.From.IsZero()
	if m.OptionsKnown() {
		s.Options = &m.Options
	}
	if m.Job.Schema != nil {
		s.Schema = m.Job.Schema.Version
	}
	for _, f := range m.Files {
		if f.Name == product.RejectedName && f.Rows > 0 {
			s.Doubt = fmt.Sprintf("%d of its rows could not be exported", f.Rows)
		}
	}
	if m.Fetched != nil && m.Fetched.Unseen {
		s.Doubt = "how it ended was not seen, so rows may be missing in it"
	}
	if m.Request.Forced {
		s.Doubt = "it was forced, so rows may be missing in it"
	}
	if s.Doubt == "" {
		s.judge(m.Job)
	}
	for i := range s.Files {
		s.Files[i].Breaks = s.breaks()
	}
}

// judge looks for what a job itself says against its completeness.
func (s *Set) judge(job pipeline.Job) {
	if job.Config.ForcedExport {
		s.Doubt = "it was forced, so rows may be missing in it"
	}
	for _, w := range job.Warnings {
		if slices.Contains(losses, w.Key) && s.Doubt == "" {
			s.Doubt = "rows of its snapshot could not be read or were doubtful"
		}
	}
}

// losses are the warnings of jobs that lack rows which the database may have.
var losses = []string{product.KeyRejected, product.KeyDoubtful, snapshot.KeyMissingTable}

// breaks are how line breaks stand in the files, as the manifest says.
func (s *Set) breaks() Breaks {
	if s.Options == nil {
		return Breaks{}
	}
	return Breaks{Known: true, Preserved: s.Options.PreserveLineBreaks, Escape: s.Options.LineBreakEscape}
}

// name makes the set that of a job.
func (s *Set) name(id int64) {
	if id > 0 {
		s.Title, s.Slug = fmt.Sprintf("job %d", id), strconv.FormatInt(id, 10)
	}
}

func (s *Set) titles() {
	for i := range s.Files {
		f := &s.Files[i]
		f.Title = f.Name + " of " + s.Title
		f.Breaks = s.breaks()
	}
}

// list lists the CSV and Parquet files of a folder without a manifest.
func (s *Set) list(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return wording.Errorf("list %s: %w", dir, err)
	}
	job := ""
	for _, entry := range entries {
		name, id, ok := nameOf(entry.Name())
		if !ok || entry.IsDir() || name == product.RejectedName || strings.HasPrefix(entry.Name(), outputPrefix) {
			continue
		}
		if other, twice := s.File(name); twice && parquetName(entry.Name()) && !parquetName(other.Path) {
			continue // CSV, which comes first, and Parquet of one job have the same rows
		} else if twice {
			return wording.Errorf("%s holds two files of %s, %s and %s: name a folder with the files of one job", dir, name, filepath.Base(other.Path), entry.Name())
		}
		job = id
		partial := isPartial(entry.Name())
		s.Files = append(s.Files, Named{name, Input{Path: filepath.Join(dir, entry.Name()), Partial: partial}})
		if partial {
			s.Doubt = "it is not complete"
		}
	}
	slices.SortStableFunc(s.Files, func(a, b Named) int { return rank(a.Name) - rank(b.Name) })
	if id, err := strconv.ParseInt(job, 10, 64); err == nil && id > 0 {
		s.Slug = job
	}
	return nil
}
