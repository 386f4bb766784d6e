package calibrate

import (
	"slices"
	"time"

	"sluice/changes"
)

// onlyVendor explains a row that only the vendor's files have.
func (c *calibration) onlyVendor(file string, r changes.Row) (why []explanation) {
	if file == "spaces" {
		return []explanation{{"--ignore-opt-outs", "spaces that are excluded in the product are exported"}}
	}
	for _, column := range []string{"space_key", "event_space_key"} {
		if c.spaces[string(r.Cell(column))] {
			return []explanation{{"--ignore-opt-outs", "spaces that are excluded in the product are exported"}}
		}
	}
	if c.atFrom(r) {
		why = append(why, explanation{"--from-inclusive", "what changed exactly at the from date is exported"})
	}
	switch file {
	case "pages":
		switch {
		case string(r.Cell("page_status")) != "current":
			why = append(why, explanation{"--include-archived", "archived content is exported, with its status"})
		case len(why) == 0:
			why = append(why, explanation{"--statusless-content", "pages are exported that Sluice leaves out; of its rules only that on content without a status can be the cause"})
		}
	case "analytics_events":
		if !slices.Contains(documentedEvents, string(r.Cell("event_name"))) {
			why = append(why, explanation{"--all-events", "events are exported whose names are not documented"})
		}
	}
	return why
}

// documentedEvents are the names of events that the vendor documents
// (spec/csv-schema-confluence.md §4.5).
var documentedEvents = []string{"page_viewed", "page_created", "page_updated", "blog_viewed", "blog_created", "blog_updated",
	"comment_created", "attachment_viewed", "attachment_created"}

// onlyOurs explains a row that the vendor's files have not.
func (c *calibration) onlyOurs(file string, r changes.Row) []explanation {
	switch file {
	case "users":
		if len(r.Cell("user_fullname")) == 0 && len(r.Cell("user_email")) == 0 {
			return []explanation{{"--users-of-directories-only", "users who are in no directory are left out"}}
		}
	case "spaces":
		if at, ok := r.Changed(); ok && !at.After(c.from) {
			return []explanation{{"--limit-spaces", "spaces that did not change after the from date are left out"}}
		}
	case "comments":
		return []explanation{{"--attachment-comments=skip", "comments are left out that Sluice exports; of its rules only that on comments on attachments can be the cause"}}
	}
	return nil
}

// atFrom reports whether a row changed last in the second of the from date.
func (c *calibration) atFrom(r changes.Row) bool {
	at, ok := r.Changed()
	return ok && !c.from.IsZero() && at.Truncate(time.Second).Equal(c.from.Truncate(time.Second))
}
