package schedule

import (
	"fmt"

	"sluice/deliver"
	"sluice/source"
	"sluice/wording"
)

// RedactedTwice refuses deliveries that redact what the schedules of a source, or its own
// settings, have redacted before: nothing redacts the files of such an export again, so each
// run would end with a delivery that fails.
func RedactedTwice(l List, of source.Source, deliveries []deliver.Delivery) error {
	by := ""
	if of.Local.Redact != "" {
		by = fmt.Sprintf("the settings of %q", of.Name)
	}
	for _, s := range l {
		if s.Source == of.ID && s.Redact != "" {
			by = fmt.Sprintf("the schedule %q", s.Name)
		}
	}
	for _, d := range deliveries {
		if by != "" && d.Source == of.ID && d.Redact != "" {
			return wording.Errorf("%s and the delivery %q both redact: what is redacted is not redacted again, and nothing would be delivered. Leave one of both out", by, d.Name)
		}
	}
	return nil
}
