package manual

import (
	"fmt"
	"slices"
	"strings"
)

// Bash completes command lines in bash, and needs nothing but bash.
func (p Program) Bash() string {
	var b strings.Builder
	fmt.Fprintf(&b, bashHead, p.Name)
	fmt.Fprintf(&b, "  local commands=%s\n", quoted(strings.Join(p.names(), " ")))
	b.WriteString("  case $command in\n")
	for _, c := range p.Commands {
		flags := p.all(c)
		valued := slices.DeleteFunc(p.all(c), func(f Flag) bool { return f.Kind == Switch })
		fmt.Fprintf(&b, "    %s) flags=%s valued=%s ;;\n", c.Name, quoted(strings.Join(flagNames(flags), " ")), quoted(" "+strings.Join(flagNames(valued), " ")+" "))
	}
	fmt.Fprintf(&b, "    *) flags=%s ;;\n  esac\n%s", quoted(strings.Join(flagNames(p.Flags), " ")), bashWhere)
	b.WriteString("  case \"$command $what\" in\n")
	for _, c := range p.Commands {
		for _, f := range c.Flags {
			bashValue(&b, p.Name, c.Name+" --"+f.Name, f.Kind, f.Values)
		}
		for i, a := range c.Args {
			bashValue(&b, p.Name, fmt.Sprintf("%s %d", c.Name, i), a.Kind, a.Values)
		}
	}
	fmt.Fprintf(&b, bashFoot, p.Name)
	return b.String()
}

// bashValue is how one value is completed.
func bashValue(b *strings.Builder, program, what string, kind Kind, values []string) {
	how := ""
	switch {
	case len(values) > 0:
		how = "words=" + quoted(strings.Join(values, " "))
	case kind == File:
		how = "kind=file"
	case kind == Folder:
		how = "kind=folder"
	case kind == Source, kind == Server, kind == Local, kind == Schedule, kind == Topic:
		how = fmt.Sprintf("words=$(%s)", asked(program, kind))
	default:
		return
	}
	fmt.Fprintf(b, "    %s) %s ;;\n", quoted(what), how)
}

// asked is the command that lists the names of a kind, one a line.
func asked(program string, kind Kind) string {
	list := map[Kind]string{Source: "sources", Server: "servers", Local: "snapshots", Schedule: "schedules", Topic: "topics"}[kind]
	return program + " completion " + list + " 2>/dev/null"
}

func flagNames(flags []Flag) (names []string) {
	for _, f := range flags {
		names = append(names, "--"+f.Name)
	}
	return names
}

// names are the commands.
func (p Program) names() (names []string) {
	for _, c := range p.Commands {
		names = append(names, c.Name)
	}
	return names
}

// quoted is a text for a shell of Unix.
func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// bashHead finds the command, and how many words without dashes came behind it. Bash
// takes = apart, as a word of its own.
const bashHead = `# Completion of %[1]s in bash, made by "%[1]s completion bash".
# For this shell: source <(%[1]s completion bash)

_%[1]s() {
  local cur=${COMP_WORDS[COMP_CWORD]} command= flags= valued= what= words= kind= i word
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    case $word in -v | --verbose) ;; -*) break ;; *) command=$word; break ;; esac
  done
`

const bashWhere = `  local first=$((i + 1)) place=0
  for ((i = first; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    case $word in
      --*) if [[ ${COMP_WORDS[i + 1]} == = ]]; then ((i += 2)); elif [[ $valued == *" $word "* ]]; then ((i++)); fi ;;
      -*) ;;
      *) ((place++)) ;;
    esac
  done
  local before=${COMP_WORDS[COMP_CWORD - 1]}
  if [[ $cur == = ]]; then
    what=$before cur=
  elif [[ $before == = ]]; then
    what=${COMP_WORDS[COMP_CWORD - 2]}
  elif [[ $before == --* && $valued == *" $before "* ]]; then
    what=$before
  else
    what=$place
  fi
  if [[ $what != --* && $cur == -* ]]; then
    COMPREPLY=($(compgen -W "$flags" -- "$cur"))
    return
  fi
  if [[ -z $command ]]; then
    COMPREPLY=($(compgen -W "$commands" -- "$cur"))
    compopt -o default 2>/dev/null
    return
  fi
`

const bashFoot = `  esac
  if [[ -n $words ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
  elif [[ $kind == folder ]]; then
    compopt -o filenames 2>/dev/null
    COMPREPLY=($(compgen -d -- "$cur"))
  elif [[ $kind == file ]]; then
    compopt -o filenames 2>/dev/null
    COMPREPLY=($(compgen -f -- "$cur"))
  fi
}
complete -F _%[1]s %[1]s
`
