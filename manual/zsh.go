package manual

import (
	"fmt"
	"strings"
)

// Zsh completes command lines in zsh: a file _sluice of the function path.
func (p Program) Zsh() string {
	var b strings.Builder
	fmt.Fprintf(&b, "#compdef %[1]s\n# Completion of %[1]s in zsh, made by \"%[1]s completion zsh\".\n\n_%[1]s_names() { local -a names; names=(\"${(@f)$(%[1]s completion $1 2>/dev/null)}\"); compadd -a names }\n\n_%[1]s() {\n  local -a commands\n  commands=(\n", p.Name)
	for _, c := range p.Commands {
		fmt.Fprintf(&b, "    %s\n", quoted(c.Name+":"+hint(c.Help)))
	}
	fmt.Fprintf(&b, `  )
  if (( CURRENT == 2 )); then
    _describe -t commands command commands
    _files
    return
  fi
  local command=$words[2]
  (( CURRENT-- ))
  shift words
  case $command in
`)
	for _, c := range p.Commands {
		fmt.Fprintf(&b, "    %s)\n      _arguments -S", c.Name)
		for _, f := range p.all(c) {
			fmt.Fprintf(&b, " \\\n        %s", quoted(p.zshFlag(f)))
		}
		for i, a := range c.Args {
			place := fmt.Sprint(i + 1)
			if a.Many {
				place = "*"
			}
			fmt.Fprintf(&b, " \\\n        %s", quoted(place+":"+zshText(a.Name)+p.zshValue(a.Kind, a.Values)))
		}
		b.WriteString("\n      ;;\n")
	}
	fmt.Fprintf(&b, "  esac\n}\n\nif [ \"$funcstack[1]\" = _%[1]s ]; then\n  _%[1]s \"$@\"\nelse\n  compdef _%[1]s %[1]s\nfi\n", p.Name)
	return b.String()
}

func (p Program) zshFlag(f Flag) string {
	// A flag may stand several times, with other values.
	spec := "*--" + f.Name
	if f.Kind != Switch {
		spec += "="
	}
	spec += "[" + zshText(hint(f.Help)) + "]"
	if f.Kind != Switch {
		spec += ":" + zshText(strings.ToLower(f.Value)) + p.zshValue(f.Kind, f.Values)
	}
	return spec
}

// zshValue is the action that completes a value.
func (p Program) zshValue(kind Kind, values []string) string {
	switch {
	case len(values) > 0:
		return ":(" + strings.Join(values, " ") + ")"
	case kind == File:
		return ":_files"
	case kind == Folder:
		return ":_files -/"
	case kind == Source:
		return ": _" + p.Name + "_names sources"
	case kind == Server:
		return ": _" + p.Name + "_names servers"
	case kind == Local:
		return ": _" + p.Name + "_names snapshots"
	case kind == Schedule:
		return ": _" + p.Name + "_names schedules"
	case kind == Topic:
		return ": _" + p.Name + "_names topics"
	}
	return ":"
}

// zshText keeps the signs of a text from being taken for those of a specification.
func zshText(s string) string {
	return strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, ":", `\:`).Replace(s)
}
