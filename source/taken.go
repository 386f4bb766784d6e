package source

// Taken is what a snapshot is taken of, by which it can be taken again. It holds no
// password: that is in the keyring, in a file, or what a command prints.
type Taken struct {
	From   string `json:"from,omitempty"`   // a file, a folder, or the address of a database
	Schema string `json:"schema,omitempty"` // "": the only one that holds Confluence's tables
	// MaxRate and Load hold the reading back, as typed: "20MB/s", and the percentage
	// of the time; "" is no limit.
	MaxRate string `json:"maxRate,omitempty"`
	Load    string `json:"load,omitempty"`
	SSH     SSH    `json:"ssh,omitzero"`
	// PasswordFile and PasswordCommand say where the password of a database is found; ""
	// of both: in the keyring, and where the tools of the database look for it.
	PasswordFile    string `json:"passwordFile,omitempty"`
	PasswordCommand string `json:"passwordCommand,omitempty"`
}

// WithPasswordOf is t with the place of the password of another state of it, of which a
// form does not know.
func (t Taken) WithPasswordOf(other Taken) Taken {
	t.PasswordFile, t.PasswordCommand = other.PasswordFile, other.PasswordCommand
	return t
}

// SSH is a server through which a database is reached; the zero value is none.
type SSH struct {
	Target     string `json:"target,omitempty"`     // [user@]host[:port], or a name of ~/.ssh/config
	KeyFile    string `json:"keyFile,omitempty"`    // "": those of ~/.ssh/config, the agent's, the usual ones
	KnownHosts string `json:"knownHosts,omitempty"` // a file; "": the usual ones
}

// NewTaken returns the source for a snapshot that is taken into the file at path.
func NewTaken(name, path, homes string, t Taken) Source {
	s := NewSnapshot(KindSnapshot, name, path, homes)
	s.Taken = t
	return s
}

// CanTake reports whether the snapshot of the source can be taken again.
func (s Source) CanTake() bool { return s.Taken.From != "" }
