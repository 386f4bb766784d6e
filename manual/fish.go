package manual

import (
	"fmt"
	"strings"
)

// Fish completes command lines in fish.
func (p Program) Fish() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Completion of %[1]s in fish, made by \"%[1]s completion fish\".\n\n", p.Name)
	for _, c := range p.Commands {
		fmt.Fprintf(&b, "complete -c %s -n __fish_use_subcommand -a %s -d %s\n", p.Name, c.Name, fishText(hint(c.Help)))
	}
	for _, c := range p.Commands {
		when := fishText("__fish_seen_subcommand_from " + c.Name)
		for _, f := range p.all(c) {
			fmt.Fprintf(&b, "complete -c %s -n %s -l %s%s -d %s\n", p.Name, when, f.Name, fishValue(p.Name, f.Kind, f.Values), fishText(hint(f.Help)))
		}
		for _, a := range c.Args {
			if how := fishValue(p.Name, a.Kind, a.Values); strings.HasPrefix(how, " -x -a") {
				fmt.Fprintf(&b, "complete -c %s -n %s%s\n", p.Name, when, strings.Replace(how, " -x", " -f", 1))
			}
		}
	}
	return b.String()
}

// fishValue is how a value is completed: files are what fish does by itself.
func fishValue(program string, kind Kind, values []string) string {
	switch {
	case len(values) > 0:
		return " -x -a " + fishText(strings.Join(values, " "))
	case kind == Source, kind == Server, kind == Local, kind == Schedule, kind == Topic:
		return " -x -a " + fishText("("+asked(program, kind)+")")
	case kind == Folder:
		return " -x -a '(__fish_complete_directories)'"
	case kind == File:
		return " -r -F"
	case kind == Text:
		return " -x"
	}
	return ""
}

// fishText is a text for fish, whose quotes know two escapes.
func fishText(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace(s) + "'"
}
