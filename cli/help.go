package cli

import (
	"errors"
	"slices"

	"github.com/alecthomas/kong"
)

// Names of commands that the parser is asked about.
const (
	helpName    = "help"
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
	if slices.Equal(h.Command, []string{topicExitCodes}) {
		printEndings(kctx.Stdout)
		return nil
	}
	_, early, err := parse(kctx.Kong, append(h.Command, "--help"))
	if !early && err == nil {
		err = usageError{errors.New("there is no such command")}
	}
	return err
}
