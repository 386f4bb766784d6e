package jobfiles

import (
	"encoding/json"
	"errors"
	"hash"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"sluice/formats"
	"sluice/localexport/disk"
	"sluice/pipeline"
	"sluice/wording"
)

// ResumeName is the name of the record of an export that is not complete: what it
// takes to go on with it. The folder that has it owns the files that it names.
const ResumeName = "resume.json"

// ResumeFormat begins every such record, with the version of formats.Leftover.
const ResumeFormat = "sluice-export-resume"

// Resume is what it takes to go on with an export that ended too early. It is
// written anew whenever more of a file is on disk, and removed when the export is
// complete.
type Resume struct {
	Format   string        `json:"format"`
	Version  int           `json:"version"`
	JobID    int64         `json:"jobId"`
	Started  pipeline.Time `json:"started"`
	Request  Request       `json:"request"`
	Snapshot Snapshot      `json:"snapshot"`
	Options  Options       `json:"options"`
	// Redaction is by which rules the files are redacted; absent: by none.
	Redaction *Redaction      `json:"redaction,omitempty"`
	Plan      json.RawMessage `json:"plan"` // the engine's
	Versions  Versions        `json:"versions"`
	Files     []KeptFile      `json:"files"` // in their documented order

	from []string // the folders whose records end: of the job that is gone on with, and of those before it
}

// Redaction tells whether rules and key are those that files were redacted with. Neither
// the rules nor the key are in it.
type Redaction struct {
	By    string `json:"by"`    // the profile, or the file with the rules
	Rules string `json:"rules"` // tells rules apart
	Key   string `json:"key"`   // tells keys apart; "" if the rules need none
}

// KeptFile is how much of a file is on disk for sure.
type KeptFile struct {
	Name   string `json:"name"`
	File   string `json:"file"`   // its final name in the folder
	Bytes  int64  `json:"bytes"`  // so many from its start
	SHA256 string `json:"sha256"` // of these bytes, hexadecimal
	Whole  bool   `json:"whole"`  // there is nothing more to come
	// State is what the engine needs to go on behind these bytes.
	State json.RawMessage `json:"state"`
	// Origin is where the file lies if it is not in the folder: it was about to be
	// moved from the folder of an earlier job. Relative to the folder of exports.
	Origin string `json:"origin,omitempty"`

	hash hash.Hash // of the bytes, once they are verified
}

// Path is where the file lies: with its partial name or, if the export was
// interrupted when it was about to be complete, with its final one; else where it
// comes from. The error wraps fs.ErrNotExist if it is nowhere.
func (k KeptFile) Path(dir string) (string, error) {
	candidates := k.candidates(dir)
	for _, path := range candidates {
		err := noLinks(path)
		if !errors.Is(err, fs.ErrNotExist) {
			return path, err
		}
	}
	return "", wording.Errorf("file %s is not there any more: %w", candidates[0], fs.ErrNotExist)
}

// noLinks refuses a file of a job that is a link, or lies behind one instead of in a
// folder of the home: what a job has left is moved, and removed.
func noLinks(path string) error {
	dir, err := os.Lstat(filepath.Dir(path))
	if err == nil && !dir.IsDir() {
		return wording.Errorf("%s is no folder, and nothing is moved through links", filepath.Dir(path))
	}
	file, err := os.Lstat(path)
	if err == nil && !file.Mode().IsRegular() {
		return wording.Errorf("%s is no regular file", path)
	}
	return err
}

// candidates are where the file may lie.
func (k KeptFile) candidates(dir string) []string {
	list := []string{filepath.Join(dir, k.File+PartialSuffix), filepath.Join(dir, k.File)}
	if k.Origin != "" {
		from := filepath.Join(filepath.Dir(dir), filepath.FromSlash(k.Origin))
		list = append(list, from+PartialSuffix, from)
	}
	return list
}

// ReadResume reads the record of the folder of a job. The error wraps
// fs.ErrNotExist if there is none: the export is complete, was never begun, or a
// later job has gone on with it.
func ReadResume(dir string) (Resume, error) {
	path := filepath.Join(dir, ResumeName)
	err := noLinks(path)
	var b []byte
	if err == nil {
		b, err = os.ReadFile(path)
	}
	if err != nil {
		return Resume{}, wording.Errorf("read what is left of the export: %w", err)
	}
	return parseResume(path, b)
}

// parseResume reads a record, and refuses one that names files elsewhere than in
// the folders of jobs.
func parseResume(path string, b []byte) (Resume, error) {
	var r Resume
	if err := formats.Leftover.CheckJSON(b); err != nil {
		return Resume{}, wording.Errorf("read %s: %w", path, err)
	}
	if err := json.Unmarshal(b, &r); err != nil {
		return Resume{}, wording.Errorf("read %s: it is damaged: %w", path, err)
	}
	if r.Format != ResumeFormat {
		return Resume{}, wording.Errorf("read %s: its format %q is not known: it was written by another program", path, r.Format)
	}
	for _, f := range r.Files {
		folder, file, inFolder := strings.Cut(f.Origin, "/")
		if f.Bytes < 0 || !plainName(f.File) || f.Origin != "" && !(inFolder && plainName(folder) && plainName(file)) {
			return Resume{}, wording.Errorf("read %s: it is damaged: the file %q", path, f.File)
		}
	}
	return r, nil
}

// plainName reports whether a name stays in its folder on every system.
func plainName(name string) bool {
	return filepath.IsLocal(name) && name != "." && !strings.ContainsAny(name, `/\`)
}

// putResume writes a record in one step.
func putResume(d disk.Disk, dir string, r Resume) error {
	r.Format, r.Version = ResumeFormat, formats.Leftover.Known
	b, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	path := filepath.Join(dir, ResumeName)
	if err := d.Remove(path + PartialSuffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := putFile(d, path+PartialSuffix, append(b, '\n')); err != nil {
		return err
	}
	return d.Rename(path+PartialSuffix, path)
}

// Interval says when a state of a file is worth being kept: after so many bytes
// or so much time, whichever comes first.
type Interval struct {
	Bytes int64
	Time  time.Duration
}

// DefaultInterval costs nothing that can be measured.
var DefaultInterval = Interval{Bytes: 64 << 20, Time: 2 * time.Second}

func (i Interval) orDefault() Interval {
	if i.Bytes <= 0 {
		i.Bytes = DefaultInterval.Bytes
	}
	if i.Time <= 0 {
		i.Time = DefaultInterval.Time
	}
	return i
}

// keep records that more of a file is on disk. That it cannot be recorded does not
// end the export: an older record holds as well.
func (s *Set) keep(k KeptFile) {
	s.keeping.Lock()
	defer s.keeping.Unlock()
	if s.Resume == nil || s.forgotten {
		return
	}
	i := slices.IndexFunc(s.Resume.Files, func(f KeptFile) bool { return f.Name == k.Name })
	if i < 0 {
		s.Resume.Files = append(s.Resume.Files, k)
	} else {
		s.Resume.Files[i] = k
	}
	slices.SortStableFunc(s.Resume.Files, func(a, b KeptFile) int {
		return slices.Index(s.names, a.Name) - slices.Index(s.names, b.Name)
	})
	if err := putResume(s.Disk, s.Dir, *s.Resume); err != nil && s.Warn != nil {
		s.Warn("cannot record how far the export is, it could be gone on with from less", err)
	}
}

// forget removes the record of an export that is complete.
func (s *Set) forget() {
	s.keeping.Lock()
	defer s.keeping.Unlock()
	s.forgotten = true
	if s.Resume == nil {
		return
	}
	if err := Forget(s.Disk, s.Dir); err != nil && s.Warn != nil {
		s.Warn("cannot remove the record of a complete export", err)
	}
}

// Forget removes the record of an export that is complete, if there is one: its
// process may have been killed before it could.
func Forget(d disk.Disk, dir string) error {
	err := d.Remove(filepath.Join(dir, ResumeName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
