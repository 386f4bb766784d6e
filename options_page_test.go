package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"sluice/localexport/confluence"
	"sluice/rules"
)

var update = flag.Bool("update", false, "write docs/options.md anew")

// TestOptionsPage holds the page of the rules against their table, which it is made
// of: go test . -run TestOptionsPage -update
func TestOptionsPage(t *testing.T) {
	const path = "docs/options.md"
	want := optionsPage(confluence.Rules())
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil || string(got) != want {
		t.Errorf("%s is not what the table of rules says (%v): write it anew with -update", path, err)
	}
}

func optionsPage(table rules.Table) string {
	var b strings.Builder
	b.WriteString(`# Rules of an export

What the vendor's documentation leaves open, or what an administrator may want otherwise. Each rule is a flag of ` + "`sluice export`" + ` and
` + "`sluice serve`" + `, a key of the config file under the same name without the dashes (` + "`\"labels\": \"commas\"`" + `, ` + "`\"include-archived\": true`" + `),
and a field of the settings of a snapshot in the window, under "Advanced rules". Without any of them an export does what is documented.

The manifest of an export lists the rules that were not at their default, by the names in the last column. An export that is resumed keeps
those that it was begun with: a flag that says something else is refused.

This page is made of the table in the program, and a test holds it to that.

| Flag | In the window | Default | What it does | What the documentation says | In manifests |
|---|---|---|---|---|---|
`)
	for _, r := range table {
		name, usual := "`--"+r.Name+"`", "`"+r.Usual()+"`"
		meaning := r.Meaning
		switch r.Kind {
		case rules.Switch:
			usual = "off"
		case rules.Choice:
			var values []string
			for _, v := range r.Values {
				values = append(values, fmt.Sprintf("`%s`: %s", v.Name, v.Meaning))
			}
			meaning += " " + strings.Join(values, "; ") + "."
			name = "`--" + r.Name + "=" + strings.Join(r.ValueNames(), "\\|") + "`"
		case rules.Text:
			name = "`--" + r.Name + "=TEXT`"
			if r.Default == "" {
				usual = "nothing"
			}
		}
		for _, alias := range r.Aliases {
			name += " (also `--" + alias + "`)"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | `%s` |\n", name, r.Label, usual, meaning, r.Documentation, r.Field)
	}
	return b.String()
}
