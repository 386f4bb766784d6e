package present

import (
	"strings"

	"sluice/ui/texts"
)

// The fields of the form of a server that can be wrong.
const (
	FieldURL    = "url"
	FieldUser   = "user"
	FieldSecret = "secret"
	FieldFolder = "folder"
	FieldCAFile = "ca-file"
	FieldCert   = "cert"
	FieldHeader = "headers"
)

// ServerInput is a server as it stands in the form. Secret is the token or the
// password; empty keeps the one that is stored.
type ServerInput struct {
	Name, URL, User, Secret, CAFile, Folder string
	CertFile, KeyFile, Headers              string
	WithPassword, Insecure                  bool
}

// CheckServer checks the form of a server, as far as that takes no look at the disk.
// normalize gives the usual form of an address, which is returned, or says what is
// wrong with it; stored tells whether a secret is kept for an address.
func CheckServer(in ServerInput, normalize func(string) (string, error), stored func(url string) bool) (url string, p Problems) {
	t := texts.T.Server
	url, err := normalize(in.URL)
	if err != nil {
		url = ""
		p.add(FieldURL, err.Error())
	}
	if in.WithPassword && strings.TrimSpace(in.User) == "" {
		p.add(FieldUser, t.NeedUser)
	}
	if in.Secret == "" && !stored(url) {
		need := t.NeedToken
		if in.WithPassword {
			need = t.NeedPassword
		}
		p.add(FieldSecret, need)
	}
	return url, p
}
