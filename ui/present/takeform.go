package present

import (
	"fmt"
	"strings"

	"sluice/source"
	"sluice/ui/texts"
)

// The fields of the form of a snapshot that can be wrong.
const (
	FieldFile    = "file"
	FieldAddress = "address"
	FieldRate    = "rate"
	FieldLoad    = "load"
	FieldSSH     = "ssh"
)

// Addresses take the address of a database apart.
type Addresses interface {
	IsAddress(text string) bool
	// HasPassword reports whether an address holds a password, and CutPassword takes
	// it out, if it can be told from the rest.
	HasPassword(address string) bool
	CutPassword(text string) (rest, password string, has bool)
	// UserIn is the user that an address names; WithUser adds one.
	UserIn(address string) string
	WithUser(address, user string) string
	// CheckAddress says in a sentence what is wrong with an address.
	CheckAddress(address string) error
	// CheckSSH says in a sentence what is wrong with the name of a server of SSH.
	CheckSSH(target string) error
}

// RecognisedAs says what the source of a snapshot is.
func RecognisedAs(s source.Recognised) string {
	if s.Kind == "" || s.Bytes == 0 {
		return Joined(texts.Elsewhere(s.Kind), s.Place)
	}
	return fmt.Sprintf(texts.T.Take.KindAndSize, texts.Elsewhere(s.Kind), Size(s.Bytes))
}

// TakeInput is a source as it stands in the form of a snapshot.
type TakeInput struct {
	Name, File, Address, User, Password, Schema string
	MaxRate, Load                               string // as in ParseRate and ParseLoad
	SSH, SSHKey, SSHKnownHosts                  string // the way to a database through a server; "" none

	Running bool // a running database, and no file
	Save    bool // the password is kept in the keyring
}

// WithoutLogin is the input without what a file that is no database has no use for.
func (in TakeInput) WithoutLogin() TakeInput {
	in.Password, in.SSH, in.SSHKey, in.SSHKnownHosts = "", "", "", ""
	return in
}

// Sorted returns the input with everything in its own field: an address that was
// entered as a file, and the password that stands in an address. secret tells that there
// was one; it takes the place of one that was entered before.
func (in TakeInput) Sorted(a Addresses) (sorted TakeInput, secret bool) {
	if file := strings.TrimSpace(in.File); !in.Running && a.IsAddress(file) {
		in.Running, in.Address, in.File = true, file, ""
	}
	rest, password, has := a.CutPassword(strings.TrimSpace(in.Address))
	if !has {
		return in, false
	}
	in.Address = rest
	if password != "" {
		in.Password = password
	}
	return in, true
}

// From is what the snapshot is taken of, as the input says it.
func (in TakeInput) From(a Addresses) string {
	if !in.Running {
		return strings.TrimSpace(in.File)
	}
	return a.WithUser(strings.TrimSpace(in.Address), strings.TrimSpace(in.User))
}

// CheckTake checks the form of a snapshot, sorted, as far as that takes no look at the
// disk or at a database.
func CheckTake(in TakeInput, a Addresses) (p Problems) {
	t := texts.T.Take
	switch {
	case in.Running:
		p = checkAddress(in, a)
	case strings.TrimSpace(in.File) == "":
		p.add(FieldFile, t.NeedFile)
	}
	if _, err := source.ParseRate(in.MaxRate); err != nil {
		p.add(FieldRate, fmt.Sprintf(t.BadRate, in.MaxRate))
	}
	if _, err := source.ParseLoad(in.Load); err != nil {
		p.add(FieldLoad, fmt.Sprintf(t.BadLoad, in.Load))
	}
	if err := checkSSH(in, a); err != "" {
		p.add(FieldSSH, err)
	}
	return p
}

// checkSSH is what is wrong with the way through a server of SSH, "" if nothing is.
func checkSSH(in TakeInput, a Addresses) string {
	target := strings.TrimSpace(in.SSH)
	if target == "" {
		if in.SSHKey+in.SSHKnownHosts != "" {
			return texts.T.Take.NeedSSH
		}
		return ""
	}
	if err := a.CheckSSH(target); err != nil {
		return texts.InForm(texts.Error(err))
	}
	return ""
}

// checkAddress checks the fields of a running database.
func checkAddress(in TakeInput, a Addresses) (p Problems) {
	t := texts.T.Take
	address, user := strings.TrimSpace(in.Address), strings.TrimSpace(in.User)
	named := a.UserIn(address)
	switch {
	case address == "":
		p.add(FieldAddress, t.NeedAddress)
	case !a.IsAddress(address):
		p.add(FieldAddress, t.NoAddress)
	case a.HasPassword(address):
		p.add(FieldAddress, t.SecretLeft)
	}
	switch {
	case named == "" && user == "":
		p.add(FieldUser, t.NeedUser)
	case named != "" && user != "" && named != user:
		p.add(FieldUser, fmt.Sprintf(t.TwoUsers, named))
	case len(p) == 0:
		if err := a.CheckAddress(in.From(a)); err != nil {
			p.add(FieldAddress, texts.InForm(texts.Error(err)))
		}
	}
	return p
}
