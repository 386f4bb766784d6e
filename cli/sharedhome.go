package cli

import (
	"fmt"
	"strings"

	"github.com/alecthomas/kong"

	"sluice/deliver/target"
	"sluice/source"
)

// sharedHomeFlags say where the files of a server lie.
type sharedHomeFlags struct {
	SharedHome        string `type:"raw" aliases:"folder" placeholder:"PLACE" help:"Where the shared home of the server is, or the folder that it exports to: a folder of this computer (of a mounted share), or sftp://user@host/path."`
	SSHKey            string `name:"ssh-key" type:"path" placeholder:"FILE" help:"File with the private key for SFTP. Default: those of ~/.ssh/config, of the agent, and the usual ones."`
	SSHKnownHosts     string `name:"ssh-known-hosts" type:"path" placeholder:"FILE" help:"File with the keys of known hosts. Default: ~/.ssh/known_hosts."`
	SSHPassphraseFile string `name:"ssh-passphrase-file" type:"path" placeholder:"FILE" help:"File with the passphrase of the key for SFTP. Without it the agent has to have the key (ssh-add)."`
}

// place is the shared home as it is kept: a folder by its whole path.
func (f *sharedHomeFlags) place() (string, error) {
	if f.SharedHome == "" {
		return "", usageError{fmt.Errorf("--shared-home: %w", errEmptyPath)}
	}
	text := f.SharedHome
	if !strings.Contains(text, "://") {
		text = kong.ExpandPath(text)
	}
	a, err := target.ParsePlace(text)
	if err != nil {
		return "", usageError{fmt.Errorf("--shared-home: %w", err)}
	}
	if folder := a.Folder(); folder != "" {
		return folder, nil
	}
	return text, nil
}

// into writes what was typed into the settings of a server.
func (f *sharedHomeFlags) into(c *call, s *source.Server) error {
	if c.typed["shared-home"] {
		place, err := f.place()
		if err != nil {
			return err
		}
		s.Folder = place
	}
	if c.typed["ssh-key"] {
		s.SSHKey = f.SSHKey
	}
	if c.typed["ssh-known-hosts"] {
		s.KnownHosts = f.SSHKnownHosts
	}
	if c.typed["ssh-passphrase-file"] {
		s.SSHPassphrase = f.SSHPassphraseFile
	}
	return nil
}
