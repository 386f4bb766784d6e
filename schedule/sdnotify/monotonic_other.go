//go:build !linux

package sdnotify

import "time"

// monotonic is 0: only Linux has a service manager that asks for it.
func monotonic() time.Duration { return 0 }
