// Package palette finds what somebody means who types a few letters: actions, sources, jobs,
// files and settings are one list, and what was used last comes first. It knows no window.
package palette

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/sahilm/fuzzy"
)

// Item is something that can be chosen.
type Item struct {
	ID     string // under which it is remembered
	Icon   string
	Name   string
	Detail string // behind the name: a state, a folder
	Words  string // by which it is found besides
	Keys   string // the shortcut, as people read it; "": none
	Off    bool   // it cannot be done now
	Do     func()
}

// Most is how many items a search gives.
const Most = 200

// Weights of what a word is found in.
const (
	inName   = 1000 // a word of the name begins with it, or it is a part of it
	inBegin  = 500  // the name begins with it
	inOthers = 300  // in the detail, or in the words
	whole    = 900  // a number in the detail, or in the words, that stands there alone
	usedLast = 400  // bonus of the one that was used last; less for those before
	unable   = 5000 // what cannot be done now comes after what can
)

// Find gives the items that fit a query, the best first. Each word of it is to be found in the
// name, the detail or the words of an item: wholly, or its letters in their order. used are
// the ids that were used, the last first. An empty query gives all, those that were used
// first, and the others in their order.
func Find(items []Item, query string, used []string) []Item {
	type found struct {
		item  Item
		score int
	}
	var list []found
	words := strings.Fields(strings.ToLower(query))
	for _, item := range items {
		score, fits := scoreOf(item, words)
		if !fits {
			continue
		}
		if at := slices.Index(used, item.ID); at >= 0 {
			score += usedLast * (len(used) - at) / len(used)
		}
		if item.Off {
			score -= unable
		}
		list = append(list, found{item, score})
	}
	slices.SortStableFunc(list, func(a, b found) int { return cmp.Compare(b.score, a.score) })
	list = list[:min(len(list), Most)]
	shown := make([]Item, len(list))
	for i, f := range list {
		shown[i] = f.item
	}
	return shown
}

// scoreOf tells whether an item has all words, and how well.
func scoreOf(item Item, words []string) (score int, fits bool) {
	name, others := strings.ToLower(item.Name), strings.ToLower(item.Detail+" "+item.Words)
	for _, word := range words {
		switch {
		case isNumber(word):
			worth := worthOf(word, name, others)
			if worth == 0 {
				return 0, false
			}
			score += worth
		case strings.HasPrefix(name, word):
			score += inName + inBegin
		case strings.Contains(name, " "+word):
			score += inName + inBegin/2
		case strings.Contains(name, word):
			score += inName
		case strings.Contains(others, word):
			score += inOthers
		default:
			m := fuzzy.Find(word, []string{name})
			if len(m) == 0 || scattered(m[0].MatchedIndexes, name) {
				return 0, false
			}
			score += min(m[0].Score, inOthers-1)
		}
	}
	return score, true
}

// worthOf is what a number is worth for an item, 0 where it is nowhere in it: job 7 is meant
// by it, and not job 97, nor what was done at 07:00.
func worthOf(number, name, others string) int {
	switch {
	case standsAlone(number, name):
		return inName + inBegin/2
	case standsAlone(number, others):
		return whole
	case strings.Contains(name, number):
		return inOthers
	case strings.Contains(others, number):
		return inOthers / 2
	}
	return 0
}

func isNumber(word string) bool { return strings.Trim(word, "0123456789") == "" }

// standsAlone reports whether a word of a text is the number.
func standsAlone(number, text string) bool {
	return slices.Contains(strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), number)
}

// scattered reports whether the letters of a word lie so far apart that nobody meant them:
// they are to begin words, or to stand near each other.
func scattered(at []int, name string) bool {
	apart := 0
	for i := 1; i < len(at); i++ {
		if at[i] != at[i-1]+1 && name[at[i]-1] != ' ' {
			apart++
		}
	}
	return apart > len(at)/2
}

// mostUsed is how many ids are remembered.
const mostUsed = 24

// Used is the list of what was used, after something was used.
func Used(list []string, id string) []string {
	next := append([]string{id}, slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == id })...)
	return next[:min(len(next), mostUsed)]
}
