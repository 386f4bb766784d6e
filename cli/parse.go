package cli

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// earlyExit is how help and version leave the parser.
type earlyExit int

// parse reads args. early is true if there is nothing to run, because help was
// printed; err then says that it could not be. Wrong arguments are a usageError.
func parse(parser *kong.Kong, args []string) (kctx *kong.Context, early bool, err error) {
	defer func() {
		if r := recover(); r != nil {
			code, ok := r.(earlyExit)
			if !ok {
				panic(r)
			}
			if early = true; code != exitDone {
				err = silentError{errors.New("the help could not be printed")}
			}
		}
	}()
	kctx, err = parser.Parse(args)
	if err == nil {
		if err = checkEmpty(kctx); err != nil {
			return nil, false, usageError{wrongArguments{err, helpOf(kctx)}}
		}
		return kctx, false, nil
	}
	if withoutOutput(err) == nil {
		return nil, true, err
	}
	if config := (*configError)(nil); errors.As(err, &config) {
		return nil, false, usageError{config}
	}
	return nil, false, usageError{wrongArguments{err, helpFor(err)}}
}

// checkEmpty refuses texts that were given as nothing, as a script does whose variable
// is not set: the default in their place would be another command than was meant. A flag
// that can mean nothing has the tag "empty".
func checkEmpty(kctx *kong.Context) error {
	for _, path := range kctx.Path {
		flag := path.Flag
		if flag == nil || path.Resolved || flag.Tag.Has("empty") || flag.Target.Kind() != reflect.String || flag.Target.String() != "" {
			continue
		}
		return fmt.Errorf("--%s is empty: give a value, or leave it out", flag.Name)
	}
	return nil
}

// wrongArguments is what the parser says of the command line, with the help to read.
type wrongArguments struct {
	error
	help string // such as "sluice export --help"
}

func (e wrongArguments) Error() string  { return behindSentence(e.error.Error(), e.Advice()) }
func (e wrongArguments) Unwrap() error  { return e.error }
func (e wrongArguments) Advice() string { return "Try: " + e.help }

// helpFor is the help of the command that was being read when err came up.
func helpFor(err error) string {
	if wrong := (*kong.ParseError)(nil); errors.As(err, &wrong) && wrong.Context != nil {
		return helpOf(wrong.Context)
	}
	return "sluice --help"
}

// helpOf is the help of the command that is being read.
func helpOf(kctx *kong.Context) string {
	words := []string{"sluice"}
	for _, path := range kctx.Path {
		// The default command was not typed.
		if path.Command != nil && path.Command.Name != defaultName {
			words = append(words, path.Command.Name)
		}
	}
	return strings.Join(append(words, "--help"), " ")
}

// asksJSON reports whether arguments that could not be read ask for JSON, or else the
// config file, if that can be read.
func (c *configured) asksJSON(args []string) bool {
	if end := slices.Index(args, "--"); end >= 0 {
		args = args[:end]
	}
	switch {
	case slices.Contains(args, "--json"), slices.Contains(args, "--json=true"):
		return true
	case slices.Contains(args, "--json=false"):
		return false
	}
	config, err := c.load()
	return err == nil && config.values["json"] == true
}

// printsJSON reports whether the command line or the config file asks for JSON.
func printsJSON(kctx *kong.Context) bool {
	for _, flag := range kctx.Flags() {
		if flag.Name == "json" {
			return flag.Target.Bool()
		}
	}
	return false
}
