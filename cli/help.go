package cli

import (
	"errors"

	"github.com/alecthomas/kong"
)

// helpName is the name of the command that explains commands.
const helpName = "help"

// helpCommand is --help under the name that many try first.
type helpCommand struct {
	Command []string `arg:"" optional:"" help:"The command to explain."`
}

// Run prints the help, which ends the parsing. That it could not be printed is told
// for all commands in one place.
func (h *helpCommand) Run(kctx *kong.Context) error {
	if _, code, done := parse(kctx.Kong, append(h.Command, "--help")); !done || code == exitUsage {
		return usageError{silentError{errors.New("there is no such command")}}
	}
	return nil
}
