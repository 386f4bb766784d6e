// Package login finds the password of a running database in the ways that its own
// tools know, asks for it where none of them has it, and keeps it on request.
package login

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"

	"sluice/secret"
	"sluice/takes/feed"
	"sluice/wording"
)

// Who is a user of a database.
type Who struct {
	Product    string // "postgres" or "mysql"
	Host, Port string // the host is the path of a socket for one
	Name       string // of the database
	User       string
	Address    string // for people
	// Ways are those of the product itself, for people: "PGPASSWORD or ~/.pgpass".
	Ways string
}

// Account is the name under which the keyring has the password.
func (w Who) Account() string {
	return fmt.Sprintf("%s://%s@%s/%s", w.Product, w.User, net.JoinHostPort(w.Host, w.Port), w.Name)
}

// Found is a password, and in words where it is from.
type Found struct {
	Password secret.Secret
	From     string
	// Remark, if not "", is a sentence about a way that could not be taken.
	Remark string
}

// Kind is what somebody is asked for.
type Kind uint8

// The kinds of secrets.
const (
	PasswordOfDatabase Kind = iota
	PassphraseOfKey         // of SSH, or of a certificate of TLS
)

// Question is what somebody is asked for.
type Question struct {
	Kind Kind
	User string // of the database
	Of   string // the address of the database for people, or the file of the key
	// Why, if not "", is a sentence about what was tried before.
	Why string
}

// Ask asks a person. An empty secret means that there is nobody to ask, or that
// none was given.
type Ask func(ctx context.Context, q Question) (secret.Secret, error)

// Keyring keeps passwords; *secret.Store is one.
type Keyring interface {
	Get(ctx context.Context, account string) (string, error)
	Set(ctx context.Context, account, secret string) (secret.Place, error)
}

var _ Keyring = (*secret.Store)(nil)

// ErrWanted is wrapped by the error of a server that wants a password: another one
// than it was given, or one when none is to be had.
var ErrWanted = wording.New("a password is wanted")

// Ways are the ways to the password of one database, and what came of them. The
// zero value knows none.
type Ways struct {
	Given   Found   // comes before all others
	Keyring Keyring // nil: none
	Ask     Ask     // nil: nobody
	Save    bool    // keep in the keyring what the server accepted

	good *Found
	// Notes are sentences about what people should know.
	Notes []string
}

// From says in words where the accepted password is from; "" if none was needed.
func (w *Ways) From() string {
	if w.good == nil {
		return ""
	}
	return w.good.From
}

// Connect calls try with one password after the other, until one is accepted:
// first without asking anybody, then, if the server refuses for want of a good
// one, with what the keyring and a person say. own is what the environment and the
// files of the product hold. refused reports whether an error of try is about the
// password.
func (w *Ways) Connect(ctx context.Context, who Who, own Found, try func(secret.Secret) error, refused func(error) bool) error {
	if w.good != nil { // a further connection
		return try(w.good.Password)
	}
	first := w.Given
	if first.Password.Empty() {
		first = own
		first.Remark = strings.TrimSpace(w.Given.Remark + " " + own.Remark)
	}
	err := try(first.Password)
	switch {
	case err == nil:
		return w.accept(ctx, who, first)
	case !refused(err):
		return err
	case !first.Password.Empty():
		return feed.With(wording.Errorf("%w (the password is from %s)", err, first.From), ErrWanted)
	}
	return w.further(ctx, who, first.Remark, try, refused)
}

// further tries what is asked only when the server wants a password.
func (w *Ways) further(ctx context.Context, who Who, remark string, try func(secret.Secret) error, refused func(error) bool) error {
	why := remark
	kept, remark := w.kept(ctx, who)
	if remark != "" {
		why = strings.TrimSpace(why + " " + remark)
	}
	if !kept.Password.Empty() {
		switch err := try(kept.Password); {
		case err == nil:
			return w.accept(ctx, who, kept)
		case !refused(err):
			return err
		}
		why = strings.TrimSpace(why + " " + wording.Format("The server does not accept the password in the keyring."))
	}
	if w.Ask != nil {
		answer, askErr := w.Ask(ctx, Question{PasswordOfDatabase, who.User, who.Address, why})
		if askErr != nil {
			return wording.Errorf("ask for the password: %w", askErr)
		}
		if !answer.Empty() {
			switch err := try(answer); {
			case err != nil && refused(err):
				return feed.With(err, ErrWanted)
			case err != nil:
				return err
			}
			return w.accept(ctx, who, Found{Password: answer, From: "the prompt"})
		}
	}
	if why != "" {
		why = " (" + strings.TrimSuffix(why, ".") + ")"
	}
	return feed.With(feed.Denied("the server at %s asks %s for a password%s: give it with --password-file, %s, the keyring (once with --save-password) or at the prompt of a terminal",
		who.Address, who.User, why, who.Ways), ErrWanted)
}

// kept is what the keyring has.
func (w *Ways) kept(ctx context.Context, who Who) (found Found, remark string) {
	if w.Keyring == nil {
		return Found{}, ""
	}
	password, err := w.Keyring.Get(ctx, who.Account())
	var unavailable *secret.UnavailableError
	switch {
	case err == nil:
		return Found{Password: secret.Of(password), From: fromKeyring}, ""
	case errors.As(err, &unavailable) && !unavailable.Missing():
		return Found{}, fmt.Sprintf("There may be one in the keyring, but %v.", err)
	}
	return Found{}, ""
}

const fromKeyring = "the keyring"

// accept notes what the server has accepted, and keeps it if that is wanted.
func (w *Ways) accept(ctx context.Context, who Who, f Found) error {
	w.good = &f
	if f.Remark != "" {
		w.Notes = append(w.Notes, f.Remark)
	}
	if !w.Save || f.From == fromKeyring {
		return nil
	}
	switch _, err := w.save(ctx, who, f.Password); {
	case f.Password.Empty():
		w.Notes = append(w.Notes, "No password was saved: the server wanted none.")
	case err != nil:
		w.Notes = append(w.Notes, fmt.Sprintf("The password was not saved: %v.", err))
	default:
		w.Notes = append(w.Notes, "The password was saved in the keyring.")
	}
	return nil
}

func (w *Ways) save(ctx context.Context, who Who, password secret.Secret) (secret.Place, error) {
	switch {
	case password.Empty():
		return "", nil
	case w.Keyring == nil:
		return "", wording.New("there is no keyring")
	}
	return w.Keyring.Set(ctx, who.Account(), password.Reveal())
}
