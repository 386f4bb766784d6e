package present

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Zones lists the zones that a zone field offers: this computer's, UTC, and one
// for each place where the clocks differ. Any other can be typed.
func Zones() []string {
	zones := []string{
		"UTC", "Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles", "America/Denver", "America/Phoenix", "America/Chicago",
		"America/New_York", "America/Toronto", "America/Halifax", "America/St_Johns", "America/Bogota", "America/Mexico_City",
		"America/Sao_Paulo", "America/Argentina/Buenos_Aires", "America/Santiago", "Atlantic/Azores", "Europe/London", "Europe/Dublin",
		"Europe/Lisbon", "Europe/Berlin", "Europe/Paris", "Europe/Madrid", "Europe/Rome", "Europe/Amsterdam", "Europe/Zurich",
		"Europe/Vienna", "Europe/Stockholm", "Europe/Warsaw", "Europe/Prague", "Europe/Athens", "Europe/Helsinki", "Europe/Kyiv",
		"Europe/Istanbul", "Europe/Moscow", "Africa/Lagos", "Africa/Cairo", "Africa/Johannesburg", "Africa/Nairobi", "Asia/Jerusalem",
		"Asia/Riyadh", "Asia/Dubai", "Asia/Tehran", "Asia/Karachi", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Dhaka", "Asia/Bangkok",
		"Asia/Jakarta", "Asia/Ho_Chi_Minh", "Asia/Singapore", "Asia/Hong_Kong", "Asia/Shanghai", "Asia/Taipei", "Asia/Manila",
		"Asia/Tokyo", "Asia/Seoul", "Australia/Perth", "Australia/Adelaide", "Australia/Brisbane", "Australia/Sydney", "Pacific/Auckland",
	}
	if local := LocalZone(); local != "UTC" {
		zones = slices.DeleteFunc(zones, func(z string) bool { return z == local })
		zones = slices.Insert(zones, 0, local)
	}
	return zones
}

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
