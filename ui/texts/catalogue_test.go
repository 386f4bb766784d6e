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

// making are the functions that make such sentences, by package, with the place of the
// format among their arguments; those of a folder are its own.
var making = map[string]map[string]int{
	"wording":                {"Errorf": 0, "New": 0, "Of": 0, "Format": 0},
	"pipeline":               {"Say": 1},
	"feed":                   {"Denied": 0, "Unreachable": 0, "Unfit": 0, "Misused": 0, "At": 1},
	"./takes/feed":           {"Denied": 0, "Unreachable": 0, "Unfit": 0, "Misused": 0, "At": 1},
	"./pipeline":             {"Say": 1, "odd": 1},
	"./localexport":          {"notResumable": 2},
	"./localexport/snapshot": {"say": 1},
	// counted rows, and findings
	"./localexport/confluence": {"say": 1, "add": 1, "find": 0},
}

// members are those of structs that hold such a sentence, by folder: why a file cannot be
// read, and the names and meanings of the rules of an export.
var members = map[string][]string{
	"./csvfile": {"Reason"}, "./csvfile/filtertext": {"Reason"},
	"./localexport/confluence": {"Label", "Meaning"},
}

// foreign is the catalogue, read once.
func foreign(t *testing.T) []string {
	t.Helper()
	if read == nil {
		read = catalogue(t)
	}
	return read
}

var read []string

// catalogue is what other packages say.
func catalogue(t *testing.T) (formats []string) {
	t.Helper()
	c := collector{said: map[string]bool{}}
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
	for f := range c.said {
		if strings.ContainsFunc(figure.ReplaceAllString(f, ""), unicode.IsLetter) || f == "%s." {
			formats = append(formats, f)
		}
	}
	slices.Sort(formats)
	return formats
}

// collector reads the formats of packages.
type collector struct {
	said   map[string]bool
	at     string            // the folder
	consts map[string]string // of the folder
}

func (c *collector) folder(dir string) error {
	c.at, c.consts = "./"+strings.TrimPrefix(filepath.ToSlash(dir), "../../"), map[string]string{}
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
	for _, f := range files {
		ast.Inspect(f, c.call)
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
			if text, ok := c.text(kv.Value); ok {
				c.said[text] = true
			}
		}
	}
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return true
	}
	var in map[string]int
	switch f := call.Fun.(type) {
	case *ast.Ident:
		in = making[c.at]
	case *ast.SelectorExpr:
		if x, ok := f.X.(*ast.Ident); ok {
			in = making[x.Name]
		}
		if in == nil {
			in = making[c.at]
		}
	}
	if i, makes := in[calledName(call)]; makes && i < len(call.Args) {
		if text, ok := c.text(call.Args[i]); ok {
			c.said[text] = true
		}
	}
	return true
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
