package fetch

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sluice/deliver/target"
	"sluice/localexport"
	"sluice/localexport/jobfiles"
	"sluice/pipeline"
	"sluice/verify"
)

const (
	users = "instance_url,user_id,user_name,user_fullname,user_email\r\nhttps://w,1,a,A,a@x\r\nhttps://w,2,\"b \"\"c\"\"\",\"B,\nb\",\r\n"
	other = "a,b\r\n1,2\r\n"
)

var started = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

func jobOf(id int64) pipeline.Job {
	return pipeline.Job{ID: id, Status: pipeline.Completed, StartTime: pipeline.At(started)}
}

// home makes a shared home as the vendor writes it, with the files of job 12, by their tables.
func home(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	dir := filepath.Join(root, "data-pipeline", "export", "12")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for table, text := range files {
		write(t, filepath.Join(dir, table+"_job12_2026_01_02T03_04_05Z.csv"), text)
	}
	return root
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func place(t *testing.T, root string) target.Place {
	t.Helper()
	a, err := target.ParsePlace(root)
	if err != nil {
		t.Fatal(err)
	}
	p, err := a.OpenPlace(t.Context(), target.Access{}.SSH)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	return p
}

func optionsFor(t *testing.T) Options {
	return Options{Home: filepath.Join(t.TempDir(), "home"), Server: "https://w", Version: "1.0"}
}

func lying(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// holds checks that the folder of a job is as it should be.
func holds(t *testing.T, r Result, tables ...string) {
	t.Helper()
	m, err := jobfiles.ReadManifest(r.Folder)
	if err != nil {
		t.Fatal(err)
	}
	outcomes, err := verify.Files(t.Context(), m.Listed(r.Folder), func(verify.Progress) {})
	if err != nil || len(outcomes) != len(tables) {
		t.Fatalf("%d files, %v", len(outcomes), err)
	}
	for i, o := range outcomes {
		if o.State != verify.Verified || m.Files[i].Name != tables[i] {
			t.Errorf("%s: %v", m.Files[i].Name, o)
		}
	}
	if extras, err := verify.Extras(r.Folder, m.Listed(r.Folder)); err != nil || len(extras) > 0 {
		t.Errorf("beside them: %v, %v", extras, err)
	}
	for path, want := range map[string]os.FileMode{r.Folder: 0o700, filepath.Join(r.Folder, m.Files[0].File): 0o600, filepath.Join(r.Folder, jobfiles.ManifestName): 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
}

func TestJob(t *testing.T) {
	root := home(t, map[string]string{"users": users, "pages": other})
	write(t, filepath.Join(root, "data-pipeline/export/12", "README.txt"), "x")
	o := optionsFor(t)
	var last Progress
	o.Progress = func(p Progress) { last = p }
	r, err := Job(t.Context(), place(t, root), jobOf(12), o)
	if err != nil {
		t.Fatal(err)
	}
	holds(t, r, "pages", "users")
	if r.Folder != localexport.JobFolder(o.Home, 12) || r.Rows != 3 || r.Bytes != int64(len(users)+len(other)) || r.Already || r.From != root {
		t.Errorf("%+v", r)
	}
	if len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "README.txt") {
		t.Errorf("notes: %q", r.Notes)
	}
	if !last.Checking || last.Bytes != r.Bytes || last.TotalBytes != r.Bytes {
		t.Errorf("progress: %+v", last)
	}
	m, err := jobfiles.ReadManifest(r.Folder)
	if err != nil || m.Fetched == nil || m.Fetched.From != root || m.Fetched.Server != "https://w" || m.OptionsKnown() || !m.Job.Same(jobOf(12)) {
		t.Errorf("manifest: %+v, %v", m.Fetched, err)
	}
	if names := lying(t, filepath.Dir(r.Folder)); !slices.Equal(names, []string{".fetching.lock", "12"}) {
		t.Errorf("beside the job lie %q", names)
	}
	if r, err = Job(t.Context(), place(t, root), jobOf(12), o); err != nil || !r.Already || r.Rows != 3 {
		t.Errorf("once more: %+v, %v", r, err)
	}
	write(t, filepath.Join(r.Folder, r.Files[0].File), "spoiled")
	if r, err = Job(t.Context(), place(t, root), jobOf(12), o); err != nil || r.Already {
		t.Errorf("after it was spoiled: %+v, %v", r, err)
	}
	holds(t, r, "pages", "users")
}

// TestExportFolder: a server that was told to export elsewhere has its jobs right there.
func TestExportFolder(t *testing.T) {
	root := filepath.Join(home(t, map[string]string{"users": users}), "data-pipeline", "export")
	r, err := Job(t.Context(), place(t, root), jobOf(12), optionsFor(t))
	if err != nil {
		t.Fatal(err)
	}
	holds(t, r, "users")
}

// TestRefused: nothing of what is not whole, or not meant, gets the name of a job.
func TestRefused(t *testing.T) {
	dir := "data-pipeline/export/12/"
	for name, c := range map[string]struct {
		files map[string]string
		spoil func(t *testing.T, root, home string)
		says  string
	}{
		"cut inside a quote":    {files: map[string]string{"users": users[:strings.Index(users, "c\"\"\"")]}, says: "ends inside a quoted cell"},
		"cut between cells":     {files: map[string]string{"users": users + "https://w,3,c"}, says: "its last record has 3 cells and its header 5"},
		"empty":                 {files: map[string]string{"users": ""}, says: "it is empty and has no header"},
		"still partial":         {files: map[string]string{"users": users}, spoil: func(t *testing.T, root, _ string) { write(t, root+"/"+dir+"pages_job12_x.csv.partial", "x") }, says: "pages_job12_x.csv.partial there is not complete"},
		"of another job":        {files: map[string]string{"users": users}, spoil: func(t *testing.T, root, _ string) { write(t, root+"/"+dir+"pages_job13_x.csv", other) }, says: "is of another job than 12"},
		"no files":              {says: "there is no file of an export"},
		"another job lies here": {files: map[string]string{"users": users}, spoil: another, says: "has another job of that number"},
		"something else lies here": {files: map[string]string{"users": users}, spoil: func(t *testing.T, _, home string) {
			if err := os.MkdirAll(localexport.JobFolder(home, 12), 0o700); err != nil {
				t.Fatal(err)
			}
		}, says: "is there already and was not fetched"},
		"no folder of the job": {spoil: func(t *testing.T, root, _ string) {
			if err := os.Remove(root + "/" + dir); err != nil {
				t.Fatal(err)
			}
		}, says: "there is no folder 12 in data-pipeline/export: its files were removed"},
		"no folder of exports": {spoil: func(t *testing.T, root, _ string) {
			if err := os.RemoveAll(root + "/data-pipeline"); err != nil {
				t.Fatal(err)
			}
		}, says: "there is neither data-pipeline/export/12 nor 12 in it: name the shared home"},
	} {
		t.Run(name, func(t *testing.T) {
			root, o := home(t, c.files), optionsFor(t)
			if c.spoil != nil {
				c.spoil(t, root, o.Home)
			}
			before := 0
			if m, err := jobfiles.ReadManifest(localexport.JobFolder(o.Home, 12)); err == nil {
				before = len(m.Files)
			}
			_, err := Job(t.Context(), place(t, root), jobOf(12), o)
			if err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), root) {
				t.Errorf("%v, want %q", err, c.says)
			}
			if m, _ := jobfiles.ReadManifest(localexport.JobFolder(o.Home, 12)); len(m.Files) != before {
				t.Errorf("a manifest of %d files", len(m.Files))
			}
		})
	}
}

// another puts a job of the same number, of another time, into a home.
func another(t *testing.T, root, home string) {
	t.Helper()
	job := jobOf(12)
	job.StartTime = pipeline.At(started.Add(time.Hour))
	if _, err := Job(t.Context(), place(t, root), job, Options{Home: home, Server: "https://w"}); err != nil {
		t.Fatal(err)
	}
}

// meddling is a place at which something happens when a file is opened.
type meddling struct {
	target.Place
	opened func(name string)
}

func (m meddling) Open(ctx context.Context, name string) (io.ReadCloser, error) {
	m.opened(filepath.Base(name))
	return m.Place.Open(ctx, name)
}

// TestChanged: a file that grows, or is exchanged, while it is fetched is noticed.
func TestChanged(t *testing.T) {
	for name, change := range map[string]func(t *testing.T, path string){
		"grows":     func(t *testing.T, path string) { write(t, path, other+"3,4\r\n") },
		"shrinks":   func(t *testing.T, path string) { write(t, path, "a,b\r\n") },
		"exchanged": func(t *testing.T, path string) { write(t, path, "a,b\r\n9,9\r\n") },
		"removed":   func(t *testing.T, path string) { os.Remove(path) },
		"joined":    func(t *testing.T, path string) { write(t, strings.Replace(path, "pages", "spaces", 1), other) },
	} {
		t.Run(name, func(t *testing.T) {
			root, o := home(t, map[string]string{"pages": other}), optionsFor(t)
			path := filepath.Join(root, "data-pipeline/export/12/pages_job12_2026_01_02T03_04_05Z.csv")
			if err := os.Chtimes(path, started, started); err != nil {
				t.Fatal(err)
			}
			_, err := Job(t.Context(), meddling{place(t, root), func(string) { change(t, path) }}, jobOf(12), o)
			if !errors.Is(err, ErrChanged) {
				t.Errorf("%v", err)
			}
			if _, err := os.Stat(localexport.JobFolder(o.Home, 12)); err == nil {
				t.Error("the job has its name")
			}
		})
	}
}

// TestGoesOn: what a fetch that was stopped has brought whole is not read again.
func TestGoesOn(t *testing.T) {
	root, o := home(t, map[string]string{"pages": other, "users": users}), optionsFor(t)
	ctx, stop := context.WithCancelCause(t.Context())
	why := errors.New("stopped by the test")
	var opened []string
	p := meddling{place(t, root), func(name string) {
		if opened = append(opened, name); strings.HasPrefix(name, "users") {
			stop(why)
		}
	}}
	if _, err := Job(ctx, p, jobOf(12), o); !errors.Is(err, why) {
		t.Fatalf("%v", err)
	}
	if _, err := os.Stat(localexport.JobFolder(o.Home, 12)); err == nil {
		t.Error("the job has its name")
	}
	opened = nil
	p.opened = func(name string) { opened = append(opened, name) }
	r, err := Job(t.Context(), p, jobOf(12), o)
	if err != nil || r.Kept != 1 || len(opened) != 1 || !strings.HasPrefix(opened[0], "users") {
		t.Fatalf("%v, kept %d, read %q", err, r.Kept, opened)
	}
	holds(t, r, "pages", "users")
}

// TestBusy: two fetches into a home do not write the same.
func TestBusy(t *testing.T) {
	root, o := home(t, map[string]string{"pages": other}), optionsFor(t)
	var within error
	p := meddling{place(t, root), func(string) { _, within = Job(t.Context(), place(t, root), jobOf(12), o) }}
	if _, err := Job(t.Context(), p, jobOf(12), o); err != nil || !errors.Is(within, ErrBusy) {
		t.Errorf("%v, within: %v", err, within)
	}
}

// TestUnseen: the manifest says that nobody saw how the job ended.
func TestUnseen(t *testing.T) {
	root, o := home(t, map[string]string{"pages": other}), optionsFor(t)
	o.Unseen = true
	r, err := Job(t.Context(), place(t, root), pipeline.Job{ID: 12}, o)
	if err != nil {
		t.Fatal(err)
	}
	m, err := jobfiles.ReadManifest(r.Folder)
	if err != nil || !m.Fetched.Unseen || len(m.Job.Notes) != 1 || m.Job.Notes[0].Key != KeyUnseen {
		t.Errorf("%+v, %v", m, err)
	}
}
