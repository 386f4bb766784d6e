package ui

import (
	"fmt"
	"strings"

	"sluice/source"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/tone"
	"sluice/ui/view"
)

// checksOf writes a report as lines: what works, and what to do about the rest.
func checksOf(r source.Report) []view.Check {
	t := texts.T.Server
	line := func(name string, v source.Verdict, says string) view.Check {
		switch v {
		case source.Passed:
			return view.Check{Text: name, Says: or(says, t.Yes), Tone: tone.Good, Icon: "completed"}
		case source.Refused:
			return view.Check{Text: name, Says: or(says, t.No), Tone: tone.Bad, Icon: "failed"}
		}
		return view.Check{Text: name, Says: t.NotChecked, Tone: tone.Neutral, Icon: "unknown"}
	}
	took := ""
	if r.Reachable == source.Passed {
		took = fmt.Sprintf(t.TookTime, present.Span(r.Took))
	}
	checks := []view.Check{line(t.Reachable, r.Reachable, took), line(t.Authorised, r.Authorised, ""), line(t.Feature, r.Feature, "")}
	if r.Err != nil {
		said := false
		for i := range checks {
			if checks[i].Tone == tone.Bad {
				checks[i].Says, said = texts.Error(r.Err), true
				break
			}
		}
		if !said {
			checks = append(checks, view.Check{Text: texts.T.Advice.Error, Says: texts.Error(r.Err), Tone: tone.Bad, Icon: "failed"})
		}
		return append(checks, warningsOf(r)...)
	}
	if r.Product != "" {
		checks = append(checks, view.Check{Text: t.Product, Says: strings.TrimSpace(r.Product + " " + r.Version), Tone: tone.Neutral, Icon: "info"})
	}
	last := view.Check{Text: t.Last, Says: t.NoExport, Tone: tone.Neutral, Icon: "not-started"}
	if r.Job.Exists() {
		sign := present.SignOfJob(r.Job)
		last = view.Check{Text: t.Last, Says: present.Joined(fmt.Sprintf(texts.T.Status.Job, r.Job.ID), sign.Word), Tone: sign.Tone, Icon: sign.Icon}
	}
	return append(append(checks, last), warningsOf(r)...)
}

func warningsOf(r source.Report) []view.Check {
	var checks []view.Check
	for _, text := range r.Warnings {
		checks = append(checks, view.Check{Text: texts.T.Advice.Warning, Says: texts.Elsewhere(text), Tone: tone.Caution, Icon: "warning"})
	}
	return checks
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
