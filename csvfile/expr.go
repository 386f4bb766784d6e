package csvfile

// Join is how an expression joins those in it.
type Join uint8

const (
	// JoinNone: the expression is one condition.
	JoinNone Join = iota
	// JoinAnd: all must hold. Of none, that is always so.
	JoinAnd
	// JoinOr: one must hold. Of none, that is never so.
	JoinOr
)

// Expr is what a filter asks of a row: one condition, or expressions joined by and, or
// and not. Package filtertext reads and writes them as text.
type Expr struct {
	Join Join
	Is   Condition // with JoinNone
	Of   []Expr    // with the other joins
	Not  bool      // it must not hold
}

// Is is the expression of one condition.
func Is(c Condition) Expr { return Expr{Is: c} }

// All is the expression of conditions that must all hold.
func All(conds []Condition) Expr {
	if len(conds) == 1 {
		return Is(conds[0])
	}
	e := Expr{Join: JoinAnd}
	for _, c := range conds {
		e.Of = append(e.Of, Is(c))
	}
	return e
}

// Terms are the expressions of which all must hold for e to hold: those that it joins by
// and, at the top, or itself. Every row meets an expression of no terms.
func (e Expr) Terms() []Expr {
	if e.Join != JoinAnd || e.Not {
		return []Expr{e}
	}
	return e.Of
}

// And is the expression of expressions that must all hold.
func And(of []Expr) Expr {
	var terms []Expr
	for _, e := range of {
		terms = append(terms, e.Terms()...)
	}
	if len(terms) == 1 {
		return terms[0]
	}
	return Expr{Join: JoinAnd, Of: terms}
}

// Columns calls fn for the column of each condition.
func (e Expr) Columns(fn func(column int)) {
	if e.Join == JoinNone {
		fn(e.Is.Column)
		return
	}
	for _, of := range e.Of {
		of.Columns(fn)
	}
}
