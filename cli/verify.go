package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"sluice/localexport"
	"sluice/localexport/jobfiles"
	"sluice/pipeline"
	"sluice/verify"
	"sluice/visible"
)

// verifyCommand compares the files of a job with its manifest.
type verifyCommand struct {
	Job  string `arg:"" type:"raw" name:"job|folder" help:"The number of a job of the home, or the folder of one, with its manifest.json."`
	Home string `env:"SLUICE_HOME" default:"${home}" type:"path" placeholder:"DIR" help:"Where jobs and files are kept (${default})."`
	JSON bool   `name:"json" help:"Print JSON."`
}

// verification is what verify prints as JSON.
type verification struct {
	Folder string         `json:"folder"`
	JobID  int64          `json:"jobId"`
	Same   bool           `json:"same"` // nothing differs
	Files  []verifiedFile `json:"files"`
	Others []otherFile    `json:"others,omitempty"` // what else lies there
}

type verifiedFile struct {
	Name   string `json:"name"`
	File   string `json:"file"`
	State  string `json:"state"` // verified, differs, missing, unreadable, no checksum, not verified
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
	Found  int64  `json:"foundBytes,omitempty"` // of a file that differs
	Error  string `json:"error,omitempty"`      // of a file that is unreadable
}

type otherFile struct {
	File  string `json:"file"`
	Poses bool   `json:"poses"` // its name is that of a file of an export
}

var stateWords = map[verify.State]string{
	verify.NotVerified: "not verified", verify.Verified: "verified", verify.Differs: "differs",
	verify.Missing: "missing", verify.Unreadable: "unreadable", verify.NoChecksum: "no checksum",
}

func (x *verifyCommand) Run(c *call) error {
	dir, err := x.folder(c)
	if err != nil {
		return err
	}
	m, err := jobfiles.ReadManifest(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no %s in %s, so there is nothing to compare the files with: an export writes it when it is complete", jobfiles.ManifestName, dir)
	}
	if err != nil {
		return err
	}
	files := m.Listed(dir)
	outcomes, err := compareFiles(c, files)
	if err != nil {
		return err
	}
	others, err := verify.Extras(dir, files)
	if err != nil {
		return err
	}
	v := verificationOf(dir, m.Job.ID, files, outcomes, others)
	if !v.Same {
		err = silentError{fmt.Errorf("files of job %d differ from its manifest", v.JobID)}
	}
	if x.JSON {
		return c.document(v, err)
	}
	describeVerification(c.program.Out, v)
	return err
}

// folder is the folder to look at.
func (x *verifyCommand) folder(c *call) (string, error) {
	id, err := strconv.ParseInt(x.Job, 10, 64)
	if err == nil && id > 0 {
		return localexport.FindJobFolder(c.ctx, x.Home, id)
	}
	dir, err := filepath.Abs(x.Job)
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("there is no folder %s: name that of a job, or the number of one", dir)
	}
	return dir, nil
}

// compareFiles compares the files and tells how far it is.
func compareFiles(c *call, files []pipeline.File) ([]verify.Outcome, error) {
	line := func(verify.Progress) {}
	if width, ok := isTerminal(c.program.Err); ok {
		line = func(p verify.Progress) {
			fmt.Fprint(c.program.Err, "\r\x1b[K"+cut(fmt.Sprintf("verifying%s  %s", percent(p.Done, p.Total), files[p.Current].Name), width-1))
		}
		defer fmt.Fprint(c.program.Err, "\r\x1b[K")
	}
	outcomes, err := verify.Files(c.ctx, files, line)
	if errors.Is(err, context.Canceled) {
		err = errSignal
	}
	return outcomes, err
}

func verificationOf(dir string, id int64, files []pipeline.File, outcomes []verify.Outcome, others []verify.Extra) verification {
	v := verification{Folder: dir, JobID: id, Same: true, Files: []verifiedFile{}}
	for i, f := range files {
		o := outcomes[i]
		x := verifiedFile{Name: f.Name, File: filepath.Base(f.Path), State: stateWords[o.State], Bytes: f.Bytes, SHA256: f.SHA256}
		if o.State == verify.Differs {
			x.Found = o.Size
		}
		if o.Err != nil {
			x.Error = o.Err.Error()
		}
		v.Same = v.Same && o.State == verify.Verified
		v.Files = append(v.Files, x)
	}
	for _, e := range others {
		v.Others = append(v.Others, otherFile{File: e.Name, Poses: e.Poses})
		v.Same = v.Same && !e.Poses
	}
	return v
}

// describeVerification tells people what was found.
func describeVerification(w io.Writer, v verification) {
	same := 0
	for _, f := range v.Files {
		what := ""
		switch {
		case f.State == stateWords[verify.Verified]:
			same++
		case f.Error != "":
			what = "  " + f.Error
		case f.State == stateWords[verify.Differs] && f.Found != f.Bytes:
			what = fmt.Sprintf("  it has %s bytes, and the job wrote %s", number(f.Found), number(f.Bytes))
		case f.State == stateWords[verify.Differs]:
			what = "  it has the size that the job wrote, and another content"
		}
		visible.Fprintf(w, "  %-12s %s%s\n", f.State, f.File, what)
	}
	for _, o := range v.Others {
		what := "is no file of the job"
		if o.Poses {
			what += ", and its name is that of one"
		}
		visible.Fprintf(w, "  %-12s %s %s\n", "other", o.File, what)
	}
	if v.Same {
		fmt.Fprintf(w, "All %d files are as job %d wrote them.\n", len(v.Files), v.JobID)
		return
	}
	fmt.Fprintf(w, "%d of %d files are as job %d wrote them.\n", same, len(v.Files), v.JobID)
}
