//go:build !linux

package pagefile

import "os"

// startWriting does nothing: this system has no such hint.
func startWriting(*os.File, int64, int64) {}
