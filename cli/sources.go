package cli

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"sluice/client"
	"sluice/places"
	"sluice/secret"
	"sluice/source"
	"sluice/visible"
)

// sourcesCommand keeps the list of sources, which the window shows, too.
type sourcesCommand struct {
	connectionFlags `embed:""`
	Action          string   `arg:"" optional:"" enum:"list,add,edit,remove,test" default:"list" help:"list shows all (the default); add, edit, remove and test are about one."`
	Name            string   `arg:"" optional:"" help:"The name of the source."`
	TokenCommand    string   `placeholder:"COMMAND" help:"Command that prints the token, such as 'pass show wiki'; it gets the address as SLUICE_URL."`
	Tag             []string `placeholder:"TAG" help:"A word by which several servers are named together; may be given again."`
	sharedHomeFlags `embed:""`
	takenFlags      `embed:""`
	Snapshot        string   `type:"path" placeholder:"FILE" help:"With add: a snapshot, in place of a server."`
	Rename          string   `placeholder:"NEW" help:"With edit: its new name."`
	Unset           []string `placeholder:"FLAG" help:"With edit: take a setting away, named as its flag: --unset token-file."`
}

func (x *sourcesCommand) Run(c *call) error {
	if err := x.check(c); err != nil {
		return err
	}
	switch x.Action {
	case "add":
		return x.add(c)
	case "edit":
		return x.edit(c)
	case "remove":
		return x.remove(c)
	case "test":
		return x.test(c)
	}
	return x.list(c)
}

// check refuses what does not go together.
func (x *sourcesCommand) check(c *call) error {
	switch {
	case x.Name == "" && x.Action != "list":
		return usageError{fmt.Errorf("%s which source? Write: sluice sources %s NAME", x.Action, x.Action)}
	case x.Name != "" && x.Action == "list":
		return usageError{fmt.Errorf("list takes no name; to look at one write: sluice sources test %s", visible.Cut(x.Name, longestWord))}
	case x.Action != "add" && x.Action != "edit" && settingTyped(c) != "":
		return usageError{fmt.Errorf("--%s is a setting of a source: %s takes none, add and edit do", settingTyped(c), x.Action)}
	case x.Action != "edit" && (x.Rename != "" || len(x.Unset) > 0):
		return usageError{errors.New("--rename and --unset change a source: they are for edit")}
	case x.Action != "add" && (c.typed["snapshot"] || c.typed["database"]):
		return usageError{errors.New("--snapshot and --database are for add: another file is another source")}
	case x.Action == "edit" && settingTyped(c) == "" && x.Rename == "" && len(x.Unset) == 0:
		return usageError{errors.New("what is to change? Give a setting, such as --url or --token-file, --rename NEW or --unset FLAG")}
	case x.Action == "add" && !oneOf(c, "snapshot", "database", "url"):
		return usageError{errors.New("--url, --snapshot and --database name sources of their own: give one of them")}
	case c.typed["token-file"] && x.TokenCommand != "":
		return usageError{errors.New("--token-file and --token-command name two places of the token: give one of them")}
	}
	return nil
}

// settingTyped is the first flag on the command line that is a setting of a source, ""
// if there is none.
func settingTyped(c *call) string {
	settings, taken := settingsOf(&source.Server{}), takenOf(&source.Taken{})
	for _, flag := range slices.Sorted(maps.Keys(c.typed)) {
		_, ofTaken := taken[flag]
		if _, is := settings[flag]; is || ofTaken || slices.Contains([]string{"url", "insecure", "tag", "home"}, flag) {
			return flag
		}
	}
	return ""
}

// oneOf reports whether not more than one of some flags was typed.
func oneOf(c *call, flags ...string) bool {
	return len(slices.DeleteFunc(flags, func(flag string) bool { return !c.typed[flag] })) <= 1
}

// add puts a source into the list.
func (x *sourcesCommand) add(c *call) error {
	s, err := x.made(c)
	if err != nil {
		return err
	}
	err = updateSources(func(l source.List) (source.List, error) {
		if i := l.Find(s.ID); i >= 0 {
			return nil, usageError{fmt.Errorf("it is in the list already, as %q: \"sluice sources edit\" changes it", l[i].Name)}
		}
		if err := free(l, s.Name); err != nil {
			return nil, err
		}
		return l.With(s), nil
	})
	if err != nil {
		return err
	}
	return x.tell(c, s, "Added")
}

// free refuses a name that a source has already: one could not be told from the other.
func free(l source.List, name string) error {
	if err := nameable(name); err != nil {
		return err
	}
	for _, s := range l {
		if s.Name == name {
			return usageError{fmt.Errorf("there is a source %q already", name)}
		}
	}
	return nil
}

// made is the source that the flags describe.
func (x *sourcesCommand) made(c *call) (source.Source, error) {
	if c.typed["database"] {
		s, err := x.madeTaken(c)
		if err != nil {
			return s, err
		}
		return x.withHome(c, s), x.onlyLocal(c, s)
	}
	if c.typed["snapshot"] {
		if err := checkSnapshot(c.ctx, x.Snapshot); err != nil {
			return source.Source{}, err
		}
		homes, err := places.Data()
		if err != nil {
			return source.Source{}, err
		}
		s := x.withHome(c, source.NewSnapshot(source.KindSnapshot, x.Name, x.Snapshot, homes))
		return s, x.onlyLocal(c, s)
	}
	if x.URL == "" {
		return source.Source{}, usageError{errors.New("where is it? Give --url with its address, --snapshot with a file, or --database with an address")}
	}
	base, err := client.NormalizeBaseURL(x.URL)
	if err != nil {
		return source.Source{}, usageError{fmt.Errorf("--url: %w", err)}
	}
	s := x.withHome(c, source.NewServer(x.Name, source.Server{URL: base}))
	if err := errors.Join(x.onlyServer(c, s), x.apply(c, &s)); err != nil {
		return s, err
	}
	return s, x.usable(c, s)
}

// withHome is a new source with the home and the tags that were typed.
func (x *sourcesCommand) withHome(c *call, s source.Source) source.Source {
	if s.Tags = x.Tag; c.typed["home"] {
		s.Home = x.Home
	}
	return s
}

// onlyLocal refuses flags that mean nothing for a source of this computer.
func (x *sourcesCommand) onlyLocal(c *call, s source.Source) error {
	_, err := x.editedLocal(c, s)
	return err
}

// apply writes what was typed into the settings of a server.
func (x *sourcesCommand) apply(c *call, s *source.Source) error {
	var err error
	if x.Proxy, err = client.NormalizeProxy(x.Proxy); err != nil {
		return usageError{fmt.Errorf("--proxy: %w", err)}
	}
	for flag, value := range map[string]string{"user": x.User, "ca-file": x.CAFile, "client-cert": x.ClientCert, "client-key": x.ClientKey,
		"header-file": x.HeaderFile, "token-file": x.TokenFile, "token-command": x.TokenCommand, "proxy": x.Proxy} {
		if c.typed[flag] {
			*settingsOf(&s.Server)[flag] = value
		}
	}
	switch { // one place of the token takes the place of the other
	case c.typed["token-file"]:
		s.Server.TokenCommand = ""
	case c.typed["token-command"]:
		s.Server.TokenFile = ""
	}
	if c.typed["insecure"] {
		s.Server.Insecure = x.Insecure
	}
	if c.typed["tag"] {
		s.Tags = x.Tag
	}
	return x.into(c, &s.Server)
}

// settingsOf are the settings of a server that are texts, by their flags.
func settingsOf(s *source.Server) map[string]*string {
	return map[string]*string{"user": &s.User, "ca-file": &s.CAFile, "client-cert": &s.CertFile, "client-key": &s.KeyFile,
		"header-file": &s.Headers, "token-file": &s.TokenFile, "token-command": &s.TokenCommand, "proxy": &s.Proxy,
		"shared-home": &s.Folder, "ssh-key": &s.SSHKey, "ssh-known-hosts": &s.KnownHosts, "ssh-passphrase-file": &s.SSHPassphrase}
}

// usable refuses settings with which no request could be sent. A command is not run.
func (x *sourcesCommand) usable(c *call, s source.Source) error {
	if s.Server.SSHPassphrase != "" {
		if _, err := readPassword("--ssh-passphrase-file", s.Server.SSHPassphrase, c.logger); err != nil {
			return err
		}
	}
	if s.Server.TokenFile != "" {
		if _, err := readSecret("--token-file", s.Server.TokenFile, c.logger); err != nil {
			return err
		}
	}
	server, err := x.dial(c, s.Server, secret.Of("unknown"))
	if err != nil {
		return err
	}
	server.CloseIdleConnections()
	return nil
}

// updateSources changes the list.
func updateSources(change func(source.List) (source.List, error)) error {
	file, err := source.DefaultFile()
	if err != nil {
		return err
	}
	if _, err := file.Load(); err != nil {
		return usageError{err}
	}
	return file.Update(change)
}
