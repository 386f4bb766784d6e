package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "sluice"

// layers says, for each folder below the root, which folders of ours its code
// may import. A folder stands for everything below it; itself is always allowed.
var layers = map[string][]string{
	"sqliteformat": {"wording"},
	"release":      {},
	"manual":       {},
	"packaging":    {},
	"docs":         {},

	"assets":      {"wholefile"},
	"columns":     {},
	"pipeline":    {"wording"},
	"wholefile":   {"wording"},
	"places":      {"wording"},
	"private":     {"wording"},
	"verify":      {"wording", "pipeline"},
	"leash":       {},
	"retention":   {"wording", "pipeline"},
	"deliver":     {"wording", "columns", "secret", "leash", "formats", "listfile", "redact", "spelling", "localexport", "pipeline", "takes", "wholefile"},
	"fetch":       {"wording", "csvfile", "deliver", "diskspace", "figures", "formats", "leash", "localexport", "pipeline", "wholefile"},
	"fileident":   {"wording"},
	"rules":       {"wording"},
	"diskspace":   {},
	"doctor":      {"wording", "diskspace", "figures", "source", "visible"},
	"intake":      {"wording", "diskspace", "figures"},
	"redact":      {"wording", "columns", "csvfile", "figures", "formats", "localexport", "pipeline", "secret", "spelling", "wholefile"},
	"formats":     {"wording"},
	"figures":     {},
	"wording":     {"figures"},
	"changes":     {"wording", "columns", "csvfile", "intake", "figures", "localexport", "pipeline", "redact", "rules", "wholefile"},
	"csvfile":     {"wording", "leash", "intake", "fileident", "figures", "wholefile", "spelling", "sqliteformat"},
	"jobcsv":      {"wording", "csvfile", "pipeline", "visible", "wholefile"},
	"secret":      {"wording"},
	"visible":     {},
	"spelling":    {"wording"},
	"listfile":    {"wording", "formats", "spelling", "wholefile"},
	"source":      {"wording", "formats", "pipeline", "figures", "rules", "wholefile", "places", "spelling", "listfile"},
	"schedule":    {"wording", "takes", "redact", "deliver", "fetch", "retention", "formats", "pipeline", "figures", "listfile", "places", "source", "spelling", "backend", "client", "localexport", "hooks"},
	"backend":     {"hooks", "deliver", "fetch", "changes", "kit", "pipeline", "redact", "source", "client", "localexport", "rules", "takes", "secret", "wording"},
	"metrics":     {"pipeline", "schedule", "source"},
	"hooks":       {"wording", "wholefile", "formats", "listfile", "pipeline", "secret", "spelling"},
	"client":      {"wording", "formats", "pipeline", "secret", "wholefile", "visible", "figures"},
	"server":      {"wording", "pipeline", "secret", "private", "visible"},
	"localexport": {"wording", "diskspace", "formats", "columns", "pipeline", "redact", "retention", "private", "fileident", "figures", "rules", "sqliteformat", "wholefile"},
	"takes":       {"wording", "intake", "formats", "localexport", "secret", "figures", "sqliteformat", "wholefile"},
	"ui":          {"wording", "leash", "intake", "columns", "figures", "pipeline", "rules", "schedule", "source", "csvfile", "wholefile", "places", "verify", "visible", "assets", "sqliteformat", "kit", "jobcsv", "doctor", "deliver", "hooks", "retention", "listfile", "secret"},
	"cli":         {"wording", "doctor", "intake", "formats", "redact", "schedule", "source", "backend", "spelling", "changes", "figures", "pipeline", "csvfile", "client", "server", "localexport", "places", "rules", "secret", "takes", "verify", "visible", "sqliteformat", "kit", "wholefile", "columns", "jobcsv", "deliver", "retention", "hooks", "listfile", "metrics", "fetch", "release", "manual", "docs"},
	"kit":         {"wording", "columns", "localexport", "spelling"},
	"bench":       {"changes", "pipeline", "csvfile", "localexport", "client", "server", "secret", "takes"},
	"e2e":         {"takes"},
}

// testExtras are imports that only tests may add.
var testExtras = map[string][]string{
	"backend":     {"server"},
	"bench":       {"cli", "deliver", "source"},
	"client":      {"localexport", "server"},
	"server":      {"localexport", "client"},
	"fetch":       {"wording", "takes", "verify"},
	"kit":         {"formats", "pipeline"},
	"localexport": {"wording", "verify"},
	"schedule":    {"wording", "secret", "server"},
	"takes":       {"wording", "columns", "pipeline"},
	"ui":          {"wording", "localexport", "client"},
}

// galleryFolder draws pictures of the real views; it stands beside main, not
// below the window.
const galleryFolder = "ui/gallery"

// emptyFolder is a window with nothing in it: the benchmark compares with it what
// Sluice's takes.
const emptyFolder = "bench/window/empty"

// TestLayers holds every import against the house: the vocabulary and the CSV
// engine stand alone, adapters know only the vocabulary, and Fyne is
// known to the window only.
func TestLayers(t *testing.T) {
	seen := 0
	for file, imports := range sourceFiles(t) {
		seen++
		for _, path := range imports {
			checkImport(t, file, path)
		}
	}
	if seen < 20 {
		t.Fatalf("only %d source files were seen: the walk is broken", seen)
	}
}

func checkImport(t *testing.T, file, path string) {
	t.Helper()
	folder, _, below := strings.Cut(file, "/")
	if !below {
		folder = "" // package main
	}
	isTest := strings.HasSuffix(file, "_test.go")
	if strings.HasPrefix(path, "fyne.io/") {
		inMainWindow := file == "window.go" || strings.HasPrefix(file, "window_") || strings.HasPrefix(file, emptyFolder)
		if folder != "ui" && folder != "assets" && !inMainWindow {
			t.Errorf("%s imports %s: only ui/ and main's window file know Fyne", file, path)
		}
		if path == "fyne.io/fyne/v2/app" && !inMainWindow {
			t.Errorf("%s imports %s: only main's window file starts a window", file, path)
		}
		if folder == "assets" {
			t.Errorf("%s imports %s: assets holds files only", file, path)
		}
		return
	}
	ours, ok := strings.CutPrefix(path, module+"/")
	if !ok || folder == "" || strings.HasPrefix(file, galleryFolder) {
		return
	}
	target, _, _ := strings.Cut(ours, "/")
	allowed, known := layers[folder]
	if !known {
		t.Errorf("%s: folder %q has no place in the house: add it to layers", file, folder)
		return
	}
	if isTest {
		allowed = slices.Concat(allowed, testExtras[folder])
	}
	if target != folder && !slices.Contains(allowed, target) {
		t.Errorf("%s imports %s: %s may import only %v", file, path, folder, allowed)
	}
}

// sourceFiles yields every Go file of the module with its imports, by its path
// with forward slashes.
func sourceFiles(t *testing.T) map[string][]string {
	t.Helper()
	files := map[string][]string{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name := d.Name(); path != "." && (strings.HasPrefix(name, ".") || name == "testdata") {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		var imports []string
		for _, spec := range parsed.Imports {
			p, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			imports = append(imports, p)
		}
		files[filepath.ToSlash(path)] = imports
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
