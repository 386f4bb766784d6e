package localexport

import (
	"sync"

	"sluice/localexport/jobstore"
	"sluice/pipeline"
)

// rested is the last answer of a home at rest. A window and a server ask again and
// again; while nobody writes into the database the answer stays what it was.
type rested struct {
	mu    sync.Mutex
	known bool
	at    jobstore.State // before the job was read
	job   pipeline.Job
}

// still returns the job that was kept, if the database is as it was then.
func (r *rested) still(store *jobstore.Store) (pipeline.Job, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.known {
		return pipeline.Job{}, false
	}
	now, ok := store.State()
	if r.known = ok && r.at.Equal(now); !r.known {
		return pipeline.Job{}, false
	}
	return r.job.Clone(), true
}

// keep takes note of a job that was read after a State. That of a running job is
// not kept: its process may die without a word.
func (r *rested) keep(job pipeline.Job, at jobstore.State, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.known = ok && at.Settled() && !job.Running(); r.known {
		r.at, r.job = at, job.Clone()
	}
}
