package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"sluice/docs"
	"sluice/spelling"
)

// Names of commands that the parser is asked about.
const (
	helpName    = "help"
	versionName = "version"
	defaultName = "window" // what runs when no command is named
)

// What help explains besides commands and guides.
const (
	topicExitCodes = "exit-codes"
	topicTopics    = "topics" // the list of the guides
)

// guideColumns is how wide guides are shown: every terminal has as many.
const guideColumns = 80

// helpCommand is --help under the name that many try first.
type helpCommand struct {
	Command []string `arg:"" optional:"" help:"The command to explain, a guide (topics lists them), or exit-codes."`
}

// Run prints the help, which ends the parsing. That it could not be printed is told
// for all commands in one place.
func (h *helpCommand) Run(kctx *kong.Context) error {
	if len(h.Command) > 0 && explained(kctx.Stdout, h.Command[0]) {
		return nil
	}
	if len(h.Command) > 0 && !slices.Contains(commandNames(kctx.Model), h.Command[0]) {
		return noCommand("no command and no guide", "sluice help ", h.Command[0], slices.Concat(commandNames(kctx.Model), docs.Topics(), []string{topicTopics, topicExitCodes}))
	}
	_, early, err := parse(kctx.Kong, append(h.Command, "--help"))
	if !early && err == nil {
		err = usageError{errors.New("there is no such command")}
	}
	return err
}

// explained prints what is no command, if there is something of that name.
func explained(w io.Writer, topic string) bool {
	switch guide, ok := docs.Guide(topic); {
	case topic == topicExitCodes:
		printEndings(w)
	case topic == topicTopics:
		fmt.Fprintf(w, "Guides, one for each task; \"sluice help NAME\" shows one:\n\n")
		for _, name := range docs.Topics() {
			fmt.Fprintf(w, "  %-14s  %s\n", name, docs.Title(name))
		}
		fmt.Fprintf(w, "\n\"sluice help\" lists the commands, \"sluice help %s\" the exit codes.\n", topicExitCodes)
	case ok:
		fmt.Fprint(w, docs.Plain(guide, guideColumns))
	default:
		return false
	}
	return true
}

// versionCommand is --version under the name that many try first.
type versionCommand struct{}

func (versionCommand) Run(c *call) error {
	_, err := fmt.Fprintln(c.program.Out, c.program.whole())
	return err
}

// whole is the version with what else is known of the build.
func (p *Program) whole() string {
	r := p.Release
	r.Version = p.Version
	return r.String()
}

func commandNames(app *kong.Application) (names []string) {
	for _, child := range app.Children {
		names = append(names, child.Name)
	}
	return names
}

// checkCommand refuses a first word that is neither a command nor a file to open.
func checkCommand(app *kong.Application, args []string) error {
	for len(args) > 0 && (args[0] == "-v" || args[0] == "--verbose") {
		args = args[1:]
	}
	if len(args) == 0 || strings.HasPrefix(args[0], "-") || slices.Contains(commandNames(app), args[0]) {
		return nil
	}
	if _, err := os.Stat(args[0]); err == nil || args[0] != "" && isPath(args[0]) {
		return nil
	}
	return noCommand("no command and no file", "sluice ", args[0], commandNames(app))
}

// isPath reports whether a word is meant as a file, whether or not there is one.
func isPath(word string) bool {
	return strings.ContainsAny(word, `./\~:`) || word != filepath.Base(word)
}

// noCommand says that there is nothing of that name, such as no command, and which
// command may have been meant.
func noCommand(nothing, before, word string, names []string) error {
	near := spelling.Nearest(word, names)
	switch {
	case word == "":
		return usageError{errors.New("the name of the command is empty. Try: sluice help")}
	case near != "":
		return usageError{hintedError{fmt.Errorf("there is %s %q", nothing, word), fmt.Sprintf("Did you mean %q?", before+near)}}
	}
	return usageError{hintedError{fmt.Errorf("there is %s %q", nothing, word), "Try: sluice help"}}
}
