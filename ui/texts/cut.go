package texts

import "sluice/visible"

// Cut is visible.Cut in the language in force: whatever the window cuts is cut by it.
func Cut(s string, n int) string { return visible.CutSaying(s, n, more) }

// CutText is visible.CutText in the language in force.
func CutText(s string, n int) string { return visible.CutTextSaying(s, n, more) }

func more(left int) string { return T.App.MoreCharacters.Of(int64(left)) }
