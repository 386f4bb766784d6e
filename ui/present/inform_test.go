package present

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// flagOfOurs finds what sets something of "sluice snapshot" on the command line, not of
// the tools of databases.
var flagOfOurs = regexp.MustCompile(`--(ssh|password|save|schema\b[^-]|user|dbname|host|port|max-rate|load|statement|lock|replace|refresh|dry-run)|prompt of a terminal`)

// TestErrorsInWordsOfTheForm: no sentence of the readers of databases names a flag once
// the window tells it.
func TestErrorsInWordsOfTheForm(t *testing.T) {
	found := 0
	err := filepath.WalkDir("../../takes", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			literal, ok := n.(*ast.BasicLit)
			if !ok || literal.Kind != token.STRING {
				return true
			}
			text, err := strconv.Unquote(literal.Value)
			if err != nil || !flagOfOurs.MatchString(text+" ") {
				return true
			}
			found++
			if told := TakeError(errors.New(text)); flagOfOurs.MatchString(told + " ") {
				t.Errorf("%s: %s", path, told)
			}
			return true
		})
		return nil
	})
	if err != nil || found < 5 {
		t.Errorf("%d sentences, %v", found, err)
	}
}

// TestDeliverErrors names fields, not flags.
func TestDeliverErrors(t *testing.T) {
	for _, text := range []string{"the key of SSH in k is encrypted: name a file with its passphrase with --ssh-passphrase-file, or add it to the agent with ssh-add",
		"the SSH server h takes none of the keys for u: tried were k; name another with --ssh-key"} {
		if told := DeliverError(errors.New(text)); flagOfOurs.MatchString(told+" ") || !strings.HasSuffix(told, ".") || DeliverError(nil) != "" {
			t.Error(told)
		}
	}
}

// TestAllStatementsAreShown: rights that are missing are not cut.
func TestAllStatementsAreShown(t *testing.T) {
	text := "the user may not read" + strings.Repeat("\n  GRANT SELECT ON TABLE \"public\".\"content\" TO \"reader\";", 100)
	s := Taking{Ended: now, Err: errors.New(text)}
	if !strings.Contains(TakingOf(s).Notices[0].Text, text[1:]) {
		t.Error("the statements are cut")
	}
	if shown := TakingOf(s).Notices[0].Text; !strings.HasSuffix(shown, "\"reader\";") {
		t.Errorf("what ends in a statement goes on: …%s", shown[len(shown)-20:])
	}
}
