//go:build !linux || !amd64

package calls

import (
	"context"
	"fmt"
	"runtime"
)

// Run is not possible on this system.
func Run(context.Context, Program, func(Call) Action) (End, error) {
	return End{}, fmt.Errorf("%w: %s on %s", ErrUnsupported, runtime.GOOS, runtime.GOARCH)
}
