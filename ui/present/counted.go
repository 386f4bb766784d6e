package present

import (
	"sluice/source"
	"sluice/ui/texts"
)

// CountedName is what people call what is counted in a snapshot.
func CountedName(c source.Counted) string {
	t := texts.T.Page
	names := [...]string{source.Users: t.Users, source.Spaces: t.Spaces, source.Pages: t.Pages, source.Comments: t.Comments, source.Events: t.Events}
	return names[c]
}
