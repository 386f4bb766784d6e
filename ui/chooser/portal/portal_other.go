//go:build !linux

package portal

import (
	"context"

	"sluice/ui/chooser"
)

// New returns nothing: this system has no portal.
func New(Words, func() string) func(context.Context, chooser.Question) (string, bool, error) {
	return nil
}
