package present

import (
	"strings"

	"sluice/ui/texts"
)

// mostUsers is how many names a question lists; the number is that of all.
const mostUsers = 6

// WithoutSource says which schedules and deliveries do nothing any more without their source, a
// sentence for each kind; err is why that is not known.
func WithoutSource(schedules, deliveries []string, err error) (said []string) {
	t := texts.T.Setup
	if err != nil {
		return []string{t.UsersUnknown + " " + Sentence(err)}
	}
	for _, of := range []struct {
		names []string
		words texts.Plural
	}{{schedules, t.IdleSchedules}, {deliveries, t.IdleDeliveries}} {
		if n := len(of.names); n > 0 {
			names := strings.Join(of.names[:min(n, mostUsers)], ", ")
			if n > mostUsers {
				names += ", …"
			}
			said = append(said, of.words.Of(int64(n), names))
		}
	}
	return said
}
