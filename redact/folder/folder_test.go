package folder

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sluice/redact"
	"sluice/wording"
)

// folderOf makes a folder with files, without a manifest, as a server's.
func folderOf(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func rules(t *testing.T, text string) redact.Rules {
	t.Helper()
	r, err := redact.Parse("r", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestServerFiles: files of Jira are redacted by the names of their columns; cells that
// stay are the same to the byte, whatever stands in them.
func TestServerFiles(t *testing.T) {
	dir := folderOf(t, map[string]string{
		"issues_job3_2026_01_02T03_04_05Z.csv": "id,project_key,summary,status,odd\r\n1,HR,x,Open,a\r\n2,ENG,\"a \"\"b\"\"\r\nc,\nd\re \",\"NULL\",z,more\r\n\r\n3,ENG\r\n",
		"issue_links_job3_x.csv":               "id,link\r\n1,2\r\n",
		"notes.txt":                            "n",
	})
	to := filepath.Join(t.TempDir(), "deep", "out")
	last := Progress{}
	m, err := Redact(t.Context(), Options{From: dir, To: to, Rules: rules(t, "columns: {odd: drop}\nspaces: {exclude: [H*]}")}, func(p Progress) { last = p })
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(to, "issues_job3_2026_01_02T03_04_05Z.csv"))
	want := "id,project_key,summary,status\r\n2,ENG,\"a \"\"b\"\"\r\nc,\nd\re \",\"NULL\"\r\n3,ENG,,\r\n"
	if err != nil || string(b) != want {
		t.Errorf("%q, %v\nwant %q", b, err, want)
	}
	if len(m.Files) != 1 || m.Files[0].Name != "issues" || m.Files[0].Rows != 2 || m.Files[0].Bytes != int64(len(want)) || m.Redaction.Files[1].Excluded != 1 || m.Redaction.Files[0].LeftOut == "" {
		t.Errorf("%+v %+v", m.Files, m.Redaction)
	}
	if notes := strings.Join(m.Redaction.Notes, " "); !strings.Contains(notes, "1 files") || !strings.Contains(notes, "more cells") {
		t.Error(notes)
	}
	if last.Done != last.Total || last.Total == 0 {
		t.Error(last)
	}
	if strings.Contains(strings.Join(m.Redaction.Notes, ""), "H*") || m.Redaction.SpacesExcluded != 1 {
		t.Error(m.Redaction)
	}
}

// TestNothingHalf: what fails, or is cancelled, leaves nothing.
func TestNothingHalf(t *testing.T) {
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	rows := "id,summary\r\n" + strings.Repeat("1,x\r\n", 100_000)
	for name, c := range map[string]struct {
		ctx   context.Context
		files map[string]string
		is    error
		says  string
	}{
		"cancelled":   {canceled, map[string]string{"a.csv": rows}, context.Canceled, ""},
		"incomplete":  {t.Context(), map[string]string{"a.csv": rows, "b.csv.partial": ""}, nil, "is not complete"},
		"bad key":     {t.Context(), map[string]string{"a.csv": rows}, nil, "no key"},
		"no manifest": {t.Context(), map[string]string{"manifest.json": "{", "a.csv": rows}, nil, "manifest"},
	} {
		parent := t.TempDir()
		_, err := Redact(c.ctx, Options{From: folderOf(t, c.files), To: filepath.Join(parent, "out"), Rules: rules(t, map[bool]string{true: "profile: no-people", false: "profile: no-content"}[name == "bad key"])}, nil)
		if err == nil || c.is != nil && !errors.Is(err, c.is) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
		if left, _ := os.ReadDir(parent); len(left) > 0 {
			t.Errorf("%s: %v", name, left)
		}
	}
}

// TestPagesFirst: comments come behind the pages that tell their spaces, in whatever
// order a folder has them.
func TestPagesFirst(t *testing.T) {
	dir := folderOf(t, map[string]string{
		"comments_job1_x.csv": "comment_id,instance_url,comment_url,page_id\r\n5,https://w,https://w/pages/viewpage.action?pageId=1,1\r\n6,https://w,https://w/pages/viewpage.action?pageId=2,2\r\n",
		"pages_job1_x.csv":    "page_id,instance_url,space_key,page_url\r\n1,https://w,HR,https://w/pages/viewpage.action?pageId=1\r\n2,https://w,ENG,https://w/pages/viewpage.action?pageId=2\r\n",
	})
	to := filepath.Join(t.TempDir(), "out")
	m, err := Redact(t.Context(), Options{From: dir, To: to, Rules: rules(t, "spaces: {exclude: [HR]}")}, nil)
	if err != nil {
		t.Fatal(err)
	}
	b, _ := os.ReadFile(filepath.Join(to, "comments_job1_x.csv"))
	if lines := strings.Split(string(b), "\r\n"); len(lines) != 3 || !slices.Contains(lines, "6,https://w,https://w/pages/viewpage.action?pageId=2,2") {
		t.Errorf("%q, %+v", lines, m.Redaction)
	}
}

// TestRefusalsAreFormats: who says a refusal in another language has the format that it was
// made of.
func TestRefusalsAreFormats(t *testing.T) {
	from := folderOf(t, map[string]string{"notes.txt": "x"})
	_, err := Redact(t.Context(), Options{From: from, To: filepath.Join(t.TempDir(), "to"), Rules: rules(t, "spaces: {exclude: [HR]}")}, nil)
	var said *wording.Error
	if !errors.As(err, &said) || said.Format != "in %s are no files to redact, CSV or Parquet: name the folder of a finished job" {
		t.Errorf("%v", err)
	}
}
