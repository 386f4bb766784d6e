package fetch

import (
	"fmt"

	"sluice/pipeline"
	"sluice/wording"
)

// NotFinishedError says that the files of a job are not to be had: it runs, or has ended
// otherwise than completed, so that they are partial.
type NotFinishedError struct {
	Job pipeline.Job
	// Last is the last job that was seen completed; the zero Job if none was.
	Last pipeline.Job
}

func (e *NotFinishedError) Error() string { return e.In(wording.English) }

// In implements wording.Sayer.
func (e *NotFinishedError) In(say func(english string) string) string {
	said := wording.Of("job %s ended as %s, and its files may be partial: only those of a completed job are fetched", e.Job.Label(), e.Job.Status)
	if !e.Job.Status.Ended() {
		said = wording.Of("job %s still runs (%s), and its files grow: wait until it is complete", e.Job.Label(), e.Job.Status)
	}
	if e.Last.Exists() && !e.Last.Same(e.Job) {
		said = wording.Of("%s; the last that was completed is job %d", said, e.Last.ID)
	}
	return said.In(say)
}

// UnseenError says that nobody knows how a job ended: the server tells of its last one
// only, and Sluice has not seen the end of this one.
type UnseenError struct {
	ID, Last int64
}

func (e *UnseenError) Error() string {
	return fmt.Sprintf("the server tells of its last job, %d, only, and how job %d ended was not seen here: its files may be partial", e.Last, e.ID)
}

// Choose finds the job whose files are fetched: the one with an id, or with 0 the last one.
// status is what the server says now, known are the jobs that were seen, the newest first.
// The error is a *NotFinishedError or an *UnseenError if files are not to be had.
func Choose(status pipeline.Job, known []pipeline.Job, id int64) (pipeline.Job, error) {
	switch {
	case !status.Exists():
		return pipeline.Job{}, wording.Errorf("the server has exported nothing yet, so there is nothing to fetch")
	case id == 0 || id == status.ID:
		return finished(status, known)
	}
	for _, job := range known {
		if job.ID != id {
			continue
		}
		if !job.Status.Ended() { // it was seen running, and is not what the server tells of now
			return job, &UnseenError{id, status.ID}
		}
		return finished(job, known)
	}
	if id > status.ID {
		return pipeline.Job{}, wording.Errorf("the server has no job %d: its last one is %d", id, status.ID)
	}
	return pipeline.Job{ID: id}, &UnseenError{id, status.ID}
}

// finished is a job if it was completed.
func finished(job pipeline.Job, known []pipeline.Job) (pipeline.Job, error) {
	if job.Status == pipeline.Completed {
		return job, nil
	}
	e := &NotFinishedError{Job: job}
	for _, other := range known {
		if other.Status == pipeline.Completed {
			e.Last = other
			break
		}
	}
	return job, e
}

// unseen is a job of which it is not known how it ended, as its manifest tells of it.
func unseen(job pipeline.Job) pipeline.Job {
	note := (&UnseenError{job.ID, 0}).note()
	job.Status = pipeline.Completed
	job.Notes = append(job.Notes, pipeline.Diagnostic{Key: KeyUnseen, Message: note})
	return job
}

// KeyUnseen is the key of the note in a manifest that nobody saw how the job ended.
const KeyUnseen = "sluice.fetch.end.not.seen"

func (e *UnseenError) note() string {
	return wording.Of("How job %d ended was not seen when its files were fetched: they may be partial.", e.ID).String()
}
