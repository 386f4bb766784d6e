package calibrate

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"sluice/changes"
	"sluice/columns"
	"sluice/figures"
)

// difference is a pair of cells that differ.
type difference struct {
	c            *calibration
	file, name   string
	column       columns.Column // the zero Column if it is not documented
	vendor, ours string
	row          changes.Row // of ours
}

// explain tries the hypotheses on the kind of the column; the first that explains the
// difference is taken, but for lists, of which several can hold at once.
func (d difference) explain() []explanation {
	tries := []func() []explanation{d.text}
	switch {
	case d.column.Type == columns.TypeTime:
		tries = []func() []explanation{d.time}
	case d.column.Type == columns.TypeList:
		tries = []func() []explanation{d.list}
	case d.column.Holds == columns.HoldsInstance:
		tries = []func() []explanation{d.instance}
	case d.column.Holds == columns.HoldsAddress:
		tries = []func() []explanation{d.address}
	case d.name == "page_type":
		tries = []func() []explanation{d.blogType}
	case d.name == "space_status":
		tries = []func() []explanation{d.status}
	case d.name == "event_container_id":
		tries = []func() []explanation{d.container}
	case d.file == "comments" && d.name == "page_id":
		return []explanation{{"--attachment-comments=attachment", "a comment on an attachment has the id of the attachment as its page_id"}}
	case d.column.Limit > 0:
		tries = []func() []explanation{d.text, d.body}
	}
	for _, try := range append(tries, d.spelling) {
		if why := try(); len(why) > 0 {
			return why
		}
	}
	return nil
}

func because(option, format string, args ...any) []explanation {
	return []explanation{{option, fmt.Sprintf(format, args...)}}
}

// timeForms are other forms of times, besides that of the vendor's documentation.
var timeForms = []string{"2006-01-02T15:04:05.999Z07:00", "2006-01-02T15:04:05.999-0700", "2006-01-02 15:04:05.999", "2006-01-02 15:04", "2006-01-02T15:04:05.999"}

// time explains times: with milliseconds, in another form, of another zone.
func (d difference) time() []explanation {
	ours, err := time.Parse(time.RFC3339, d.ours)
	if err != nil {
		return nil
	}
	at, form := time.Time{}, ""
	for _, form = range timeForms {
		if at, err = time.Parse(form, d.vendor); err == nil {
			break
		}
	}
	if err != nil {
		return nil
	}
	if off := at.Truncate(time.Second).Sub(ours.Truncate(time.Second)); off != 0 {
		if off%(15*time.Minute) != 0 || off.Abs() > 26*time.Hour {
			return nil
		}
		if off < 0 {
			return because("--time-zone", "times are %s earlier than those of Sluice, which takes the zone that it was given or has found", figures.Span(-off))
		}
		return because("--time-zone", "times are %s later than those of Sluice, which takes the zone that it was given or has found", figures.Span(off))
	}
	switch {
	case d.vendor == at.UTC().Format("2006-01-02T15:04:05.000Z"):
		return because("--milliseconds", "times have milliseconds")
	case d.vendor == at.UTC().Format(time.RFC3339):
		return because("", "times have whole seconds: leave --milliseconds out")
	}
	return because("", "times have another form, such as %s", timeShape(d.vendor))
}

// timeShape is the form of a time, with the figures as 9.
func timeShape(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return '9'
		}
		return r
	}, s)
}

// list explains lists: another form, another order, more or fewer of them.
func (d difference) list() (why []explanation) {
	vendor, vendorJSON := listOf(d.vendor)
	ours, oursJSON := listOf(d.ours)
	switch {
	case oursJSON && !vendorJSON:
		why = append(why, explanation{"--labels=commas", "labels stand with commas between them, without brackets"})
	case vendorJSON && !oursJSON && len(ours) > 0:
		why = append(why, explanation{"--labels=json", "labels stand as a list in brackets"})
	}
	a, b := slices.Sorted(slices.Values(vendor)), slices.Sorted(slices.Values(ours))
	switch {
	case slices.Equal(vendor, ours):
	case slices.Equal(a, b):
		why = append(why, explanation{"", "labels stand in another order than that of their names"})
	case contains(a, b):
		why = append(why, explanation{"--all-labels", "more labels are listed: personal ones or categories of spaces"})
	case contains(b, a):
		why = append(why, explanation{"", "fewer labels are listed than Sluice lists"})
	}
	if len(why) == 0 && vendorJSON == oursJSON && slices.Equal(vendor, ours) {
		why = append(why, explanation{"", "the list of labels has other spaces or quotes"})
	}
	return why
}

// listOf reads a list in either form.
func listOf(cell string) (list []string, isJSON bool) {
	if err := json.Unmarshal([]byte(cell), &list); err == nil {
		return list, true
	}
	if cell == "" {
		return nil, false
	}
	return strings.Split(cell, ","), false
}

// contains reports whether a sorted list has all of another, and more.
func contains(more, less []string) bool {
	return len(more) > len(less) && !slices.ContainsFunc(less, func(s string) bool {
		_, found := slices.BinarySearch(more, s)
		return !found
	})
}

// instance explains the address of the instance.
func (d difference) instance() []explanation {
	return because("--base-url="+d.vendor, "the base URL is %s", d.vendor)
}

// urlForms are what tells the forms of addresses apart.
var urlForms = []struct{ option, mark, rule string }{
	{"id", "/pages/viewpage.action?pageId=", "addresses of pages have the id of the page alone"},
	{"spaces", "/spaces/", "addresses are those of newer versions, with space, id and title"},
	{"display", "/display/", "addresses have space and title"},
}

// address explains addresses: another base URL, another form.
func (d difference) address() []explanation {
	form := func(url string) int {
		return slices.IndexFunc(urlForms, func(f struct{ option, mark, rule string }) bool { return strings.Contains(url, f.mark) })
	}
	vendor, ours := form(d.vendor), form(d.ours)
	if vendor >= 0 && ours >= 0 && vendor != ours {
		return because("--page-urls="+urlForms[vendor].option, "%s", urlForms[vendor].rule)
	}
	if path, ok := strings.CutPrefix(d.ours, d.c.base); ok && d.c.base != "" {
		if base, ok := strings.CutSuffix(d.vendor, path); ok && path != "" {
			return because("--base-url="+base, "the base URL is %s", base)
		}
	}
	return nil
}

// blogType explains the type of blog posts.
func (d difference) blogType() []explanation {
	if d.ours == "page" {
		return nil
	}
	return because("--blog-post-type="+d.vendor, "a blog post has the type %q", d.vendor)
}

// status explains the status of spaces.
func (d difference) status() []explanation {
	if d.vendor == strings.ToUpper(d.ours) {
		return because("--space-status-as-stored", "the status of a space is written as it is stored, in capital letters")
	}
	return nil
}

// container explains the container of events.
func (d difference) container() []explanation {
	if d.vendor == "0" || d.vendor == "" {
		return because("--event-container-as-stored", "the container of an event is written as it is stored, 0 or nothing")
	}
	return nil
}

// spelling explains any cell that differs in the case of its letters, or in spaces.
func (d difference) spelling() []explanation {
	switch {
	case strings.EqualFold(d.vendor, d.ours):
		return because("", "letters have another case")
	case strings.Join(strings.Fields(d.vendor), " ") == strings.Join(strings.Fields(d.ours), " "):
		return because("", "spaces or line breaks stand elsewhere")
	case d.vendor == "":
		return because("", "cells are empty where Sluice has a value")
	}
	return nil
}
