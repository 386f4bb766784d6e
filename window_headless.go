//go:build headless

package main

import (
	"context"
	"errors"

	"sluice/cli"
)

// runWindow says that this build has no window.
func runWindow(context.Context, cli.WindowOptions) error {
	return errors.New("this build of Sluice has no window: use the commands that \"sluice --help\" lists, or the full build")
}
