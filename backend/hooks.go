package backend

import (
	"context"

	"sluice/hooks"
)

// CallHook calls a hook, and returns when it has answered. The error is one sentence for
// people, without a secret.
func (b *Backend) CallHook(ctx context.Context, h hooks.Hook, e hooks.Event) error {
	return hooks.Caller{Warn: func(w string) { b.logger.Warn(w) }, UserAgent: "sluice/" + b.version}.Call(ctx, h, e)
}
