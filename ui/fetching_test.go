package ui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/view"
)

// seenEngine is a server whose jobs were seen, as the journal has them.
type seenEngine struct{ *remoteEngine }

func (e seenEngine) Jobs(ctx context.Context, n int) ([]pipeline.Job, error) { return e.e.Jobs(ctx, n) }

// fetcher brings jobs, as far as a test lets it.
type fetcher struct {
	*fakeBackend
	mu    sync.Mutex
	asked []source.Fetch
	fail  error
	hold  chan struct{} // nil: it is done at once
}

func (f *fetcher) FetchJob(ctx context.Context, _ source.Source, secret string, o source.Fetch) (string, []string, error) {
	f.mu.Lock()
	f.asked = append(f.asked, o)
	fail, hold := f.fail, f.hold
	f.mu.Unlock()
	o.Progress(source.Fetching{File: "pages_job8.csv", Done: 1000, Total: 4000})
	if hold != nil {
		select {
		case <-hold:
		case <-ctx.Done():
			return "", nil, ctx.Err()
		}
	}
	if fail != nil || secret == "" {
		return "", nil, errors.Join(fail)
	}
	dir := filepath.Join(o.Home, "data-pipeline", "export", "8")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", nil, err
	}
	return dir, []string{"README.txt stays there."}, os.WriteFile(filepath.Join(dir, "pages_job8_x.csv"), []byte("a,b\n1,2\n"), 0o600)
}

// Manifest is of what was fetched.
func (f *fetcher) Manifest(dir string) ([]pipeline.File, error) {
	path := filepath.Join(dir, "pages_job8_x.csv")
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	return []pipeline.File{{Name: "pages", Path: path, Rows: 1, Bytes: info.Size(), SHA256: "x"}}, nil
}

// newFetchStage is a stage with a server that has a shared home, and its history in sight.
func newFetchStage(t *testing.T, f *fetcher) *stage {
	t.Helper()
	s := newStageWith(t, func(s *stage) {
		asServer(s)
		s.backend.remote = seenEngine{&remoteEngine{s.engine}}
		s.engine.jobs = []pipeline.Job{jobOf(8, pipeline.Completed)}
		f.fakeBackend = s.backend
		s.all = f
	}, source.NewServer("Wiki", source.Server{URL: aServer()[0].Server.URL, Folder: "sftp://me@wiki.example.com/srv"}))
	s.until("it is open", func() bool {
		return s.w.chosen != nil && s.w.chosen.session != nil && s.w.chosen.session.State().Known()
	})
	s.w.chosen.page.view.Choose(view.HistoryTab)
	s.until("the job can be fetched", s.offers("Fetch"))
	return s
}

// TestFetch: a job of a server is fetched from the history, and its files are opened then.
func TestFetch(t *testing.T) {
	f := &fetcher{hold: make(chan struct{})}
	s := newFetchStage(t, f)
	if s.offers("Files")() && s.w.chosen.page.files.possible() {
		t.Error("files that lie on the server are offered")
	}
	s.press("Fetch")
	s.until("it says how far it is", s.sees("Fetching job 8: pages_job8.csv, 1.0 kB of 4.0 kB."))
	if !s.offers("Stop")() {
		t.Errorf("it cannot be stopped: %q", s.says())
	}
	close(f.hold)
	s.until("it is here", s.sees("Job 8 was fetched into "))
	if !s.sees("found whole. README.txt stays there.")() {
		t.Errorf("%q", s.says())
	}
	s.until("its files are known", func() bool { return s.w.chosen.past.fetched[8] != "" })
	s.w.chosen.page.files.load(8)
	s.until("its files are listed", func() bool { return len(s.w.chosen.page.files.files) == 1 })
	if got := s.w.chosen.page.files.files[0]; got.Rows != 1 || !strings.HasSuffix(got.Path, "pages_job8_x.csv") {
		t.Errorf("%+v", got)
	}
	if home := s.w.chosen.source.FetchHome(s.w.o.Homes); len(f.asked) != 1 || f.asked[0].Job != 8 || f.asked[0].Home != home {
		t.Errorf("asked %+v, want the home %s", f.asked, home)
	}
}

// TestFetchStopsAndFails: a fetch that was stopped, or is refused, says so, and can be
// begun again.
func TestFetchStopsAndFails(t *testing.T) {
	f := &fetcher{hold: make(chan struct{})}
	s := newFetchStage(t, f)
	s.press("Fetch")
	s.until("it is at work", s.offers("Stop"))
	s.press("Stop")
	s.until("it is stopped", s.sees("The fetch of job 8 was stopped"))
	f.mu.Lock()
	f.hold, f.fail = nil, errors.New("job 8 still runs, and its files grow")
	f.mu.Unlock()
	s.press("Fetch")
	s.until("it is refused", s.sees("Job 8 still runs, and its files grow."))
	if !s.offers("Fetch")() || len(s.w.chosen.past.fetched) > 0 {
		t.Errorf("%q", s.says())
	}
}
