package texts

import (
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// The sentences of other packages stand where they are made, as formats of the package
// wording. The catalogue of them, which translators need, is read from the source.

// making are the functions that make such sentences, by package, with the places of the
// formats among their arguments; those of a folder are its own.
var making = map[string]map[string][]int{
	"wording":                {"Errorf": {0}, "New": {0}, "Of": {0}, "Format": {0}},
	"pipeline":               {"Say": {1}},
	"feed":                   {"Damaged": {0}, "Denied": {0}, "Unreachable": {0}, "Unfit": {0}, "Misused": {0}, "At": {1}},
	"figures":                {"Some": {1, 2}}, // of one thing, and of many
	"./takes/feed":           {"Damaged": {0}, "Denied": {0}, "Unreachable": {0}, "Unfit": {0}, "Misused": {0}, "At": {1}},
	"./pipeline":             {"Say": {1}, "odd": {1}},
	"./localexport":          {"notResumable": {2}},
	"./localexport/snapshot": {"say": {1}},
	// counted rows, and findings
	"./localexport/confluence": {"say": {1}, "add": {1}, "find": {0}},
}

// members are those of structs that hold such a sentence, by folder: why a file cannot be
// read, the names and meanings of the rules of an export.
var members = map[string][]string{
	"./csvfile": {"Reason"}, "./csvfile/filtertext": {"Reason"},
	"./localexport/confluence": {"Label", "Meaning"},
	// what the elements of a list are
	"./hooks": {"Element"}, "./source": {"Element"}, "./schedule": {"Element"}, "./deliver": {"Element"},
}

// foreign is the catalogue of what other packages say.
func foreign(t *testing.T) (formats []string) {
	t.Helper()
	for f := range collect(t).said {
		if strings.ContainsFunc(figure.ReplaceAllString(f, ""), unicode.IsLetter) || f == "%s." || f == "%s %s: %s" {
			formats = append(formats, f)
		}
	}
	slices.Sort(formats)
	return formats
}

var collected *collector

// collect reads all packages, once.
func collect(t *testing.T) *collector {
	t.Helper()
	if collected != nil {
		return collected
	}
	c := &collector{said: map[string]bool{}, stayed: map[string]bool{}, folders: map[string]bool{}}
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		if name := d.Name(); path != "../.." && strings.HasPrefix(name, ".") || name == "testdata" || name == "bench" || name == "e2e" {
			return filepath.SkipDir
		}
		return c.folder(path)
	})
	if err != nil {
		t.Fatal(err)
	}
	collected = c
	return c
}

// collector reads the formats of packages.
type collector struct {
	said, stayed map[string]bool
	folders      map[string]bool   // in which there is something
	at           string            // the folder
	consts       map[string]string // of the folder
}

func (c *collector) folder(dir string) error {
	c.at, c.consts = strings.TrimSuffix("./"+strings.TrimPrefix(strings.TrimPrefix(filepath.ToSlash(dir), "../.."), "/"), "/"), map[string]string{}
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return err
	}
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		files = append(files, f)
	}
	for range 2 { // a constant may be made of another that stands below it
		for _, f := range files {
			ast.Inspect(f, c.constant)
		}
	}
	c.folders[c.at] = len(files) > 0
	for _, f := range files {
		ast.Inspect(f, c.call)
		if !isSilent(c.at) {
			c.sentences(f)
		}
	}
	return nil
}

func (c *collector) constant(n ast.Node) bool {
	if d, ok := n.(*ast.GenDecl); ok && d.Tok == token.CONST {
		for _, spec := range d.Specs {
			if v := spec.(*ast.ValueSpec); len(v.Names) == len(v.Values) {
				for i, name := range v.Names {
					if text, ok := c.text(v.Values[i]); ok {
						c.consts[name.Name] = text
					}
				}
			}
		}
	}
	return true
}

func (c *collector) call(n ast.Node) bool {
	if kv, ok := n.(*ast.KeyValueExpr); ok { // &OpenError{Reason: "…"}
		if key, ok := kv.Key.(*ast.Ident); ok && slices.Contains(members[c.at], key.Name) {
			c.say(kv.Value)
		}
	}
	if lit, ok := n.(*ast.CompositeLit); ok { // &FileError{path, "is empty", "…"}
		if name := typeName(lit.Type); strings.HasSuffix(name, "FileError") && c.at == "./localexport/snapshot" {
			for _, e := range lit.Elts {
				c.say(e)
			}
		}
	}
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return true
	}
	var in map[string][]int
	switch f := call.Fun.(type) {
	case *ast.Ident:
		in = making[c.at]
	case *ast.SelectorExpr:
		if x, ok := f.X.(*ast.Ident); ok {
			if in = making[x.Name]; x.Name == "figures" && isSilent(c.at) {
				return true // of the command line
			}
		}
		if in == nil {
			in = making[c.at]
		}
	}
	for _, i := range in[calledName(call)] {
		if i < len(call.Args) {
			c.say(call.Args[i])
		}
	}
	return true
}

// say notes what an expression is, if it is a text.
func (c *collector) say(e ast.Expr) {
	if text, ok := c.text(e); ok {
		c.said[text] = true
	}
}

// text is a text that is known when the program is built.
func (c *collector) text(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			return constant.StringVal(constant.MakeFromLiteral(e.Value, e.Kind, 0)), true
		}
	case *ast.Ident:
		text, ok := c.consts[e.Name]
		return text, ok
	case *ast.ParenExpr:
		return c.text(e.X)
	case *ast.BinaryExpr:
		a, ok := c.text(e.X)
		b, also := c.text(e.Y)
		return a + b, ok && also && e.Op == token.ADD
	}
	return "", false
}
