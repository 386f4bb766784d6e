package cli

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/alecthomas/kong"

	"sluice/takes"
)

// pathMapper reads the flags and arguments that name files and folders, in
// place of the parser's own: a "path" that is the address of something else is
// refused before it becomes part of a path in the current folder, and none
// stands for the current folder by being empty. A ~ is the person's own folder.
type pathMapper struct{}

// noPath is the default of a path that this computer does not tell. It shows in
// the help, and the path is then empty.
const noPath = "none"

var (
	anyURL = regexp.MustCompile(`^(?i)([a-z][a-z0-9+.-]+)://`)

	errEmptyPath   = errors.New("the name is empty: name a file or folder, or leave it out")
	errDatabaseURL = errors.New("this is the address of a database, and the path of a file is expected: make a snapshot of a PostgreSQL, MySQL or MariaDB database with \"sluice snapshot\", copy another one to a SQLite file, and give the path of that")
	errURL         = errors.New("this is a URL, and the path of a file or folder on this computer is expected")
)

// Decode sets the target to an absolute path. No error repeats the value: a URL
// may hold a password.
func (pathMapper) Decode(ctx *kong.DecodeContext, target reflect.Value) error {
	path, err := popText(ctx, "path")
	if err != nil {
		return err
	}
	switch {
	case path == noPath && ctx.Value.Default == noPath:
		path = ""
	case path == "":
		return errEmptyPath
	case takes.MeantAsAddress(path):
		return errDatabaseURL
	case anyURL.MatchString(path):
		return errURL
	default:
		path = kong.ExpandPath(path)
	}
	target.SetString(path)
	return nil
}

// popText is the next value, byte for byte: names of files need not be UTF-8, and the
// parser's own way leads through JSON, which changes those that are not.
func popText(ctx *kong.DecodeContext, what string) (string, error) {
	token, err := ctx.Scan.PopValue(what)
	if err != nil {
		return "", err
	}
	text, ok := token.Value.(string)
	if !ok {
		return "", fmt.Errorf("expected %s", what)
	}
	return text, nil
}

// rawMapper reads what may be the name of a file, or something else.
type rawMapper struct{}

func (rawMapper) Decode(ctx *kong.DecodeContext, target reflect.Value) error {
	text, err := popText(ctx, "name")
	if err == nil {
		target.SetString(text)
	}
	return err
}

// rawList are several names, or other texts, with a NUL between them, which no argument has:
// behind a list, the parser takes no further argument.
type rawList string

// rawListType is the type that the tags of such an argument tell.
const rawListType = "raws"

func (l rawList) all() []string { return strings.Split(string(l), "\x00") }

// rawListMapper reads a rawList: all that comes before a flag.
type rawListMapper struct{}

func (rawListMapper) Decode(ctx *kong.DecodeContext, target reflect.Value) error {
	var all []string
	for len(all) == 0 || ctx.Scan.Peek().IsValue() {
		text, err := popText(ctx, "name")
		if err != nil {
			return err
		}
		all = append(all, text)
	}
	target.SetString(strings.Join(all, "\x00"))
	return nil
}

// textMapper reads every other text.
type textMapper struct{}

func (textMapper) Decode(ctx *kong.DecodeContext, target reflect.Value) error {
	text, err := popText(ctx, "text")
	if err != nil {
		return err
	}
	if !utf8.ValidString(text) {
		return errors.New("it is not UTF-8 text")
	}
	target.SetString(text)
	return nil
}

// dropEmptyVariables lets a variable of the environment that is set to nothing
// count as not set, as everywhere else in the system.
func dropEmptyVariables(k *kong.Kong) error {
	return kong.Visit(k.Model, func(node kong.Visitable, next kong.Next) error {
		if flag, ok := node.(*kong.Flag); ok {
			flag.Tag.Envs = slices.DeleteFunc(flag.Tag.Envs, func(name string) bool { return os.Getenv(name) == "" })
		}
		return next(nil)
	})
}
