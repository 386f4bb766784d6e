package present

import (
	"slices"
	"strings"

	"sluice/ui/texts"
)

// The fields of the form of a server that can be wrong.
const (
	FieldURL          = "url"
	FieldUser         = "user"
	FieldSecret       = "secret"
	FieldFolder       = "folder"
	FieldProxy        = "proxy"
	FieldCAFile       = "ca-file"
	FieldCert         = "cert"
	FieldHeader       = "headers"
	FieldTokenFile    = "token-file"
	FieldTokenCommand = "token-command" // FieldPassphrase is another
)

// ServerInput is a server as it stands in the form. Secret is the token or the
// password; empty keeps the one that is stored.
type ServerInput struct {
	Name, URL, User, Secret, CAFile, Folder  string
	Proxy, SSHKey, SSHPassphrase, KnownHosts string
	CertFile, KeyFile, Headers               string
	TokenFile, TokenCommand                  string // where the secret is found, if not in the keyring
	Tags                                     string // with commas between
	WithPassword, Insecure                   bool
}

// Elsewhere reports whether a file or a command says the secret.
func (in ServerInput) Elsewhere() bool {
	return strings.TrimSpace(in.TokenFile+in.TokenCommand) != ""
}

// CheckPlaces says what is wrong with the addresses beside that of the server: proxy and
// home say it of one.
func (in ServerInput) CheckPlaces(proxy func(string) (string, error), home func(string) error) (p Problems) {
	if _, err := proxy(in.Proxy); err != nil {
		p.add(FieldProxy, texts.Error(err))
	}
	if folder := strings.TrimSpace(in.Folder); folder != "" {
		if err := home(folder); err != nil {
			p.add(FieldFolder, texts.Error(err))
		}
	}
	return p
}

// TagList are the tags, each once.
func (in ServerInput) TagList() (tags []string) {
	for tag := range strings.SplitSeq(in.Tags, ",") {
		if tag = strings.TrimSpace(tag); tag != "" && !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
	}
	return tags
}

// CheckServer checks the form of a server, as far as that takes no look at the disk.
// normalize gives the usual form of an address, which is returned, or says what is
// wrong with it; stored tells whether a secret is kept for an address.
func CheckServer(in ServerInput, normalize func(string) (string, error), stored func(url string) bool) (url string, p Problems) {
	t := texts.T.Server
	url, err := normalize(in.URL)
	if err != nil {
		url = ""
		p.add(FieldURL, texts.Error(err))
	}
	if in.WithPassword && strings.TrimSpace(in.User) == "" {
		p.add(FieldUser, t.NeedUser)
	}
	if strings.TrimSpace(in.TokenFile) != "" && strings.TrimSpace(in.TokenCommand) != "" {
		p.add(FieldTokenCommand, t.TwoTokens)
	}
	switch {
	case in.Elsewhere():
		if in.Secret != "" {
			p.add(FieldSecret, t.TwoTokens)
		}
	case in.Secret == "" && !stored(url):
		need := t.NeedToken
		if in.WithPassword {
			need = t.NeedPassword
		}
		p.add(FieldSecret, need)
	}
	return url, p
}
