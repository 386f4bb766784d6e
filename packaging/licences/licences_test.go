package licences

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func module(t *testing.T, files map[string]string) Module {
	t.Helper()
	m := Module{Path: "github.com/a/b", Version: "v1.0.0", Dir: t.TempDir()}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(m.Dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return m
}

func TestID(t *testing.T) {
	for text, want := range map[string]string{
		"Apache License\n   Version 2.0, January":                                            "Apache-2.0",
		"MIT\nPermission is hereby granted, free of charge, to any person\nobtaining a copy": "MIT",
		"Redistribution and use in source and binary forms …":                                "BSD-2-Clause",
		"Redistribution and use in source and binary forms … Neither the name of Google":     "BSD-3-Clause",
		"GNU LESSER GENERAL PUBLIC LICENSE":                                                  "LGPL", "do what you like": "",
	} {
		if got := ID(text); got != want {
			t.Errorf("%.40q: %q, want %q", text, got, want)
		}
	}
}

// TestNotices: what belongs to a module goes along, and one without a licence does not.
func TestNotices(t *testing.T) {
	m := module(t, map[string]string{"LICENSE.txt": "Neither the name of\r\nthe author", "NOTICE": "made by somebody", "license.go": "package b", "README.md": "read"})
	text, err := Notices([]Module{m})
	if err != nil || !strings.Contains(text, "github.com/a/b v1.0.0, LICENSE.txt\n\nNeither the name of\nthe author") || !strings.Contains(text, "made by somebody") || strings.Contains(text, "package b") {
		t.Errorf("%v: %s", err, text)
	}
	if id := Identifier(m); id != "BSD-3-Clause" {
		t.Errorf("%q", id)
	}
	if _, err := Notices([]Module{m, module(t, nil)}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a module without a licence: %v", err)
	}
	if id := Identifier(module(t, nil)); id != "" {
		t.Errorf("%q", id)
	}
}
