//go:build !headless

package main

import (
	"context"
	"errors"
	"time"

	"sluice/localexport/snapshot"
	"sluice/pipeline"
	"sluice/secret"
	"sluice/source"
	"sluice/takes"
	"sluice/takes/login"
	"sluice/takes/tunnel"
	"sluice/ui"
	"sluice/ui/present"
)

var _ ui.Takes = (*backend)(nil)

// IsAddress reports whether a text is the address of a database.
func (b *backend) IsAddress(text string) bool { return takes.IsAddress(text) }

// HasPassword reports whether an address holds a password.
func (b *backend) HasPassword(text string) bool {
	_, has := takes.PasswordIn(text)
	return has && takes.IsAddress(text)
}

// CutPassword takes the password out of an address.
func (b *backend) CutPassword(text string) (rest, password string, has bool) {
	return takes.CutPassword(text)
}

// UserIn is the user that an address names.
func (b *backend) UserIn(address string) string { return takes.UserIn(address) }

// WithUser adds a user to an address.
func (b *backend) WithUser(address, user string) string { return takes.WithUser(address, user) }

// CheckAddress says what is wrong with an address.
func (b *backend) CheckAddress(address string) error {
	_, err := takes.Recognise(context.Background(), address)
	return err
}

// Recognise tells what a file or folder is.
func (b *backend) Recognise(ctx context.Context, path string) (present.TakeSource, error) {
	r, err := takes.Recognise(ctx, path)
	return present.TakeSource{Kind: r.Kind, Bytes: r.Bytes, Place: r.Place, Snapshot: r.Snapshot}, err
}

// TakeName is what the snapshot of a source is called in the list.
func (b *backend) TakeName(from string) string { return takes.Title(from) }

// TakePath is the file that the snapshot of a source is taken into.
func (b *backend) TakePath(homes, from string) string { return takes.PathIn(homes, from) }

// TakeAccount is the name under which the keyring has the password of a source.
func (b *backend) TakeAccount(from string) string {
	t, err := takes.Resolve(from)
	if err != nil {
		return ""
	}
	return t.Account
}

// KeepForSession keeps a secret until the window closes.
func (b *backend) KeepForSession(account, secret string) { b.secrets.Keep(account, secret) }

// InSession reports whether nothing but this session keeps a secret.
func (b *backend) InSession(account string) bool { return b.secrets.InSession(account) }

// CheckSSH says what is wrong with the name of a server of SSH.
func (b *backend) CheckSSH(target string) error { return tunnel.Check(target) }

// Take takes the snapshot of a source.
func (b *backend) Take(ctx context.Context, s source.Source, password string, ask ui.Ask, again bool, progress func(present.TakeProgress)) error {
	if err := takes.MakeFolder(s.Snapshot); err != nil {
		return err
	}
	o, err := b.takeOptions(s.Taken, password, ask)
	if err != nil {
		return err
	}
	o.Replace, o.Refresh = true, again
	o.Progress = func(p takes.Progress) {
		progress(present.TakeProgress{Read: p.Read, Total: p.Total, Rows: p.Rows, Table: p.Table, Finishing: p.Finishing, Waiting: p.Waiting, About: p.About, Open: p.Open})
	}
	_, err = takes.Take(ctx, s.Taken.From, s.Snapshot, o)
	return forWindow(err)
}

// takeOptions says how a source is read.
func (b *backend) takeOptions(t source.Taken, password string, ask ui.Ask) (takes.Options, error) {
	rate, err := present.ParseRate(t.MaxRate)
	if err != nil {
		return takes.Options{}, err
	}
	load, err := present.ParseLoad(t.Load)
	if err != nil {
		return takes.Options{}, err
	}
	d := takes.Database{Password: secret.Of(password), PasswordFrom: "the window", Keyring: b.secrets, Ask: asked(ask), Retries: takes.Retries}
	if t.SSH.Target != "" {
		d.SSH = &tunnel.Options{Target: t.SSH.Target, KeyFile: t.SSH.KeyFile, KnownHosts: t.SSH.KnownHosts}
	}
	return takes.Options{Schema: t.Schema, Version: b.version, MaxRate: rate, Load: load, Database: d}, nil
}

// asked asks in the window.
func asked(ask ui.Ask) login.Ask {
	return func(ctx context.Context, q login.Question) (secret.Secret, error) {
		answer, err := ask(ctx, present.SecretQuestion{Passphrase: q.Kind == login.PassphraseOfKey, User: q.User, Of: q.Of, Why: q.Why})
		return secret.Of(answer), err
	}
}

// forWindow marks an error that another password would mend. Rights that are missing,
// and the keys of SSH, are told as they are.
func forWindow(err error) error {
	if errors.Is(err, login.ErrWanted) {
		return deniedError{err}
	}
	return err
}

// Survey asks a source what would be read, and reads no rows.
func (b *backend) Survey(ctx context.Context, t source.Taken, password string, ask ui.Ask) (present.Survey, error) {
	o, err := b.takeOptions(t, password, ask)
	if err != nil {
		return present.Survey{}, err
	}
	found, err := takes.Plan(ctx, t.From, o)
	s := present.Survey{Kind: found.Kind, Place: found.Place, Tool: found.Tool, Made: found.Made, User: found.User, Schema: found.Schema,
		Version: found.Version, Build: found.Build, Bytes: found.Bytes, Tables: len(found.Tables), AtLeast: !found.Listed,
		Seconds: found.Seconds, Grants: found.Grants, Partial: found.Partial, Doubts: found.Doubts, Notes: found.Notes}
	for _, m := range found.Missing {
		s.Missing = append(s.Missing, present.MissingTable{Table: m.Table, Lack: m.Lack, Required: m.Required, Unseen: m.Unseen})
	}
	return s, forWindow(err)
}

// deniedError is an error about a password, in the words of the window.
type deniedError struct{ error }

func (e deniedError) Unwrap() []error { return []error{e.error, pipeline.ErrNotAuthorised} }

// originOf is where a snapshot was taken from, as the window shows it.
func originOf(o *snapshot.Origin) *present.Origin {
	if o == nil {
		return nil
	}
	taken, _ := time.Parse(time.RFC3339, o.Taken) // else it is not known
	origin := &present.Origin{Kind: o.Kind, Place: o.Place, Tool: o.Tool, TimeZone: o.TimeZone, Taken: taken,
		Partial: o.Partial, Doubts: o.Doubts, Notes: o.Notes}
	for _, table := range o.Tables() {
		origin.Tables = append(origin.Tables, present.TableRows{Table: table, Rows: o.Rows[table]})
	}
	return origin
}
