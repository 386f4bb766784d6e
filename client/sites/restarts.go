package sites

import (
	"net/http"
	"slices"
	"strings"
)

// restarts are what a job is followed through: each answer is one read of the status.
func restarts() []Site {
	run, done := JSON(200, started), JSON(200, completed)
	down := slices.Concat(times(2, Page(502, nginx502)), times(2, Page(503, tomcat503)), times(2, Page(200, downPage)), times(2, Page(504, "")))
	follow := func(name string, exit int, answers ...http.HandlerFunc) Site {
		return Site{Name: name, Row: RowRestart, Asks: Follow, Handler: series(answers...), Exit: exit, Job: lastKnownJob}
	}
	moved := JSON(200, strings.ReplaceAll(started, "node1", "node2"))
	again := JSON(200, strings.ReplaceAll(completed, "2021-03-03T1", "2021-03-04T1"))
	failed := JSON(200, strings.Replace(strings.Replace(completed, "COMPLETED", "FAILED", 1), `"statistics":{"exportedEntities":23,"writtenRows":54}`,
		`"errors":[{"key":"export.failed","message":"The node left the cluster."}]`, 1))
	return []Site{
		follow("a rolling restart", Done, slices.Concat([]http.HandlerFunc{run}, down, []http.HandlerFunc{run, done})...),
		follow("the end falls into the restart", Done, slices.Concat([]http.HandlerFunc{run}, down, []http.HandlerFunc{done})...),
		follow("one 401", Done, run, JSON(401, "{}"), run, done),
		follow("one login page", Done, run, Page(200, loginPage), run, done),
		follow("one {}", Done, run, JSON(200, "{}"), run, done),
		follow("one 404", Done, run, Page(404, deadLink), run, done),
		follow("an older job of a node that lags behind", Done, run, JSON(200, older), run, done),
		follow("the node changes", Done, run, moved, moved, JSON(200, strings.ReplaceAll(completed, "node1", "node2"))),
		follow("completed without statistics", Done, run, JSON(200, `{"startTime":"2021-03-03T12:08:24.045+11:00","jobId":125,"status":"COMPLETED"}`)),
		follow("failed", JobFailed, run, failed),
		follow("cancelled by someone", JobCancelled, run, JSON(200, strings.Replace(completed, "COMPLETED", "CANCELLED", 1))),
		{Name: "started for ever", Row: RowRestart, Asks: Follow, Handler: always(run), Exit: GaveUp, Job: lastKnownJob},
		{Name: "down for good", Row: RowRestart, Asks: Follow, Handler: series(run, run, Page(503, tomcat503)), Exit: GaveUp, Job: lastKnownJob},
		{Name: "ids that start again", Row: RowRestart, Asks: Follow, Handler: series(run, run, again), Exit: GaveUp, Job: lastKnownJob},
	}
}
