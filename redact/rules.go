package redact

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"path"
	"slices"
	"strings"

	"sluice/columns"
	"sluice/spelling"
	"sluice/wording"
)

// Verb is what is done with the cells of a column.
type Verb string

// The verbs.
const (
	Keep         Verb = "keep"
	Drop         Verb = "drop"         // the column is not in the file
	Mask         Verb = "mask"         // Masked stands in every cell that has a value
	Pseudonymise Verb = "pseudonymise" // a keyed hash
	Cut          Verb = "cut"          // to a number of characters
)

// Masked stands for what was masked.
const Masked = "[redacted]"

// Action is what is done with a column.
type Action struct {
	Verb   Verb
	Length int // of Cut, in characters
}

// Rules say what is redacted. The zero Rules keep everything.
type Rules struct {
	// Profile is the ready-made one that they build on; "" if on none.
	Profile string
	// Columns are actions by column, or by file.column, which goes before.
	Columns map[string]Action
	// Holds are actions by what columns hold, for columns without an action.
	Holds map[columns.Holds]Action
	// Unknown is the action for columns of which nobody knows what they hold.
	Unknown Verb
	// Exclude are keys of spaces (projects), or patterns with * and ?, whose records are
	// left out.
	Exclude []string
	// Personal is what becomes of personal spaces: Keep, Drop (their records are left
	// out), or Pseudonymise (their keys are, and their names masked).
	Personal Verb
	// Restricted is what becomes of pages that not everybody may see, and of what is on
	// them: Keep or Drop. The files of a job do not tell which these are; a snapshot may.
	Restricted Verb
	// Strict lets a documented fact, such as the type of a page, have documented values
	// only.
	Strict bool
}

// Profiles are the names of the ready-made rules.
var Profiles = []string{"no-content", "no-people", "gdpr"}

// noContent drops what people wrote: titles also from addresses.
var noContent = map[columns.Holds]Action{
	columns.HoldsTitle: {Verb: Drop}, columns.HoldsBody: {Verb: Drop}, columns.HoldsDescription: {Verb: Drop},
}

// noPeople drops who they are.
var noPeople = map[columns.Holds]Action{
	columns.HoldsUserName: {Verb: Drop}, columns.HoldsFullName: {Verb: Drop}, columns.HoldsEmail: {Verb: Drop},
	columns.HoldsUserID: {Verb: Pseudonymise},
}

// freeWords are names that anybody may have put anything into.
var freeWords = map[columns.Holds]Action{
	columns.HoldsSpaceName: {Verb: Drop}, columns.HoldsLabel: {Verb: Drop},
}

// Profile returns ready-made rules.
func Profile(name string) (Rules, error) {
	r := Rules{Profile: name, Unknown: Drop, Holds: map[columns.Holds]Action{}}
	switch name {
	case "no-content":
		maps.Copy(r.Holds, noContent)
	case "no-people":
		maps.Copy(r.Holds, noPeople)
		r.Personal = Pseudonymise
	case "gdpr":
		maps.Copy(r.Holds, noContent)
		maps.Copy(r.Holds, noPeople)
		maps.Copy(r.Holds, freeWords)
		r.Personal, r.Strict = Pseudonymise, true
	default:
		return Rules{}, wording.Errorf("there is no profile %q%s The profiles are %s", name, spelling.Question(name, Profiles), strings.Join(Profiles, ", "))
	}
	return r, nil
}

// Sum tells rules apart.
func (r Rules) Sum() string {
	b, err := json.Marshal(r)
	if err != nil {
		panic(err) // there is nothing in rules that JSON does not have
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// Name is what people call the rules: the profile, and that there are others.
func (r Rules) Name() string {
	if plain, err := Profile(r.Profile); err == nil && plain.Sum() == r.Sum() {
		return r.Profile
	} else if err == nil {
		return wording.Of("%s, changed by rules of a file", r.Profile).String()
	}
	return "rules of a file"
}

// action is what is done with a column of a file.
func (r Rules) action(file string, c known) Action {
	for _, name := range []string{file + "." + c.name, c.name} {
		if a, ok := r.Columns[name]; ok {
			return a
		}
	}
	if !c.documented {
		return Action{Verb: verbOr(r.Unknown)}
	}
	a := r.Holds[c.holds]
	a.Verb = verbOr(a.Verb)
	return a
}

func verbOr(v Verb) Verb {
	if v == "" {
		return Keep
	}
	return v
}

// holding is the action for what holds something, wherever it stands.
func (r Rules) holding(h columns.Holds) Verb { return verbOr(r.Holds[h].Verb) }

// NeedsKey reports whether anything becomes a pseudonym.
func (r Rules) NeedsKey() bool {
	is := func(a Action) bool { return a.Verb == Pseudonymise }
	return r.Personal == Pseudonymise || slices.ContainsFunc(slices.Collect(maps.Values(r.Columns)), is) ||
		slices.ContainsFunc(slices.Collect(maps.Values(r.Holds)), is)
}

// LimitsSpaces reports whether records are left out with their spaces.
func (r Rules) LimitsSpaces() bool { return len(r.Exclude) > 0 || r.Personal == Drop }

// Excludes reports whether the records of a space are left out.
func (r Rules) Excludes(key string) bool {
	if r.Personal == Drop && personal(key) {
		return true
	}
	return slices.ContainsFunc(r.Exclude, func(pattern string) bool { return matches(pattern, key) })
}

// matches reports whether a pattern is one of a key. Upper and lower case letters are alike,
// as they are in the product: no two spaces differ in them alone, and addresses, mentions and
// events write a key as somebody typed it.
func matches(pattern, key string) bool {
	if !strings.ContainsAny(pattern, `*?[\`) {
		return strings.EqualFold(pattern, key)
	}
	ok, _ := path.Match(strings.ToLower(pattern), strings.ToLower(key))
	return ok
}

// TellSpace is the key of a space as people may be told it.
func (r Rules) TellSpace(key string, k *Key) string {
	switch keys := r.strictest(columns.HoldsSpaceKey); {
	case keys == Pseudonymise, keys == Keep && personal(key) && r.Personal == Pseudonymise:
		return string(k.maker().appendSpace(nil, []byte(key)))
	case keys != Keep, r.Excludes(key):
		return Masked
	}
	return key
}

// personal reports whether a key is that of a personal space, or project.
func personal(key string) bool { return strings.HasPrefix(key, "~") }
