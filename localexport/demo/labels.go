package demo

import "fmt"

// Values of label.namespace.
const (
	globalLabel   = "global" // ordinary labels
	personalLabel = "my"     // a user's own, such as favourites
	teamLabel     = "team"   // categories of spaces
)

// labels are the ids of the site's labels, most used first.
type labels struct {
	global, team []int64
	personal     []int64 // "favourite" of the first users, in their order
}

func (s *site) writeLabels() error {
	at := s.clock.work(s.clock.end - siteAge)
	add := func(name, owner, namespace string) (int64, error) {
		id := s.labelIDs.take()
		return id, s.rows.insertLabel(id, name, owner, namespace, at)
	}
	count := min(max(s.pages/60, int64(len(labelNames))), 4000)
	for i := range count {
		name := labelNames[i%int64(len(labelNames))]
		if n := i / int64(len(labelNames)); n > 0 {
			name = fmt.Sprintf("%s-%d", name, n+1)
		}
		id, err := add(name, "", globalLabel)
		if err != nil {
			return err
		}
		s.labels.global = append(s.labels.global, id)
	}
	for _, name := range []string{"department", "project", "archive", "product"} {
		id, err := add(name, "", teamLabel)
		if err != nil {
			return err
		}
		s.labels.team = append(s.labels.team, id)
	}
	for i := range 12 {
		id, err := add("favourite", s.people.keys[i], personalLabel)
		if err != nil {
			return err
		}
		s.labels.personal = append(s.labels.personal, id)
	}
	return nil
}

// labelPage attaches labels to a page: none to most, up to four to some.
func (s *site) labelPage(p *page) error {
	at := s.clock.work(s.clock.between(s.rand, p.created, p.modified))
	old := p.index%67 == 20 // from a time when only the labelable columns were filled
	if s.rand.percent(35) || p.index%151 == 75 {
		var seen [4]int64
		n := int(1 + s.rand.below(4))
		for k := range n {
			i := s.rand.skewed(int64(len(s.labels.global)))
			label := s.labels.global[i]
			if contains(seen[:k], label) {
				continue
			}
			seen[k] = label
			if err := s.linkLabel(label, p.id, "", at, old); err != nil {
				return err
			}
		}
		if p.index%151 == 75 { // the same label twice, as some sites have it
			if err := s.linkLabel(seen[0], p.id, "", at+1, old); err != nil {
				return err
			}
		}
	}
	if p.index%25 == 3 {
		i := s.rand.below(int64(len(s.labels.personal)))
		return s.linkLabel(s.labels.personal[i], p.id, s.people.keys[i], at, false)
	}
	return nil
}

func (s *site) linkLabel(label, content int64, owner string, at int64, old bool) error {
	return s.rows.insertLabelLink(s.linkIDs.take(), label, content, owner, at, old)
}

func contains(list []int64, x int64) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}
