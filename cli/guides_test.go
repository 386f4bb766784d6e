package cli

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sluice/docs"
)

var update = flag.Bool("update", false, "write docs/commands.md anew")

// TestCommandsPage holds the page of all options against the table that it is made of:
// go test ./cli -run TestCommandsPage -update
func TestCommandsPage(t *testing.T) {
	const path = "../docs/commands.md"
	m, err := (&Program{}).Manual()
	if err != nil {
		t.Fatal(err)
	}
	want := m.Markdown()
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != want {
		t.Errorf("%s is not what the table of commands says (%v): write it anew with -update", path, err)
	}
	if strings.Contains(want, os.TempDir()) || strings.Count(want, "\n## ") < 30 || !strings.Contains(want, "`SLUICE_HOME`") {
		t.Error("the page is not that of every computer, or lacks commands or variables")
	}
}

// inBackquotes are commands within a sentence.
var inBackquotes = regexp.MustCompile("`(sluice [^`]+)`")

// TestCommandsInDocumentation parses every command of the README and of all pages as the
// program does: none has a flag, a value or a command that is not there.
func TestCommandsInDocumentation(t *testing.T) {
	files := []string{"../README.md"}
	for _, pattern := range []string{"../docs/*.md", "../docs/guides/*.md"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	seen := 0
	for _, file := range files {
		if filepath.Base(file) == "commands.md" {
			continue
		}
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range docs.CommandsIn(string(b)) {
			for _, args := range typedCommands(line) {
				seen++
				if err := understood(t, args); err != nil {
					t.Errorf("%s: %s\n%v", file, line, err)
				}
			}
		}
		for _, found := range inBackquotes.FindAllStringSubmatch(string(b), -1) {
			for _, args := range typedCommands(found[1]) {
				seen++
				if err := mentioned(t, args); err != nil {
					t.Errorf("%s: `%s`: %v", file, found[1], err)
				}
			}
		}
	}
	if seen < 120 {
		t.Errorf("only %d commands were found", seen)
	}
	for _, wrong := range [][]string{{"export", "--fromdate", "x"}, {"exprot"}, {"help", "exportin"}} {
		if understood(t, wrong) == nil {
			t.Errorf("%q is taken for a command", wrong)
		}
	}
	if mentioned(t, []string{"export", "--fromdate"}) == nil || mentioned(t, []string{"exprot"}) == nil {
		t.Error("a flag or a command that is not there may be mentioned")
	}
}

// assignment is what may stand before a command.
var assignment = regexp.MustCompile(`^[A-Z_]+=`)

// typedCommands are the arguments of each Sluice in a line, as a shell takes it apart;
// what stands behind # or in brackets is for people.
func typedCommands(line string) (all [][]string) {
	words, piece := []string{}, ""
	quote, in := rune(0), false
	end := func() {
		if in {
			words = append(words, piece)
		}
		piece, in = "", false
	}
	flush := func() {
		end()
		for len(words) > 0 && assignment.MatchString(words[0]) {
			words = words[1:]
		}
		if len(words) > 0 && words[0] == "sluice" {
			all = append(all, words[1:])
		}
		words = nil
	}
scan:
	for _, r := range line {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			piece += string(r)
		case r == '\'' || r == '"':
			quote, in = r, true
		case r == ' ':
			end()
		case r == '|' && in: // JOB|FOLDER, of two words one
			piece += string(r)
		case r == '|' || r == ';' || r == '&' || r == '>':
			flush()
			if r == '>' {
				return all
			}
		case r == '#' && !in:
			break scan
		default:
			piece, in = piece+string(r), true
		}
	}
	flush()
	return all
}

// understood reports whether the program runs a command line, as far as its words tell. A parser
// remembers: each line has its own.
func understood(t *testing.T, args []string) error {
	t.Helper()
	var grammar commands
	var out bytes.Buffer
	parser, err := (&Program{Version: "test", Out: &out, Err: &out}).parser(&grammar, &configured{load: func() (config, error) { return config{}, nil }}, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := checkCommand(parser.Model, args); err != nil {
		return err
	}
	if len(args) > 1 && args[0] == helpName && !slices.Contains(helpTopics(), args[1]) && strings.ToUpper(args[1]) != args[1] {
		return noCommand("no command and no guide", "", args[1], helpTopics())
	}
	_, _, err = parse(parser, args)
	return err
}

// mentioned reports whether a command that is mentioned exists with its flags: what it needs
// besides may be left out, and words in capitals stand for something.
func mentioned(t *testing.T, args []string) error {
	t.Helper()
	m, err := (&Program{}).Manual()
	if err != nil {
		t.Fatal(err)
	}
	if len(args) == 0 || strings.HasPrefix(args[0], "-") || strings.ToUpper(args[0]) == args[0] {
		return nil
	}
	for _, c := range m.Commands {
		if c.Name != args[0] {
			continue
		}
		var names []string
		for _, f := range slices.Concat(c.Flags, m.Flags) {
			names = append(append(names, "--"+f.Name), f.Aliases...)
		}
		for _, word := range args[1:] {
			word = strings.Trim(word, "[]")
			if word == "--" {
				break
			}
			flag, _, _ := strings.Cut(word, "=")
			if strings.HasPrefix(flag, "--") && !slices.Contains(names, flag) && !slices.Contains(names, strings.TrimPrefix(flag, "--")) {
				return noCommand("no flag", "", flag, names)
			}
		}
		return nil
	}
	return noCommand("no command", "", args[0], nil)
}

// TestTypedCommands: a line is taken apart as a shell does it.
func TestTypedCommands(t *testing.T) {
	for line, want := range map[string]string{
		"sluice export a.db --filter 'a = b|c' # and so on": `[["export" "a.db" "--filter" "a = b|c"]]`,
		"PGPASSWORD=… sluice jobs | head; sluice run > log": `[["jobs"] ["run"]]`,
		"spark-submit merge.py":                             `[]`,
		`zcat a.gz | sluice preview - --find "x y"`:         `[["preview" "-" "--find" "x y"]]`,
	} {
		if got := quotedAll(typedCommands(line)); got != want {
			t.Errorf("%s: %s, want %s", line, got, want)
		}
	}
}

func quotedAll(all [][]string) string {
	lines := make([]string, len(all))
	for i, args := range all {
		words := make([]string, len(args))
		for j, a := range args {
			words[j] = `"` + a + `"`
		}
		lines[i] = "[" + strings.Join(words, " ") + "]"
	}
	return "[" + strings.Join(lines, " ") + "]"
}

// TestTopics: the list has every guide, none has the name of a command, and each is shown.
func TestTopics(t *testing.T) {
	_, list, _ := runProgram(t, "help", topicTopics)
	m, err := (&Program{}).Manual()
	if err != nil {
		t.Fatal(err)
	}
	for _, topic := range docs.Topics() {
		if !strings.Contains(list, "  "+topic+" ") {
			t.Errorf("%q is not listed: %s", topic, list)
		}
		for _, c := range m.Commands {
			if c.Name == topic {
				t.Errorf("the guide %q is never shown: it is called as a command", topic)
			}
		}
		code, out, _ := runProgram(t, "help", topic)
		if code != exitDone || !strings.HasPrefix(out, docs.Title(topic)+"\n") {
			t.Errorf("help %s: exit code %d, %.80s", topic, code, out)
		}
	}
	if code, _, errs := runProgram(t, "help", "exportin"); code != exitUsage || !strings.Contains(errs, `"sluice help exporting"`) {
		t.Errorf("a guide that was misspelled: exit code %d, %s", code, errs)
	}
}

// TestCompletion: each shell gets its script, and the names that it asks for.
func TestCompletion(t *testing.T) {
	for shell, want := range map[string]string{"bash": "complete -F _sluice sluice", "zsh": "#compdef sluice", "fish": "complete -c sluice", "powershell": "Register-ArgumentCompleter", "man": ".TH SLUICE 1 ", "topics": "\nscheduling\n"} {
		code, out, errs := runProgram(t, "completion", shell)
		if code != exitDone || !strings.Contains(out, want) || errs != "" {
			t.Errorf("%s: exit code %d, %s %.80s", shell, code, errs, out)
		}
	}
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	if code, out, _ := runProgram(t, "completion", "sources"); code != exitDone || out != "" {
		t.Errorf("without a list: exit code %d, %q", code, out)
	}
	if code, _, errs := runProgram(t, "sources", "add", "wiki", "--url", "https://wiki.example.com"); code != exitDone {
		t.Fatal(errs)
	}
	if code, out, _ := runProgram(t, "completion", "sources"); code != exitDone || out != "wiki\n" {
		t.Errorf("exit code %d, %q", code, out)
	}
	if code, _, _ := runProgram(t, "completion", "tcsh"); code != exitUsage {
		t.Errorf("a shell that is not known: exit code %d", code)
	}
}
