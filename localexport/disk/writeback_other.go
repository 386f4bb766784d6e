//go:build !linux

package disk

import "os"

// StartWriteback has no counterpart here: the sync at the end does all.
func StartWriteback(*os.File, int64, int64) {}
