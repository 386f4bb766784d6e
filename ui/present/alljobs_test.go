package present

import (
	"strings"
	"testing"
	"time"

	"sluice/pipeline"
)

func someJobs() []AnyJob {
	job := func(id int64, status pipeline.Status, ago time.Duration, by string) pipeline.Job {
		return pipeline.Job{ID: id, Status: status, StartTime: pipeline.At(now.Add(-ago)), CompletedTime: pipeline.At(now.Add(-ago + time.Duration(id)*time.Minute)), StartedBy: by}
	}
	all := AllJobs([]JobsOf{
		{ID: "w", Name: "Wiki", Tags: []string{"prod"}, Jobs: []pipeline.Job{job(9, pipeline.Completed, time.Hour, pipeline.ByREST), job(8, pipeline.Failed, 5*time.Hour, pipeline.ByPerson)}},
		{ID: "j", Name: "Jira", Jobs: []pipeline.Job{job(3, pipeline.Completed, 2*time.Hour, pipeline.BySchedule("nightly")), job(2, pipeline.Cancelled, 30*time.Hour, "")}},
	})
	for i := range all {
		all[i].Bytes = 100 * all[i].Job.ID
	}
	all[0].Bytes = -1
	return all
}

func inOrder(jobs []AnyJob) string {
	var list []string
	for _, j := range jobs {
		list = append(list, j.Source.Name+" "+j.Row(now).Job)
	}
	return strings.Join(list, ", ")
}

func TestAllJobsAreOneList(t *testing.T) {
	if got := inOrder(someJobs()); got != "Wiki 9, Jira 3, Wiki 8, Jira 2" {
		t.Errorf("in the order %s", got)
	}
	for _, c := range []struct {
		by      JobColumn
		upwards bool
		want    string
	}{
		{ColumnSource, false, "Jira 3, Jira 2, Wiki 9, Wiki 8"}, {ColumnSource, true, "Wiki 9, Wiki 8, Jira 3, Jira 2"},
		{ColumnJob, true, "Jira 2, Jira 3, Wiki 8, Wiki 9"}, {ColumnSize, false, "Wiki 8, Jira 3, Jira 2, Wiki 9"},
		{ColumnDuration, false, "Wiki 9, Wiki 8, Jira 3, Jira 2"}, {ColumnStarted, true, "Jira 2, Wiki 8, Jira 3, Wiki 9"},
	} {
		if got := inOrder(SortAnyJobs(someJobs(), c.by, c.upwards, now)); got != c.want {
			t.Errorf("column %d, %v: %s, want %s", c.by, c.upwards, got, c.want)
		}
	}
}

func TestFilterJobs(t *testing.T) {
	for filter, want := range map[string]string{
		"": "Wiki 9, Jira 3, Wiki 8, Jira 2", "WIKI": "Wiki 9, Wiki 8", "wiki fail": "Wiki 8", "nightly": "Jira 3", "prod completed": "Wiki 9",
		"a person": "Wiki 8", now.Add(-30 * time.Hour).Format(time.DateOnly): "Jira 2", "wiki nothing": "",
	} {
		if got := inOrder(FilterJobs(someJobs(), filter, now)); got != want {
			t.Errorf("%q leaves %s, want %s", filter, got, want)
		}
	}
}

func TestSizesOfJobs(t *testing.T) {
	if got := someJobs()[1].Row(now).Size; got != "300 B" {
		t.Errorf("300 bytes are %s", got)
	}
	if got := SizeOfJob(-1); got != "–" && got != "—" {
		t.Errorf("what is not known is %q", got)
	}
	var row HistoryRow
	if row.Measure(0); row.Size != "none" || !row.Gone || !strings.Contains(row.Tip, "deleted") {
		t.Errorf("a job without files: %+v", row)
	}
	if row.Measure(1); row.Gone || row.Tip != "" {
		t.Errorf("a job with files: %+v", row)
	}
}
