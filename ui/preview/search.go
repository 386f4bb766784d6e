package preview

import (
	"sluice/csvfile"
	"sluice/ui/texts"
)

// search is the state of the find bar, without its widgets.
type search struct {
	Text      string
	Expr, Any bool // a regular expression; upper and lower case alike
	OneColumn bool // only the column in focus

	Looking bool   // for the next hit
	Missed  string // why there was no next hit, empty if there was
	Failed  bool   // that is an error
	Hits    int64  // counted so far
	Counted int    // percent of the file
	Counts  bool   // the count is under way or done
	Whole   bool   // the count is complete
}

// query is what the engine is asked for.
func (s search) query(col int) csvfile.Query {
	q := csvfile.Query{Text: s.Text, Mode: csvfile.Plain, Column: csvfile.AllColumns}
	if s.OneColumn {
		q.Column = col
	}
	switch {
	case s.Expr && s.Any:
		q.Text, q.Mode = "(?i)"+s.Text, csvfile.Regexp
	case s.Expr:
		q.Mode = csvfile.Regexp
	case s.Any:
		q.Mode = csvfile.IgnoreCase
	}
	return q
}

// String says how the search stands.
func (s search) String() string {
	if s.Text == "" {
		return ""
	}
	t, count := texts.T.Preview.Find, ""
	switch {
	case !s.Counts:
	case s.Whole && s.Hits == 0:
		return t.Nothing
	case s.Whole:
		count = t.Found.Of(s.Hits)
	default:
		count = t.SoFar.Of(s.Hits, s.Counted)
	}
	state := s.Missed
	if s.Looking {
		state = t.Looking
	}
	switch {
	case state == "":
		return count
	case count == "":
		return state
	}
	return state + " · " + count
}

// wrongExpression says what is wrong with a regular expression that is to be found.
func wrongExpression(q csvfile.Query) string {
	if q.Mode != csvfile.Regexp {
		return ""
	}
	return csvfile.WrongExpression(q.Text)
}
