package manual

import (
	"os/exec"
	"strings"
	"testing"
	"time"
)

// small is a program with a value of every kind, and texts with every awkward sign.
var small = Program{Name: "tool", Release: "1.0", Says: "Does a thing. And another.",
	Flags: []Flag{{Name: "help", Short: 'h', Help: "Show help."}},
	Commands: []Command{
		{Name: "write", Help: `It's "awkward": [a] <b> \n ‘c’.`, Args: []Argument{{Name: "file", Help: ".first a dot", Kind: File}},
			Flags: []Flag{
				{Name: "rule", Group: "Rules", Value: "TEXT", Kind: Text, Help: "What's ruled: a*b_c|d."},
				{Name: "format", Aliases: []string{"form"}, Value: "csv|parquet", Kind: Text, Values: []string{"csv", "parquet"}, Help: "The format."},
				{Name: "home", Value: "DIR", Kind: Folder, Env: "TOOL_HOME", Help: "Where things are kept."},
				{Name: "from", Value: "NAME", Kind: Source, Help: "Of the list."},
				{Name: "dry-run", Help: "Only tell."},
			}},
		{Name: "list", Help: "List.", Args: []Argument{{Name: "action", Optional: true, Values: []string{"all", "one"}}, {Name: "name", Optional: true, Many: true, Kind: Schedule}}},
	},
	Endings: []Ending{{0, "", "done"}, {2, "usage", "wrong `use`"}},
}

// TestManPage: what a formatter would take for its own signs is escaped, and everything is there.
func TestManPage(t *testing.T) {
	page := small.ManPage(time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC))
	for _, want := range []string{".TH TOOL 1 \"2026-11-30\" \"tool 1.0\"", "tool \\- does a thing\n", ".SS tool write FILE [OPTION...]\n", "\\&.first a dot\n",
		`.BR \-\-home "=DIR"`, "TOOL_HOME\nThe same as \\-\\-home", `<b> \en`, "\\-h \", \" \\-\\-help", ".B 2\nwrong \"use\"\n"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
	if strings.Index(page, `\-\-rule`) < strings.Index(page, `\-\-dry\-run`) {
		t.Error("flags of a heading come before those of none")
	}
	for _, line := range strings.Split(page, "\n") {
		if strings.HasPrefix(line, "'") {
			t.Errorf("a formatter takes this for a command: %q", line)
		}
	}
}

func TestMarkdown(t *testing.T) {
	page := small.Markdown()
	for _, want := range []string{"## write\n\n    tool write FILE [OPTION…]\n", "* `--format=csv|parquet` (also `--form`) The format.", "* `-h`, `--help` Show help.",
		"Also set by `TOOL_HOME`.", `a\*b\_c\|d`, "&lt;b>", "\nRules\n\n* `--rule=TEXT`", "* `2` wrong `use`"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
}

// TestHint: a list in a shell shows one clause.
func TestHint(t *testing.T) {
	for in, want := range map[string]string{"One. Two.": "One", "One: two": "One", "One,\n two.": "One, two", strings.Repeat("a", 200): strings.Repeat("a", 89) + "…"} {
		if got := hint(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// TestBash asks bash itself, with the words as it takes them apart.
func TestBash(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("there is no bash")
	}
	for _, c := range []struct{ words, want string }{
		{"''", "write list"},
		{"wr", "write"},
		{"--h", "--help"},
		{"write --f", "--format --from"},
		{"write --format ''", "csv parquet"},
		{"write --format = p", "parquet"},
		{"write --format =", "csv parquet"},
		{"write --dry-run --format c", "csv"},
		{"write --from ''", "wiki jira"},
		{"write --from = j", "jira"},
		{"write --rule ''", ""},
		{"list ''", "all one"},
		{"list one ''", "nightly"},
		{"write manual_t", "manual_test.go"},
		{"write --home ../manua", "../manual"},
	} {
		script := small.Bash() + `tool() { case $2 in sources) printf 'wiki\njira\n' ;; schedules) echo nightly ;; esac; }
COMP_WORDS=(tool ` + c.words + `); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _tool 2>&1; echo "${COMPREPLY[*]}"`
		out, err := exec.CommandContext(t.Context(), bash, "--norc", "-c", script).CombinedOutput()
		if got := strings.TrimSpace(strings.TrimPrefix(string(out), "bash: line 1: ")); err != nil || !strings.HasSuffix(got, c.want) || c.want == "" && got != "" {
			t.Errorf("tool %s: %q, want %q (%v)", c.words, got, c.want, err)
		}
	}
}

// TestScripts: shells that are there take their scripts for scripts, and each names
// every command, flag and value.
func TestScripts(t *testing.T) {
	for shell, script := range map[string]string{"bash": small.Bash(), "zsh": small.Zsh(), "fish": small.Fish(), "pwsh": small.PowerShell()} {
		for _, want := range []string{"write", "list", "format", "parquet", "dry-run", "help", "all"} {
			if !strings.Contains(script, want) {
				t.Errorf("%s: %q is missing", shell, want)
			}
		}
		path, err := exec.LookPath(shell)
		if err != nil || shell == "pwsh" {
			continue
		}
		check := exec.CommandContext(t.Context(), path, "-n", "/dev/stdin")
		check.Stdin = strings.NewReader(script)
		if out, err := check.CombinedOutput(); err != nil {
			t.Errorf("%s: %s%v", shell, out, err)
		}
	}
	for got, want := range map[string]string{zshText(`[a]: \`): `\[a\]\: \\`, fishText(`it's \`): `'it\'s \\'`, psText("it's ‘so’"): "'it''s ''so'''", quoted("it's"): `'it'\''s'`} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if !strings.Contains(small.Zsh(), `It'\''s "awkward"`) || !strings.Contains(small.Zsh(), ": _tool_names sources") {
		t.Error("zsh: texts or names are not as they should be")
	}
}
