package backend

import (
	"context"
	"errors"

	"sluice/pipeline"
	"sluice/secret"
	"sluice/source"
	"sluice/takes"
	"sluice/takes/login"
	"sluice/takes/tunnel"
	"sluice/wording"
)

// IsAddress reports whether a text is the address of a database.
func (b *Backend) IsAddress(text string) bool { return takes.IsAddress(text) }

// HasPassword reports whether an address holds a password.
func (b *Backend) HasPassword(text string) bool {
	_, has := takes.PasswordIn(text)
	return has && takes.IsAddress(text)
}

// CutPassword takes the password out of an address.
func (b *Backend) CutPassword(text string) (rest, password string, has bool) {
	return takes.CutPassword(text)
}

// UserIn is the user that an address names.
func (b *Backend) UserIn(address string) string { return takes.UserIn(address) }

// WithUser adds a user to an address.
func (b *Backend) WithUser(address, user string) string { return takes.WithUser(address, user) }

// CheckAddress says what is wrong with an address.
func (b *Backend) CheckAddress(address string) error {
	_, err := takes.Recognise(context.Background(), address)
	return err
}

// Recognise tells what a file or folder is.
func (b *Backend) Recognise(ctx context.Context, path string) (source.Recognised, error) {
	r, err := takes.Recognise(ctx, path)
	return source.Recognised{Kind: r.Kind, Bytes: r.Bytes, Place: r.Place, Snapshot: r.Snapshot}, err
}

// TakeName is what the snapshot of a source is called in the list.
func (b *Backend) TakeName(from string) string { return takes.Title(from) }

// TakePath is the file that the snapshot of a source is taken into.
func (b *Backend) TakePath(homes, from string) string { return takes.PathIn(homes, from) }

// TakeAccount is the name under which the keyring has the password of a source.
func (b *Backend) TakeAccount(from string) string {
	t, err := takes.Resolve(from)
	if err != nil {
		return ""
	}
	return t.Account
}

// KeepForSession keeps a secret until the window closes.
func (b *Backend) KeepForSession(account, secret string) { b.secrets.Keep(account, secret) }

// InSession reports whether nothing but this session keeps a secret.
func (b *Backend) InSession(account string) bool { return b.secrets.InSession(account) }

// CheckSSH says what is wrong with the name of a server of SSH.
func (b *Backend) CheckSSH(target string) error { return tunnel.Check(target) }

// Take takes the snapshot of a source.
func (b *Backend) Take(ctx context.Context, s source.Source, password string, ask source.Ask, again bool, progress func(source.Progress)) error {
	if err := takes.MakeFolder(s.Snapshot); err != nil {
		return err
	}
	o, err := b.TakeOptions(ctx, s.Taken, secret.Of(password), asked(ask))
	if err != nil {
		return err
	}
	o.Replace, o.Refresh = true, again
	o.Progress = func(p takes.Progress) {
		progress(source.Progress{Read: p.Read, Total: p.Total, Rows: p.Rows, Table: p.Table, Finishing: p.Finishing, Waiting: p.Waiting, About: p.About, Open: p.Open})
	}
	_, err = takes.Take(ctx, s.Taken.From, s.Snapshot, o)
	return wanted(err)
}

// TakeOptions says how a source is read. A password that is given goes before that of the
// source's file or command.
func (b *Backend) TakeOptions(ctx context.Context, t source.Taken, password secret.Secret, ask login.Ask) (takes.Options, error) {
	rate, err := source.ParseRate(t.MaxRate)
	if err != nil {
		return takes.Options{}, err
	}
	load, err := source.ParseLoad(t.Load)
	if err != nil {
		return takes.Options{}, err
	}
	d := takes.Database{Password: password, PasswordFrom: "the window", Keyring: b.secrets, Ask: ask, Retries: takes.Retries}
	if password.Empty() {
		if d.Password, d.PasswordFrom, err = b.passwordOf(ctx, t); err != nil {
			return takes.Options{}, err
		}
	}
	if t.SSH.Target != "" {
		d.SSH = &tunnel.Options{Target: t.SSH.Target, KeyFile: t.SSH.KeyFile, KnownHosts: t.SSH.KnownHosts}
	}
	return takes.Options{Schema: t.Schema, Version: b.version, Now: b.now, MaxRate: rate, Load: load, Database: d}, nil
}

// passwordOf is the password of a database from where its settings say that it is, and
// what that is called; none if they say nothing.
func (b *Backend) passwordOf(ctx context.Context, t source.Taken) (password secret.Secret, from string, err error) {
	switch {
	case t.PasswordFile != "":
		password, err = secret.ReadPassword(t.PasswordFile, b.warn)
		from = t.PasswordFile
	case t.PasswordCommand != "":
		password, err = secret.FromCommand(ctx, t.PasswordCommand, "SLUICE_DATABASE="+t.From)
		from = "the command that prints it"
	}
	if err != nil {
		err = wording.Errorf("the password of %s: %w", takes.Title(t.From), err)
	}
	return password, from, err
}

// asked asks the person.
func asked(ask source.Ask) login.Ask {
	return func(ctx context.Context, q login.Question) (secret.Secret, error) {
		answer, err := ask(ctx, source.Question{Passphrase: q.Kind == login.PassphraseOfKey, User: q.User, Of: q.Of, Why: q.Why})
		return secret.Of(answer), err
	}
}

// wanted marks an error that another password would mend. Rights that are missing,
// and the keys of SSH, are told as they are.
func wanted(err error) error {
	if errors.Is(err, login.ErrWanted) {
		return deniedError{err}
	}
	return err
}

// Survey asks a source what would be read, and reads no rows.
func (b *Backend) Survey(ctx context.Context, t source.Taken, password string, ask source.Ask) (source.Survey, error) {
	o, err := b.TakeOptions(ctx, t, secret.Of(password), asked(ask))
	if err != nil {
		return source.Survey{}, err
	}
	found, err := takes.Plan(ctx, t.From, o)
	s := source.Survey{Kind: found.Kind, Place: found.Place, Tool: found.Tool, Made: found.Made, User: found.User, Schema: found.Schema,
		Version: found.Version, Build: found.Build, Bytes: found.Bytes, Tables: len(found.Tables), AtLeast: !found.Listed,
		Seconds: found.Seconds, Grants: found.Grants, Partial: found.Partial, Doubts: found.Doubts, Notes: found.Notes}
	for _, m := range found.Missing {
		s.Missing = append(s.Missing, source.MissingTable{Table: m.Table, Lack: m.Lack, Required: m.Required, Unseen: m.Unseen})
	}
	return s, wanted(err)
}

// deniedError is an error about a password, which another one may mend.
type deniedError struct{ error }

func (e deniedError) Unwrap() []error { return []error{e.error, pipeline.ErrNotAuthorised} }
