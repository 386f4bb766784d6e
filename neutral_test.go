package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sluice/columns"
)

// productFolder is the product's own.
const productFolder = "localexport/confluence/"

// knowsProduct are the places that may import the product: those that put the program
// together, what measures it, and what several tests need.
var knowsProduct = []string{productFolder, "backend/", "cli/", "bench/", "localexport/exporttest/", "ui/gallery/"}

// namesFiles are the places that may name its files: the product itself, its table of
// columns, what knows by which columns the files of all products of the vendor are told
// apart, what finds out by which of its rules a file was written, the demo, and pictures
// of a window that shows its jobs.
var namesFiles = []string{productFolder, "columns/confluence.go", "changes/columns.go", "changes/calibrate/", "localexport/demo/", "bench/", "ui/gallery/", "ui/preview/shots/"}

// namesTables are the places that may name tables of its database, one of which is
// called as a file is; and rules about spaces.
var namesTables = []string{"localexport/snapshot/", "takes/", "redact/parse.go"}

const sharedName = "spaces"

// TestOnlyTheProductKnowsItself: the life of a job, the window and what reads files
// know a product by its interface. Another one is another folder.
func TestOnlyTheProductKnowsItself(t *testing.T) {
	files := columns.Names(columns.Confluence)
	seen := 0
	for file, imports := range sourceFiles(t) {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		if slices.Contains(imports, module+"/"+strings.TrimSuffix(productFolder, "/")) {
			seen++
			if below(file, knowsProduct) {
				continue
			}
			t.Errorf("%s imports the product: it gets a product.Product from where the program is put together", file)
		}
		if below(file, namesFiles) {
			continue
		}
		for _, text := range literals(t, file) {
			if slices.Contains(files, text) && !(text == sharedName && below(file, namesTables)) {
				t.Errorf("%s names the file %q of the product: product.Product and columns have the names", file, text)
			}
		}
	}
	if seen < 3 || len(files) < 5 {
		t.Fatalf("only %d places import the product, which has %d files: the walk is broken", seen, len(files))
	}
}

// below reports whether a file is one of the places, or in one.
func below(file string, places []string) bool {
	return slices.ContainsFunc(places, func(place string) bool { return strings.HasPrefix(file, place) })
}

// literals are the texts in a source file.
func literals(t *testing.T, file string) (texts []string) {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(parsed, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if s, err := strconv.Unquote(lit.Value); err == nil {
				texts = append(texts, s)
			}
		}
		return true
	})
	return texts
}
