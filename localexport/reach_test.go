package localexport

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"sluice/localexport/jobfiles"
	"sluice/pipeline"
)

// TestLastOf: which export of a home is gone on with, and from where. Jobs are the
// completed ones of the home, the first one first.
func TestLastOf(t *testing.T) {
	const ours, theirs = "https://wiki.example.com", "https://other.example.com"
	at := func(hour int) time.Time { return time.Date(2020, 3, 3, hour, 0, 0, 0, time.UTC) }
	type job struct {
		base             string // "": the manifest is gone
		newest, modified time.Time
	}
	for name, c := range map[string]struct {
		jobs []job
		now  time.Time // the newest change of the snapshot as it is
		want pipeline.Reach
	}{
		"none": {nil, at(1), pipeline.Reach{}},
		"a file that came an hour after its content": {[]job{{ours, at(2), at(3)}}, at(9), pipeline.Reach{Job: 1, At: at(2)}},
		"what the snapshot holds now does not count": {[]job{{ours, at(2), at(3)}}, at(1), pipeline.Reach{Job: 1, At: at(2)}},
		"a file from before its content":             {[]job{{ours, at(2), at(1)}}, at(9), pipeline.Reach{Job: 1, At: at(2)}},
		"the last one counts":                        {[]job{{ours, at(2), at(3)}, {ours + "/", at(4), at(5)}}, at(9), pipeline.Reach{Job: 2, At: at(4)}},
		"that of another site does not":              {[]job{{ours, at(2), at(3)}, {theirs, at(4), at(5)}}, at(9), pipeline.Reach{Job: 1, At: at(2)}},
		"only of another site":                       {[]job{{theirs, at(4), at(5)}}, at(9), pipeline.Reach{Other: theirs}},
		"of an earlier version":                      {[]job{{ours, time.Time{}, at(3)}}, at(9), pipeline.Reach{Job: 1, At: at(3), Guessed: true}},
		"of an earlier version, nothing new":         {[]job{{ours, time.Time{}, at(3)}}, at(1), pipeline.Reach{Job: 1, At: at(1), Guessed: true}},
		"removed":                                    {[]job{{ours, at(2), at(3)}, {}}, at(4), pipeline.Reach{Job: 2, At: at(4), Guessed: true}},
		"removed, in a shared home":                  {[]job{{theirs, at(1), at(1)}, {ours, at(2), at(3)}, {}}, at(4), pipeline.Reach{Job: 2, At: at(2)}},
		"removed, of nobody knows whom":              {[]job{{theirs, at(1), at(1)}, {}}, at(4), pipeline.Reach{Other: theirs}},
	} {
		t.Run(name, func(t *testing.T) {
			o := testOptions(t)
			e := openFake(t, newFake(), o)
			for i, job := range c.jobs {
				start(t, e, pipeline.Request{})
				wait(t, e)
				rewrite(t, JobFolder(o.Home, int64(i+1)), job.base, job.newest, job.modified)
			}
			got, err := e.LastOf(t.Context(), Site{BaseURL: ours, Newest: c.now})
			if err != nil || got.Job != c.want.Job || !got.At.Equal(c.want.At) || got.Guessed != c.want.Guessed || got.Other != c.want.Other {
				t.Errorf("%+v, %v, want %+v", got, err, c.want)
			}
		})
	}
}

// rewrite makes the manifest of a folder say what it was made of; without a base URL it
// removes it.
func rewrite(t *testing.T, folder, base string, newest, modified time.Time) {
	t.Helper()
	path := filepath.Join(folder, jobfiles.ManifestName)
	if base == "" {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		return
	}
	m, err := jobfiles.ReadManifest(folder)
	if err != nil {
		t.Fatal(err)
	}
	m.Options.BaseURL, m.Snapshot.Newest, m.Snapshot.Modified = base, newest, modified
	b, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}
