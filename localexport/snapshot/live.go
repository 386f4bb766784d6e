package snapshot

import "sluice/localexport/sqlread"

// Live reports whether a row with the given columns is current content and no old
// version (spec/confluence-database.md §3). It is the only place that says so. What
// counts is the exact value, as text or as a blob, whatever the column is declared
// to be. statusless takes content without a status for current.
func Live(row Row, prevver, status int, statusless bool) bool {
	if !row.IsNull(prevver) && (row.Kind(prevver) < sqlread.Text || len(row.Bytes(prevver)) > 0) {
		return false
	}
	s := row.Bytes(status)
	return string(s) == "current" || statusless && len(s) == 0
}
