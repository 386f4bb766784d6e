package folder

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/columns"
	"sluice/localexport/jobfiles"
	"sluice/pipeline"
)

// TestManifest: of the manifest of a job what may tell of people is left out, and what
// was changed is a text.
func TestManifest(t *testing.T) {
	const text = "\ufeffpage_id,page_title,page_version\r\n1,Ann,2\r\n"
	m := jobfiles.Manifest{Format: jobfiles.ManifestFormat, Version: 1, Job: pipeline.Job{ID: 3, Status: pipeline.Completed, NodeID: "ann-laptop", RootExportPath: "/home/ann",
		Warnings: []pipeline.Diagnostic{{Key: "k", Message: "of Ann"}}, OptedOutFiles: []string{"ann"}},
		Notes: []pipeline.Diagnostic{{Key: "n", Message: "of Ann"}}, Snapshot: jobfiles.Snapshot{Path: "/home/ann/wiki.db"},
		CSV: &jobfiles.CSVForm{ByteOrderMark: true}, Options: jobfiles.Options{ByteOrderMark: true},
		Files: []jobfiles.ManifestFile{{Name: "pages", File: "pages_job3_x.csv", Rows: 1, Bytes: int64(len(text)), Columns: []jobfiles.ManifestColumn{
			{Name: "page_id", Type: columns.TypeID, Key: true}, {Name: "page_title", Type: columns.TypeText}, {Name: "page_version", Type: columns.TypeNumber}}},
			{Name: "rejected", File: "rejected_job3_x.csv", Bytes: 1}}}
	b, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	from := folderOf(t, map[string]string{"manifest.json": string(b), "pages_job3_x.csv": text, "rejected_job3_x.csv": "r"})
	to := filepath.Join(t.TempDir(), "out")
	if _, err := Redact(t.Context(), Options{From: from, To: to, Rules: rules(t, "columns: {page_title: drop, page_version: mask}"), Version: "v"}, nil); err != nil {
		t.Fatal(err)
	}
	written, err := os.ReadFile(filepath.Join(to, jobfiles.ManifestName))
	if err != nil || strings.Contains(strings.ToLower(string(written)), "ann") {
		t.Errorf("%v: %s", err, written)
	}
	got, err := jobfiles.ReadManifest(to)
	if err != nil || len(got.Files) != 1 || !got.Intact(to) || got.CSV.ByteOrderMark || got.Options.ByteOrderMark || got.Options.Format != "" || got.Job.ID != 3 || got.Job.Warnings[0].Key != "k" {
		t.Fatalf("%+v, %v", got, err)
	}
	if c := got.Files[0].Columns; len(c) != 2 || c[0].Type != columns.TypeID || c[1].Type != columns.TypeText || len(got.Redaction.Notes) != 1 {
		t.Errorf("%+v, %v", c, got.Redaction.Notes)
	}
	if entries, err := os.ReadDir(to); err != nil || len(entries) != 2 {
		t.Error(entries, err)
	}
	if err := os.WriteFile(filepath.Join(from, "pages_job3_x.csv"), []byte("cut"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Redact(t.Context(), Options{From: from, To: to + "2"}, nil); err == nil || !strings.Contains(err.Error(), "sluice verify") {
		t.Error(err)
	}
}

// TestDamagedParquet: a Parquet file that is none is told, and leaves nothing.
func TestDamagedParquet(t *testing.T) {
	m := jobfiles.Manifest{Format: jobfiles.ManifestFormat, Version: 1, Job: pipeline.Job{ID: 3, Status: pipeline.Completed}, Options: jobfiles.Options{Format: "parquet"},
		Files: []jobfiles.ManifestFile{{Name: "pages.parquet", File: "pages_job3_x.parquet", Bytes: 1}}}
	b, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	parent := t.TempDir()
	_, err = Redact(t.Context(), Options{From: folderOf(t, map[string]string{"manifest.json": string(b), "pages_job3_x.parquet": "p"}), To: filepath.Join(parent, "out"), Rules: rules(t, "profile: no-content")}, nil)
	if err == nil || !strings.Contains(err.Error(), "pages_job3_x.parquet: it is no whole Parquet file") {
		t.Error(err)
	}
	if left, _ := os.ReadDir(parent); len(left) > 0 {
		t.Error(left)
	}
}
