package exporttest

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"sluice/localexport"
	"sluice/localexport/confluence"
	"sluice/localexport/jobfiles"
	"sluice/pipeline"
	"sluice/rules"
)

// TestRejectedFile: the file of rejected rows is one of the job's: private, in the
// manifest, listed, and partial until the others are complete.
func TestRejectedFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "wiki.db")
	Snapshot(t, path, false)
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	_, err = db.Exec(`UPDATE content SET lastmoddate = 'infinity' WHERE contentid = (SELECT max(contentid) FROM content
		WHERE contenttype = 'PAGE' AND prevver IS NULL AND content_status = 'current')`)
	if err != nil {
		t.Fatal(err)
	}
	for _, skip := range []bool{false, true} {
		home := filepath.Join(dir, map[bool]string{true: "skip", false: "fail"}[skip])
		e, err := localexport.Open(t.Context(), localexport.Options{Home: home, Snapshot: path, MinFreeSpace: -1, Product: confluence.Product{}, Rules: rules.Chosen{"skip-bad-rows": strconv.FormatBool(skip)}})
		if err != nil {
			t.Fatal(err)
		}
		defer e.Close(t.Context())
		if _, err := e.Start(t.Context(), pipeline.Request{}); err != nil {
			t.Fatal(err)
		}
		job, err := e.Wait(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if !skip {
			if job.Status != pipeline.Failed || len(job.Errors) != 1 || !strings.Contains(job.Errors[0].Message, "--skip-bad-rows") {
				t.Errorf("job %+v", job)
			}
			continue
		}
		if _, warned := job.Diagnostic(confluence.KeyRejected); job.Status != pipeline.Completed || !warned {
			t.Fatalf("job %+v", job)
		}
		checkRejected(t, e, jobfiles.Dir(filepath.Join(home, "data-pipeline", "export"), job.ID), job)
	}
}

func checkRejected(t *testing.T, e *localexport.Exporter, dir string, job pipeline.Job) {
	t.Helper()
	m, err := jobfiles.ReadManifest(dir)
	if err != nil || len(m.Files) != 6 || m.Options.Rules["SkipBadRows"] != true {
		t.Fatalf("manifest %+v, %v", m, err)
	}
	entry := m.Files[5]
	path := filepath.Join(dir, jobfiles.FileName(confluence.RejectedName, job.ID, job.StartTime.Time))
	b, err := os.ReadFile(path)
	sum := sha256.Sum256(b)
	want := jobfiles.ManifestFile{Name: confluence.RejectedName, File: filepath.Base(path), Rows: 1, Bytes: int64(len(b)), SHA256: hex.EncodeToString(sum[:])}
	if err != nil || !reflect.DeepEqual(entry, want) || !strings.HasPrefix(string(b), "file,table,key,column,reason,value\r\npages,content,contentid ") {
		t.Errorf("the manifest has %+v, want %+v; the file is %q, %v", entry, want, b, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	files, err := e.Files(t.Context(), job.ID)
	if err != nil || len(files) != 6 || files[5].Name != confluence.RejectedName || !files[5].Complete || files[5].Rows != 1 {
		t.Errorf("files %+v, %v", files, err)
	}
	var rows int64
	for _, f := range files[:5] {
		rows += f.Rows
	}
	if job.Statistics.WrittenRows != rows {
		t.Errorf("%d rows are said to be written, the five files have %d", job.Statistics.WrittenRows, rows)
	}
}
