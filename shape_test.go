package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The limits that the code keeps: what is beyond them is hard to read, or little tested.
const (
	longestFunction = 60   // lines
	longFile        = 250  // lines that nine files of ten do not have, tests left out
	testedOverall   = 0.55 // lines of tests for each line of source
	testedEach      = 0.3  // the same, of every package with logic
)

// harness are packages that are test code themselves: suites, made-up servers and disks
// that only tests use. Their lines are lines of tests.
var harness = []string{
	"e2e",                                                 // drives the real window
	"pipeline/contracttest",                               // the suite that every exporter passes
	"localexport/exporttest",                              // snapshots and exports for tests
	"localexport/record/recordtest",                       // holds cells against their columns
	"localexport/disk/disktest", "localexport/resumetest", // disks that fail, exports that are killed
	"takes/feed/feedtest",    // remembers what readers hand on
	"takes/sshtest",          // servers of SSH
	"deliver/target/s3test",  // storage of the S3 kind
	"client/sites",           // servers as they were seen
	"secret/certtest",        // certificates for a test
	"localexport/demo/dumps", // dumps and backups of a made-up site, for tests and the demo
	"ui/look/looktest", "ui/keymap/keytest", "ui/layouttest",
}

// aside are programs that measure or draw what others test: they count as neither.
var aside = []string{"bench", "ui/gallery", "ui/preview/shots"}

// withoutLogic are packages that decide nothing: there is nothing in them to test.
var withoutLogic = []string{"assets", "ui/tone"}

// shape is what there is of a package.
type shape struct {
	source, tests int   // lines
	files         []int // lines of each file of source
}

func (s shape) ratio() float64 { return float64(s.tests) / float64(max(1, s.source)) }

// TestShape measures the code: lines of functions and of files, and lines of tests for
// lines of source. With -v it prints the table.
func TestShape(t *testing.T) {
	shapes := map[string]*shape{}
	fset := token.NewFileSet()
	eachGoFile(t, func(file string) {
		f, err := parser.ParseFile(fset, file, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		if ast.IsGenerated(f) {
			return
		}
		folder := path.Dir(file)
		if shapes[folder] == nil {
			shapes[folder] = &shape{}
		}
		s, lines := shapes[folder], fset.File(f.Package).LineCount()
		if strings.HasSuffix(file, "_test.go") {
			s.tests += lines
			return
		}
		s.source += lines
		s.files = append(s.files, lines)
		checkFunctions(t, fset, f)
	})
	checkFiles(t, shapes)
	checkRatios(t, shapes)
}

// checkFunctions fails for functions that do not fit a screen.
func checkFunctions(t *testing.T, fset *token.FileSet, f *ast.File) {
	t.Helper()
	for _, d := range f.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok || fn.Body == nil {
			continue
		}
		from, to := fset.Position(fn.Pos()), fset.Position(fn.End())
		if n := to.Line - from.Line + 1; n > longestFunction {
			t.Errorf("%s: %s has %d lines, more than %d", from, fn.Name.Name, n, longestFunction)
		}
	}
}

// checkFiles fails if more than a tenth of the files is long.
func checkFiles(t *testing.T, shapes map[string]*shape) {
	t.Helper()
	var all []int
	for _, s := range shapes {
		all = append(all, s.files...)
	}
	slices.Sort(all)
	p90 := all[len(all)*9/10]
	t.Logf("%d files of source, lines: median %d, p90 %d, max %d", len(all), all[len(all)/2], p90, all[len(all)-1])
	if p90 > longFile {
		t.Errorf("a tenth of the files has more than %d lines: the limit is %d", p90, longFile)
	}
}

// checkRatios fails for packages that are tested little, and for the whole.
func checkRatios(t *testing.T, shapes map[string]*shape) {
	t.Helper()
	whole := shape{}
	var table []string
	for folder, s := range shapes {
		switch {
		case isIn(aside, folder):
			continue
		case isIn(harness, folder):
			whole.tests += s.source + s.tests
			continue
		}
		whole.source += s.source
		whole.tests += s.tests
		table = append(table, fmt.Sprintf("%-36s %6d %6d %6.2f", folder, s.source, s.tests, s.ratio()))
		if s.ratio() < testedEach && s.source > 0 && !isIn(withoutLogic, folder) {
			t.Errorf("%s has %d lines of tests for %d of source, %.2f: the least is %.2f", folder, s.tests, s.source, s.ratio(), testedEach)
		}
	}
	slices.Sort(table)
	t.Logf("lines of source, of tests, their ratio:\n%s\n%-36s %6d %6d %6.2f", strings.Join(table, "\n"), "all", whole.source, whole.tests, whole.ratio())
	if whole.ratio() < testedOverall {
		t.Errorf("there are %d lines of tests for %d of source, %.2f: the least is %.2f", whole.tests, whole.source, whole.ratio(), testedOverall)
	}
}

// isIn reports whether a folder is one of a list, or lies below one.
func isIn(list []string, folder string) bool {
	return slices.ContainsFunc(list, func(l string) bool { return folder == l || strings.HasPrefix(folder, l+"/") })
}

// eachGoFile visits every Go file of the module, by its path with forward slashes.
func eachGoFile(t *testing.T, visit func(file string)) {
	t.Helper()
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata"):
			return filepath.SkipDir
		case !d.IsDir() && strings.HasSuffix(name, ".go"):
			visit(filepath.ToSlash(name))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
