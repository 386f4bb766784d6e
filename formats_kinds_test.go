package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"sluice/cli"
	"sluice/client/journal"
	"sluice/deliver"
	"sluice/deliver/target"
	"sluice/formats"
	"sluice/hooks"
	"sluice/localexport"
	"sluice/localexport/confluence"
	"sluice/localexport/demo"
	"sluice/localexport/jobfiles"
	"sluice/localexport/snapshot"
	"sluice/pipeline"
	"sluice/schedule"
	"sluice/source"
	"sluice/takes/dbfile"
)

// keptKind is a kind of file, how one comes to be, and how it is read and then written.
type keptKind struct {
	kind formats.Kind
	file string // below a folder of the test
	// text of the file around the version, which is `"version": 1, ` or nothing
	text string
	make func(t *testing.T, path, version string) // nil: the text
	use  func(ctx context.Context, dir, path string) error
}

var keptKinds = []keptKind{
	{kind: formats.Home, file: "data-pipeline/home.json", text: `{%s"x": 1}`, use: func(ctx context.Context, dir, _ string) error {
		_, err := localexport.FindJobFolder(ctx, dir, 1)
		return errors.Join(err, openedHome(ctx, dir, nil))
	}},
	{kind: formats.ExportPath, file: "data-pipeline/export-path.json", text: `{%s"path": "/elsewhere"}`, use: func(ctx context.Context, dir, _ string) error {
		return openedHome(ctx, dir, func(e *localexport.Exporter) error {
			_, err := e.ExportPath(ctx)
			_, setErr := e.SetExportPath(ctx, os.TempDir())
			if (err == nil) != (setErr == nil) {
				return fmt.Errorf("read: %v, and set: %v", err, setErr)
			}
			return err
		})
	}},
	{kind: formats.Jobs, file: "data-pipeline/jobs.db", make: makeJobs, use: func(ctx context.Context, dir, _ string) error { return openedHome(ctx, dir, nil) }},
	{kind: formats.Manifest, file: "1/manifest.json", text: `{%s"format": "sluice-export-manifest"}`, use: func(_ context.Context, _, path string) error {
		_, err := jobfiles.ReadManifest(filepath.Dir(path))
		return err
	}},
	{kind: formats.Leftover, file: "1/resume.json", text: `{%s"format": "sluice-export-resume"}`, use: func(_ context.Context, _, path string) error {
		_, err := jobfiles.ReadResume(filepath.Dir(path))
		return err
	}},
	{kind: formats.Snapshot, file: "wiki.db", make: makeSnapshot, use: useSnapshot},
	{kind: formats.Config, file: "config/sluice/config.json", text: `{%s"min-free-space": "-1"}`, use: useConfig},
	{kind: formats.Sources, file: "sources.json", text: `{%s"sources": []}`, use: func(_ context.Context, _, path string) error {
		f := source.NewFile(path)
		_, err := f.Load()
		return errors.Join(err, f.Update(func(l source.List) (source.List, error) { return l, nil }))
	}},
	{kind: formats.Schedules, file: "schedules.json", text: `{%s"schedules": []}`, use: func(_ context.Context, dir, _ string) error {
		f := schedule.NewFile(dir)
		_, err := f.Load()
		return errors.Join(err, f.Update(func(l schedule.List) (schedule.List, error) { return l, nil }))
	}},
	{kind: formats.ScheduleStates, file: "schedules-state.json", text: `{%s"states": []}`, use: func(_ context.Context, dir, _ string) error {
		f := schedule.NewStateFile(dir)
		_, err := f.Load()
		return errors.Join(err, f.Change("nightly", func(*schedule.State) bool { return true }))
	}},
	{kind: formats.Window, file: "window.json", text: `{%s"theme": "dark"}`, use: func(_ context.Context, _, path string) error {
		store := source.NewStore(path)
		p, err := store.Load()
		return errors.Join(err, store.Save(p, p.Sources))
	}},
	{kind: formats.Hooks, file: "hooks.json", text: `{%s"hooks": []}`, use: func(_ context.Context, dir, _ string) error {
		f := hooks.NewFile(dir)
		_, err := f.Load()
		return errors.Join(err, f.Update(func(l []hooks.Hook) ([]hooks.Hook, error) { return l, nil }))
	}},
	{kind: formats.Deliveries, file: "deliveries.json", text: `{%s"deliveries": []}`, use: func(_ context.Context, dir, _ string) error {
		f := deliver.NewFile(dir)
		_, err := f.Load()
		return errors.Join(err, f.Update(func(l []deliver.Delivery) ([]deliver.Delivery, error) { return l, nil }))
	}},
	{kind: formats.OwedDeliveries, file: "deliveries-owed.json", text: `{%s"owed": []}`, use: func(_ context.Context, dir, _ string) error {
		f := deliver.NewOwedFile(dir)
		_, err := f.Of("share")
		return errors.Join(err, f.Settle("share", "x"))
	}},
	{kind: formats.Delivery, file: "place/job=12/_SUCCESS", text: `{%s"job": 12}`, use: useDelivery},
	{kind: formats.Journal, file: "wiki.json", text: `{%s"jobs": []}`, use: func(_ context.Context, _, path string) error {
		j, err := journal.Open(path)
		return errors.Join(err, j.Note(pipeline.Job{ID: 1, Status: pipeline.Completed}))
	}},
}

// openedHome opens a home, does something with it, and closes it.
func openedHome(ctx context.Context, dir string, do func(*localexport.Exporter) error) error {
	e, err := localexport.Open(ctx, localexport.Options{Product: confluence.Product{}, Home: dir, MinFreeSpace: -1, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	if do != nil {
		err = do(e)
	}
	return errors.Join(err, e.Close(ctx))
}

// makeJobs makes a database with the first of its migrations, or with all of them.
func makeJobs(t *testing.T, path, version string) {
	switch n, err := strconv.Atoi(version); {
	case version == "":
		put(t, path, "") // an empty file is an empty database
	case err != nil:
		change(t, path, "PRAGMA user_version = -1")
	case n == 1:
		first, err := os.ReadFile("localexport/jobstore/migrations/001_jobs.sql")
		if err != nil {
			t.Fatal(err)
		}
		change(t, path, string(first)+"; PRAGMA user_version = 1")
	case n == formats.Jobs.Known:
		if err := openedHome(t.Context(), filepath.Dir(filepath.Dir(path)), nil); err != nil {
			t.Fatal(err)
		}
	default:
		change(t, path, "PRAGMA user_version = "+version)
	}
}

func makeSnapshot(t *testing.T, path, version string) {
	if _, err := demo.Write(t.Context(), path, demo.Options{Pages: 20, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	change(t, path, "CREATE TABLE "+snapshot.OriginTable+" (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL)")
	if version != "" {
		change(t, path, "INSERT INTO "+snapshot.OriginTable+" VALUES ('"+snapshot.OriginFormat+"', '"+version+"')")
	}
}

func useSnapshot(ctx context.Context, _, path string) error {
	s, err := snapshot.Open(ctx, path)
	if err == nil {
		err = s.Close()
	}
	f, createErr := dbfile.Create(ctx, path, "", true)
	if createErr == nil {
		createErr = f.Abort()
	}
	if (err == nil) != (createErr == nil) {
		return errors.New("what cannot be read could be replaced")
	}
	return err
}

func useConfig(ctx context.Context, dir, _ string) error {
	before := os.Getenv("XDG_CONFIG_HOME")
	os.Setenv("XDG_CONFIG_HOME", filepath.Join(dir, "config"))
	defer os.Setenv("XDG_CONFIG_HOME", before)
	var errs strings.Builder
	p := cli.Program{Version: "test", Out: io.Discard, Err: &errs}
	if code := p.Run(ctx, []string{"demo", filepath.Join(dir, "demo.db"), "--pages", "1"}); code != 0 {
		return errors.New(errs.String())
	}
	return nil
}

// change changes a database.
func change(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestFormatsOfEverythingThatIsKept: what has no version is of the first, what this
// program writes is read, and what a newer Sluice wrote, or says a version that is none,
// is refused by name and stays as it is, byte by byte.
func TestFormatsOfEverythingThatIsKept(t *testing.T) {
	for _, k := range keptKinds {
		next := strconv.Itoa(k.kind.Known + 1)
		newer := "this " + k.kind.What + " was written by a newer Sluice (format " + next + "; this one knows up to " + strconv.Itoa(k.kind.Known) + "): use that version"
		for version, says := range map[string]string{"": "", "1": "", strconv.Itoa(k.kind.Known): "", next: newer,
			`"two"`: "this " + k.kind.What + " says"} {
			t.Run(k.kind.What+" "+version, func(t *testing.T) {
				dir := t.TempDir()
				path := filepath.Join(dir, k.file)
				if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
					t.Fatal(err)
				}
				if k.make != nil {
					k.make(t, path, version)
				} else {
					put(t, path, fmt.Sprintf(k.text, map[bool]string{true: `"version": ` + version + ", "}[version != ""]))
				}
				before, _ := os.ReadFile(path)
				err := k.use(t.Context(), dir, path)
				if says == "" {
					if err != nil {
						t.Error(err)
					}
					return
				}
				if err == nil || !strings.Contains(plainSpaces(err.Error()), says) {
					t.Errorf("%v, want that %s", err, says)
				}
				if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
					t.Errorf("it was written over: %v", err)
				}
			})
		}
	}
}

func plainSpaces(s string) string { return strings.Join(strings.Fields(s), " ") }

// TestNothingIsMadeInTheHomeOfANewerSluice: it is left as it was found.
func TestNothingIsMadeInTheHomeOfANewerSluice(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "data-pipeline", "home.json")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	put(t, path, `{"version": 2}`)
	if err := openedHome(t.Context(), dir, nil); !formats.Refused(err) {
		t.Errorf("opened: %v", err)
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	info, statErr := os.Stat(filepath.Dir(path))
	if err != nil || statErr != nil || len(entries) != 1 || info.Mode().Perm() != 0o755 {
		t.Errorf("it holds %v, with %v: %v, %v", entries, info.Mode(), err, statErr)
	}
}

// TestNewHomesSayTheirFormat in a file of their owner's.
func TestNewHomesSayTheirFormat(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "home")
	if err := openedHome(t.Context(), dir, nil); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "data-pipeline", "home.json")
	b, err := os.ReadFile(path)
	info, statErr := os.Stat(path)
	if err != nil || statErr != nil || string(b) != `{"version":1}`+"\n" || info.Mode().Perm() != 0o600 {
		t.Errorf("%s, %v, %v, %v", b, info, err, statErr)
	}
}

// useDelivery delivers a job to where the marker lies.
func useDelivery(ctx context.Context, dir, path string) error {
	job := filepath.Join(dir, "job")
	if err := os.MkdirAll(job, 0o700); err != nil {
		return err
	}
	manifest := `{"format": "sluice-export-manifest", "version": 1, "job": {"jobId": 12, "status": "COMPLETED"}, "files": [{"name": "users", "file": "users_job12.csv", "rows": 0, "bytes": 0, "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}]}`
	for name, content := range map[string]string{"manifest.json": manifest, "users_job12.csv": ""} {
		if err := os.WriteFile(filepath.Join(job, name), []byte(content), 0o600); err != nil {
			return err
		}
	}
	to, err := target.Folder(filepath.Dir(filepath.Dir(path)))
	if err != nil {
		return err
	}
	_, err = deliver.Job(ctx, job, to, deliver.Options{})
	return err
}
