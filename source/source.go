// Package source keeps the list of sources: the servers and snapshots that the
// rail of the window shows, and how each is set up.
package source

import (
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"time"

	"sluice/rules"
	"sluice/spelling"
	"sluice/wording"
)

// Source is a server or a snapshot. It holds no secrets: tokens are in the
// keyring.
type Source struct {
	ID   string `json:"id"`
	Kind Kind   `json:"kind"`
	Name string `json:"name"`

	Snapshot string `json:"snapshot,omitempty"` // path of the file
	Taken    Taken  `json:"taken,omitzero"`     // what it is taken of, if Sluice takes it
	Home     string `json:"home,omitempty"`     // where the jobs and files of new exports go
	Local    Local  `json:"local,omitzero"`

	Server Server `json:"server,omitzero"`

	Tags []string `json:"tags,omitempty"` // words by which several are named together

	// Others are further homes in which jobs of the snapshot lie: a window that was
	// started with another home has worked there.
	Others []Home `json:"otherHomes,omitempty"`

	// Reached tells, for completed jobs of Home, up to which moment the snapshot had
	// changes that they have read. Windows noted it before manifests did.
	Reached map[int64]time.Time `json:"reached,omitempty"`
}

// Local are the settings of exports of a snapshot; the zero value has the
// defaults.
type Local struct {
	TimeZone           string `json:"timeZone,omitempty"`
	BaseURL            string `json:"baseUrl,omitempty"`
	Format             string `json:"format,omitempty"` // of the files: "" or csv, parquet, both
	ByteOrderMark      bool   `json:"byteOrderMark,omitempty"`
	FullContent        bool   `json:"fullContent,omitempty"`
	PreserveLineBreaks bool   `json:"preserveLineBreaks,omitempty"`
	LineBreakEscape    string `json:"lineBreakEscape,omitempty"`
	Redact             string `json:"redact,omitempty"`       // the rules of redaction: a profile, or a file; "": none
	MinFreeSpace       string `json:"minFreeSpace,omitempty"` // as typed: "5GB", "-1"
	CPUShare           string `json:"cpuShare,omitempty"`     // as typed: percent of one core; "" is no limit
	// Rules are the rules of the export that are not at their default.
	Rules rules.Chosen `json:"rules,omitempty"`
}

// Equal reports whether two settings are the same.
func (l Local) Equal(other Local) bool { return reflect.DeepEqual(l, other) }

// Server are the settings of a server.
type Server struct {
	URL  string `json:"url,omitempty"`
	User string `json:"user,omitempty"` // "" with an access token
	// TokenFile and TokenCommand say where the token, or the password of User, is found:
	// in a file, or by a command that prints it. "" of both: in the keyring.
	TokenFile    string `json:"tokenFile,omitempty"`
	TokenCommand string `json:"tokenCommand,omitempty"`
	CAFile       string `json:"caFile,omitempty"`
	CertFile     string `json:"certFile,omitempty"` // certificate of the client, with its chain
	KeyFile      string `json:"keyFile,omitempty"`  // its key; "": it stands in CertFile
	Headers      string `json:"headers,omitempty"`  // file with headers that are sent with every request
	Insecure     bool   `json:"insecure,omitempty"`
	// Proxy is that through which the server is reached, as a URL; ProxyNone is none, and
	// "" the one that the environment names.
	Proxy string `json:"proxy,omitempty"`
	// Folder is its shared home: where that is mounted here, or sftp://user@host/path, for
	// which SSHKey and KnownHosts name files; "" of these: the usual ones.
	Folder     string `json:"folder,omitempty"`
	SSHKey     string `json:"sshKey,omitempty"`
	KnownHosts string `json:"knownHosts,omitempty"`
	// SSHPassphrase is a file with the passphrase of that key; "": the agent has the key, or
	// it needs none.
	SSHPassphrase string `json:"sshPassphrase,omitempty"`
	Product       string `json:"product,omitempty"`
	Version       string `json:"version,omitempty"`
}

// ProxyNone is what stands for no proxy, whatever the environment says.
const ProxyNone = "none"

// NewSnapshot returns the source for a snapshot file. The same file always has
// the same id; its home is a folder of its own below homes.
func NewSnapshot(kind Kind, name, path, homes string) Source {
	id := idOf(string(kind), path)
	return Source{ID: id, Kind: kind, Name: name, Snapshot: path, Home: filepath.Join(homes, folderName(name)+"-"+id[:8])}
}

// NewServer returns the source for a server.
func NewServer(name string, s Server) Source {
	return Source{ID: idOf("server", s.URL), Kind: KindServer, Name: name, Server: s}
}

func idOf(kind, place string) string {
	sum := sha256.Sum256([]byte(kind + "\x00" + place))
	return hex.EncodeToString(sum[:8])
}

// folderName keeps of a name what every file system takes.
func folderName(name string) string {
	name = strings.TrimSuffix(name, filepath.Ext(name))
	clean := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' {
			return r
		}
		return '-'
	}, name)
	if len(clean) > 40 {
		clean = clean[:40]
	}
	if strings.Trim(clean, "-") == "" {
		return "source"
	}
	return clean
}

// Account is the name under which the secret of a server is kept; "" for others.
func (s Source) Account() string { return s.Server.URL }

// KeepsSecret reports whether the place of the secret of a server is the keyring, where
// people put it, and no file or command.
func (s Server) KeepsSecret() bool { return s.TokenFile == "" && s.TokenCommand == "" }

// Tagged reports whether a source has all of some tags.
func (s Source) Tagged(tags []string) bool {
	return !slices.ContainsFunc(tags, func(tag string) bool { return !slices.Contains(s.Tags, tag) })
}

// ReachedBy gives the moment up to which a completed job has everything, as far
// as it was noted.
func (s Source) ReachedBy(job int64) time.Time { return s.Reached[job] }

// List is an ordered list of sources.
type List []Source

// Find returns the index of the source with an id, or -1.
func (l List) Find(id string) int {
	return slices.IndexFunc(l, func(s Source) bool { return s.ID == id })
}

// Named returns the source with a name, or else with an id. The error says which there
// are, or that several have the name.
func (l List) Named(name string) (Source, error) {
	var found, names []string
	var source Source
	for _, s := range l {
		if s.Name == name || s.ID == name {
			source, found = s, append(found, s.ID)
		}
		names = append(names, s.Name)
	}
	switch {
	case len(found) == 1:
		return source, nil
	case len(found) > 1:
		return Source{}, wording.Errorf("%d sources are called %q: name one by its id, %s", len(found), name, strings.Join(found, " or "))
	case len(names) == 0:
		return Source{}, wording.Errorf("there is no source %q: there is none at all yet", name)
	}
	return Source{}, wording.Errorf("there is no source %q%s", name, spelling.Hint(name, names))
}

// With returns the list with a source added, or put in the place of the one
// with the same id.
func (l List) With(s Source) List {
	if i := l.Find(s.ID); i >= 0 {
		next := slices.Clone(l)
		next[i] = s
		return next
	}
	return append(slices.Clone(l), s)
}

// Without returns the list without the source with an id.
func (l List) Without(id string) List {
	return slices.DeleteFunc(slices.Clone(l), func(s Source) bool { return s.ID == id })
}

// Validate says what is wrong with a list that was read.
func (l List) Validate() error {
	seen := map[string]bool{}
	for i, s := range l {
		switch {
		case s.ID == "" || seen[s.ID]:
			return wording.Errorf("source %d has no id of its own", i+1)
		case s.Kind != KindServer && s.Snapshot == "":
			return wording.Errorf("source %q names no snapshot", s.Name)
		case s.Kind == KindServer && s.Server.URL == "":
			return wording.Errorf("source %q names no server", s.Name)
		}
		seen[s.ID] = true
	}
	return nil
}
