// Package manual writes what is made of one table of commands and options: the man page,
// what completes command lines in bash, zsh, fish and PowerShell, and the page of all
// options in the documentation.
package manual

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Program is a program with its commands.
type Program struct {
	Name     string
	Release  string // its version, such as "0.1.0"
	Says     string // what it is, in a sentence or two
	Flags    []Flag // of every command
	Commands []Command
	Endings  []Ending
}

// Command is one command.
type Command struct {
	Name  string
	Help  string
	Args  []Argument
	Flags []Flag // without those of every command
}

// Kind is what a value is, as far as it helps to complete it.
type Kind int

// The kinds of values.
const (
	Switch   Kind = iota // a flag without a value
	Text                 // anything else
	File                 // a file or folder
	Folder               // a folder
	Source               // a name of the list of sources
	Server               // one of a server in it
	Local                // one of a snapshot or database in it
	Schedule             // a name of the list of schedules
	Topic                // a command, or a guide of the help
)

// Flag is an option of a command.
type Flag struct {
	Name    string // without dashes
	Short   rune   // 0 for none
	Aliases []string
	Group   string // the heading that help shows it under; "" for none
	Value   string // what stands for its value, such as DIR; "" for a switch
	Help    string
	Kind    Kind
	Values  []string // all that it can have; none if that cannot be listed
	Env     string   // the variable that sets it, too; "" for none
}

// Argument is what stands without dashes.
type Argument struct {
	Name     string
	Help     string
	Optional bool
	Many     bool
	Kind     Kind
	Values   []string
}

// Ending is an exit code.
type Ending struct {
	Code          int
	Kind, Meaning string
}

// Summary is the command line in one line: "sluice export [FILE] [OPTION…]".
func (p Program) Summary(c Command) string {
	words := []string{p.Name, c.Name}
	for _, a := range c.Args {
		word := strings.ToUpper(a.Name)
		if a.Many {
			word += "…"
		}
		if a.Optional {
			word = "[" + word + "]"
		}
		words = append(words, word)
	}
	return strings.Join(append(words, "[OPTION…]"), " ")
}

// all are the flags of a command with those of every command.
func (p Program) all(c Command) []Flag {
	return append(append([]Flag{}, c.Flags...), p.Flags...)
}

// longestHint is how many characters a shell shows of what a flag does.
const longestHint = 90

// grouped are flags with those of no heading first.
func grouped(flags []Flag) []Flag {
	out := append([]Flag{}, flags...)
	slices.SortStableFunc(out, func(a, b Flag) int { return min(len(a.Group), 1) - min(len(b.Group), 1) })
	return out
}

// hint is the first clause of a help text, short enough for a list.
func hint(help string) string {
	for _, end := range []string{". ", ": ", "; "} {
		if before, _, found := strings.Cut(help, end); found {
			help = before
		}
	}
	help = strings.TrimRight(strings.Join(strings.Fields(help), " "), ".")
	if utf8.RuneCountInString(help) > longestHint {
		help = string([]rune(help)[:longestHint-1]) + "…"
	}
	return help
}
