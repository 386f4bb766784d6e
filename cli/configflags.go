package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"sluice/redact"
	"sluice/spelling"
)

// configured gives the flags that neither the command line nor the environment
// sets the values of the config file. The file is read when a command is about
// to run, so that a broken one stands in the way of no help.
type configured struct {
	load   func() (config, error)
	config config
	loaded bool
	used   []string // names of the flags that were set, without dashes
}

var _ kong.Resolver = (*configured)(nil)

// Validate has nothing to do: Resolve checks every key.
func (c *configured) Validate(*kong.Application) error { return nil }

// Resolve returns the value for a flag, or nil. Errors are a *configError.
func (c *configured) Resolve(ctx *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	if command, _, _ := strings.Cut(ctx.Command(), " "); command == helpName || command == versionName {
		return nil, nil
	}
	if !c.loaded {
		var err error
		if c.config, err = c.load(); err != nil {
			return nil, err
		}
		if err := c.config.check(ctx.Model); err != nil {
			return nil, &configError{c.config.path, err}
		}
		c.loaded = true
	}
	v, ok := c.config.of(flag)
	if !ok || setByVariable(flag) {
		return nil, nil
	}
	value, err := flagValue(flag, v)
	if err != nil {
		return nil, &configError{c.config.path, err}
	}
	c.used = append(c.used, flag.Name)
	return value, nil
}

// of is what the file says of a flag, under its name or one that it had.
func (c config) of(flag *kong.Flag) (any, bool) {
	for _, name := range append([]string{flag.Name}, flag.Aliases...) {
		if v, ok := c.values[name]; ok {
			return v, true
		}
	}
	return nil, false
}

// setByVariable reports whether the environment sets a flag, or what the flag's
// tag "unless" says that it stands behind.
func setByVariable(flag *kong.Flag) bool {
	names := flag.Tag.Envs
	if other := flag.Tag.Get("unless"); other != "" {
		names = append(slices.Clone(names), other)
	}
	return slices.ContainsFunc(names, func(name string) bool { return os.Getenv(name) != "" })
}

// check holds every key against the flags of all commands.
func (c config) check(app *kong.Application) error {
	flags := flagsByName(app)
	for _, key := range slices.Sorted(maps.Keys(c.values)) {
		if len(flags[key]) == 0 {
			return fmt.Errorf("%q is not the name of a flag%s", key, spelling.Hint(key, slices.Sorted(maps.Keys(flags))))
		}
		var wrong error
		for _, flag := range flags[key] {
			_, err := flagValue(flag, c.values[key])
			if wrong = err; err == nil {
				break // right for another command
			}
		}
		if wrong != nil {
			return wrong
		}
		for _, other := range flags[key][0].Aliases {
			if _, twice := c.values[other]; twice && other != key {
				return fmt.Errorf("%q and %q are names of one flag: leave out the second", flags[key][0].Name, other)
			}
		}
	}
	return nil
}

// flagsByName lists the flags that can stand in the config file, by their names and
// those that they had.
func flagsByName(app *kong.Application) map[string][]*kong.Flag {
	all := map[string][]*kong.Flag{}
	_ = kong.Visit(app, func(node kong.Visitable, next kong.Next) error { // the visitor below never fails
		if flag, ok := node.(*kong.Flag); ok && flag.Name != "help" && flag.Name != "version" {
			for _, name := range append([]string{flag.Name}, flag.Aliases...) {
				all[name] = append(all[name], flag)
			}
		}
		return next(nil)
	})
	return all
}

// flagValue is v as the parser wants it for the flag. The error names the key and
// what is expected; it does not repeat the value.
func flagValue(flag *kong.Flag, v any) (any, error) {
	fail := func(want string) (any, error) {
		return nil, fmt.Errorf("%q must be %s", flag.Name, want)
	}
	target := flag.Target.Type()
	if target.Kind() == reflect.Pointer { // a number that is told from none
		target = target.Elem()
	}
	switch kind := target.Kind(); {
	case flag.IsBool():
		if _, ok := v.(bool); !ok {
			return fail("true or false")
		}
	case target == reflect.TypeFor[time.Duration]():
		if _, ok := v.(string); !ok {
			return fail(`a duration in quotes, such as "30s"`)
		}
	case kind >= reflect.Int && kind <= reflect.Float64:
		n, ok := v.(json.Number)
		if !ok {
			return fail("a number, without quotes")
		}
		v = n.String()
	case kind == reflect.Slice && target.Elem().Kind() == reflect.Int64:
		if v = numbers(v); v == nil {
			return fail("a number, or a list of them: [7, 8]")
		}
	case kind == reflect.Slice:
		if !isTexts(v) {
			return fail(`a text in quotes, or a list of them: ["a", "b"]`)
		}
	default:
		if _, ok := v.(string); !ok {
			return fail("a text in quotes")
		}
	}
	if path, ok := v.(string); ok && flag.Tag.Type == "path" && !filepath.IsAbs(path) && !strings.HasPrefix(path, "~/") && !anyURL.MatchString(path) {
		return fail("a path from the root, or from ~/: where the program is started must not matter")
	}
	if word, ok := v.(string); ok && flag.Name == "redact" && !redact.IsProfile(word) && !filepath.IsAbs(word) {
		return fail("a profile (" + strings.Join(redact.Profiles, ", ") + "), or a path from the root: where the program is started must not matter")
	}
	trial := reflect.New(flag.Target.Type()).Elem()
	err := flag.Mapper.Decode(&kong.DecodeContext{Value: flag.Value, Scan: kong.Scan().PushTyped(v, kong.FlagValueToken)}, trial)
	if err != nil {
		return nil, fmt.Errorf("%q: %w", flag.Name, err)
	}
	return v, nil
}

// numbers is a number or a list of numbers as a list; nil for anything else.
func numbers(v any) any {
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	if len(list) == 0 || slices.ContainsFunc(list, func(v any) bool { _, ok := v.(json.Number); return !ok }) {
		return nil
	}
	return list
}

// isTexts reports whether v is a text or a list of texts.
func isTexts(v any) bool {
	if list, ok := v.([]any); ok {
		return !slices.ContainsFunc(list, func(v any) bool { _, ok := v.(string); return !ok })
	}
	_, ok := v.(string)
	return ok
}

// origin says of wrong use that it stands in the config file, where it does: the
// error names a flag that nobody typed.
func (c *configured) origin(err error) error {
	var usage usageError
	if !errors.As(err, &usage) {
		return err
	}
	for _, name := range c.used {
		if strings.HasPrefix(err.Error(), "--"+name+":") {
			return fmt.Errorf("%w (the config file %s sets it)", err, c.config.path)
		}
	}
	return err
}
