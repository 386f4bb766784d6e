package units

import (
	"encoding/xml"
	"errors"
	"fmt"
	"strings"
	"time"

	"sluice/schedule"
)

// text writes a text into XML.
func text(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // the builder takes everything
	return b.String()
}

var errIrregular = errors.New("it has no days or times for this expression")

// windows writes a task for schtasks.
func windows(p schedule.Plan, o Options) (string, error) {
	list, err := all(p)
	if err != nil {
		return "", err
	}
	var triggers strings.Builder
	for _, f := range list {
		trigger, err := windowsTriggers(f)
		if err != nil {
			return "", err
		}
		triggers.WriteString(trigger)
	}
	words := make([]string, 0, 6)
	for _, a := range o.arguments(p.Name) {
		words = append(words, quotedWindows(a))
	}
	return fmt.Sprintf(`<?xml version="1.0"?>
<!-- %s. Save it as %s.xml, and then: schtasks /create /tn "Sluice\%s" /xml %[2]s.xml -->
<!-- Times are those of the clock of the computer; the schedule has the zone %[4]s. -->
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>%[1]s</Description>
  </RegistrationInfo>
  <Triggers>
%[5]s  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>%[6]t</StartWhenAvailable>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
  </Settings>
  <Actions>
    <Exec>
      <Command>%[7]s</Command>
      <Arguments>%[8]s</Arguments>
    </Exec>
  </Actions>
</Task>
`, strings.ReplaceAll(text(about(p)), "--", "- -"), fileName(p.Name), strings.ReplaceAll(text(p.Name), "--", "- -"), text(p.Place.String()), triggers.String(), p.Missed == schedule.Run, text(o.Program), text(strings.Join(words, " "))), nil
}

// windowsTriggers are the triggers for one expression: one for each time of day, or one
// that repeats.
func windowsTriggers(f fields) (string, error) {
	if f.months != nil || f.weekdays != nil && (f.days != nil || f.last) {
		return "", errIrregular
	}
	times, every := f.times(), ""
	switch step := regular(f.minutes, 60); {
	case f.hours == nil && f.minutes == nil:
		times, every = []string{"00:00"}, "PT1M"
	case f.hours == nil && step > 0:
		times, every = []string{"00:00"}, fmt.Sprintf("PT%dM", step)
	case f.hours == nil && len(f.minutes) == 1:
		times, every = []string{fmt.Sprintf("00:%02d", f.minutes[0])}, "PT1H"
	case times == nil:
		return "", errIrregular
	}
	var b strings.Builder
	for _, t := range times {
		fmt.Fprintf(&b, "    <CalendarTrigger>\n")
		if every != "" {
			fmt.Fprintf(&b, "      <Repetition>\n        <Interval>%s</Interval>\n        <Duration>P1D</Duration>\n      </Repetition>\n", every)
		}
		fmt.Fprintf(&b, "      <StartBoundary>2026-01-01T%s:00</StartBoundary>\n%s    </CalendarTrigger>\n", t, f.windowsDays())
	}
	return b.String(), nil
}

func (f fields) windowsDays() string {
	var b strings.Builder
	switch {
	case f.weekdays != nil:
		b.WriteString("      <ScheduleByWeek>\n        <WeeksInterval>1</WeeksInterval>\n        <DaysOfWeek>")
		for _, d := range f.weekdays {
			fmt.Fprintf(&b, "<%s/>", time.Weekday(d))
		}
		b.WriteString("</DaysOfWeek>\n      </ScheduleByWeek>\n")
	case f.days != nil || f.last:
		b.WriteString("      <ScheduleByMonth>\n        <DaysOfMonth>")
		for _, d := range f.days {
			fmt.Fprintf(&b, "<Day>%d</Day>", d)
		}
		if f.last {
			b.WriteString("<Day>Last</Day>")
		}
		b.WriteString("</DaysOfMonth>\n        <Months>")
		for m := time.January; m <= time.December; m++ {
			fmt.Fprintf(&b, "<%s/>", m)
		}
		b.WriteString("</Months>\n      </ScheduleByMonth>\n")
	default:
		b.WriteString("      <ScheduleByDay>\n        <DaysInterval>1</DaysInterval>\n      </ScheduleByDay>\n")
	}
	return b.String()
}

// mostTimes is how many times of day are spelt out.
const mostTimes = 96

// times are the times of day; nil if there are too many.
func (f fields) times() []string {
	if f.hours == nil || f.minutes == nil || len(f.hours)*len(f.minutes) > mostTimes {
		return nil
	}
	var list []string
	for _, h := range f.hours {
		for _, m := range f.minutes {
			list = append(list, fmt.Sprintf("%02d:%02d", h, m))
		}
	}
	return list
}

// quotedWindows writes a word as programs of Windows take their command line apart.
func quotedWindows(s string) string {
	if s != "" && !strings.ContainsAny(s, " \t\"") {
		return s
	}
	var b strings.Builder
	slashes := 0
	b.WriteByte('"')
	for _, r := range s {
		switch r {
		case '\\':
			slashes++
			continue
		case '"':
			b.WriteString(strings.Repeat(`\`, 2*slashes+1))
		default:
			b.WriteString(strings.Repeat(`\`, slashes))
		}
		slashes = 0
		b.WriteRune(r)
	}
	b.WriteString(strings.Repeat(`\`, 2*slashes) + `"`)
	return b.String()
}

// launchd writes an agent of macOS.
func launchd(p schedule.Plan, o Options) (string, error) {
	list, err := all(p)
	if err != nil {
		return "", err
	}
	var intervals, words strings.Builder
	for _, f := range list {
		if f.last || f.weekdays != nil && f.days != nil {
			return "", errIrregular
		}
		f.intervals(&intervals)
	}
	for _, a := range append([]string{o.Program}, o.arguments(p.Name)...) {
		fmt.Fprintf(&words, "    <string>%s</string>\n", text(a))
	}
	label := "app.sluice." + strings.TrimPrefix(fileName(p.Name), "sluice-")
	return fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<!-- %s. Save it as ~/Library/LaunchAgents/%s.plist, and then: launchctl load ~/Library/LaunchAgents/%[2]s.plist -->
<!-- Times are those of the clock of the computer; the schedule has the zone %[3]s. -->
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>%[2]s</string>
  <key>ProgramArguments</key>
  <array>
%[4]s  </array>
  <key>StartCalendarInterval</key>
  <array>
%[5]s  </array>
</dict>
</plist>
`, strings.ReplaceAll(text(about(p)), "--", "- -"), label, text(p.Place.String()), words.String(), intervals.String()), nil
}

// intervals writes an interval for each combination of values.
func (f fields) intervals(b *strings.Builder) {
	any := func(values []int) []int {
		if values == nil {
			return []int{-1}
		}
		return values
	}
	for _, month := range any(f.months) {
		for _, day := range any(f.days) {
			for _, weekday := range any(f.weekdays) {
				for _, hour := range any(f.hours) {
					for _, minute := range any(f.minutes) {
						b.WriteString("    <dict>")
						for _, key := range []struct {
							name  string
							value int
						}{{"Month", month}, {"Day", day}, {"Weekday", weekday}, {"Hour", hour}, {"Minute", minute}} {
							if key.value >= 0 {
								fmt.Fprintf(b, "<key>%s</key><integer>%d</integer>", key.name, key.value)
							}
						}
						b.WriteString("</dict>\n")
					}
				}
			}
		}
	}
}
