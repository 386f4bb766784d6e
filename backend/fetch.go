package backend

import (
	"cmp"
	"context"
	"errors"
	"path/filepath"

	"sluice/deliver/target"
	"sluice/fetch"
	"sluice/pipeline"
	"sluice/secret"
	"sluice/source"
	"sluice/takes/tunnel"
	"sluice/wording"
)

// ErrNoSharedHome is wrapped by the error for a server whose files cannot be reached.
var ErrNoSharedHome = wording.New("where its shared home is, is not known")

// Fetch brings the files of a finished job of a server to this computer. The server is
// asked how the job stands; the passphrase, if not empty, is that of the key for SFTP.
func (b *Backend) Fetch(ctx context.Context, e pipeline.Exporter, s source.Source, passphrase secret.Secret, o source.Fetch) (fetch.Result, error) {
	place, err := placeOf(s)
	if err != nil {
		return fetch.Result{}, err
	}
	job, seen, err := b.chosen(ctx, e, s, o)
	if err != nil {
		return fetch.Result{Job: job.ID, Server: s.Server.URL}, err
	}
	if passphrase.Empty() && s.Server.SSHPassphrase != "" {
		if passphrase, err = secret.ReadPassword(s.Server.SSHPassphrase, func(string) {}); err != nil { // it was warned of when it was named
			return fetch.Result{}, wording.Errorf("the passphrase of the key for the shared home of %q: %w", s.Name, err)
		}
	}
	from, err := place.OpenPlace(ctx, tunnel.Options{KeyFile: s.Server.SSHKey, KnownHosts: s.Server.KnownHosts, Passphrase: passphrase})
	if err != nil {
		return fetch.Result{}, wording.Errorf("reach the shared home of %q: %w", s.Name, err)
	}
	defer from.Close()
	options := fetch.Options{Home: cmp.Or(o.Home, s.FetchHome(b.home)), Server: s.Server.URL, Version: b.version, Again: o.Again, Unseen: !seen}
	if o.Progress != nil {
		options.Progress = func(p fetch.Progress) {
			o.Progress(source.Fetching{File: p.File, Checking: p.Checking, Done: p.Bytes, Total: p.TotalBytes})
		}
	}
	return fetch.Job(ctx, from, job, options)
}

// FetchHome is the home into which jobs of a server are fetched that says none.
func (b *Backend) FetchHome(s source.Source) string { return s.FetchHome(b.home) }

// placeOf is where the shared home of a server is.
func placeOf(s source.Source) (target.Address, error) {
	if s.Server.Folder == "" {
		return target.Address{}, wording.Errorf("the files of %q lie on its server, and %w: name it in the settings of the source (sluice sources edit NAME --shared-home PLACE)", s.Name, ErrNoSharedHome)
	}
	a, err := target.ParsePlace(s.Server.Folder)
	if err != nil {
		return a, wording.Errorf("the shared home of %q: %w", s.Name, err)
	}
	return a, nil
}

// CheckSharedHome says what is wrong with the address of a shared home.
func (b *Backend) CheckSharedHome(address string) error {
	_, err := target.ParsePlace(address)
	return err
}

// chosen is the job that is meant, and whether it was seen how it ended.
func (b *Backend) chosen(ctx context.Context, e pipeline.Exporter, s source.Source, o source.Fetch) (job pipeline.Job, seen bool, err error) {
	status, err := e.Status(ctx)
	if err != nil {
		return job, false, err
	}
	journal := b.Journal(s)
	if status.Exists() {
		if err := journal.Note(status); err != nil {
			b.logger.Error("journal", "server", s.Name, "error", err)
		}
	}
	known, err := journal.Jobs(ctx, 0)
	if err != nil {
		return job, false, err
	}
	job, err = fetch.Choose(status, known, o.Job)
	var unseen *fetch.UnseenError
	if errors.As(err, &unseen) && o.Unseen {
		return job, false, nil
	}
	return job, err == nil, err
}

// FetchFiles is Fetch for who does not ask a person, with the secret of the server from
// where its settings say that it is: the files of a job, which is the last if it is 0.
func (b *Backend) FetchFiles(ctx context.Context, s source.Source, job int64) ([]pipeline.File, error) {
	password, err := b.ServerSecret(ctx, s.Server)
	if err != nil && !errors.Is(err, source.ErrNoSecret) { // it may want none
		return nil, err
	}
	r, err := b.fetchWith(ctx, s, password, source.Fetch{Job: job})
	var files []pipeline.File
	for _, f := range r.Files {
		files = append(files, pipeline.File{Name: f.Name, Path: filepath.Join(r.Folder, f.File), Rows: f.Rows, Bytes: f.Bytes, SHA256: f.SHA256, Complete: true})
	}
	return files, err
}

// FetchJob is Fetch for a window. It returns the folder of the job here, and what people
// should know.
func (b *Backend) FetchJob(ctx context.Context, s source.Source, password string, o source.Fetch) (folder string, notes []string, err error) {
	r, err := b.fetchWith(ctx, s, password, o)
	return r.Folder, r.Notes, err
}

func (b *Backend) fetchWith(ctx context.Context, s source.Source, password string, o source.Fetch) (fetch.Result, error) {
	c, err := b.Connect(s.Server, Dial{Secret: secret.Of(password)})
	if err != nil {
		return fetch.Result{}, err
	}
	defer c.CloseIdleConnections()
	return b.Fetch(ctx, c, s, secret.Secret{}, o)
}
