package texts

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// TestEverySentenceIsSaid: a sentence that nothing in the window shows is translated for
// nobody. Where a selector cannot be followed to its group, its name counts for all groups.
func TestEverySentenceIsSaid(t *testing.T) {
	u := uses{said: map[string]bool{}, types: map[string]reflect.Type{}}
	u.know(reflect.TypeFor[Texts]())
	eachSource(t, func(_ string, _ *token.FileSet, f *ast.File) {
		for _, d := range f.Decls {
			u.in(d, "texts")
		}
	})
	own, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range own {
		if strings.HasPrefix(path, "english") || strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			u.in(d, "")
		}
	}
	if len(u.said) < 300 {
		t.Fatalf("only %d sentences are said: the walk is broken", len(u.said))
	}
	var unsaid []string
	for name, group := range u.types {
		for field := range group.Fields() {
			if field.Type.Kind() == reflect.String && !u.said[name+"."+field.Name] && !u.said["."+field.Name] {
				unsaid = append(unsaid, name+"."+field.Name)
			}
		}
	}
	slices.Sort(unsaid)
	for _, s := range unsaid {
		t.Errorf("nothing says %s", s)
	}
}

// uses are the sentences that source files say: group.sentence, or .sentence where the
// group is not known.
type uses struct {
	said  map[string]bool
	types map[string]reflect.Type // of groups, by name
}

func (u *uses) know(t reflect.Type) {
	if u.types[t.Name()] != nil || t.PkgPath() != reflect.TypeFor[Texts]().PkgPath() {
		return
	}
	u.types[t.Name()] = t
	for f := range t.Fields() {
		if f.Type.Kind() == reflect.Struct {
			u.know(f.Type)
		}
	}
}

// in notes what a declaration says. root is the package's name there, "" within it.
func (u *uses) in(d ast.Decl, root string) {
	vars := map[string]reflect.Type{} // variables that hold a group
	ast.Inspect(d, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Field:
			if name := strings.TrimPrefix(typeName(n.Type), root+"."); u.types[name] != nil {
				for _, v := range n.Names {
					vars[v.Name] = u.types[name]
				}
			}
		case *ast.AssignStmt:
			for i, from := range n.Rhs {
				if v, ok := n.Lhs[min(i, len(n.Lhs)-1)].(*ast.Ident); ok && len(n.Lhs) == len(n.Rhs) {
					if group := u.group(from, root, vars); group != nil {
						vars[v.Name] = group
					}
				}
			}
		case *ast.SelectorExpr:
			group := u.group(n.X, root, vars)
			switch {
			case group == nil:
				u.said["."+n.Sel.Name] = true
			default:
				u.said[group.Name()+"."+n.Sel.Name] = true
			}
		}
		return true
	})
}

// group is the group of sentences that an expression is, nil if it is none.
func (u *uses) group(e ast.Expr, root string, vars map[string]reflect.Type) reflect.Type {
	switch e := e.(type) {
	case *ast.Ident:
		if root == "" && e.Name == "T" {
			return u.types["Texts"]
		}
		return vars[e.Name]
	case *ast.SelectorExpr:
		if typeName(e) == root+".T" {
			return u.types["Texts"]
		}
		if of := u.group(e.X, root, vars); of != nil {
			if f, ok := of.FieldByName(e.Sel.Name); ok && f.Type.Kind() == reflect.Struct {
				return u.types[f.Type.Name()]
			}
		}
	}
	return nil
}

// typeName is an expression of one or two names.
func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		if x, ok := e.X.(*ast.Ident); ok {
			return x.Name + "." + e.Sel.Name
		}
	}
	return ""
}
