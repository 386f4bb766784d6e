package cli

import (
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sluice/localexport"
	"sluice/localexport/confluence"
	"sluice/localexport/demo"
	"sluice/localexport/jobfiles"
	"sluice/rules"
)

// everyRule has each rule of Confluence at something else than its default.
func everyRule() rules.Chosen {
	chosen := rules.Chosen{}
	for _, r := range confluence.Rules() {
		switch r.Kind {
		case rules.Switch:
			chosen[r.Name] = rules.On
		case rules.Choice:
			chosen[r.Name] = r.Values[len(r.Values)-1].Name
		default:
			chosen[r.Name] = "some text"
		}
	}
	return chosen
}

// TestEveryRuleIsAFlag exports with all rules at once: the manifest has them, and
// nothing of those that are not given.
func TestEveryRuleIsAFlag(t *testing.T) {
	isolate(t)
	snapshot, _ := demoSnapshot(t, demo.Options{Pages: 20, Seed: 1})
	table := confluence.Rules()
	for _, chosen := range []rules.Chosen{nil, everyRule()} {
		home := t.TempDir()
		args := append([]string{"export", snapshot, "--home", home, "--min-free-space", "-1"}, table.Flags(chosen)...)
		if code, _, errs := runProgram(t, args...); code != exitDone {
			t.Fatalf("exit %d, %s", code, errs)
		}
		m, err := jobfiles.ReadManifest(localexport.JobFolder(home, 1))
		if err != nil {
			t.Fatal(err)
		}
		got, err := table.FromRecord(m.Options.Rules)
		if diff := cmp.Diff(chosen, got); err != nil || diff != "" || len(m.Options.Rules) != len(chosen) {
			t.Errorf("%v, the manifest has %v (-want +got):\n%s", err, m.Options.Rules, diff)
		}
	}
}

// chosenBy are the rules that a command is run with.
func chosenBy(t *testing.T, text string, args ...string) (rules.Chosen, error) {
	t.Helper()
	values, err := parseConfig([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	var grammar commands
	settings := &configured{load: func() (config, error) { return config{values: values}, nil }}
	p := &Program{Out: io.Discard, Err: io.Discard}
	parser, err := p.parser(&grammar, settings, "/home")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := parse(parser, args); err != nil {
		return nil, err
	}
	flags := grammar.Export.ruleFlags()
	if args[0] == "serve" {
		flags = grammar.Serve.ruleFlags()
	}
	return flags.chosen(confluence.Rules())
}

// TestRulesOfCommands come from the command line, or else from the config file, under
// the names that they have or had.
func TestRulesOfCommands(t *testing.T) {
	isolate(t)
	for name, c := range map[string]struct {
		config string
		args   string
		want   rules.Chosen
		err    string
	}{
		"nothing":              {`{}`, "export a.db", nil, ""},
		"their defaults":       {`{"labels": "json"}`, "export a.db --blog-post-type=blogpost --include-archived=false", nil, ""},
		"serve":                {`{}`, "serve a.db --page-urls=id", rules.Chosen{"page-urls": "id"}, ""},
		"as they were called":  {`{}`, "export a.db --archived --statusless", rules.Chosen{"include-archived": "true", "statusless-content": "true"}, ""},
		"config file":          {`{"labels": "commas", "milliseconds": true}`, "export a.db", rules.Chosen{"labels": "commas", "milliseconds": "true"}, ""},
		"older config file":    {`{"archived": true}`, "serve a.db", rules.Chosen{"include-archived": "true"}, ""},
		"both":                 {`{"labels": "commas", "all-events": true}`, "export a.db --labels json", rules.Chosen{"all-events": "true"}, ""},
		"no value":             {`{}`, "export a.db --labels tabs", nil, `--labels: "tabs" is none of json, commas`},
		"nothing as a value":   {`{}`, "export a.db --blog-post-type=", nil, "--blog-post-type is empty"},
		"no value in the file": {`{"page-urls": "short"}`, "export a.db", nil, `"page-urls": "short" is none of display, id, spaces`},
		"no switch":            {`{"all-labels": "yes"}`, "export a.db", nil, `"all-labels" must be true or false`},
		"twice in the file":    {`{"archived": true, "include-archived": true}`, "export a.db", nil, `"include-archived" and "archived" are names of one flag`},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := chosenBy(t, c.config, strings.Fields(c.args)...)
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), c.err) {
					t.Errorf("%v, want that %s", err, c.err)
				}
				return
			}
			if diff := cmp.Diff(c.want, got); err != nil || diff != "" {
				t.Errorf("%v, (-want +got):\n%s", err, diff)
			}
		})
	}
}
