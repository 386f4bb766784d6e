package cli

import (
	"errors"
	"strings"
	"testing"
	"time"

	"sluice/pipeline"
	"sluice/source"
)

// TestOneThatDoesNotAnswer holds up none of the other sources.
func TestOneThatDoesNotAnswer(t *testing.T) {
	never := make(chan struct{})
	defer close(never)
	list := []source.Source{{Name: "Hangs"}, {Name: "Wiki"}, {Name: "Hangs, too"}, {Name: "Tickets"}}
	both := make(chan struct{}, 2)
	jobs, told := gathered(t.Context(), list, 50*time.Millisecond, func(s source.Source) found {
		if strings.HasPrefix(s.Name, "Hangs") {
			<-never
		}
		both <- struct{}{}
		return found{jobs: []sourceJob{{source: s, job: pipeline.Job{ID: 1}}}, notes: []string{"slow"}}
	})
	<-both
	<-both
	if len(told.failed) < 2 || told.failed[0].Source != "Hangs" || !strings.Contains(told.failed[0].Message, "has not answered for 50ms") {
		t.Errorf("%+v", told.failed)
	}
	if len(jobs)+len(told.failed) != 4 || len(jobs) != len(told.notes) {
		t.Errorf("%+v, %+v", jobs, told)
	}
	if code := exitCode(errors.Join(whyOf(told.failed))); code != exitUnreachable {
		t.Errorf("exit code %d", code)
	}
}

// TestGatheredInTheOrderOfTheList, whichever answers first.
func TestGatheredInTheOrderOfTheList(t *testing.T) {
	second := make(chan struct{})
	jobs, told := gathered(t.Context(), []source.Source{{Name: "a"}, {Name: "b"}}, time.Hour, func(s source.Source) found {
		if s.Name == "a" {
			<-second
		} else {
			defer close(second)
		}
		return found{jobs: []sourceJob{{source: s}}}
	})
	if len(told.failed) > 0 || len(jobs) != 2 || jobs[0].source.Name != "a" {
		t.Errorf("%+v, %+v", jobs, told)
	}
}
