//go:build headless

package main

import (
	"context"

	"sluice/cli"
)

// runWindow is nothing: this build has no window.
var runWindow func(context.Context, cli.WindowOptions) error
