package demo

import (
	"fmt"
	"strings"
)

// userKind is what became of a user.
type userKind int

const (
	ordinary       userKind = iota
	removed                 // no longer in any directory: a mapping without cwd_user
	anonymised              // removed, and the mapping's name is the user key
	inactive                // cwd_user.active = 'F'
	twoDirectories          // one login in the LDAP and in the internal directory, spelled differently
	noLowerName             // user_mapping.lower_username is null
	renamed                 // has another login than at first; the personal space keeps the old one
	oldDirectory            // one login in a directory that was switched off, and in one that is in use
	unnamed                 // no display name, no e-mail address
)

// kindOfUser spreads the kinds over the users, so that few users have them all.
func kindOfUser(i int64) userKind {
	switch i % 31 {
	case 7:
		return removed
	case 11:
		return anonymised
	case 13, 26:
		return inactive
	case 17, 5:
		return twoDirectories
	case 19:
		return noLowerName
	case 23:
		return renamed
	case 29:
		return oldDirectory
	case 30:
		return unnamed
	}
	return ordinary
}

// people are the site's users. All that is remembered of them is their keys.
type people struct{ keys []string }

const (
	minUsers = 53
	maxUsers = 20_000
	// personalStep spreads the owners of personal spaces over the users; it must not divide their number.
	personalStep = 17
)

func newPeople(r *random, pages int64) *people {
	n := min(max(pages/40, minUsers), maxUsers)
	if n%personalStep == 0 {
		n++
	}
	p := &people{keys: make([]string, n)}
	for i := range p.keys {
		prefix := "ff808081"
		if i%5 == 0 {
			prefix = "4028b881"
		}
		p.keys[i] = fmt.Sprintf("%s%08x%08x%08x", prefix, r.below(1<<32), r.below(1<<32), i)
	}
	return p
}

// author returns a user who writes: few do most of it.
func (p *people) author(r *random) string { return p.keys[r.skewed(int64(len(p.keys)))] }

// reader returns any user.
func (p *people) reader(r *random) string { return pick(r, p.keys) }

// personalOwner returns the user who owns the k-th personal space. The first is one who was renamed.
func (p *people) personalOwner(k int64) int64 {
	return (k*personalStep + 23) % int64(len(p.keys))
}

// nameOf returns indexes into the name lists and a number that makes the name unique.
func nameOf(i int64) (given, family, number int64) {
	g, f := int64(len(givenNames)), int64(len(familyNames))
	given = i % g
	return given, (i/g + 7*given) % f, i / (g * f)
}

// login returns the login of user i.
func login(i int64) string {
	given, family, number := nameOf(i)
	name := asciiGivenNames[given] + "." + asciiFamilyNames[family]
	if number > 0 {
		name += fmt.Sprint(number + 1)
	}
	if kindOfUser(i) == noLowerName {
		name = strings.ToUpper(givenNames[given]) + fmt.Sprintf(".Ärmel%d", i) // lower-casing it takes more than ASCII
	}
	return name
}

// oldLogin returns the login that a renamed user had at first.
func oldLogin(i int64) string {
	given, _, _ := nameOf(i)
	return asciiGivenNames[given] + fmt.Sprintf(".old%d", i)
}

// fullName returns the display name of user i and its parts.
func fullName(i int64) (display, first, last string) {
	given, family, number := nameOf(i)
	first, last = givenNames[given], familyNames[family]
	switch {
	case i%37 == 3:
		display = last + ", " + first
	case i%37 == 9:
		display = first + ` "` + string([]rune(first)[:1]) + `" ` + last
	default:
		display = first + " " + last
	}
	if number > 0 {
		display += " " + strings.Repeat("I", int(min(number, 3)))
	}
	return display, first, last
}
