package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"sluice/deliver"
	"sluice/pipeline"
	"sluice/redact"
	"sluice/schedule"
	"sluice/schedule/runner"
	"sluice/source"
	"sluice/visible"
)

// scheduleCommand keeps the list of schedules, which the window shows, too.
type scheduleCommand struct {
	Action string `arg:"" optional:"" enum:"list,add,edit,remove,enable,disable,run,next,skip,print" default:"list" help:"list shows all (the default); add, edit, remove, enable, disable, run (now), next (the next runs) and skip (runs that were missed) are about one; print writes units for systemd, cron, windows, launchd or kubernetes."`
	Name   string `arg:"" optional:"" help:"The name of the schedule; of print the system."`
	Of     string `arg:"" optional:"" help:"Of print: the schedule. Default: all."`

	Source     string `placeholder:"NAME" help:"The source that is exported, by its name in the list of sources."`
	Every      string `placeholder:"WHEN" help:"When: 'weekdays 02:00', 'daily 02:00,14:00', 'mon,thu 01:30', 'every 6 hours', 'monthly 1 03:00', or a cron expression."`
	Zone       string `placeholder:"ZONE" help:"Zone of these times, such as Europe/Berlin. Default: this computer's."`
	Window     string `empty:"" placeholder:"WINDOW" help:"From date of each export: last-30-days, since-last-success, all, or as --from-date of export. Default: that of the source, 365 days."`
	Quiet      string `empty:"" placeholder:"HOURS" help:"Hours in which nothing begins: 08:00-18:00, 22:00-06:00, 'weekdays 08:00-18:00'."`
	Retries    int    `default:"2" placeholder:"N" help:"How often an export that failed is tried again (${default})."`
	RetryAfter string `default:"5m" placeholder:"D" help:"Time before the first retry, which doubles with each (${default})."`
	Deadline   string `empty:"" placeholder:"D" help:"When an export has to be over, with its retries, such as 6h; it is cancelled then. Default: none."`
	Missed     string `default:"ask" enum:"ask,run,skip" placeholder:"WHAT" help:"What is done about runs that were missed, since the computer was off: ask tells them and offers one run, run makes up for them at once, skip tells them (${default})."`
	Format     string `empty:"" placeholder:"FORMAT" help:"Format of the files of a snapshot: csv, parquet or both. Default: as its settings say."`
	Redact     string `empty:"" placeholder:"RULES" help:"Redact the files of a snapshot: no-content, no-people, gdpr, or a file with rules. Default: as its settings say."`
	Keep       int    `placeholder:"N" help:"After each run keep the files of so many exports of a snapshot, or that were fetched from a server, the newest; 0 for all. See prune."`
	MaxAge     string `empty:"" placeholder:"AGE" help:"After each run keep the files of exports that ended less long ago, such as 90d."`
	MaxSize    string `empty:"" placeholder:"SIZE" help:"After each run keep so much, the newest first, such as 500GB."`
	Rename     string `placeholder:"NEW" help:"With edit: its new name."`
	Due        bool   `help:"With run: as a timer does, only if it is due, or was missed, and was not run yet."`
	Image      string `default:"sluice:latest" placeholder:"IMAGE" help:"With print kubernetes: the image to run (${default})."`
	Home       string `env:"SLUICE_HOME" default:"${home}" type:"path" placeholder:"DIR" help:"Where the journals of servers are kept (${default})."`
	LogFormat  string `default:"text" enum:"text,json" placeholder:"FORMAT" help:"With run: how lines of the log are written: text or json (${default})."`
	JSON       bool   `name:"json" help:"Print JSON."`
}

func (x *scheduleCommand) Run(c *call) error {
	if err := x.check(c); err != nil {
		return err
	}
	switch x.Action {
	case "add":
		return x.add(c)
	case "edit":
		return x.edit(c)
	case "remove":
		return x.remove(c)
	case "enable", "disable":
		return x.enable(c, x.Action == "enable")
	case "run":
		return x.run(c)
	case "next":
		return x.next(c)
	case "skip":
		return x.skip(c)
	case "print":
		return x.print(c)
	}
	return x.list(c)
}

// check refuses what does not go together.
func (x *scheduleCommand) check(c *call) error {
	switch {
	case x.Action == "list" && x.Name != "":
		return usageError{fmt.Errorf("list takes no name; for the next runs of one write: sluice schedule next %s", visible.Cut(x.Name, longestWord))}
	case x.Action == "print" && x.Name == "":
		return usageError{errors.New("print for which system? Write: sluice schedule print systemd")}
	case x.Action != "list" && x.Name == "":
		return usageError{fmt.Errorf("%s which schedule? Write: sluice schedule %s NAME", x.Action, x.Action)}
	case x.Action != "print" && x.Of != "":
		return usageError{fmt.Errorf("%q stands behind the name: quote a name or a time with spaces", visible.Cut(x.Of, longestWord))}
	case x.Action == "add" && (x.Source == "" || x.Every == ""):
		return usageError{fmt.Errorf("what and when? Write: sluice schedule add %s --source NAME --every 'weekdays 02:00'", visible.Cut(x.Name, longestWord))}
	case x.Action != "edit" && x.Rename != "":
		return usageError{errors.New("--rename changes a schedule: it is for edit")}
	case x.Action != "run" && x.Due:
		return usageError{errors.New("--due is for run")}
	}
	for flag := range x.settings() {
		if c.typed[flag] && x.Action != "add" && x.Action != "edit" {
			return usageError{fmt.Errorf("--%s sets a schedule up: it is for add and edit", flag)}
		}
	}
	return nil
}

// settings write what was typed into a schedule, by their flags.
func (x *scheduleCommand) settings() map[string]func(*schedule.Schedule, source.List) error {
	text := func(value string, field func(*schedule.Schedule) *string) func(*schedule.Schedule, source.List) error {
		return func(s *schedule.Schedule, _ source.List) error { *field(s) = value; return nil }
	}
	return map[string]func(*schedule.Schedule, source.List) error{
		"source": func(s *schedule.Schedule, l source.List) error {
			of, err := l.Named(x.Source)
			s.Source = of.ID
			return err
		},
		"missed": func(s *schedule.Schedule, _ source.List) (err error) {
			s.Missed, err = schedule.ParsePolicy(x.Missed)
			return err
		},
		"retries": func(s *schedule.Schedule, _ source.List) error { s.Retries = x.Retries; return nil },
		"redact": func(s *schedule.Schedule, _ source.List) error {
			s.Redact = x.Redact
			if x.Redact == "" || slices.Contains(redact.Profiles, x.Redact) {
				return nil
			}
			if _, err := redact.Load(x.Redact); err != nil {
				return fmt.Errorf("--redact: %w", err)
			}
			path, err := filepath.Abs(x.Redact) // whoever runs the schedule works in another folder
			s.Redact = path
			return err
		},
		"every":       text(x.Every, func(s *schedule.Schedule) *string { return &s.When }),
		"zone":        text(x.Zone, func(s *schedule.Schedule) *string { return &s.Zone }),
		"window":      text(x.Window, func(s *schedule.Schedule) *string { return &s.Window }),
		"quiet":       text(x.Quiet, func(s *schedule.Schedule) *string { return &s.Quiet }),
		"retry-after": text(x.RetryAfter, func(s *schedule.Schedule) *string { return &s.RetryAfter }),
		"deadline":    text(x.Deadline, func(s *schedule.Schedule) *string { return &s.Deadline }),
		"keep":        func(s *schedule.Schedule, _ source.List) error { s.Keep = x.Keep; return nil },
		"max-age":     text(x.MaxAge, func(s *schedule.Schedule) *string { return &s.MaxAge }),
		"max-size":    text(x.MaxSize, func(s *schedule.Schedule) *string { return &s.MaxSize }),
		"format":      text(x.Format, func(s *schedule.Schedule) *string { return &s.Format }),
	}
}

// schedules are the files of a command.
type schedules struct {
	folder string
	list   *schedule.File
	states *schedule.StateFile
}

func openSchedules() (schedules, error) {
	folder, err := schedule.DefaultFolder()
	return schedules{folder, schedule.NewFile(folder), schedule.NewStateFile(folder)}, err
}

// add puts a schedule into the list.
func (x *scheduleCommand) add(c *call) error {
	sources, err := sourceList()
	if err != nil {
		return err
	}
	added := schedule.Schedule{Name: x.Name, Zone: pipeline.LocalZone(), From: c.program.Now.now().UTC().Truncate(time.Second)}
	for flag, set := range x.settings() {
		if flag == "zone" && x.Zone == "" {
			continue
		}
		if err := set(&added, sources); err != nil {
			return usageError{err}
		}
	}
	if err := x.suits(added, sources); err != nil {
		return err
	}
	err = x.update(func(l schedule.List) (schedule.List, error) {
		if l.Find(x.Name) >= 0 {
			return nil, fmt.Errorf("there is a schedule %q already: \"sluice schedule edit\" changes it", x.Name)
		}
		return append(l, added), nil
	})
	if err != nil {
		return err
	}
	return x.tell(c, added, "Added")
}

// suits refuses a schedule with what is not done with the exports of its source, or whose exports
// a delivery would redact again.
func (x *scheduleCommand) suits(s schedule.Schedule, sources source.List) error {
	i := sources.Find(s.Source)
	if i < 0 {
		return nil // what is wrong with it is said elsewhere
	}
	folder, err := schedule.DefaultFolder()
	if err != nil {
		return err
	}
	deliveries, err := deliver.NewFile(folder).Load()
	if err != nil {
		return err
	}
	err = s.Suits(sources[i])
	if err == nil {
		err = schedule.RedactedTwice(schedule.List{s}, sources[i], deliveries)
	}
	if err != nil {
		return usageError{err}
	}
	return nil
}

// update changes the list. What is wrong with what was typed is wrong use.
func (x *scheduleCommand) update(change func(schedule.List) (schedule.List, error)) error {
	files, err := openSchedules()
	if err != nil {
		return err
	}
	return files.list.Update(func(l schedule.List) (schedule.List, error) {
		next, err := change(l)
		if err == nil {
			err = next.Validate()
		}
		if err != nil {
			return nil, usageError{err}
		}
		return next, nil
	})
}

// edit changes the settings of a schedule that are named, and no others.
func (x *scheduleCommand) edit(c *call) error {
	sources, err := sourceList()
	if err != nil {
		return err
	}
	var changed schedule.Schedule
	err = x.change(func(s *schedule.Schedule) error {
		if x.Rename != "" {
			s.Name = x.Rename
		}
		for flag, set := range x.settings() {
			if c.typed[flag] {
				if err := set(s, sources); err != nil {
					return err
				}
			}
		}
		if c.typed["every"] || c.typed["zone"] || c.typed["quiet"] {
			s.From = c.program.Now.now().UTC().Truncate(time.Second)
		}
		changed = *s
		return x.suits(changed, sources)
	})
	if err != nil {
		return err
	}
	if changed.Name != x.Name {
		files, err := openSchedules()
		if err == nil {
			err = files.states.Rename(x.Name, changed.Name)
		}
		if err != nil {
			return err
		}
	}
	return x.tell(c, changed, "Changed")
}

// change changes the schedule that is named.
func (x *scheduleCommand) change(change func(*schedule.Schedule) error) error {
	return x.update(func(l schedule.List) (schedule.List, error) {
		if _, err := l.Named(x.Name); err != nil {
			return nil, err
		}
		return l, change(&l[l.Find(x.Name)])
	})
}

func (x *scheduleCommand) enable(c *call, on bool) error {
	var changed schedule.Schedule
	err := x.change(func(s *schedule.Schedule) error {
		if on && s.Disabled {
			s.From = c.program.Now.now().UTC().Truncate(time.Second)
		}
		s.Disabled = !on
		changed = *s
		return nil
	})
	if err != nil {
		return err
	}
	return x.tell(c, changed, map[bool]string{true: "Enabled", false: "Disabled"}[on])
}

func (x *scheduleCommand) remove(c *call) error {
	err := x.update(func(l schedule.List) (schedule.List, error) {
		if _, err := l.Named(x.Name); err != nil {
			return nil, err
		}
		i := l.Find(x.Name)
		return append(l[:i:i], l[i+1:]...), nil
	})
	if err != nil {
		return err
	}
	files, err := openSchedules()
	if err == nil {
		err = files.states.Forget(x.Name)
	}
	if err != nil {
		return err
	}
	if x.JSON {
		return c.document(map[string]string{"removed": x.Name}, nil)
	}
	visible.Fprintf(c.program.Out, "Removed %s. What it has exported stays.\n", x.Name)
	return nil
}

// skip settles the runs that were missed.
func (x *scheduleCommand) skip(c *call) error {
	files, err := openSchedules()
	if err != nil {
		return err
	}
	if err := c.runner(files, x.Home, runner.Options{}).Pass(x.Name); err != nil {
		return err
	}
	if x.JSON {
		return x.list(c)
	}
	visible.Fprintf(c.program.Out, "The missed runs of %s are offered no more.\n", x.Name)
	return nil
}
