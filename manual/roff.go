package manual

import (
	"fmt"
	"strings"
	"time"
)

// ManPage is the page of section 1, in the macros of man. day is that of the release.
func (p Program) ManPage(day time.Time) string {
	var b strings.Builder
	fmt.Fprintf(&b, ".\\\" Made of the table of commands: do not edit.\n.TH %s 1 %q %q %q\n",
		strings.ToUpper(p.Name), day.UTC().Format(time.DateOnly), p.Name+" "+p.Release, "User Commands")
	fmt.Fprintf(&b, ".SH NAME\n%s \\- %s\n", p.Name, roff(strings.ToLower(hint(p.Says)[:1])+hint(p.Says)[1:]))
	fmt.Fprintf(&b, ".SH SYNOPSIS\n.B %s\n.RI [ COMMAND ]\n.RI [ OPTION \"...]\"\n", p.Name)
	fmt.Fprintf(&b, ".SH DESCRIPTION\n%s\n", roff(p.Says))
	b.WriteString(".SH OPTIONS OF EVERY COMMAND\n")
	for _, f := range p.Flags {
		roffFlag(&b, f)
	}
	b.WriteString(".SH COMMANDS\n")
	for _, c := range p.Commands {
		p.roffCommand(&b, c)
	}
	b.WriteString(".SH EXIT STATUS\n")
	for _, e := range p.Endings {
		fmt.Fprintf(&b, ".TP\n.B %d\n%s\n", e.Code, roff(strings.ReplaceAll(e.Meaning, "`", `"`)))
	}
	roffVariables(&b, p)
	fmt.Fprintf(&b, ".SH SEE ALSO\n.B %[1]s help topics\nlists the guides, one for each task;\n.B %[1]s help exit\\-codes\nthe exit codes with the words that JSON has for them.\n", p.Name)
	return b.String()
}

func (p Program) roffCommand(b *strings.Builder, c Command) {
	fmt.Fprintf(b, ".SS %s\n%s\n", roff(p.Summary(c)), roff(c.Help))
	for _, a := range c.Args {
		fmt.Fprintf(b, ".TP\n.I %s\n%s\n", roff(strings.ToUpper(a.Name)), roff(a.Help))
	}
	group := ""
	for _, f := range grouped(c.Flags) {
		if f.Group != group {
			group = f.Group
			fmt.Fprintf(b, ".PP\n%s\n", roff(group))
		}
		roffFlag(b, f)
	}
}

func roffFlag(b *strings.Builder, f Flag) {
	fmt.Fprintf(b, ".TP\n.BR %s\n%s\n", roffNames(f), roff(f.Help))
}

// roffNames are the names of a flag for .BR, which alternates between bold and not:
// spaces are quoted.
func roffNames(f Flag) string {
	names := ""
	if f.Short != 0 {
		names = fmt.Sprintf(`\-%c ", " `, f.Short)
	}
	names += roff("--" + f.Name)
	if f.Value != "" {
		names += fmt.Sprintf(` "=%s"`, strings.ReplaceAll(roff(f.Value), `"`, `\(dq`))
	}
	return names
}

// roffVariables lists what the environment sets.
func roffVariables(b *strings.Builder, p Program) {
	known := map[string]bool{"": true}
	var lines []string
	for _, c := range p.Commands {
		for _, f := range c.Flags {
			if !known[f.Env] {
				known[f.Env] = true
				lines = append(lines, fmt.Sprintf(".TP\n.B %s\nThe same as %s.\n", f.Env, roff("--"+f.Name)))
			}
		}
	}
	if len(lines) > 0 {
		b.WriteString(".SH ENVIRONMENT\n" + strings.Join(lines, ""))
	}
}

// roff makes a text safe for the formatter: no command, no escape, dashes as they are typed.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`, "…", "...", "‹", "<", "›", ">", "’", "'", "“", `"`, "”", `"`).Replace(strings.Join(strings.Fields(s), " "))
	if strings.HasPrefix(s, ".") || strings.HasPrefix(s, "'") {
		s = `\&` + s
	}
	return s
}
