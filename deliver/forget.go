package deliver

import (
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"sluice/wording"
)

// Forgotten is a job that a delivery owed and does not bring any more.
type Forgotten struct {
	Job int64     `json:"job"`
	At  time.Time `json:"at"`
	// Why is why it could not be brought when that was tried last; "" if that is not known.
	Why string `json:"why,omitempty"`
}

// mostForgotten is how many forgotten jobs are remembered, the last ones.
const mostForgotten = 100

// Jobs are the numbers of all jobs that there are to bring, the smallest first.
func (o Owed) Jobs() []int64 {
	jobs := slices.Clone(o.Unfetched)
	for _, folder := range o.Folders {
		if job := jobIn(folder); job != 0 {
			jobs = append(jobs, job)
		}
	}
	slices.Sort(jobs)
	return slices.Compact(jobs)
}

// Listed are jobs in words: "3, 4".
func Listed(jobs []int64) string {
	words := make([]string, len(jobs))
	for i, job := range jobs {
		words[i] = strconv.FormatInt(job, 10)
	}
	return strings.Join(words, ", ")
}

// ForgetJobs lets a delivery bring jobs no more, and keeps which they were: their files, if there
// are any, need not be kept for it. The error says which jobs it owes if one is not among them;
// then nothing is forgotten.
func (f *OwedFile) ForgetJobs(delivery string, jobs []int64) (forgotten []Forgotten, err error) {
	var owed, none []int64
	err = f.update(delivery, func(o Owed) Owed {
		owed = o.Jobs()
		for _, job := range jobs {
			if !slices.Contains(owed, job) {
				none = append(none, job)
			}
		}
		if len(none) > 0 {
			return o
		}
		why := o.Why
		for _, job := range jobs {
			o = o.forget(job, why)
		}
		forgotten = slices.DeleteFunc(slices.Clone(o.Forgotten), func(f Forgotten) bool { return !slices.Contains(jobs, f.Job) })
		return o
	})
	switch {
	case err != nil:
		return nil, err
	case len(none) > 0 && len(owed) == 0:
		return nil, wording.Errorf("%w: the delivery %s owes nothing", ErrNotOwed, delivery)
	case len(none) > 0:
		return nil, wording.Errorf("%w: the delivery %s does not owe job %s, but %s", ErrNotOwed, delivery, Listed(none), Listed(owed))
	}
	return forgotten, nil
}

// ErrNotOwed is wrapped by the error for a job that is not owed.
var ErrNotOwed = wording.New("there is nothing to forget")

// Forget forgets all of a delivery, since it is no more: what it owed may be removed then.
func (f *OwedFile) Forget(delivery string) error {
	return f.update(delivery, func(o Owed) Owed { return Owed{Delivery: o.Delivery} })
}

// lose forgets a job whose files are gone.
func (f *OwedFile) lose(delivery, folder string, why error) error {
	return f.update(delivery, func(o Owed) Owed {
		o.Folders = o.besides(folder)
		return o.remember(jobIn(folder), why.Error())
	})
}

// forget is what is owed without a job.
func (o Owed) forget(job int64, why string) Owed {
	o.Folders = slices.DeleteFunc(slices.Clone(o.Folders), func(folder string) bool { return jobIn(folder) == job })
	o.Unfetched, o.Gone = without(o.Unfetched, job), without(o.Gone, job)
	return o.remember(job, why)
}

// remember keeps that a job was forgotten.
func (o Owed) remember(job int64, why string) Owed {
	o.Forgotten = append(o.notForgotten(job), Forgotten{Job: job, At: time.Now().UTC().Truncate(time.Second), Why: why})
	o.Forgotten = o.Forgotten[max(0, len(o.Forgotten)-mostForgotten):]
	return o
}

func (o Owed) notForgotten(job int64) []Forgotten {
	return slices.DeleteFunc(slices.Clone(o.Forgotten), func(f Forgotten) bool { return f.Job == job })
}

// nothing reports whether there is nothing to keep of a delivery.
func (o Owed) nothing() bool { return o.Count() == 0 && len(o.Forgotten) == 0 }

// besides are the folders that are owed but one.
func (o Owed) besides(folder string) []string {
	return slices.DeleteFunc(slices.Clone(o.Folders), func(other string) bool { return other == folder })
}

// jobIn is the job whose folder it is; 0 if the name does not say so.
func jobIn(folder string) int64 {
	job, err := strconv.ParseInt(filepath.Base(folder), 10, 64)
	if err != nil {
		return 0
	}
	return job
}

func with(jobs []int64, job int64) []int64 {
	jobs = append(without(jobs, job), job)
	slices.Sort(jobs)
	return jobs
}

func without(jobs []int64, job int64) []int64 {
	return slices.DeleteFunc(slices.Clone(jobs), func(other int64) bool { return other == job })
}
