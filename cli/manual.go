package cli

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"sluice/docs"
	"sluice/kit"
	"sluice/manual"
	"sluice/source"
)

// usualHome is what the manual says in place of a path of the computer that it is made on.
const usualHome = "the place of the system"

// Manual is what man pages, completions and the page of all options are made of: the
// grammar of the command line as data.
func (p *Program) Manual() (manual.Program, error) {
	var grammar commands
	parser, err := p.parser(&grammar, &configured{load: func() (config, error) { return config{}, nil }}, usualHome)
	if err != nil {
		return manual.Program{}, fmt.Errorf("command line: %w", err)
	}
	return manualOf(parser.Model, p.Version), nil
}

func manualOf(app *kong.Application, version string) manual.Program {
	m := manual.Program{Name: app.Name, Release: version, Says: app.Help}
	for _, f := range app.Flags {
		m.Flags = append(m.Flags, manualFlag("", f))
	}
	for _, command := range app.Children {
		c := manual.Command{Name: command.Name, Help: command.Help}
		for _, a := range command.Positional {
			c.Args = append(c.Args, manualArgument(command.Name, a))
		}
		for _, f := range command.Flags {
			if !f.Hidden {
				c.Flags = append(c.Flags, manualFlag(command.Name, f))
			}
		}
		m.Commands = append(m.Commands, c)
	}
	for _, e := range endings {
		m.Endings = append(m.Endings, manual.Ending{Code: e.code, Kind: e.kind, Meaning: e.meaning})
	}
	return m
}

func manualFlag(command string, f *kong.Flag) manual.Flag {
	out := manual.Flag{Name: f.Name, Short: f.Short, Aliases: f.Aliases, Help: f.Help, Values: valuesOf(f.Value)}
	if f.Group != nil {
		out.Group = f.Group.Title
	}
	if f.Tag != nil {
		out.Env = f.Tag.Get("env")
	}
	if !f.IsBool() {
		out.Value, out.Kind = placeholder(f), kindOfValue(f.Value)
		switch {
		case f.Name == "server":
			out.Kind = manual.Server
		case f.Name == "source" && command != "deliveries" && command != "schedule": // these are of servers, too
			out.Kind = manual.Local
		case f.Name == "source":
			out.Kind = manual.Source
		case out.Kind == manual.File && out.Value == "DIR":
			out.Kind = manual.Folder
		}
	}
	return out
}

// placeholder stands for the value of a flag: what its tag says, all that it can have, or
// of which kind it is. The parser itself would show the default.
func placeholder(f *kong.Flag) string {
	switch values := valuesOf(f.Value); {
	case f.PlaceHolder != "":
		return f.PlaceHolder
	case len(values) > 0:
		return strings.Join(values, "|")
	case f.Name == "home":
		return "DIR"
	case kindOfValue(f.Value) == manual.File:
		return "FILE"
	case f.Target.Kind() >= reflect.Int && f.Target.Kind() <= reflect.Int64:
		return "N"
	}
	return "TEXT"
}

// namesOf are the commands whose second word is a name of a list.
var namesOf = map[string]manual.Kind{"sources": manual.Source, "schedule": manual.Schedule}

func manualArgument(command string, a *kong.Positional) manual.Argument {
	out := manual.Argument{Name: a.Name, Help: a.Help, Optional: !a.Required, Many: a.IsSlice() || a.Tag.Type == rawListType, Kind: kindOfValue(a), Values: valuesOf(a)}
	switch {
	case command == helpName:
		out.Kind = manual.Topic
	case command == "kit" && a.Name == "engine":
		for _, e := range kit.Engines {
			out.Values = append(out.Values, e.Name)
		}
	case a.Name == "name" && namesOf[command] != 0:
		out.Kind = namesOf[command]
	}
	return out
}

// kindOfValue is Text or File, by how a value is read.
func kindOfValue(v *kong.Value) manual.Kind {
	if v.Tag != nil && slices.Contains([]string{"path", "input", "raw", rawListType}, v.Tag.Type) {
		return manual.File
	}
	return manual.Text
}

func valuesOf(v *kong.Value) []string {
	if v.Enum == "" {
		return nil
	}
	return slices.DeleteFunc(v.EnumSlice(), func(s string) bool { return s == "" })
}

// completionCommand prints what a shell completes command lines with, and what that asks
// for.
type completionCommand struct {
	Shell string `arg:"" enum:"bash,zsh,fish,powershell,man,sources,servers,snapshots,schedules,topics" help:"bash, zsh, fish or powershell; man prints the page for man. sources, servers, snapshots, schedules and topics print the names that shells ask for, one a line."`
}

// Run prints it. Lists that cannot be read have no names: a shell that asks while somebody
// types is no place for errors.
func (x *completionCommand) Run(c *call) error {
	var names []string
	switch x.Shell {
	case "sources", "servers", "snapshots":
		list, _ := sourceList()
		for _, s := range list {
			if server := s.Kind == source.KindServer; x.Shell == "sources" || server == (x.Shell == "servers") {
				names = append(names, s.Name)
			}
		}
	case "schedules":
		if files, err := openSchedules(); err == nil {
			list, _ := files.list.Load()
			for _, s := range list {
				names = append(names, s.Name)
			}
		}
	case "topics":
		names = helpTopics()
	default:
		return x.script(c)
	}
	for _, name := range names {
		fmt.Fprintln(c.program.Out, name)
	}
	return nil
}

func (x *completionCommand) script(c *call) error {
	m, err := c.program.Manual()
	if err != nil {
		return err
	}
	day, err := time.Parse(time.RFC3339, c.program.Release.Date)
	if err != nil {
		day = c.program.Now.now()
	}
	text := map[string]func() string{"bash": m.Bash, "zsh": m.Zsh, "fish": m.Fish, "powershell": m.PowerShell, "man": func() string { return m.ManPage(day) }}[x.Shell]
	_, err = fmt.Fprint(c.program.Out, text())
	return err
}

// helpTopics are what help explains: commands, guides, and what else.
func helpTopics() []string {
	var grammar commands
	topics := append([]string{topicTopics, topicExitCodes}, docs.Topics()...)
	if parser, err := (&Program{}).parser(&grammar, &configured{}, usualHome); err == nil {
		topics = append(topics, commandNames(parser.Model)...)
	}
	return topics
}
