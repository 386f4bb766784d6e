//go:build !headless && (ci || !linux)

package main

import "log/slog"

// whileUnseen shows a window: no window system but X11 has its toolkit wait for that.
func whileUnseen(_ *slog.Logger, show func()) { show() }
