package schedule

import (
	"strings"

	"sluice/source"
	"sluice/wording"
)

// Suits says what a schedule asks for that is not done with the exports of a source: a server
// writes the files itself.
func (s Schedule) Suits(of source.Source) error {
	if of.Kind != source.KindServer {
		return nil
	}
	var not []string
	if s.Format != "" {
		not = append(not, "--format")
	}
	if s.Redact != "" {
		not = append(not, "--redact")
	}
	if len(not) == 0 {
		return nil
	}
	return wording.Errorf("%s of the schedule %q cannot be done: the server %q writes the files itself. A delivery can redact and convert what it brings: \"sluice deliveries add --redact --as\"",
		strings.Join(not, ", "), s.Name, of.Name)
}
