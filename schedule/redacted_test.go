package schedule

import (
	"strings"
	"testing"

	"sluice/deliver"
	"sluice/source"
)

// TestRedactedTwice: one of both redacts, a schedule or the settings of its source, or a
// delivery.
func TestRedactedTwice(t *testing.T) {
	wiki := source.Source{ID: "a", Name: "wiki"}
	redacting := wiki
	redacting.Local.Redact = "gdpr"
	plain, hidden := Schedule{Name: "nightly", Source: "a"}, Schedule{Name: "nightly", Source: "a", Redact: "gdpr"}
	whole, without := deliver.Delivery{Name: "share", Source: "a"}, deliver.Delivery{Name: "share", Source: "a", Redact: "no-people"}
	other := deliver.Delivery{Name: "lake", Source: "b", Redact: "no-people"}
	for _, c := range []struct {
		of   source.Source
		s    Schedule
		d    []deliver.Delivery
		says string
	}{
		{wiki, plain, []deliver.Delivery{without}, ""},
		{wiki, hidden, []deliver.Delivery{whole, other}, ""},
		{wiki, hidden, []deliver.Delivery{whole, without}, `the schedule "nightly" and the delivery "share" both redact`},
		{redacting, plain, []deliver.Delivery{without}, `the settings of "wiki" and the delivery "share" both redact`},
		{redacting, plain, []deliver.Delivery{whole, other}, ""},
	} {
		if err := RedactedTwice(List{c.s}, c.of, c.d); (err == nil) != (c.says == "") || err != nil && !strings.HasPrefix(err.Error(), c.says) {
			t.Errorf("%+v, %+v: %v", c.s, c.d, err)
		}
	}
}
