package server

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"sluice/pipeline"
	"sluice/visible"
)

// startParameters are the documented parameters (spec/rest-api.md §3).
var startParameters = []string{"fromDate", "forceExport"}

// passing are names that say nothing about an export: how the vendor's products
// are asked to authenticate, and what scripts add so that no cache answers.
var passing = []string{"os_authType", "_"}

// parseStart reads the parameters of POST /export. A mistake is refused, never
// guessed at: a from date that is silently ignored would export a whole year.
func parseStart(u *url.URL, now time.Time) (pipeline.Request, problem, bool) {
	var request pipeline.Request
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return request, badQuery, false
	}
	for _, name := range slices.Sorted(maps.Keys(query)) {
		if p, ok := checkParameter(name, query[name]); !ok {
			return request, p, false
		}
	}
	if value := query.Get("fromDate"); query.Has("fromDate") {
		if request.FromDate, err = pipeline.ParseFromDate(value, now); err != nil {
			return request, badFromDate(value, err), false
		}
	}
	switch value := query.Get("forceExport"); strings.ToLower(value) {
	case "", "false":
	case "true":
		request.Forced = true
	default:
		return request, badRequest("force.export.invalid", fmt.Sprintf("forceExport is %s, but must be true or false.", quoted(value))), false
	}
	return request, problem{}, true
}

// checkParameter refuses repeated parameters and unknown names: a from date under
// another name would be ignored, and a whole year exported.
func checkParameter(name string, values []string) (problem, bool) {
	switch known := meant(name); {
	case slices.Contains(passing, name):
	case slices.Contains(startParameters, name) && len(values) > 1:
		return badRequest("parameter.repeated", fmt.Sprintf("%s is given %d times: give it once.", name, len(values))), false
	case slices.Contains(startParameters, name):
	case known != "":
		return badRequest("parameter.unknown", fmt.Sprintf("%s is not a parameter: write %s.", quoted(name), known)), false
	default:
		return badRequest("parameter.unknown", fmt.Sprintf("%s is not a parameter: there are %s.", quoted(name), strings.Join(startParameters, " and "))), false
	}
	return problem{}, true
}

// noParameters refuses a query where the API has none: who names a job to cancel
// must not cancel another.
func noParameters(u *url.URL) (problem, bool) {
	return noParametersBut(u, "a cancellation has none, and is for the job that runs")
}

// noParametersBut refuses a query, and says what there is in its place.
func noParametersBut(u *url.URL, why string) (problem, bool) {
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return badQuery, false
	}
	for _, name := range slices.Sorted(maps.Keys(query)) {
		if !slices.Contains(passing, name) {
			return badRequest("parameter.unknown", fmt.Sprintf("%s is not a parameter: %s.", quoted(name), why)), false
		}
	}
	return problem{}, true
}

// badFromDate explains what is wrong with a from date.
func badFromDate(value string, err error) problem {
	message := "The fromDate is not valid: " + strings.TrimPrefix(err.Error(), "from date: ") + "."
	switch {
	case value == "":
		message = "The fromDate is empty: give a time with a zone, such as 2020-12-30T23:01Z, or leave the parameter out for the last 365 days."
	case errors.Is(err, pipeline.ErrNoZone) && strings.Contains(value, " "), lostPlus(value):
		message = fmt.Sprintf("The fromDate %s has a space where its offset begins: in an address + means a space, so write %%2B, as in 2020-12-30T22%%3A01%%2B01%%3A00.", quoted(value))
	case len(value) > 64:
		message = "The fromDate is not a time: give it in the form 2020-12-30T23:01Z or 2020-12-30T22:01+01:00."
	}
	return badRequest("from.date.invalid", visible.Line(message))
}

// lostPlus reports whether a time would be right with a plus for its space.
func lostPlus(value string) bool {
	if strings.Count(value, " ") != 1 {
		return false
	}
	_, err := pipeline.ParseTime(strings.Replace(value, " ", "+", 1))
	return err == nil
}

// quoted is a foreign value, cut so that it fits into a sentence.
func quoted(s string) string { return `"` + visible.Cut(s, 40) + `"` }

var badQuery = badRequest("query.invalid", "The query of the address cannot be decoded: encode special characters, such as %3A for : and %2B for +.")

func badRequest(key, message string) problem {
	return problem{http.StatusBadRequest, key, message}
}

// hostNames is the set of names that the Host header may have.
func hostNames(names []string) map[string]bool {
	set := map[string]bool{"localhost": true}
	for _, n := range slices.Clone(names) {
		set[strings.ToLower(strings.TrimSuffix(n, "."))] = true
	}
	return set
}
