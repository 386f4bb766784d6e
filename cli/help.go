package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"sluice/spelling"
)

// Names of commands that the parser is asked about.
const (
	helpName    = "help"
	versionName = "version"
	defaultName = "window" // what runs when no command is named
)

// topicExitCodes is what help explains besides commands.
const topicExitCodes = "exit-codes"

// helpCommand is --help under the name that many try first.
type helpCommand struct {
	Command []string `arg:"" optional:"" help:"The command to explain, or exit-codes."`
}

// Run prints the help, which ends the parsing. That it could not be printed is told
// for all commands in one place.
func (h *helpCommand) Run(kctx *kong.Context) error {
	if len(h.Command) > 0 && h.Command[0] == topicExitCodes {
		printEndings(kctx.Stdout)
		return nil
	}
	if len(h.Command) > 0 && !slices.Contains(commandNames(kctx.Model), h.Command[0]) {
		return noCommand("no command", "sluice help ", h.Command[0], append(commandNames(kctx.Model), topicExitCodes))
	}
	_, early, err := parse(kctx.Kong, append(h.Command, "--help"))
	if !early && err == nil {
		err = usageError{errors.New("there is no such command")}
	}
	return err
}

// versionCommand is --version under the name that many try first.
type versionCommand struct{}

func (versionCommand) Run(c *call) error {
	_, err := fmt.Fprintln(c.program.Out, c.program.Version)
	return err
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
