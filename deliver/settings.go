package deliver

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"sluice/deliver/target"
	"sluice/formats"
	"sluice/listfile"
	"sluice/redact"
	"sluice/secret"
	"sluice/spelling"
	"sluice/wording"
)

// Delivery is one that follows each complete export of a source.
type Delivery struct {
	Name   string `json:"name"`
	Source string `json:"source"` // its id in the list of sources
	To     string `json:"to"`     // see target.Parse
	Layout Layout `json:"layout,omitempty"`
	Pack   Pack   `json:"pack,omitempty"`
	Files  Format `json:"files,omitempty"`
	// As converts the CSV files: AsParquet. "" leaves them as they are.
	As string `json:"as,omitempty"`
	// Redact is a profile or a file of rules: what is delivered is redacted, and what is
	// kept here is not.
	Redact     string `json:"redact,omitempty"`
	SSHKey     string `json:"sshKey,omitempty"`
	KnownHosts string `json:"knownHosts,omitempty"`
	// SSHPassphrase is a file with the passphrase of the key, for runs at which nobody is
	// asked; "": the agent has the key, or it needs none.
	SSHPassphrase string `json:"sshPassphrase,omitempty"`
	S3Endpoint    string `json:"s3Endpoint,omitempty"`
	S3Region      string `json:"s3Region,omitempty"`
	S3Profile     string `json:"s3Profile,omitempty"`
	Disabled      bool   `json:"disabled,omitempty"`
}

// Apart refuses a delivery that goes where another one of the list goes: one would undo the
// mark of the other.
func Apart(list []Delivery, d Delivery) error {
	for _, other := range list {
		if other.Name != d.Name && other.place() == d.place() {
			return wording.Errorf("the delivery %q goes to the same place: one would undo the mark of the other; give each a folder of its own", other.Name)
		}
	}
	return nil
}

// place is where a delivery goes, in one form however that was written.
func (d Delivery) place() string {
	a, err := target.Parse(d.To)
	switch {
	case err != nil: // which is said where it is made
		return d.To
	case strings.HasPrefix(a.String(), "s3:"): // buckets of two storages can have one name
		return a.String() + " " + strings.TrimSuffix(d.S3Endpoint, "/")
	}
	return a.String()
}

// FromAnywhere is a delivery that names its folder, its rules and its passphrase from the root on: whoever
// makes it works in another folder than who has typed it.
func (d Delivery) FromAnywhere() (Delivery, error) {
	a, err := target.Parse(d.To)
	if err != nil {
		return d, err
	}
	if a.Folder() != "" {
		d.To = a.String()
	}
	if d.Redact != "" && !redact.IsProfile(d.Redact) {
		d.Redact, err = filepath.Abs(d.Redact)
	}
	if d.SSHPassphrase != "" && err == nil {
		d.SSHPassphrase, err = filepath.Abs(d.SSHPassphrase)
	}
	return d, err
}

// AsParquet converts CSV files to Parquet on their way.
const AsParquet = "parquet"

// Validate says what is wrong with a delivery.
func (d Delivery) Validate() error {
	if d.Name == "" || d.Source == "" {
		return wording.New("a delivery needs a name and a source")
	}
	if err := d.Check(); err != nil {
		return wording.Errorf("delivery %q: %w", d.Name, err)
	}
	return nil
}

// Check says what is wrong with the place, and with how files are delivered.
func (d Delivery) Check() error {
	if _, err := target.Parse(d.To); err != nil {
		return err
	}
	for _, word := range []struct {
		what, is string
		known    []string
	}{
		{"layout", string(d.Layout), []string{"", string(LayoutJob), string(LayoutTable)}},
		{"way to pack", string(d.Pack), []string{"", string(PackNone), string(PackGzip), string(PackZstd)}},
		{"format", string(d.Files), []string{"", string(FormatAll), string(FormatCSV), string(FormatParquet)}},
		{"form to convert to", d.As, []string{"", AsParquet}},
	} {
		if !slices.Contains(word.known, word.is) {
			return wording.Errorf("%q is no %s%s", word.is, word.what, spelling.Hint(word.is, word.known[1:]))
		}
	}
	if d.As == AsParquet && d.Files == FormatCSV {
		return wording.New("what is converted to Parquet is no CSV any more: choose one of both")
	}
	return nil
}

// Open opens the place of a delivery.
func (d Delivery) Open(ctx context.Context) (target.Target, error) {
	address, err := target.Parse(d.To)
	if err != nil {
		return nil, err
	}
	var passphrase secret.Secret
	if d.SSHPassphrase != "" {
		if passphrase, err = secret.ReadPassword(d.SSHPassphrase, func(string) {}); err != nil { // it was warned of when it was named
			return nil, wording.Errorf("the passphrase of the key for SFTP: %w", err)
		}
	}
	access := target.Access{S3: target.S3Options{Endpoint: d.S3Endpoint, Region: d.S3Region, Profile: d.S3Profile}}
	access.SSH.KeyFile, access.SSH.KnownHosts, access.SSH.Passphrase = d.SSHKey, d.KnownHosts, passphrase
	return address.Open(ctx, access)
}

// options are how the files are delivered.
func (d Delivery) options() Options {
	o := Options{Layout: d.Layout, Pack: d.Pack, Format: d.Files}
	if d.As == AsParquet {
		o.Format = FormatParquet
	}
	return o
}

// File is the file with all deliveries, in their order. It is readable by its owner only,
// and is replaced in one step.
type File = listfile.Named[Delivery]

// NewFile returns deliveries.json in a folder for settings.
func NewFile(folder string) *File {
	return listfile.NewNamed[Delivery](listfile.File{Path: filepath.Join(folder, "deliveries.json"), Kind: formats.Deliveries, Element: "delivery"}, "deliveries")
}

// ItemName implements listfile.Item.
func (d Delivery) ItemName() string { return d.Name }
