package cli

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/alecthomas/kong"

	"sluice/rules"
)

// ruleGroup is where help shows the flags of the rules.
var ruleGroup = &kong.Group{Key: "rules", Title: "Rules, for what the vendor's documentation leaves open:"}

// ruleFlags hold what the flags of the rules were set to.
type ruleFlags struct {
	switches map[string]*bool
	texts    map[string]*string
}

// ruled is a command with the flags of the rules.
type ruled interface{ ruleFlags() *ruleFlags }

func (f *localFlags) ruleFlags() *ruleFlags { return &f.rules }

// withRules gives every command that exports a flag for each rule of a table.
func withRules(table rules.Table) func(*kong.Kong) error {
	return func(k *kong.Kong) error {
		for _, command := range k.Model.Children {
			if to, ok := command.Target.Addr().Interface().(ruled); ok {
				command.Flags = append(command.Flags, to.ruleFlags().add(table)...)
			}
		}
		return nil
	}
}

// add makes the flags.
func (f *ruleFlags) add(table rules.Table) (flags []*kong.Flag) {
	f.switches, f.texts = map[string]*bool{}, map[string]*string{}
	for _, r := range table {
		value := &kong.Value{Name: r.Name, Help: helpOfRule(r), OrigHelp: helpOfRule(r), Tag: &kong.Tag{}}
		if r.Kind == rules.Switch {
			f.switches[r.Name] = new(bool)
			value.Target = reflect.ValueOf(f.switches[r.Name]).Elem()
			value.Mapper = kong.NewRegistry().RegisterDefaults().ForValue(value.Target)
		} else {
			f.texts[r.Name] = new(string)
			value.Target = reflect.ValueOf(f.texts[r.Name]).Elem()
			value.Mapper = ruleMapper{r}
			value.HasDefault, value.Default = r.Usual() != "", r.Usual()
			value.Enum = strings.Join(r.ValueNames(), ",")
		}
		value.DefaultValue = reflect.New(value.Target.Type()).Elem()
		value.Flag = &kong.Flag{Value: value, Group: ruleGroup, Aliases: r.Aliases, PlaceHolder: placeholderOf(r)}
		flags = append(flags, value.Flag)
	}
	return flags
}

// placeholderOf is what help shows in the place of a value.
func placeholderOf(r rules.Rule) string {
	if r.Kind == rules.Choice {
		return strings.Join(r.ValueNames(), "|")
	}
	return "TEXT"
}

// helpOfRule is one sentence, with the default of what is not just off. A dollar sign
// begins the name of a variable in help.
func helpOfRule(r rules.Rule) string {
	help := r.Meaning
	if r.Kind != rules.Switch && r.Usual() != "" {
		help = fmt.Sprintf("%s (%s).", strings.TrimSuffix(help, "."), r.Usual())
	}
	return strings.ReplaceAll(help, "$", "$$")
}

// set sets a rule to a value of rules.Chosen.
func (f *ruleFlags) set(name, value string) {
	if on, is := f.switches[name]; is {
		*on = value == rules.On
	} else if text, is := f.texts[name]; is {
		*text = value
	}
}

// chosen are the rules that are not at their default.
func (f *ruleFlags) chosen(table rules.Table) (rules.Chosen, error) {
	given := rules.Chosen{}
	for name, on := range f.switches {
		given[name] = strconv.FormatBool(*on)
	}
	for name, text := range f.texts {
		given[name] = *text
	}
	return table.Normal(given)
}

// ruleMapper reads the value of a rule that is no switch.
type ruleMapper struct{ rule rules.Rule }

func (m ruleMapper) Decode(ctx *kong.DecodeContext, target reflect.Value) error {
	if err := (textMapper{}).Decode(ctx, target); err != nil {
		return err
	}
	if m.rule.Kind == rules.Choice && !slices.Contains(m.rule.ValueNames(), target.String()) {
		return fmt.Errorf("%q is none of %s", target.String(), strings.Join(m.rule.ValueNames(), ", "))
	}
	return nil
}
