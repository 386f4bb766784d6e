package changes

// gatherer joins the outcomes of parts and checks that they are in order.
type gatherer struct {
	found        merged
	aLast, bLast key
	aAny, bAny   bool
	unseen       bool
}

func (g *gatherer) add(p *pair, x *part, o outcome) error {
	g.found.counts.add(o.counts)
	g.found.aSeen.add(o.aSeen)
	g.found.bSeen.add(o.bSeen)
	apart := !g.unseen || g.apart(o)
	if err := follows(p.a, x.a, &g.aLast, &g.aAny, o.aFirst, o.aLast, o.aAny); err != nil {
		return err
	}
	err := follows(p.b, x.b, &g.bLast, &g.bAny, o.bFirst, o.bLast, o.bAny)
	if err == nil && !apart {
		err = errGuess
	}
	return err
}

// apart reports whether the keys of a part are higher than those before it, in either
// file.
func (g *gatherer) apart(o outcome) bool {
	above := func(last key, any bool) bool {
		return !any || (!o.aAny || last.compare(o.aFirst) < 0) && (!o.bAny || last.compare(o.bFirst) < 0)
	}
	return above(g.aLast, g.aAny) && above(g.bLast, g.bAny)
}

// follows checks that a part begins behind the one before.
func follows(t *table, s span, before *key, any *bool, first, last key, has bool) error {
	if !has {
		return nil
	}
	if *any && before.compare(first) > 0 {
		return &orderError{place{t: t, off: s.from}}
	}
	*before, *any = last, true
	return nil
}
