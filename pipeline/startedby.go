package pipeline

import "strings"

// Who starts jobs, besides schedules.
const (
	ByPerson = "person" // in the window or on the command line
	ByREST   = "REST"   // by the served API
)

const schedulePrefix = "schedule "

// BySchedule is who started a job of a schedule with a name.
func BySchedule(name string) string { return schedulePrefix + name }

// ScheduleOf is the name of the schedule that started a job; "" if none did.
func ScheduleOf(startedBy string) string {
	name, ok := strings.CutPrefix(startedBy, schedulePrefix)
	if !ok {
		return ""
	}
	return name
}
