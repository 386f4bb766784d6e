package manual

import (
	"fmt"
	"strings"
)

// Markdown is the page of all commands and options.
func (p Program) Markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Commands and options\n\nEvery option of every command. `%[1]s help COMMAND` prints the same, `man %[1]s` too where a package has installed it.\n"+
		"Each option is also a key of the config file, under its name without the dashes.\n\n"+
		"This page is made of the table in the program, and a test holds it to that.\n\n## Of every command\n\n", p.Name)
	mdFlags(&b, p.Flags)
	for _, c := range p.Commands {
		fmt.Fprintf(&b, "\n## %s\n\n    %s\n\n%s\n", c.Name, p.Summary(c), md(c.Help))
		if len(c.Args)+len(c.Flags) > 0 {
			b.WriteString("\n")
		}
		for _, a := range c.Args {
			fmt.Fprintf(&b, "* `%s` %s\n", strings.ToUpper(a.Name), md(a.Help))
		}
		mdFlags(&b, c.Flags)
	}
	b.WriteString("\n## Exit codes\n\n")
	for _, e := range p.Endings {
		fmt.Fprintf(&b, "* `%d` %s\n", e.Code, e.Meaning)
	}
	return b.String()
}

func mdFlags(b *strings.Builder, flags []Flag) {
	group := ""
	for _, f := range grouped(flags) {
		if f.Group != group {
			group = f.Group
			fmt.Fprintf(b, "\n%s\n\n", md(group))
		}
		name := "--" + f.Name
		if f.Value != "" {
			name += "=" + f.Value
		}
		if f.Short != 0 {
			name = fmt.Sprintf("-%c`, `", f.Short) + name
		}
		fmt.Fprintf(b, "* `%s`", name)
		for _, alias := range f.Aliases {
			fmt.Fprintf(b, " (also `--%s`)", alias)
		}
		fmt.Fprintf(b, " %s", md(f.Help))
		if f.Env != "" {
			fmt.Fprintf(b, " Also set by `%s`.", f.Env)
		}
		b.WriteString("\n")
	}
}

// md keeps the signs of a text from being taken for those of Markdown.
func md(s string) string {
	return strings.NewReplacer("<", "&lt;", "*", `\*`, "_", `\_`, "|", `\|`).Replace(strings.Join(strings.Fields(s), " "))
}
