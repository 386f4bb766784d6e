package pipeline

import (
	"os"
	"path/filepath"
	"strings"
	"time"
)

// LocalZone is the name of this computer's zone: from TZ, else from the link
// that /etc/localtime is, else its present offset.
func LocalZone() string {
	if tz := strings.TrimPrefix(os.Getenv("TZ"), ":"); tz != "" {
		if _, err := time.LoadLocation(tz); err == nil {
			return tz
		}
	}
	if target, err := filepath.EvalSymlinks("/etc/localtime"); err == nil {
		if _, name, ok := strings.Cut(target, "zoneinfo/"); ok {
			if _, err := time.LoadLocation(name); err == nil {
				return strings.TrimPrefix(name, "Etc/")
			}
		}
	}
	now := time.Now()
	if _, seconds := now.Zone(); seconds == 0 {
		return "UTC"
	}
	return now.Format("-07:00")
}
