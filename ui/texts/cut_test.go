package texts

import (
	"go/ast"
	"go/token"
	"strings"
	"testing"
)

// TestCut: what is left out is said in the language in force, too.
func TestCut(t *testing.T) {
	defer func() { T = English() }()
	if _, err := UseLanguage("de"); err != nil {
		t.Fatal(err)
	}
	for n, want := range map[int]string{3: "abc", 2: "ab… (1 weiteres Zeichen)", 1: "a… (2 weitere Zeichen)"} {
		if got := Cut("abc", n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
	if got := CutText("a\nbc", 2); got != "a\n… (2 weitere Zeichen)" {
		t.Errorf("%q", got)
	}
}

// TestCutsAreSaid: the window cuts nothing by the English words.
func TestCutsAreSaid(t *testing.T) {
	eachSource(t, func(path string, fset *token.FileSet, f *ast.File) {
		ast.Inspect(f, func(n ast.Node) bool {
			if e, ok := n.(*ast.SelectorExpr); ok && strings.HasPrefix(typeName(e), "visible.Cut") {
				t.Errorf("%s:%d: %s says in English what it cuts: texts has the same", path, fset.Position(e.Pos()).Line, typeName(e))
			}
			return true
		})
	})
}
