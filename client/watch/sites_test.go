package watch_test

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"sluice/client"
	"sluice/client/sites"
	"sluice/client/watch"
	"sluice/pipeline"
	"sluice/secret"
)

// TestFollowSites follows the job of every scripted site that is there for it, over the
// real client: the end is that of this job, and is not missed.
func TestFollowSites(t *testing.T) {
	ends := map[int]pipeline.Status{sites.Done: pipeline.Completed, sites.JobFailed: pipeline.Failed, sites.JobCancelled: pipeline.Cancelled}
	for _, s := range sites.All() {
		if s.Asks != sites.Follow {
			continue
		}
		t.Run(s.Name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c, err := client.New(client.Options{BaseURL: "http://pipeline.test", Token: secret.Of(sites.Token), Dial: sites.InMemory(t, s.Handler())})
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(c.CloseIdleConnections)
				job, err := c.Status(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				job, err = watch.Follow(t.Context(), c, job, watch.FollowOptions{Timeout: 100 * time.Hour})
				var gaveUp *watch.GaveUpError
				if job.ID != s.Job || errors.As(err, &gaveUp) != (s.Exit == sites.GaveUp) || err == nil && job.Status != ends[s.Exit] {
					t.Errorf("job %d %s, %v; want job %d and exit code %d", job.ID, job.Status, err, s.Job, s.Exit)
				}
			})
		})
	}
}
