package present

import (
	"slices"

	"sluice/pipeline"
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
	if local := pipeline.LocalZone(); local != "UTC" {
		zones = slices.DeleteFunc(zones, func(z string) bool { return z == local })
		zones = slices.Insert(zones, 0, local)
	}
	return zones
}
