// Package units writes what has the scheduler of a system run a schedule: a timer of
// systemd, lines for cron, a task of Windows, an agent of launchd, a CronJob of
// Kubernetes. Each runs "sluice schedule run NAME --due", which looks what is due itself:
// beside "sluice run" nothing is run twice.
package units

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	"sluice/schedule"
	"sluice/spelling"
)

// Systems are the names of the systems.
var Systems = []string{"systemd", "cron", "windows", "launchd", "kubernetes"}

// Options say what the unit runs.
type Options struct {
	Program string // the path of sluice
	Home    string // --home; "": the usual one
	Config  string // the folder with the settings, for a note
	Image   string // of Kubernetes
}

// arguments are those of the program.
func (o Options) arguments(name string) []string {
	args := []string{"schedule", "run", name, "--due"}
	if o.Home != "" {
		args = append(args, "--home", o.Home)
	}
	return args
}

// Print writes the units of some schedules for a system. The error says which schedule the
// system cannot express.
func Print(system string, plans []schedule.Plan, o Options) (string, error) {
	write, ok := map[string]func(schedule.Plan, Options) (string, error){
		"systemd": systemd, "cron": cron, "windows": windows, "launchd": launchd, "kubernetes": kubernetes}[system]
	if !ok {
		return "", fmt.Errorf("%q is no system that units are written for%s", system, spelling.Hint(system, Systems))
	}
	var all []string
	for _, p := range plans {
		unit, err := write(p, o)
		if err != nil {
			return "", fmt.Errorf("the schedule %q cannot be written for %s: %w. \"sluice run\" can run it", p.Name, system, err)
		}
		all = append(all, unit)
	}
	separator := "\n"
	if system == "kubernetes" {
		separator = "---\n"
	}
	return strings.Join(all, separator), nil
}

// longestFileName is how much of the name of a schedule is kept: a CronJob has 52 characters, of
// which the sum and a number take some.
const longestFileName = 35

// fileName keeps of the name of a schedule what every system takes in names, in small letters. Where
// that is not all of it a sum of the name follows: the units of two schedules are not of one name.
func fileName(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			b.WriteRune(r)
		} else if s := b.String(); s != "" && !strings.HasSuffix(s, "-") {
			b.WriteByte('-')
		}
	}
	s := b.String()
	if s = strings.Trim(s[:min(len(s), longestFileName)], "-"); s == name {
		return "sluice-" + s
	}
	sum := sha256.Sum256([]byte(name))
	return fmt.Sprintf("sluice-%s-%x", cmp.Or(s, "schedule"), sum[:3])
}

// all spells the expressions of a schedule out.
func all(p schedule.Plan) ([]fields, error) {
	var list []fields
	for _, cron := range p.Times.Crons() {
		f, err := read(cron)
		if err != nil {
			return nil, err
		}
		list = append(list, f)
	}
	return list, nil
}

// namedZone refuses an offset for a zone: a system knows none, or takes it for the opposite.
func namedZone(p schedule.Plan) error {
	zone := p.Place.String()
	if _, err := time.Parse("-07:00", zone); err == nil {
		return fmt.Errorf("it takes no offset such as %s for a zone: give the schedule a name such as Europe/Berlin", zone)
	}
	return nil
}

// about says what a unit is for.
func about(p schedule.Plan) string {
	return fmt.Sprintf("Sluice schedule %s, %s", p.Name, p.Times.Words())
}
