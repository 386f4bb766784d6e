package units

import (
	"fmt"
	"strings"

	"sluice/schedule"
)

// systemd writes a timer and its service.
func systemd(p schedule.Plan, o Options) (string, error) {
	list, err := all(p)
	if err == nil {
		err = namedZone(p)
	}
	if err != nil {
		return "", err
	}
	var calendar strings.Builder
	for _, f := range list {
		for _, expression := range onCalendar(f, p.Place.String()) {
			fmt.Fprintf(&calendar, "OnCalendar=%s\n", expression)
		}
	}
	words := []string{quotedSystemd(o.Program)}
	for _, a := range o.arguments(p.Name) {
		words = append(words, quotedSystemd(a))
	}
	name := fileName(p.Name)
	return fmt.Sprintf(`# %[1]s.timer: save it as ~/.config/systemd/user/%[1]s.timer
[Unit]
Description=%[2]s

[Timer]
%[3]sPersistent=%[4]t
AccuracySec=1s

[Install]
WantedBy=timers.target

# %[1]s.service: save it as ~/.config/systemd/user/%[1]s.service, and then
#   systemctl --user daemon-reload && systemctl --user enable --now %[1]s.timer
# "loginctl enable-linger" lets it run while nobody is logged in.
[Unit]
Description=%[2]s
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
ExecStart=%[5]s
`, name, strings.ReplaceAll(about(p), "%", "%%"), calendar.String(), p.Missed == schedule.Run, strings.Join(words, " ")), nil
}

// onCalendar are the expressions of systemd for one of cron, which runs on days of the
// month or of the week where both are named.
func onCalendar(f fields, zone string) []string {
	months := numbers(f.months, "*")
	clock := fmt.Sprintf("%s:%s:00 %s", numbers(f.hours, "*"), numbers(f.minutes, "*"), zone)
	var list []string
	if f.weekdays != nil {
		names := make([]string, len(f.weekdays))
		for i, d := range f.weekdays {
			names[i] = strings.ToUpper(dayNames[d][:1]) + dayNames[d][1:]
		}
		list = append(list, fmt.Sprintf("%s *-%s-* %s", strings.Join(names, ","), months, clock))
	}
	if f.last {
		list = append(list, fmt.Sprintf("*-%s~01 %s", months, clock))
	}
	if f.days != nil {
		list = append(list, fmt.Sprintf("*-%s-%s %s", months, numbers(f.days, "*"), clock))
	}
	if list == nil {
		list = append(list, fmt.Sprintf("*-%s-* %s", months, clock))
	}
	return list
}

// numbers lists values with two figures.
func numbers(values []int, whole string) string {
	if values == nil {
		return whole
	}
	list := make([]string, len(values))
	for i, v := range values {
		list[i] = fmt.Sprintf("%02d", v)
	}
	return strings.Join(list, ",")
}

// quotedSystemd writes a word of a command as systemd reads it: variables and specifiers
// stand for themselves.
func quotedSystemd(s string) string {
	s = strings.NewReplacer("%", "%%", "$", "$$").Replace(s)
	if s != "" && !strings.ContainsAny(s, " \t\"'\\;") {
		return s
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// cron writes lines of a crontab.
func cron(p schedule.Plan, o Options) (string, error) {
	words := []string{QuotedShell(o.Program)}
	for _, a := range o.arguments(p.Name) {
		words = append(words, QuotedShell(a))
	}
	command := strings.ReplaceAll(strings.Join(words, " "), "%", `\%`) // which cron takes for the end of a line
	var b strings.Builder
	fmt.Fprintf(&b, "# %s. Put these lines into \"crontab -e\".\n# A cron that does not know CRON_TZ, such as Debian's, goes by the zone of the computer.\nCRON_TZ=%s\n", about(p), p.Place)
	list, err := all(p)
	if err == nil {
		err = namedZone(p)
	}
	if err != nil {
		return "", err
	}
	for i, expression := range p.Times.Crons() {
		if list[i].last {
			return "", fmt.Errorf("cron has no last day of a month")
		}
		fmt.Fprintf(&b, "%s %s\n", expression, command)
	}
	return b.String(), nil
}

// QuotedShell writes a word as a POSIX shell reads it.
func QuotedShell(s string) string {
	plain := func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./:=+,@", r))
	}
	if s != "" && !strings.ContainsFunc(s, plain) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
