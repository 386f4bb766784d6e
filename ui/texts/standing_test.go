package texts

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// standElsewhere are folders of the window whose words nobody reads in it: what they
// show is made up for pictures, they are tests themselves, or what they say goes to the log.
var standElsewhere = []string{"texts", "gallery", "chooser/portal", "preview/shots", "keymap/keytest", "look/looktest", "layouttest", "statusicon"}

// noSentences are literals that look like sentences and are none: names, formats, and
// what programs read.
var noSentences = []string{
	"Sluice ",     // the program and its version, in the details that are copied
	"Confluence",  // a product
	"Confluence ", //
	"POST …",      // a request
	"curl -X POST -H \"Authorization: Bearer $SLUICE_TOKEN\" -H 'X-Atlassian-Token: no-check' ",
	"SQLite format 3\x00",
	"Ág",                                              // the letters by which a line is measured
	"field ", "field secret", " disabled", " (wrong)", // in the trace that tests of the window read
	"Etc/",
}

// saying are the functions that put a text on the screen, by the place of the text among
// their arguments.
var saying = map[string]int{
	"NewText": 0, "NewTitle": 0, "NewCaption": 0, "NewParagraph": 0, "NewButton": 1, "NewLink": 0, "NewQuiet": 0, "NewChip": 0,
	"NewCheck": 0, "NewToggle": 0, "NewField": 0, "newField": 0, "NewPill": 0, "NewMenuItem": 0, "NewMenu": 0,
	"SetText": 0, "SetPlaceHolder": 0, "say": 0, "sayRight": 0, "NewInformation": 0, "NewConfirm": 0,
}

// logging are the methods of loggers; what goes there is not translated, nor is an
// error that wraps another: it tells a colleague where it came from.
var logging = []string{"Debug", "Info", "Warn", "Error", "Log", "problem"}

var (
	figure = regexp.MustCompile(`%(\[\d\])?[-+.0-9]*[a-zA-Z]`)
	zone   = regexp.MustCompile(`^[A-Z][A-Za-z]+/[A-Z][A-Za-z_/]+$`) // of the zone database
)

// TestSentencesStandInTexts holds the window to its word: what people read stands in this
// package. A literal is a sentence if it has words with a space between them or begins with
// a capital letter, and any word is one where a text is put on the screen.
func TestSentencesStandInTexts(t *testing.T) {
	seen := 0
	eachSource(t, func(path string, fset *token.FileSet, f *ast.File) {
		seen++
		for _, l := range sentencesIn(f) {
			text, _ := strconv.Unquote(l.Value)
			if !slices.Contains(noSentences, text) {
				t.Errorf("%s:%d: %q stands outside of ui/texts", path, fset.Position(l.Pos()).Line, text)
			}
		}
	})
	if seen < 100 {
		t.Fatalf("only %d files were seen: the walk is broken", seen)
	}
}

// TestSentencesAreFound holds the rule itself against a few lines.
func TestSentencesAreFound(t *testing.T) {
	for line, want := range map[string]int{
		`look.NewText("No rows yet", 12)`: 1, `look.NewButton(look.Primary, "Save", "save", nil)`: 1, `c.about.Set("reading " + size(n) + "…")`: 1,
		`w.fail(errors.New("type a number"))`: 1, `x := fmt.Sprintf("%d rows", n)`: 0, `x := fmt.Sprintf("%d rows left", n)`: 1, `look.NewCheck("frozen")`: 1,
		`look.NewText("", 12)`: 0, `look.NewIcon("failed", 16)`: 0, `look.NewText(fmt.Sprintf("%d %%", n), 12)`: 0,
		`return fmt.Errorf("read the list of %s: %w", name, err)`: 0, `w.o.Logger.Info("job ended", "id", 3)`: 0,
		`t.Format("Mon 2 Jan 2006")`: 0, `time.LoadLocation("Europe/Berlin")`: 0, `look.NewText("GB", 12)`: 0, `m.Set("light")`: 1,
	} {
		f, err := parser.ParseFile(token.NewFileSet(), "x.go", "package x\nfunc f() {\n"+line+"\n}", 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(sentencesIn(f)); got != want {
			t.Errorf("%s: %d sentences, want %d", line, got, want)
		}
	}
}

// sentencesIn are the literals of a file that people would read.
func sentencesIn(f *ast.File) (found []*ast.BasicLit) {
	var look func(n ast.Node, said bool)
	look = func(n ast.Node, said bool) {
		ast.Inspect(n, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ImportSpec:
				return false
			case *ast.Field:
				return n.Tag == nil
			case *ast.BasicLit:
				if n.Kind == token.STRING && isSentence(n, said) {
					found = append(found, n)
				}
			case *ast.CallExpr:
				if !forColleagues(n) {
					lookAtCall(n, said, look)
				}
				return false
			}
			return true
		})
	}
	look(f, false)
	return found
}

// lookAtCall looks at what a function is called with: a word is said in the place for it
// alone, and in what is put together there.
func lookAtCall(c *ast.CallExpr, said bool, look func(n ast.Node, said bool)) {
	look(c.Fun, false)
	place, says := saying[calledName(c)]
	says = says || calledName(c) == "Set" && len(c.Args) == 1 // of a text; of a sign it is an icon, too
	for i, arg := range c.Args {
		look(arg, says && i == place || said && calledName(c) == "Sprintf")
	}
}

func calledName(c *ast.CallExpr) string {
	switch f := c.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

// forColleagues reports whether what is called with is for the log, or tells where an
// error came from.
func forColleagues(c *ast.CallExpr) bool {
	if slices.Contains(logging, calledName(c)) {
		return true
	}
	if calledName(c) != "Errorf" || len(c.Args) == 0 {
		return false
	}
	l, ok := c.Args[0].(*ast.BasicLit)
	return ok && strings.Contains(l.Value, "%w")
}

// isSentence reports whether a literal is words for people. said is whether it is put on
// the screen as it is.
func isSentence(l *ast.BasicLit, said bool) bool {
	text, err := strconv.Unquote(l.Value)
	if err != nil || strings.Contains(text, "2006") || zone.MatchString(text) {
		return false // a layout of times is a format, and zones have their names
	}
	words := strings.FieldsFunc(figure.ReplaceAllString(text, "§"), func(r rune) bool { return !unicode.IsLetter(r) && r != '_' })
	words = slices.DeleteFunc(words, func(w string) bool { return len([]rune(w)) < 2 || w == strings.ToUpper(w) })
	switch {
	case len(words) == 0:
		return false
	case said:
		return true
	case len(words) > 1 && strings.Contains(strings.TrimSpace(text), " "):
		return true
	}
	first := []rune(text)[0]
	return unicode.IsUpper(first) || first == ' ' || strings.HasSuffix(text, " ")
}

// eachSource parses the files of the window whose sentences must stand here.
func eachSource(t *testing.T, visit func(path string, fset *token.FileSet, f *ast.File)) {
	t.Helper()
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		name := strings.TrimPrefix(filepath.ToSlash(path), "../")
		switch {
		case err != nil:
			return err
		case d.IsDir() && (slices.Contains(standElsewhere, name) || d.Name() == "testdata"):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return fmt.Errorf("parse %s: %w", path, err)
		}
		visit("ui/"+name, fset, f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestErrorsAreSaid: an error is said in the language of the window where it is put into a
// sentence of the window, and is not shown as it reads in English.
func TestErrorsAreSaid(t *testing.T) {
	eachSource(t, func(path string, fset *token.FileSet, f *ast.File) {
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || calledName(call) != "Sprintf" && calledName(call) != "Of" && saying[calledName(call)] == 0 && calledName(call) != "say" && calledName(call) != "SetText" {
				return true
			}
			for _, arg := range call.Args {
				if isError(arg) {
					t.Errorf("%s:%d: an error is shown in English: texts.Error says it", path, fset.Position(arg.Pos()).Line)
				}
			}
			return true
		})
	})
}

// isError reports whether an expression is an error by its name, or its text.
func isError(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name == "err"
	case *ast.SelectorExpr:
		return e.Sel.Name == "Err"
	case *ast.CallExpr:
		return calledName(e) == "Error" && len(e.Args) == 0
	}
	return false
}
