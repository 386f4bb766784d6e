// Package licences finds the licences of the modules that a program is made of, in the
// files that come with them: who passes the program on has to pass these on, too.
package licences

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Module is a module that is linked.
type Module struct {
	Path, Version string
	Dir           string // where its files are
}

// named are the files with licences and notices, by their names.
var named = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|copyright|unlicense|patents)([-.].*)?$`)

// marks are sentences by which a licence is known; the first that is found counts.
var marks = []struct{ sentence, id string }{
	{"Apache License Version 2.0", "Apache-2.0"},
	{"Mozilla Public License", "MPL-2.0"},
	{"GNU LESSER GENERAL PUBLIC LICENSE", "LGPL"},
	{"GNU AFFERO GENERAL PUBLIC LICENSE", "AGPL"},
	{"GNU GENERAL PUBLIC LICENSE", "GPL"},
	{"Permission is hereby granted, free of charge, to any person obtaining a copy", "MIT"},
	{"Permission to use, copy, modify, and/or distribute this software for any", "ISC"},
	{"Permission to use, copy, modify, and distribute this software for any", "ISC"},
	{"Neither the name of", "BSD-3-Clause"},
	{"names of its contributors may be used to endorse", "BSD-3-Clause"},
	{"Redistribution and use in source and binary forms", "BSD-2-Clause"},
	{"This is free and unencumbered software released into the public domain", "Unlicense"},
	{"The origin of this software must not be misrepresented", "Zlib"},
	{"SIL OPEN FONT LICENSE", "OFL-1.1"},
}

// ID is the identifier in SPDX of a licence, by its text; "" if it is not known.
func ID(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	for _, m := range marks {
		if strings.Contains(text, m.sentence) {
			return m.id
		}
	}
	return ""
}

// Of are the files with licences of a module, by their names. A module without any is an
// error: nobody may pass it on.
func Of(m Module) (texts map[string]string, err error) {
	entries, err := os.ReadDir(m.Dir)
	if err != nil {
		return nil, fmt.Errorf("licences of %s: %w", m.Path, err)
	}
	texts = map[string]string{}
	for _, e := range entries {
		if !named.MatchString(e.Name()) || e.IsDir() || strings.HasSuffix(e.Name(), ".go") {
			continue
		}
		b, readErr := os.ReadFile(filepath.Join(m.Dir, e.Name()))
		err = errors.Join(err, readErr)
		texts[e.Name()] = string(bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")))
	}
	if err == nil && len(texts) == 0 {
		err = fmt.Errorf("licences of %s: %w", m.Path, fs.ErrNotExist)
	}
	return texts, err
}

// Identifier is the licence of a module; "" if it is not known.
func Identifier(m Module) string {
	texts, err := Of(m)
	if err != nil {
		return ""
	}
	for _, name := range sorted(texts) {
		if id := ID(texts[name]); id != "" {
			return id
		}
	}
	return ""
}

// Notices are the licences of all modules in one text, which comes with the program.
func Notices(modules []Module) (string, error) {
	var b strings.Builder
	b.WriteString("Sluice is made of the modules below, and of Go's own library (BSD-3-Clause, the Go Authors).\n")
	for _, m := range modules {
		texts, err := Of(m)
		if err != nil {
			return "", err
		}
		for _, name := range sorted(texts) {
			fmt.Fprintf(&b, "\n%s\n%s %s, %s\n\n%s\n", strings.Repeat("=", 80), m.Path, m.Version, name, strings.TrimSpace(texts[name]))
		}
	}
	return b.String(), nil
}

func sorted(texts map[string]string) (names []string) {
	for name := range texts {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
