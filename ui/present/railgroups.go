package present

import (
	"slices"
	"strings"

	"sluice/source"
	"sluice/ui/texts"
)

// RailGroup is a part of the rail below a heading: sources with a tag, or those without
// any by their kind.
type RailGroup struct {
	Key     string // what it is remembered by
	Title   string
	Members []int // places in the list of sources
}

// The keys of the groups of sources without a tag.
const (
	keyServers   = "\x00servers"
	keySnapshots = "\x00snapshots"
)

// RailGroups puts sources into groups, in their order: by their first tag, those without
// one by their kind. A source stands once, so that it has one place to be found at.
func RailGroups(list source.List) []RailGroup {
	var tagged []RailGroup
	servers := RailGroup{Key: keyServers, Title: texts.T.Rail.Servers}
	snapshots := RailGroup{Key: keySnapshots, Title: texts.T.Rail.Snapshots}
	for i, s := range list {
		switch {
		case len(s.Tags) > 0:
			at := slices.IndexFunc(tagged, func(g RailGroup) bool { return g.Key == s.Tags[0] })
			if at < 0 {
				at = len(tagged)
				tagged = append(tagged, RailGroup{Key: s.Tags[0], Title: strings.ToUpper(s.Tags[0])})
			}
			tagged[at].Members = append(tagged[at].Members, i)
		case s.Kind == source.KindServer:
			servers.Members = append(servers.Members, i)
		default:
			snapshots.Members = append(snapshots.Members, i)
		}
	}
	return slices.DeleteFunc(append(tagged, servers, snapshots), func(g RailGroup) bool { return len(g.Members) == 0 })
}

// MovedInRail is the order of the ids after a source was moved by some places within its
// group; ok is false if it is at that end already.
func MovedInRail(list source.List, id string, by int) (order []string, ok bool) {
	for _, g := range RailGroups(list) {
		at := slices.IndexFunc(g.Members, func(i int) bool { return list[i].ID == id })
		if at < 0 {
			continue
		}
		to := min(max(at+by, 0), len(g.Members)-1)
		if to == at {
			return nil, false
		}
		members := slices.Delete(slices.Clone(g.Members), at, at+1)
		members = slices.Insert(members, to, g.Members[at])
		return reordered(list, g.Members, members), true
	}
	return nil, false
}

// reordered are the ids of a list, in which those at some places have another order.
func reordered(list source.List, places, order []int) []string {
	ids := make([]string, len(list))
	for i, s := range list {
		ids[i] = s.ID
	}
	for n, place := range places {
		ids[place] = list[order[n]].ID
	}
	return ids
}
