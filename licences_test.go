package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sluice/assets/licences"
)

// licencesFile is what package licences embeds.
const licencesFile = "assets/licences/licences.json"

// TestLicences holds the list of licences to go.mod: each library in its version, with a
// licence that is known and its text. With -update it writes the list anew.
func TestLicences(t *testing.T) {
	if *update {
		writeLicences(t)
		return
	}
	all, err := licences.All()
	if err != nil {
		t.Fatal(err)
	}
	have := map[string]licences.Licence{}
	for _, l := range all {
		have[l.Name] = l
		if l.Kind == "" || len(l.Text) < 300 {
			t.Errorf("%s has the licence %q with %d letters", l.Name, l.Kind, len(l.Text))
		}
	}
	required := requiredModules(t)
	if len(required) < 50 {
		t.Fatalf("go.mod has %d libraries: it was not read", len(required))
	}
	for _, m := range required {
		if l, ok := have[m.Path]; !ok || l.Version != m.Version {
			t.Errorf("go.mod has %s %s, and the list of licences %q: make licences", m.Path, m.Version, l.Version)
		}
		delete(have, m.Path)
	}
	for name, l := range have {
		if l.Version != "" {
			t.Errorf("%s has a licence in the list, and is not in go.mod: make licences", name)
		}
	}
}

type moduleOf struct{ Path, Version, Dir string }

func goJSON(t *testing.T, into any, args ...string) {
	t.Helper()
	out, err := exec.Command("go", args...).Output()
	if err != nil {
		t.Fatal(args, err)
	}
	if err := json.Unmarshal(out, into); err != nil {
		t.Fatal(args, err)
	}
}

// requiredModules are the libraries of go.mod.
func requiredModules(t *testing.T) []moduleOf {
	t.Helper()
	var mod struct{ Require []moduleOf }
	goJSON(t, &mod, "mod", "edit", "-json")
	return mod.Require
}

// writeLicences writes the list from what the libraries bring.
func writeLicences(t *testing.T) {
	t.Helper()
	type entry struct{ Name, Version, Kind, Text string }
	var list struct {
		Libraries []entry
		Texts     map[string]string
	}
	list.Texts = map[string]string{}
	add := func(name, version, dir string) {
		text := licenceText(t, dir)
		kind := licenceKind(text)
		if kind == "" {
			t.Errorf("%s has a licence that is not known, in %s", name, dir)
		}
		sum := sha256.Sum256([]byte(text))
		key := hex.EncodeToString(sum[:6])
		list.Texts[key] = text
		list.Libraries = append(list.Libraries, entry{name, version, kind, key})
	}
	for _, m := range requiredModules(t) {
		goJSON(t, &m, "mod", "download", "-json", m.Path+"@"+m.Version)
		add(m.Path, m.Version, m.Dir)
	}
	var env struct{ GOROOT string }
	goJSON(t, &env, "env", "-json", "GOROOT")
	add("Go", "", env.GOROOT)
	add("Noto fonts", "", "assets/fonts")
	slices.SortFunc(list.Libraries, func(a, b entry) int { return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
	b, err := json.MarshalIndent(list, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(licencesFile, append(b, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}

// licenceText is the licence in the folder of a library, with its notice if it has one.
func licenceText(t *testing.T, dir string) (text string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, begins := range []string{"license", "licence", "copying", "ofl", "notice"} {
		for _, e := range entries {
			name := strings.ToLower(e.Name())
			if e.IsDir() || !strings.HasPrefix(name, begins) || strings.HasSuffix(name, ".go") || dir == "assets/fonts" && begins != "ofl" {
				continue
			}
			b, err := os.ReadFile(filepath.Join(dir, e.Name()))
			if err != nil {
				t.Fatal(err)
			}
			if text != "" {
				text += "\n\n"
			}
			text += strings.TrimSpace(strings.ReplaceAll(string(b), "\r", ""))
		}
	}
	return text
}

// licenceKinds are the licences that the libraries have, by words that only they use.
var licenceKinds = []struct{ kind, words string }{
	{"OFL-1.1", "sil open font license"},
	{"MPL-2.0", "mozilla public license"},
	{"Apache-2.0", "apache license version 2.0"},
	{"BSD-3-Clause", "may be used to endorse or promote"},
	{"BSD-2-Clause", "redistribution and use in source and binary forms"},
	{"MIT", "permission is hereby granted, free of charge"},
	{"ISC", "permission to use, copy, modify, and/or distribute"},
}

// licenceKind is the short name of a licence, of the first of them where a text has several.
func licenceKind(text string) (kind string) {
	text = strings.Join(strings.Fields(strings.ToLower(strings.NewReplacer(",", "", "*", "", "#", "").Replace(text))), " ")
	first := len(text)
	for _, k := range licenceKinds {
		if at := strings.Index(text, strings.ReplaceAll(k.words, ",", "")); at >= 0 && at < first {
			kind, first = k.kind, at
			if k.kind == "BSD-3-Clause" { // its words begin as those of the shorter one
				first = strings.Index(text, "redistribution and use in source and binary forms")
			}
		}
	}
	return kind
}

func TestLicenceKind(t *testing.T) {
	for text, want := range map[string]string{
		"                                 Apache License\n                           Version 2.0, January 2004": "Apache-2.0",
		"Permission is hereby granted, free of charge, to any person":                                           "MIT",
		"Redistribution and use in source and binary forms, with":                                               "BSD-2-Clause",
		"Redistribution and use in source\nand binary forms … may be used to endorse or promote products":       "BSD-3-Clause",
		"SIL OPEN FONT LICENSE Version 1.1":                                                                     "OFL-1.1",
		"All rights reserved":                                                                                   "",
		"MIT: permission is hereby granted, free of charge … Apache License, Version 2.0":                       "MIT",
	} {
		if got := licenceKind(text); got != want {
			t.Errorf("%q is %q, want %q", fmt.Sprintf("%.40s", text), got, want)
		}
	}
}
