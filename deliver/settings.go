package deliver

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"sluice/deliver/target"
	"sluice/formats"
	"sluice/listfile"
	"sluice/spelling"
)

// Delivery is one that follows each complete export of a source.
type Delivery struct {
	Name   string `json:"name"`
	Source string `json:"source"` // its id in the list of sources
	To     string `json:"to"`     // see target.Parse
	Layout Layout `json:"layout,omitempty"`
	Pack   Pack   `json:"pack,omitempty"`
	Files  Format `json:"files,omitempty"`
	// Redact is a profile or a file of rules: what is delivered is redacted, and what is
	// kept here is not.
	Redact     string `json:"redact,omitempty"`
	SSHKey     string `json:"sshKey,omitempty"`
	KnownHosts string `json:"knownHosts,omitempty"`
	S3Endpoint string `json:"s3Endpoint,omitempty"`
	S3Region   string `json:"s3Region,omitempty"`
	S3Profile  string `json:"s3Profile,omitempty"`
	Disabled   bool   `json:"disabled,omitempty"`
}

// Validate says what is wrong with a delivery.
func (d Delivery) Validate() error {
	if d.Name == "" || d.Source == "" {
		return errors.New("a delivery needs a name and a source")
	}
	if _, err := target.Parse(d.To); err != nil {
		return fmt.Errorf("delivery %q: %w", d.Name, err)
	}
	for _, word := range []struct {
		what, is string
		known    []string
	}{
		{"layout", string(d.Layout), []string{"", string(LayoutJob), string(LayoutTable)}},
		{"way to pack", string(d.Pack), []string{"", string(PackNone), string(PackGzip), string(PackZstd)}},
		{"format", string(d.Files), []string{"", string(FormatAll), string(FormatCSV), string(FormatParquet)}},
	} {
		if !slices.Contains(word.known, word.is) {
			return fmt.Errorf("delivery %q: %q is no %s%s", d.Name, word.is, word.what, spelling.Hint(word.is, word.known[1:]))
		}
	}
	return nil
}

// Open opens the target of a delivery.
func (d Delivery) Open(ctx context.Context) (target.Target, error) {
	address, err := target.Parse(d.To)
	if err != nil {
		return nil, err
	}
	access := target.Access{S3: target.S3Options{Endpoint: d.S3Endpoint, Region: d.S3Region, Profile: d.S3Profile}}
	access.SSH.KeyFile, access.SSH.KnownHosts = d.SSHKey, d.KnownHosts
	return address.Open(ctx, access)
}

// Options are how the files are delivered.
func (d Delivery) Options() Options {
	return Options{Layout: d.Layout, Pack: d.Pack, Format: d.Files}
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
