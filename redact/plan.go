package redact

import (
	"slices"
	"strings"

	"sluice/columns"
	"sluice/wording"
)

// Plan is what is done with the rows of one file. It belongs to one goroutine.
type Plan struct {
	// Break is what stands for a line break inside of cells, "" if that is a line break.
	Break string

	rules    Rules
	key      *maker
	columns  []planned
	address  addressing
	mentions Mentions
	spaces   *Spaces

	instance, spaceKey, link, page int // columns, -1 for none
	out                            [][]byte
	buf                            []byte

	// Excluded are the rows that were left out with their space, and Unplaced those that
	// were because nothing tells what space they are of.
	Excluded, Unplaced int64
}

// planned is a column with what is done with it.
type planned struct {
	known
	Action
	person int // the column with the id of whom it tells, -1 if there is none
}

// Spaces are what is known of the spaces of pages, for files whose rows do not name
// theirs. Pages have to be read before.
type Spaces struct {
	excluded map[string]bool
	Met      Met // the rules that were of use
}

// Plan is the plan for a file by its name, such as "pages", and its header. The key may
// be nil if the rules need none.
func (r Rules) Plan(file string, header []string, key *Key, spaces *Spaces) (*Plan, error) {
	if r.NeedsKey() && key == nil {
		return nil, wording.New("the rules make pseudonyms, for which there is no key")
	}
	titles, keys, maker := r.strictest(columns.HoldsTitle), r.strictest(columns.HoldsSpaceKey), key.maker()
	p := &Plan{rules: r, key: maker, spaces: spaces, instance: -1, spaceKey: -1, link: -1, page: -1,
		mentions: Mentions{mentioning: mentioning{key: maker, people: r.strictest(columns.HoldsUserID), spaces: keys, rules: r}},
		address:  addressing{key: maker, titles: titles == Keep, keys: keys == Pseudonymise, personal: r.Personal == Pseudonymise}}
	for i, c := range identify(file, header) {
		x := planned{known: c, Action: r.action(file, c), person: -1}
		if stem, _, found := strings.Cut(c.name, "_"); found {
			x.person = slices.Index(header, stem+"_id")
		}
		p.columns = append(p.columns, x)
		switch {
		case c.holds == columns.HoldsInstance:
			p.instance = i
		case c.holds == columns.HoldsSpaceKey:
			p.spaceKey = i
		case c.holds == columns.HoldsAddress && p.link < 0:
			p.link = i
		case c.name == "page_id":
			p.page = i
		}
	}
	for i := range p.columns {
		c := &p.columns[i]
		if c.holds == columns.HoldsAddress && keys != Keep && keys != Pseudonymise && c.Verb == Keep {
			c.Verb = Mask // it has the key in it
		}
	}
	return p, nil
}

// strictest is what is done with what holds something where it does not have a column
// of its own: in addresses and bodies. A column that is changed is not told there.
func (r Rules) strictest(h columns.Holds) Verb {
	if v := r.holding(h); v != Keep {
		return v
	}
	for _, f := range columns.Confluence {
		for _, c := range f.Columns {
			if a := r.action(f.Name, known{c.Name, c.Holds, true}); c.Holds == h && a.Verb != Keep {
				return a.Verb
			}
		}
	}
	return Keep
}

// Whole reports whether the file can be redacted by rows. Rules that leave spaces out
// cannot be applied to a file whose rows are of spaces, and do not tell of which.
func (p *Plan) Whole(file string) error {
	if p.rules.LimitsSpaces() && !p.ofPeople() && p.spaceKey < 0 && (p.link < 0 || p.page < 0) {
		return wording.Errorf("no column tells what space the rows of %s are of", file)
	}
	return nil
}

// ofPeople reports whether the rows are people, who are of no space.
func (p *Plan) ofPeople() bool {
	return slices.ContainsFunc(p.columns, func(c planned) bool {
		return c.holds == columns.HoldsUserName || c.holds == columns.HoldsFullName || c.holds == columns.HoldsEmail
	})
}

// Header is the header of the file that is written.
func (p *Plan) Header() []string {
	var names []string
	for _, c := range p.columns {
		if c.Verb != Drop {
			names = append(names, c.name)
		}
	}
	return names
}

// Row redacts a row, by its cells in the order of the header. kept is false if it is left
// out. What is returned is valid until the next call.
func (p *Plan) Row(cells [][]byte) (out [][]byte, kept bool) {
	if !p.Keeps(cells) {
		return nil, false
	}
	p.out, p.buf = p.out[:0], p.buf[:0]
	for i := range p.columns {
		if p.columns[i].Verb != Drop {
			p.out = append(p.out, p.cell(i, at(cells, i), cells))
		}
	}
	return p.out, true
}

func at(cells [][]byte, i int) []byte {
	if i < 0 || i >= len(cells) {
		return nil
	}
	return cells[i]
}

// Keeps finds out what space a row is of, by the cells that Places tells, reports whether it
// stays, and counts it if it does not.
func (p *Plan) Keeps(cells [][]byte) bool {
	if !p.rules.LimitsSpaces() {
		return true
	}
	key, found := string(at(cells, p.spaceKey)), p.spaceKey >= 0 && len(at(cells, p.spaceKey)) > 0
	if p.spaceKey < 0 && p.link >= 0 {
		key, found = keyOf(string(at(cells, p.instance)), string(at(cells, p.link)))
	}
	switch {
	case found:
		out := p.rules.Excludes(key)
		if p.spaces != nil {
			p.spaces.Met.Look(p.rules, key)
		}
		if p.page >= 0 && p.spaceKey >= 0 {
			p.remember(cells, out)
		}
		if out {
			p.Excluded++
		}
		return !out
	case p.page >= 0 && p.spaces != nil:
		if out, known := p.spaces.excluded[string(at(cells, p.page))]; known {
			if out {
				p.Excluded++
			}
			return !out
		}
	case p.spaceKey < 0: // the users
		return true
	}
	p.Unplaced++
	return false
}

// remember keeps what becomes of a page whose address, and so those of its comments, do
// not tell its space.
func (p *Plan) remember(cells [][]byte, out bool) {
	if p.spaces == nil {
		return
	}
	if _, told := keyOf(string(at(cells, p.instance)), string(at(cells, p.link))); told {
		return
	}
	if p.spaces.excluded == nil {
		p.spaces.excluded = map[string]bool{}
	}
	p.spaces.excluded[string(at(cells, p.page))] = out
}

// Done are the columns by what was done with them, for the manifest.
func (p *Plan) Done() (f FileRecord) {
	for _, c := range p.columns {
		switch {
		case c.Verb == Drop:
			f.Dropped = append(f.Dropped, c.name)
		case c.Verb == Mask:
			f.Masked = append(f.Masked, c.name)
		case c.Verb == Pseudonymise:
			f.Pseudonymised = append(f.Pseudonymised, c.name)
		case c.Verb == Cut:
			f.Cut = append(f.Cut, c.name)
		case p.partly(c):
			f.InPart = append(f.InPart, c.name)
		}
	}
	f.Excluded, f.Unplaced = p.Excluded, p.Unplaced
	return f
}

// partly reports whether a column that is kept may have changed cells all the same.
func (p *Plan) partly(c planned) bool {
	switch c.holds {
	case columns.HoldsAddress:
		return p.address.changes() || p.rules.LimitsSpaces()
	case columns.HoldsBody:
		return p.mentions.looks()
	case columns.HoldsSpaceKey, columns.HoldsSpaceName:
		return p.rules.Personal == Pseudonymise
	}
	return p.rules.Strict && values[c.name] != nil
}
