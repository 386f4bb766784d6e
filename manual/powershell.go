package manual

import (
	"fmt"
	"strings"
)

// PowerShell completes command lines in PowerShell 5 and newer.
func (p Program) PowerShell() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Completion of %[1]s in PowerShell, made by \"%[1]s completion powershell\".\n# For every session: %[1]s completion powershell >> $PROFILE\n\n$%[1]sCommands = [ordered]@{\n", p.Name)
	for _, c := range p.Commands {
		fmt.Fprintf(&b, "    %s = @{ Help = %s; Actions = @(%s); Flags = [ordered]@{\n", psText(c.Name), psText(hint(c.Help)), psList(actions(c)))
		for _, f := range p.all(c) {
			fmt.Fprintf(&b, "        %s = @{ Help = %s; Values = @(%s) }\n", psText("--"+f.Name), psText(hint(f.Help)), psList(f.Values))
		}
		b.WriteString("    } }\n")
	}
	fmt.Fprintf(&b, psFoot, p.Name)
	return b.String()
}

// actions are the words of the first argument of a command.
func actions(c Command) []string {
	if len(c.Args) == 0 {
		return nil
	}
	return c.Args[0].Values
}

func psList(values []string) string {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = psText(v)
	}
	return strings.Join(quoted, ", ")
}

// psText is a text for PowerShell, in which quotes are doubled; it takes typographic ones
// for quotes, too.
func psText(s string) string {
	return "'" + strings.NewReplacer("'", "''", "‘", "''", "’", "''").Replace(s) + "'"
}

const psFoot = `}

Register-ArgumentCompleter -Native -CommandName %[1]s -ScriptBlock {
    param($word, $ast, $position)
    $offer = { param($text, $help) if (-not $help) { $help = $text }
        if ($text -like "$word*") { [System.Management.Automation.CompletionResult]::new($text, $text, 'ParameterValue', $help) } }
    $words = @($ast.CommandElements | Where-Object { $_.Extent.EndOffset -lt $position } | ForEach-Object { $_.ToString() })
    $rest = @($words | Select-Object -Skip 1 | Where-Object { $_ -notin '-v', '--verbose' })
    if ($rest.Count -eq 0) {
        $%[1]sCommands.GetEnumerator() | ForEach-Object { & $offer $_.Key $_.Value.Help }
        return
    }
    $command = $%[1]sCommands[$rest[0]]
    if (-not $command) { return }
    $flag = $command.Flags[$rest[-1]]
    if ($flag -and $flag.Values.Count -gt 0) {
        $flag.Values | ForEach-Object { & $offer $_ '' }
        return
    }
    if ($word -notlike '-*' -and $rest.Count -eq 1) { $command.Actions | ForEach-Object { & $offer $_ '' } }
    if ($word -like '-*') { $command.Flags.GetEnumerator() | ForEach-Object { & $offer $_.Key $_.Value.Help } }
}
`
