// Package rules declares the choices that a vendor's documentation leaves open, each
// once: its name, default, meaning and documentation. One table of them makes the
// flags of the command line, the keys of the config file, the fields of the window,
// the records of manifests and the page of the documentation.
//
//	table := confluence.Rules()
//	chosen, err := table.Normal(rules.Chosen{"labels": "commas"})
//	m := table.Record(chosen)            // for a manifest: {"Labels": 1}
//	chosen, err = table.FromRecord(m)    // and back
package rules

import (
	"slices"
	"strconv"
	"strings"

	"sluice/wording"
)

// Kind is what sort of value a rule has.
type Kind int

// The kinds of rules.
const (
	Switch Kind = iota // on or off; off is the default
	Choice             // one of Rule.Values; the first is the default
	Text               // any text; Rule.Default is the default, and stands for none
)

// On is the value of a Switch that is on.
const On = "true"

// off is the value of a Switch that is off, where one is given all the same.
const off = "false"

// Rule is one choice.
type Rule struct {
	// Name is that of the flag without its dashes, of the key in the config file and
	// in the list of sources.
	Name string
	// Field is the name in manifests, which stays what it was when it was first
	// written.
	Field string
	// Label names the rule in the window.
	Label string
	Kind  Kind
	// Values are those of a Choice, the default first. Their places are what
	// manifests hold.
	Values []Value
	// Default is that of a Text.
	Default string
	// Meaning says in one sentence what the rule does and, where that is not clear,
	// what the default does.
	Meaning string
	// Documentation is what the vendor's documentation says, and where.
	Documentation string
	// Aliases are other names that the flag had.
	Aliases []string
	// Judging says that the verdict on a snapshot depends on the rule.
	Judging bool
}

// Value is one value of a Choice.
type Value struct {
	Name    string
	Meaning string
}

// Chosen are the rules that are not at their default: values by names of rules.
type Chosen map[string]string

// Table is all rules of a product, in the order in which they are shown.
type Table []Rule

// Find is the rule with a name.
func (t Table) Find(name string) (Rule, bool) {
	i := slices.IndexFunc(t, func(r Rule) bool { return r.Name == name })
	if i < 0 {
		return Rule{}, false
	}
	return t[i], true
}

// Usual is the default of a rule.
func (r Rule) Usual() string {
	switch r.Kind {
	case Choice:
		return r.Values[0].Name
	case Text:
		return r.Default
	}
	return off
}

// ValueNames are the names of the values of a Choice.
func (r Rule) ValueNames() []string {
	names := make([]string, len(r.Values))
	for i, v := range r.Values {
		names[i] = v.Name
	}
	return names
}

// Place is that of a value among those of a Choice, -1 if it is none of them.
func (r Rule) Place(value string) int {
	return slices.IndexFunc(r.Values, func(v Value) bool { return v.Name == value })
}

// Check says what is wrong with a value.
func (r Rule) Check(value string) error {
	switch {
	case r.Kind == Switch && value != On && value != off:
		return wording.Errorf("%s is %q: it is true or false", r.Name, value)
	case r.Kind == Choice && r.Place(value) < 0:
		return wording.Errorf("%s is %q: it is one of %s", r.Name, value, strings.Join(r.ValueNames(), ", "))
	}
	return nil
}

// Normal checks every rule and leaves out those at their default.
func (t Table) Normal(c Chosen) (Chosen, error) {
	var normal Chosen
	for name, value := range c {
		r, known := t.Find(name)
		if !known {
			return nil, wording.Errorf("there is no rule %q", name)
		}
		if err := r.Check(value); err != nil {
			return nil, err
		}
		if value == r.Usual() || r.Kind == Text && value == "" {
			continue
		}
		if normal == nil {
			normal = Chosen{}
		}
		normal[name] = value
	}
	return normal, nil
}

// Judging are the rules that the verdict on a snapshot depends on.
func (t Table) Judging() Table {
	return slices.DeleteFunc(slices.Clone(t), func(r Rule) bool { return !r.Judging })
}

// Flags are the flags of the command line for rules that Normal has returned, in the
// order of the table: each is one word.
func (t Table) Flags(c Chosen) []string {
	var flags []string
	for _, r := range t {
		value, given := c[r.Name]
		switch {
		case given && r.Kind == Switch:
			flags = append(flags, "--"+r.Name)
		case given:
			flags = append(flags, "--"+r.Name+"="+value)
		}
	}
	return flags
}

// Record are rules that Normal has returned as manifests hold them: by their fields,
// a Switch as true, a Choice as the place of its value, a Text as it is.
func (t Table) Record(c Chosen) map[string]any {
	record := map[string]any{}
	for _, r := range t {
		value, given := c[r.Name]
		if !given {
			continue
		}
		switch r.Kind {
		case Switch:
			record[r.Field] = true
		case Choice:
			record[r.Field] = r.Place(value)
		default:
			record[r.Field] = value
		}
	}
	return record
}

// FromRecord reads what Record has written, also once it went through JSON. A field
// that is not known is an error: its rule has shaped the files.
func (t Table) FromRecord(record map[string]any) (Chosen, error) {
	c := Chosen{}
	for field, v := range record {
		i := slices.IndexFunc(t, func(r Rule) bool { return r.Field == field })
		if i < 0 {
			return nil, wording.Errorf("it has the rule %s, which this version does not know", field)
		}
		value, ok := t[i].fromRecord(v)
		if !ok {
			return nil, wording.Errorf("its rule %s has the value %v", field, v)
		}
		c[t[i].Name] = value
	}
	return t.Normal(c)
}

// fromRecord is the value that stands for v in a record.
func (r Rule) fromRecord(v any) (value string, ok bool) {
	switch v := v.(type) {
	case bool:
		return strconv.FormatBool(v), r.Kind == Switch
	case string:
		return v, r.Kind == Text
	case int:
		return r.at(v)
	case float64:
		if v != float64(int(v)) {
			return "", false
		}
		return r.at(int(v))
	}
	return "", false
}

// at is the name of a value of a Choice.
func (r Rule) at(place int) (string, bool) {
	if r.Kind != Choice || place < 0 || place >= len(r.Values) {
		return "", false
	}
	return r.Values[place].Name, true
}
