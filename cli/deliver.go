package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"time"

	"sluice/deliver"
	"sluice/localexport"
	"sluice/redact"
	"sluice/visible"
)

// deliverCommand brings the files of a finished job to where they are used.
type deliverCommand struct {
	deliverFlags `embed:""`
	From         string `arg:"" type:"raw" name:"job|folder" help:"The number of a job of the home, or the folder of a finished job, also of one that was redacted."`
	To           string `arg:"" type:"raw" name:"place" help:"A folder (of a mounted share), sftp://user@host/path or s3://bucket/prefix."`
	Home         string `env:"SLUICE_HOME" default:"${home}" type:"path" placeholder:"DIR" help:"Where jobs are kept (${default})."`
	Again        bool   `help:"Deliver also what is there complete already."`
	JSON         bool   `name:"json" help:"Print JSON."`
}

// deliverFlags say how files are delivered, and how the place is reached.
type deliverFlags struct {
	Layout string `enum:"job,table" default:"job" help:"A folder for each job (job), or for each table one with a folder for each job, as Spark and Athena read partitions (table) (${default})."`
	Pack   string `enum:"none,gzip,zstd" default:"none" help:"Pack CSV files on their way: none, gzip or zstd. Parquet is packed inside (${default})."`
	Files  string `enum:"all,csv,parquet" default:"all" help:"Which of the job's files: all, csv or parquet (${default})."`
	As     string `placeholder:"parquet" help:"Convert CSV files to Parquet on their way, with the types of their columns. Default: as they are."`
	Redact string `placeholder:"RULES" help:"Deliver the files redacted (no-content, no-people, gdpr or a file with rules); those kept here stay whole."`

	SSHKey            string `name:"ssh-key" type:"path" placeholder:"FILE" help:"File with the private key for SFTP. Default: those of ~/.ssh/config, of the agent, and the usual ones."`
	SSHKnownHosts     string `name:"ssh-known-hosts" type:"path" placeholder:"FILE" help:"File with the keys of known hosts. Default: ~/.ssh/known_hosts."`
	SSHPassphraseFile string `name:"ssh-passphrase-file" type:"path" placeholder:"FILE" help:"File with the passphrase of the key for SFTP. Without it the agent has to have the key (ssh-add)."`
	S3Endpoint        string `name:"s3-endpoint" env:"AWS_ENDPOINT_URL" placeholder:"URL" help:"Where the storage is. Default: Amazon's."`
	S3Region          string `name:"s3-region" env:"AWS_REGION" placeholder:"NAME" help:"Region of the bucket. Default: the storage is asked."`
	S3Profile         string `name:"s3-profile" env:"AWS_PROFILE" placeholder:"NAME" help:"Profile of the AWS credentials file; AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY win over it."`
}

func (x *deliverCommand) Run(c *call) error {
	d := x.delivery()
	d.To = x.To
	if err := d.Check(); err != nil {
		return usageError{err}
	}
	if err := errors.Join(checkRedact(x.Redact), x.checkPassphrase(c)); err != nil {
		return err
	}
	from, err := jobFolder(c, x.Home, x.From)
	if err != nil {
		return err
	}
	with := deliver.With{Home: x.Home, Version: c.program.Version, Again: x.Again, Warn: func(w string) { c.logger.Warn(w) }}
	r, err := delivered(c, d, from, with)
	if err != nil {
		return signalled(err)
	}
	if x.JSON {
		return c.document(r, nil)
	}
	describeDelivery(c.program.Out, r)
	return nil
}

// delivery is one as the flags say, without a name, a source and a place.
func (x *deliverFlags) delivery() deliver.Delivery {
	return deliver.Delivery{Layout: deliver.Layout(x.Layout), Pack: deliver.Pack(x.Pack), Files: deliver.Format(x.Files), As: x.As, Redact: x.Redact,
		SSHKey: x.SSHKey, KnownHosts: x.SSHKnownHosts, SSHPassphrase: x.SSHPassphraseFile, S3Endpoint: x.S3Endpoint, S3Region: x.S3Region, S3Profile: x.S3Profile}
}

// checkPassphrase refuses a file that holds no passphrase, before anything is begun.
func (x *deliverFlags) checkPassphrase(c *call) error {
	if x.SSHPassphraseFile == "" {
		return nil
	}
	_, err := readPassword("--ssh-passphrase-file", x.SSHPassphraseFile, c.logger)
	return err
}

// checkRedact refuses rules that cannot be used, before anything is begun.
func checkRedact(rules string) error {
	if rules == "" {
		return nil
	}
	if _, err := redact.Load(rules); err != nil {
		return usageError{fmt.Errorf("--redact: %w", err)}
	}
	return nil
}

// jobFolder is the folder of a job that is named by its number or its folder.
func jobFolder(c *call, home, name string) (string, error) {
	if id, err := strconv.ParseInt(name, 10, 64); err == nil && id > 0 {
		return localexport.FindJobFolder(c.ctx, home, id)
	}
	return filepath.Abs(name)
}

// signalled is an error, which a signal explains if it is that of a context.
func signalled(err error) error {
	if errors.Is(err, context.Canceled) {
		return errSignal
	}
	return err
}

// stages are the words for what is done of a delivery.
var stages = map[deliver.Stage]string{deliver.Bringing: "delivering", deliver.Redacting: "redacting", deliver.Converting: "converting"}

// delivered delivers, and tells how far it is.
func delivered(c *call, d deliver.Delivery, from string, with deliver.With) (deliver.Result, error) {
	line := newLiveLine(c.program.Err)
	defer line.wipe()
	last := time.Time{}
	with.Progress = func(p deliver.Progress) {
		if now := time.Now(); line.live() && now.Sub(last) >= sampleInterval {
			last = now
			line.draw(fmt.Sprintf("%s %s%s", stages[p.Stage], p.File, percent(p.Bytes, p.TotalBytes)))
		}
	}
	return d.Run(c.ctx, from, with)
}

// describeDelivery tells people what was delivered.
func describeDelivery(w io.Writer, r deliver.Result) {
	for _, n := range r.Notes {
		visible.Fprintf(w, "note: %s\n", n)
	}
	for _, f := range r.Files {
		visible.Fprintf(w, "  %10s  %s\n", size(f.Bytes), f.Name)
	}
	what := "Delivered job %d to %s: %s, each compared with what was sent.\n"
	if r.Already {
		what = "Job %d is at %s already, whole: %s. Nothing was sent (--again sends it).\n"
	}
	visible.Fprintf(w, what, r.Job, r.Place, size(r.Bytes))
}
