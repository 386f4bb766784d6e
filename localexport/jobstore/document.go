package jobstore

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"sluice/pipeline"
	"sluice/wording"
)

// KeyUnreadable is the warning of a job whose record can be read in part only. The
// job holds what is known of it: its id, its status, when it began.
const KeyUnreadable = "export.record.unreadable"

// encode writes the document of a job. What could not be read back is an error:
// one such row would stand in the way for good.
func encode(job pipeline.Job) ([]byte, error) {
	document, err := json.Marshal(pipeline.Kept(job))
	for wrapped := (*json.MarshalerError)(nil); errors.As(err, &wrapped); {
		err = wrapped.Err // says more than the way to it
	}
	if err != nil {
		return nil, wording.Errorf("record job %d: %w", job.ID, err)
	}
	var again pipeline.Kept
	if err := decode(document, &again); err != nil {
		return nil, wording.Errorf("the document of job %d could not be read again: %w", job.ID, err)
	}
	return document, nil
}

// decode reads a document of our own, in which nothing is odd unless it was spoilt.
func decode(document []byte, kept *pipeline.Kept) error {
	if err := json.Unmarshal(document, kept); err != nil {
		return err
	}
	for _, d := range kept.Notes {
		if d.Key == pipeline.KeyOddMember {
			return errors.New(strings.TrimSuffix(d.Message, "."))
		}
	}
	return nil
}

// Storable tells why a job cannot be recorded as it is, nil if it can.
func Storable(job pipeline.Job) error {
	_, err := encode(job)
	return err
}

// jobColumns are what scanJob reads first.
const jobColumns = "id, document, status, started_ms, host"

// scanJob reads a job, and more columns into rest. A document that cannot be read
// is no error: what is known of the job takes its place.
func scanJob(row interface{ Scan(...any) error }, rest ...any) (pipeline.Job, error) {
	var known pipeline.Job
	var document string
	var started int64
	err := row.Scan(slices.Concat([]any{&known.ID, &document, &known.Status, &started, &known.NodeID}, rest)...)
	if err != nil {
		return pipeline.Job{}, err
	}
	var job pipeline.Kept
	err = decode([]byte(document), &job)
	if err == nil && job.ID == known.ID {
		return pipeline.Job(job), nil
	}
	known.StartTime = pipeline.At(time.UnixMilli(started))
	return salvage(known, document, err), nil
}

// salvage adds to what the columns tell every member of the document that can be
// read by itself.
func salvage(known pipeline.Job, document string, cause error) pipeline.Job {
	if cause == nil {
		cause = wording.New("it is that of another job")
		document = ""
	}
	var members map[string]json.RawMessage
	_ = json.Unmarshal([]byte(document), &members) // no object has no members
	var lost []string
	for name, value := range members {
		one, err := json.Marshal(map[string]json.RawMessage{name: value})
		if err == nil {
			err = decode(one, new(pipeline.Kept))
		}
		if err != nil {
			lost = append(lost, name)
			delete(members, name)
		}
	}
	slices.Sort(lost)
	var kept pipeline.Kept
	if rest, err := json.Marshal(members); err != nil || json.Unmarshal(rest, &kept) != nil {
		kept = pipeline.Kept{}
	}
	job := pipeline.Job(kept)
	job.ID, job.Status = known.ID, known.Status
	if job.StartTime.IsZero() {
		job.StartTime = known.StartTime
	}
	if job.NodeID == "" {
		job.NodeID = known.NodeID
	}
	what := wording.Of("The record of this job cannot be read")
	if len(lost) > 0 {
		what = wording.Of("Of the record of this job cannot be read: %s", strings.Join(lost, ", "))
	}
	job.Warnings = append(job.Warnings, pipeline.Say(KeyUnreadable,
		"%s (%v). The rest is shown as it was recorded; its files are not touched.", what, cause))
	return job
}
