package redact

import (
	"bytes"
	"errors"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"sluice/columns"
	"sluice/spelling"
	"sluice/wording"
)

// what are what a column can hold, by their names in rules.
var what = map[string]columns.Holds{
	"user-ids": columns.HoldsUserID, "user-names": columns.HoldsUserName, "full-names": columns.HoldsFullName, "e-mails": columns.HoldsEmail,
	"space-keys": columns.HoldsSpaceKey, "space-names": columns.HoldsSpaceName, "titles": columns.HoldsTitle, "bodies": columns.HoldsBody,
	"descriptions": columns.HoldsDescription, "labels": columns.HoldsLabel, "addresses": columns.HoldsAddress,
}

var verbs = []Verb{Keep, Drop, Mask, Pseudonymise, Cut}

// Parse reads rules in YAML. The error names the file and the line.
//
//	profile: no-people        # what the rest builds on
//	holds: {bodies: cut 500, addresses: drop}
//	columns: {users.user_email: pseudonymise, labels: mask}
//	unknown: drop             # columns that are not documented: keep or drop
//	spaces: {exclude: [HR, "FIN*"], personal: drop}
//	restricted: drop          # pages that not everybody may see: keep or drop
func Parse(file string, text []byte) (Rules, error) {
	var doc yaml.Node
	dec := yaml.NewDecoder(bytes.NewReader(text))
	if err := dec.Decode(&doc); err != nil {
		if errors.Is(err, io.EOF) {
			err = wording.New("it has no rules")
		}
		return Rules{}, wording.Errorf("rules in %s: %w", file, err)
	}
	if err := dec.Decode(&yaml.Node{}); !errors.Is(err, io.EOF) {
		return Rules{}, wording.Errorf("rules in %s: more follows the rules: one document is all that is read", file)
	}
	var p parser
	if p.rules(doc.Content[0]); p.err != nil {
		return Rules{}, wording.Errorf("rules in %s, %w", file, p.err)
	}
	return p.r, nil
}

// parser reads rules; the first error stays.
type parser struct {
	r   Rules
	err error
}

func (p *parser) fail(n *yaml.Node, format string, args ...any) {
	if p.err == nil {
		p.err = wording.Errorf("line %d: %s", n.Line, wording.Of(format, args...))
	}
}

// each calls take for the members of a mapping.
func (p *parser) each(n *yaml.Node, what string, take func(key string, k, v *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		p.fail(n, "%s must be names with values, such as \"name: value\"", what)
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i].Value
		if seen[key] {
			p.fail(n.Content[i], "%s stands twice", key)
		}
		seen[key] = true
		take(key, n.Content[i], n.Content[i+1])
	}
}

func (p *parser) unknown(n *yaml.Node, what string, names []string) {
	p.fail(n, "there is no %s %q%s There are %s", what, n.Value, spelling.Question(n.Value, names), strings.Join(names, ", "))
}

func (p *parser) rules(n *yaml.Node) {
	// The profile first: all else changes it, wherever it stands.
	p.each(n, "the rules", func(key string, _, v *yaml.Node) {
		if key == "profile" {
			r, err := Profile(v.Value)
			if err != nil {
				p.fail(v, "%v", err)
			}
			p.r = r
		}
	})
	p.each(n, "the rules", func(key string, k, v *yaml.Node) {
		switch key {
		case "profile":
		case "holds":
			p.holds(v)
		case "columns":
			p.columns(v)
		case "spaces":
			p.spaces(v)
		case "unknown":
			p.r.Unknown = p.oneOf(v, Keep, Drop)
		case "restricted":
			p.r.Restricted = p.oneOf(v, Keep, Drop)
		default:
			p.unknown(k, "rule", []string{"profile", "holds", "columns", "spaces", "restricted", "unknown"})
		}
	})
}

func (p *parser) oneOf(n *yaml.Node, verbs ...Verb) Verb {
	v := Verb(n.Value)
	if n.Kind != yaml.ScalarNode || !slices.Contains(verbs, v) {
		p.unknown(n, "action", words(verbs))
	}
	return v
}

func words(verbs []Verb) []string {
	all := make([]string, len(verbs))
	for i, v := range verbs {
		all[i] = string(v)
	}
	return all
}

func (p *parser) holds(n *yaml.Node) {
	names := make([]string, 0, len(what))
	for name := range what {
		names = append(names, name)
	}
	slices.Sort(names)
	if p.r.Holds == nil {
		p.r.Holds = map[columns.Holds]Action{}
	}
	p.each(n, "holds", func(key string, k, v *yaml.Node) {
		h, ok := what[key]
		if !ok {
			p.unknown(k, "kind of content", names)
			return
		}
		a := p.action(v)
		p.fits(v, h, a)
		p.r.Holds[h] = a
	})
}

func (p *parser) columns(n *yaml.Node) {
	p.r.Columns = map[string]Action{}
	p.each(n, "columns", func(key string, k, v *yaml.Node) {
		file, column, qualified := strings.Cut(key, ".")
		if f, ok := columns.Find(columns.Confluence, file); qualified && ok && f.Index(column) < 0 {
			p.unknown(k, "column", f.Names())
		}
		a := p.action(v)
		p.fits(v, holdsOf(key), a)
		p.r.Columns[key] = a
	})
}

// holdsOf is what a column holds, by its name or file.column; nothing if it is not known.
func holdsOf(key string) columns.Holds {
	file, column, qualified := strings.Cut(key, ".")
	if !qualified {
		column = key
	}
	for _, f := range columns.Confluence {
		if c := f.Column(column); c.Name != "" && (!qualified || f.Name == file) {
			return c.Holds
		}
	}
	return others[column]
}

// fits refuses an action that would do nothing, or other than it says.
func (p *parser) fits(n *yaml.Node, h columns.Holds, a Action) {
	if a.Verb == Pseudonymise && (h == columns.HoldsBody || h == columns.HoldsAddress) {
		p.fail(n, "what holds %s cannot be pseudonymised: drop, mask or cut it", h)
	}
}

// action is a verb, and the number of characters behind "cut".
func (p *parser) action(n *yaml.Node) Action {
	word, rest, _ := strings.Cut(n.Value, " ")
	a := Action{Verb: Verb(word)}
	if n.Kind != yaml.ScalarNode || !slices.Contains(verbs, a.Verb) {
		p.unknown(n, "action", words(verbs))
		return a
	}
	if a.Verb != Cut {
		if rest != "" {
			p.fail(n, "%q follows %q, which takes nothing", rest, word)
		}
		return a
	}
	var err error
	if a.Length, err = strconv.Atoi(rest); err != nil || a.Length < 0 {
		p.fail(n, "%q does not say to how many characters: for example \"cut 500\"", n.Value)
	}
	return a
}

func (p *parser) spaces(n *yaml.Node) {
	p.each(n, "spaces", func(key string, k, v *yaml.Node) {
		switch key {
		case "exclude":
			p.exclude(v)
		case "personal":
			p.r.Personal = p.oneOf(v, Keep, Drop, Pseudonymise)
		default:
			p.unknown(k, "rule of spaces", []string{"exclude", "personal"})
		}
	})
}

func (p *parser) exclude(n *yaml.Node) {
	if n.Kind != yaml.SequenceNode {
		p.fail(n, "exclude must be a list of keys or patterns, such as [HR, \"FIN*\"]")
		return
	}
	for _, item := range n.Content {
		if _, err := path.Match(item.Value, ""); err != nil || item.Value == "" || item.Kind != yaml.ScalarNode {
			p.fail(item, "%q is no key and no pattern of keys (* stands for any characters, ? for one)", item.Value)
		}
		p.r.Exclude = append(p.r.Exclude, item.Value)
	}
}
