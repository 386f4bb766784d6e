package jobstore

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/localexport/disk/disktest"
	"sluice/pipeline"
)

// TestFullDisk opens a database on a disk that has no room: the jobs are there, what
// would change them is refused, and works again once there is room.
func TestFullDisk(t *testing.T) {
	for _, c := range []struct {
		name, options string
		inodes        bool
	}{{"blocks", "size=1m", false}, {"inodes", "size=1m,nr_inodes=20", true}} {
		for _, hot := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, left open %t", c.name, hot), func(t *testing.T) {
				path := filepath.Join(disktest.Small(t, c.options), "jobs.db")
				s, err := Open(t.Context(), path)
				if err != nil {
					t.Fatal(err)
				}
				finish(t, s, create(t, s), pipeline.Failed)
				job := create(t, s)
				if hot {
					leaveHot(t, path)
				}
				if err := s.Close(); err != nil {
					t.Fatal(err)
				}
				if hot {
					unleave(t, path)
				}
				empty := disktest.Fill(t, filepath.Dir(path), c.inodes)
				checkReadOnly(t, open(t, path), job, empty)
			})
		}
	}
}

// leaveHot copies the database and its log as a process leaves them that is killed.
func leaveHot(t *testing.T, path string) {
	t.Helper()
	for _, name := range []string{path, path + "-wal"} {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(filepath.Dir(path), "kept"+strings.TrimPrefix(name, path)), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// unleave puts the copies in place.
func unleave(t *testing.T, path string) {
	t.Helper()
	for _, suffix := range []string{"", "-wal"} {
		if err := os.Rename(filepath.Join(filepath.Dir(path), "kept"+suffix), path+suffix); err != nil {
			t.Fatal(err)
		}
	}
}

// checkReadOnly looks at a store without room, in which a job runs, and gives it
// room.
func checkReadOnly(t *testing.T, s *Store, job pipeline.Job, empty func()) {
	t.Helper()
	if err := s.ReadOnly(); err == nil || !strings.Contains(err.Error(), "free some space") {
		t.Errorf("ReadOnly = %v", err)
	}
	if jobs, err := s.List(t.Context(), 0); err != nil || len(jobs) != 2 || jobs[1].Status != pipeline.Failed {
		t.Errorf("List = %+v, %v", jobs, err)
	}
	if r, found, err := s.Running(t.Context()); err != nil || !found || r.Job.ID != job.ID || r.Process.PID != 7 {
		t.Errorf("Running = %+v, %v, %v", r, found, err)
	}
	ended := job
	ended.Status = pipeline.Failed
	if _, err := s.Finish(t.Context(), ended); err == nil || !strings.Contains(err.Error(), "free some space") {
		t.Errorf("Finish: %v, want an error that says what to do", err)
	}
	s.Renew(t.Context())
	if s.ReadOnly() == nil {
		t.Error("there is room although nothing was freed")
	}
	empty()
	s.Renew(t.Context())
	if err := s.ReadOnly(); err != nil {
		t.Errorf("ReadOnly with room: %v", err)
	}
	if ok, err := s.Finish(t.Context(), ended); err != nil || !ok {
		t.Errorf("Finish with room = %v, %v", ok, err)
	}
}
