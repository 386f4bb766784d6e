package bundle

import (
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write words.txt anew")

// aside are folders whose texts are no sentences of the program: made-up names stand there.
var aside = []string{"bench", "packaging", "e2e", "ui/gallery", "ui/preview/shots", "localexport/demo", "localexport/exporttest", "client/sites", "takes/sshtest", "takes/feed/feedtest"}

var (
	wordOf   = regexp.MustCompile(`[A-Za-z]{2,20}`)
	aWord    = regexp.MustCompile(`^(?:[a-z]{3,20}|[A-Z]{3,20})$`)
	aKey     = regexp.MustCompile(`json:"([a-zA-Z]+)`)
	nothings = regexp.MustCompile(`example\.|://`)
)

// TestWords holds the vocabulary against the sentences of the program:
// go test ./doctor/bundle -run TestWords -update
//
// Single new words are missing until then, and become stand-ins in an archive; a
// vocabulary of another program would make it useless.
func TestWords(t *testing.T) {
	want := sourceWords(t, filepath.Join("..", ".."))
	if *update {
		if err := os.WriteFile("words.txt", []byte(strings.Join(want, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	missing := slices.DeleteFunc(slices.Clone(want), func(w string) bool { return vocabulary()[w] })
	if len(want) < 2000 || len(missing)*8 > len(want) {
		t.Errorf("%d of %d words of the program are not in words.txt: write it anew with -update. %.300v", len(missing), len(want), missing)
	}
}

// TestOwnWords: what a hook is called for is of the program, and names nothing; nor does an
// article.
func TestOwnWords(t *testing.T) {
	if names := namesIn(map[string]any{"on": []any{"failure", "stuck"}, "as": "parquet"}); len(names) > 0 {
		t.Errorf("%q are names", names)
	}
	if names := namesIn(map[string]any{"files": []any{map[string]any{"name": "Zarah"}}}); len(names) == 0 {
		t.Errorf("%q are names", names)
	}
	if got := NewMask().Text("No panel was found in a session."); got != "No panel was found in a session." {
		t.Error(got)
	}
}

func sourceWords(t *testing.T, root string) []string {
	t.Helper()
	words := map[string]bool{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		below, _ := filepath.Rel(root, path)
		switch {
		case err != nil:
			return err
		case d.IsDir() && below != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || slices.Contains(aside, filepath.ToSlash(below))):
			return filepath.SkipDir
		case filepath.ToSlash(below) == "ui/texts/translations/en.json":
			b, err := os.ReadFile(path)
			var texts any
			if err == nil {
				err = json.Unmarshal(b, &texts)
			}
			addTexts(words, texts)
			return err
		case strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go"):
			return addSource(words, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for w := range words {
		all = append(all, w)
	}
	slices.Sort(all)
	return all
}

// addSource adds the words of the texts in a file of source.
func addSource(words map[string]bool, path string) error {
	f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	ast.Inspect(f, func(n ast.Node) bool {
		if lit, is := n.(*ast.BasicLit); is && lit.Kind == token.STRING {
			if text, err := strconv.Unquote(lit.Value); err == nil {
				addText(words, text)
			}
		}
		return true
	})
	return nil
}

func addTexts(words map[string]bool, v any) {
	switch v := v.(type) {
	case map[string]any:
		for _, member := range v {
			addTexts(words, member)
		}
	case string:
		addText(words, v)
	}
}

func addText(words map[string]bool, text string) {
	if nothings.MatchString(text) {
		return
	}
	for _, key := range aKey.FindAllStringSubmatch(text, -1) { // a tag of a field
		for _, w := range strings.Fields(spaced(key[1])) {
			words[w] = true
		}
	}
	if !strings.Contains(text, " ") && !aWord.MatchString(text) {
		return
	}
	for _, w := range wordOf.FindAllString(text, -1) {
		words[w] = true
	}
}
