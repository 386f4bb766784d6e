package redact

import "sluice/columns"

// Wants reports whether Row looks at cell i: a long body that is dropped need not be
// held.
func (p *Plan) Wants(i int) bool {
	return i < len(p.columns) && (p.columns[i].Verb != Drop || p.columns[i].holds != columns.HoldsBody)
}
