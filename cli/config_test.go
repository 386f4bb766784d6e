package cli

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"sluice/localexport/demo"
)

// configure isolates the test and writes its config file.
func configure(t *testing.T, text string) (path string) {
	t.Helper()
	alone(t)
	path = filepath.Join(os.Getenv("XDG_CONFIG_HOME"), "sluice", "config.json")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestConfigFromDate exports from where the config file says, and not from a
// year before.
func TestConfigFromDate(t *testing.T) {
	configure(t, `{"from-date": "2024-03-01T00:00Z", "min-free-space": "-1", "json": true}`)
	snapshot, _ := demoSnapshot(t, demo.Options{Pages: 20, Seed: 1})
	code, out, errs := runProgram(t, "export", "--snapshot", snapshot, "--home", t.TempDir())
	if code != exitDone {
		t.Fatalf("exit code %d, %s", code, errs)
	}
	if from := jobOf(t, out).Config.ExportFrom.UTC(); !from.Equal(time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("exported from %s", from)
	}
}

// TestConfigEveryFlag sets each flag of each command by its key, and looks at
// what the command gets.
func TestConfigEveryFlag(t *testing.T) {
	alone(t)
	p := &Program{Out: io.Discard, Err: io.Discard}
	seen := 0
	for _, command := range leaves(t, p) {
		for _, flag := range command.Flags {
			seen++
			value, want := sample(t, flag)
			got := parsedWith(t, p, command, flag.Name, value)
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s --%s: %v, want %v", command.Name, flag.Name, got, want)
			}
		}
	}
	if seen < 40 {
		t.Errorf("only %d flags were seen", seen)
	}
}

func leaves(t *testing.T, p *Program) []*kong.Node {
	t.Helper()
	parser, err := p.parser(&commands{}, &configured{}, "/home")
	if err != nil {
		t.Fatal(err)
	}
	return parser.Model.Leaves(true)
}

// sample is a value for a flag that is not its default, as it stands in the
// file and as the command gets it.
func sample(t *testing.T, flag *kong.Flag) (value string, want any) {
	t.Helper()
	path := filepath.Join(os.TempDir(), "x y")
	switch flag.Target.Interface().(type) {
	case bool:
		return "true", true
	case int:
		return "7", 7
	case int64:
		return "-7", int64(-7)
	case *int:
		return "7", new(7)
	case *int64:
		return "-7", new(int64(-7))
	case float64:
		return "12.5", 12.5
	case time.Duration:
		return `"90s"`, 90 * time.Second
	case []int64:
		return "[7, 8]", []int64{7, 8}
	case []string:
		return `["a", "b"]`, []string{"a", "b"}
	case string:
		if flag.Tag.Type == "path" || flag.Name == "redact" {
			b, _ := json.Marshal(path)
			return string(b), path
		}
		if flag.Enum != "" {
			choices := flag.EnumSlice()
			last := choices[len(choices)-1]
			return strconv.Quote(last), last
		}
		return `"some text"`, "some text"
	}
	t.Fatalf("--%s has a type that the config file does not know: %s", flag.Name, flag.Target.Type())
	return "", nil
}

// parsedWith is the value of a flag after the command was parsed with a config
// file that sets the flag, and nothing of it on the command line.
func parsedWith(t *testing.T, p *Program, command *kong.Node, name, value string) any {
	t.Helper()
	values, err := parseConfig([]byte(`{"` + name + `": ` + value + `}`))
	if err != nil {
		t.Fatal(err)
	}
	parser, err := p.parser(&commands{}, &configured{load: func() (config, error) { return config{values: values}, nil }}, "/home")
	if err != nil {
		t.Fatal(err)
	}
	args := []string{command.Name}
	for _, positional := range command.Positional {
		if positional.Required {
			args = append(args, "x")
		}
	}
	for _, flag := range command.Flags {
		if flag.Required && flag.Name != name {
			args = append(args, "--"+flag.Name, "x")
		}
	}
	kctx, err := parser.Parse(args)
	if err != nil {
		t.Errorf("%s: %v", command.Name, err)
		return nil
	}
	for _, flag := range kctx.Flags() {
		if flag.Name == name {
			return flag.Target.Interface()
		}
	}
	return nil
}

// TestConfigWrong meets files that say nothing or something else. Each is told
// with the file and the key, and no value is repeated.
func TestConfigWrong(t *testing.T) {
	for text, says := range map[string]string{
		`{"nonsense": 1}`:                       `"nonsense" is not the name of a flag`,
		`{"fromDate": "x"}`:                     `the nearest is "from-date"`,
		`{"from_date": "x"}`:                    `the nearest is "from-date"`,
		`{"--from-date": "x"}`:                  `the nearest is "from-date"`,
		`{"help": true}`:                        `"help" is not the name`,
		`{"version": true}`:                     `this config file says true for the version of its format, which is none`,
		`{"version": 2}`:                        `this config file was written by a newer Sluice (format 2; this one knows up to 1)`,
		`{"from-date": 7}`:                      `"from-date" must be a text`,
		`{"from-date": null}`:                   `"from-date" must be a text`,
		`{"from-date": {"a": "hush"}}`:          `"from-date" must be a text`,
		`{"force": "hush"}`:                     `"force" must be true or false`,
		`{"rows": "7"}`:                         `"rows" must be a number`,
		`{"rows": 7.5}`:                         `"rows": expected a valid`,
		`{"timeout": 30}`:                       `"timeout" must be a duration`,
		`{"timeout": "soon"}`:                   `"timeout": expected duration`,
		`{"host": [1]}`:                         `"host" must be a text in quotes, or a list`,
		`{"home": "exports"}`:                   `"home" must be a path from the root`,
		`{"home": ""}`:                          `"home" must be a path from the root`,
		`{"redact": "rules.yaml"}`:              `"redact" must be a profile (no-content, no-people, gdpr), or a path from the root`,
		`{"snapshot": "postgres://u:hush@h"}`:   `"snapshot": this is the address of a database`,
		`{"force": true, "force": false}`:       `"force" stands twice`,
		`{"force": true`:                        `line 1: it ends too early`,
		"{\n \"force\": hush}":                  `line 2: "force": invalid character`,
		`{"force": true} {"json": "hush"}`:      `something stands after the object`,
		`["hush"]`:                              `it is not a JSON object`,
		``:                                      `it is not a JSON object`,
		"{\"force\": \"\xff\"}":                 `it is not UTF-8`,
		strings.Repeat(" ", configLimit) + "{}": `it is larger than`,
	} {
		path := configure(t, text)
		for _, args := range [][]string{{"export", "--snapshot", "x.db"}, {"preview", "x.csv"}, {}} {
			code, out, errs := runProgram(t, args...)
			if code != exitUsage || out != "" || !strings.HasPrefix(errs, "sluice: config file "+path+": ") || !strings.Contains(errs, says) ||
				strings.Contains(errs, "hush") && !strings.Contains(text, " hush") {
				t.Errorf("%.60s with %v: exit code %d, %q, want %q", text, args, code, errs, says)
			}
		}
		for _, args := range [][]string{{"--version"}, {"--help"}, {"export", "--help"}, {"help"}, {"help", "export"}} {
			if code, out, errs := runProgram(t, args...); code != exitDone || out == "" || errs != "" {
				t.Errorf("%.60s with %v: exit code %d, %q", text, args, code, errs)
			}
		}
	}
}

// TestConfigOrder lets the command line win over the environment, and both over
// the file. A token in the environment wins over a file with one.
func TestConfigOrder(t *testing.T) {
	dir := t.TempDir()
	configure(t, `{"home": "`+filepath.ToSlash(dir)+`/file", "verbose": true}`)
	for _, c := range []struct{ flag, variable, want string }{
		{dir + "/flag", dir + "/variable", "flag"}, {dir + "/flag", "", "flag"}, {"", dir + "/variable", "variable"}, {"", "", "file"},
	} {
		t.Setenv("SLUICE_HOME", c.variable)
		args := []string{"window"}
		if c.flag != "" {
			args = append(args, "--home", c.flag)
		}
		var home string
		p := Program{Out: io.Discard, Err: io.Discard, Window: func(_ context.Context, o WindowOptions) error { home = o.Home; return nil }}
		if code := p.Run(t.Context(), args); code != exitDone || filepath.Base(home) != c.want {
			t.Errorf("%+v: exit code %d, home %s", c, code, home)
		}
	}
	token := filepath.Join(dir, "gone")
	configure(t, `{"token-file": "`+filepath.ToSlash(token)+`", "url": "http://127.0.0.1:1"}`)
	if _, _, errs := runProgram(t, "status"); !strings.Contains(errs, "gone") {
		t.Errorf("the token file of the config file is not read: %q", errs)
	}
	t.Setenv(tokenVariable, remoteToken)
	if _, _, errs := runProgram(t, "status"); strings.Contains(errs, "gone") {
		t.Errorf("the variable does not win: %q", errs)
	}
}

// TestNamedHome: a home that was named is one also where it is the usual one: a snapshot
// that has another of its own is opened under it.
func TestNamedHome(t *testing.T) {
	usual := func() string { return filepath.Join(os.Getenv("XDG_DATA_HOME"), "sluice") }
	for name, c := range map[string]struct {
		prepare func(t *testing.T) []string
		named   bool
	}{
		"nobody":            {func(*testing.T) []string { return nil }, false},
		"the command line":  {func(*testing.T) []string { return []string{"--home", usual()} }, true},
		"the environment":   {func(t *testing.T) []string { t.Setenv("SLUICE_HOME", usual()); return nil }, true},
		"an empty variable": {func(t *testing.T) []string { t.Setenv("SLUICE_HOME", ""); return nil }, false},
		"the config file":   {func(t *testing.T) []string { configure(t, `{"home": "`+filepath.ToSlash(usual())+`"}`); return nil }, true},
	} {
		t.Run(name, func(t *testing.T) {
			alone(t)
			args := c.prepare(t)
			var got WindowOptions
			p := Program{Out: io.Discard, Err: io.Discard, Window: windowThat(&got)}
			if code := p.Run(t.Context(), args); code != exitDone || got.Named != c.named {
				t.Errorf("exit code %d, %+v", code, got)
			}
		})
	}
}

// TestConfigOrigin says where a value stands that only the command can judge.
func TestConfigOrigin(t *testing.T) {
	path := configure(t, `{"from-date": "soon", "rows": 3, "pages": 5}`)
	code, _, errs := runProgram(t, "export", "--snapshot", "x.db")
	if code != exitUsage || !strings.Contains(errs, "--from-date") || !strings.Contains(errs, path) {
		t.Errorf("exit code %d, %q", code, errs)
	}
	if code, _, errs = runProgram(t, "export", "--snapshot", "x.db", "--from-date", "soon"); code != exitUsage || strings.Contains(errs, path) {
		t.Errorf("exit code %d, %q", code, errs)
	}
}

// TestConfigKinds meets what is no file to read, and one that others can read.
func TestConfigKinds(t *testing.T) {
	path := configure(t, `{"rows": 1}`)
	csv := csvOf(t, 5)
	if runtime.GOOS != "windows" {
		for mode, says := range map[os.FileMode]string{0o644: "read", 0o640: "read", 0o622: "change", 0o666: "read and change", 0o600: "", 0o400: ""} {
			if err := os.Chmod(path, mode); err != nil {
				t.Fatal(err)
			}
			code, _, errs := runProgram(t, "preview", csv)
			if code != exitDone || strings.Count(errs, "others can "+says) != min(len(says), 1) {
				t.Errorf("mode %o: exit code %d, %q", mode, code, errs)
			}
		}
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := runProgram(t, "preview", csv); code != exitUsage || !strings.Contains(errs, "not a regular file") {
		t.Errorf("a folder: exit code %d, %q", code, errs)
	}
}

// FuzzConfig reads any file. What is accepted is a JSON object for the library,
// too, and checking it ends in a value or an error.
func FuzzConfig(f *testing.F) {
	for _, s := range []string{`{"from-date": "x"}`, `{"rows": 1e3, "host": ["a"]}`, `{"a":1,"a":2}`, "\ufeff{}", `{"x": [[[{}]]]}`, `[]`, ``, `{"timeout":"1s"}x`} {
		f.Add([]byte(s))
	}
	p := &Program{Out: io.Discard, Err: io.Discard}
	parser, err := p.parser(&commands{}, &configured{}, "/home")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		values, err := parseConfig(b)
		if err != nil {
			if strings.Contains(err.Error(), "\n") && !strings.HasPrefix(err.Error(), "it is not a JSON object") {
				t.Errorf("more than a line: %q", err)
			}
			return
		}
		var m map[string]any
		if err := json.Unmarshal([]byte(strings.TrimPrefix(string(b), "\ufeff")), &m); err != nil || len(m) != len(values) {
			t.Errorf("%q gives %v, the library says %v, %v", b, values, m, err)
		}
		_ = config{values: values}.check(parser.Model)
	})
}
