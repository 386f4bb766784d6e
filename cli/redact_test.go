package cli

import (
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	_ "modernc.org/sqlite" // writes into snapshots

	"sluice/localexport/demo"
	"sluice/localexport/jobfiles"
	"sluice/pipeline"
)

// planted is a demo in which every text that somebody can write tells of a person: the
// name, the login, the address of mail and the keys. secrets are all of them.
func planted(t *testing.T) (snapshot string, secrets []string) {
	t.Helper()
	snapshot, _ = demoSnapshot(t, demo.Options{Pages: 150, Seed: 5})
	db, err := sql.Open("sqlite", snapshot)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	plant := func(row string) string { return "(SELECT text FROM temp.plants WHERE n = (" + row + ") % 7 + 1)" }
	for _, statement := range []string{
		`CREATE TEMP TABLE plants AS SELECT ROW_NUMBER() OVER (ORDER BY m.user_key) n, m.user_key || ' ' || m.username || ' ' || u.display_name || ' ' || u.email_address
			|| ' ' || (SELECT MAX(spacekey) FROM spaces WHERE spacekey LIKE '~%') text
			FROM user_mapping m JOIN cwd_user u ON u.user_name = m.username`,
		"UPDATE content SET title = " + plant("content.contentid") + ", versioncomment = " + plant("content.contentid+1"),
		"UPDATE bodycontent SET body = " + plant("bodycontent.contentid") + ` || '<ri:user ri:userkey="' || (SELECT user_key FROM user_mapping LIMIT 1) || '" />' || body`,
		"UPDATE label SET name = " + plant("label.labelid") + " || labelid",
		"UPDATE spaces SET spacename = " + plant("spaces.spaceid"),
	} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(statement, err)
		}
	}
	rows, err := db.Query(`SELECT user_key FROM user_mapping UNION SELECT username FROM user_mapping UNION SELECT display_name FROM cwd_user
		UNION SELECT user_name FROM cwd_user UNION SELECT email_address FROM cwd_user UNION SELECT spacekey FROM spaces WHERE spacekey LIKE '~%' UNION SELECT substr(spacekey, 2) FROM spaces WHERE spacekey LIKE '~%'`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var s sql.NullString
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		if s.String != "" {
			secrets = append(secrets, s.String, url.QueryEscape(s.String), url.PathEscape(s.String))
		}
	}
	if len(secrets) < 100 || rows.Err() != nil {
		t.Fatal(len(secrets), rows.Err())
	}
	return snapshot, secrets
}

// leaks are the secrets that stand in a text.
func leaks(text string, secrets []string) (found []string) {
	text = strings.ToLower(text)
	for _, s := range secrets {
		if strings.Contains(text, strings.ToLower(s)) {
			found = append(found, s)
		}
	}
	return found
}

// cellsOf is a file as columns of cells.
func cellsOf(t *testing.T, path string) map[string][]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(path, err)
	}
	columns := map[string][]string{}
	all[0][0] = strings.TrimPrefix(all[0][0], "\ufeff")
	for _, row := range all[1:] {
		for i, cell := range row {
			columns[all[0][i]] = append(columns[all[0][i]], cell)
		}
	}
	return columns
}

// TestRedactLeaksNothing: of what tells of people nothing is in the output of gdpr, in
// its cells, names of files, manifest, messages and log. That it was in every text of the
// export before is seen first.
func TestRedactLeaksNothing(t *testing.T) {
	isolate(t)
	snapshot, secrets := planted(t)
	home := filepath.Join(t.TempDir(), "home")
	if code, _, errs := runProgram(t, "export", snapshot, "--home", home, "--min-free-space", "-1", "--from-date", "everything", "--preserve-line-breaks", "--bom"); code != exitDone {
		t.Fatal(errs)
	}
	dir := filepath.Join(home, "data-pipeline", "export", "1")
	for file, columns := range map[string][]string{
		"users_*": {"user_id", "user_name", "user_fullname", "user_email"}, "spaces_*": {"space_key", "space_url", "space_name", "creator_id"},
		"pages_*":    {"space_key", "page_url", "page_title", "page_content", "labels", "creator_id", "last_update_description"},
		"comments_*": {"comment_content", "creator_id"}, "analytics_events_*": {"event_author_id", "event_space_key"},
	} {
		cells := cellsOf(t, one(t, dir, file))
		for _, c := range columns {
			if len(leaks(strings.Join(cells[c], "\n"), secrets)) == 0 {
				t.Errorf("%s of %s has nothing to redact: the test would see no leak", c, file)
			}
		}
	}
	out := filepath.Join(t.TempDir(), "out")
	code, text, errs := runProgram(t, "redact", "1", out, "--home", home, "--redact", "gdpr", "-v")
	if code != exitDone {
		t.Fatal(code, errs)
	}
	if found := leaks(text+errs, secrets); len(found) > 0 {
		t.Errorf("messages tell %q", found)
	}
	entries, err := os.ReadDir(out)
	if err != nil || len(entries) != 6 {
		t.Fatal(entries, err)
	}
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(out, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if found := leaks(e.Name()+string(b), secrets); len(found) > 0 {
			t.Errorf("%s has %q", e.Name(), found[:min(len(found), 5)])
		}
	}
	m, err := jobfiles.ReadManifest(out)
	if err != nil || len(m.Files) != 5 {
		t.Fatal(m, err)
	}
	for _, f := range m.Files {
		cells := cellsOf(t, filepath.Join(out, f.File))
		for _, c := range f.Columns {
			if _, ok := cells[c.Name]; !ok {
				t.Errorf("%s has no column %s, which its manifest tells", f.File, c.Name)
			}
		}
		if len(f.Columns) != len(cells) {
			t.Errorf("%s: the manifest tells %d columns of %d", f.File, len(f.Columns), len(cells))
		}
	}
	keepsJoins(t, dir, out)
	if code, _, errs := runProgram(t, "verify", out); code != exitDone {
		t.Error(errs)
	}
}

// keepsJoins: the rows are all there, and ids that were the same are the same.
func keepsJoins(t *testing.T, dir, out string) {
	t.Helper()
	before, after := map[string]string{}, map[string]string{}
	for _, c := range []struct{ file, column string }{{"users_*", "user_id"}, {"pages_*", "creator_id"}, {"comments_*", "last_modifier_id"}, {"spaces_*", "creator_id"},
		{"analytics_events_*", "event_author_id"}, {"spaces_*", "space_key"}, {"pages_*", "space_key"}, {"analytics_events_*", "event_space_key"}} {
		was, is := cellsOf(t, one(t, dir, c.file))[c.column], cellsOf(t, one(t, out, c.file))[c.column]
		if len(was) != len(is) || len(is) == 0 {
			t.Fatalf("%s: %d rows of %d", c.file, len(is), len(was))
		}
		for i := range was {
			if p, ok := before[was[i]]; ok && p != is[i] {
				t.Errorf("%s is %s and %s", was[i], p, is[i])
			}
			if w, ok := after[is[i]]; ok && w != was[i] {
				t.Errorf("%s stands for %s and %s", is[i], w, was[i])
			}
			before[was[i]], after[is[i]] = is[i], was[i]
		}
	}
}

// TestRedactAgain: another job of the home has the same pseudonyms, another home others;
// the manifest tells which key by its id.
func TestRedactAgain(t *testing.T) {
	home, dir := exported(t)
	out, ids := t.TempDir(), map[string]string{}
	keys := map[string]string{}
	for name, at := range map[string]string{"a": home, "b": home, "c": t.TempDir()} {
		code, text, errs := runProgram(t, "redact", dir, filepath.Join(out, name), "--home", at, "--redact", "no-people", "--json")
		if code != exitDone {
			t.Fatal(errs)
		}
		var got redaction
		if err := json.Unmarshal([]byte(text), &got); err != nil || got.Redaction.Profile != "no-people" {
			t.Fatal(err, text)
		}
		m, err := jobfiles.ReadManifest(filepath.Join(out, name))
		if err != nil || m.Redaction == nil || m.Redaction.Key != got.Redaction.Key || m.Job.Status != pipeline.Completed {
			t.Fatal(err, m)
		}
		keys[name] = m.Redaction.Key
		ids[name] = strings.Join(cellsOf(t, one(t, filepath.Join(out, name), "users_*"))["user_id"], " ")
	}
	if ids["a"] != ids["b"] || ids["a"] == ids["c"] || keys["a"] != keys["b"] || keys["a"] == keys["c"] {
		t.Errorf("%v", keys)
	}
	pages := cellsOf(t, one(t, filepath.Join(out, "a"), "pages_*"))
	if !slices.Equal(pages["page_title"], cellsOf(t, one(t, dir, "pages_*"))["page_title"]) {
		t.Error("titles are others with no-people")
	}
}

func TestRedactRefuses(t *testing.T) {
	home, dir := exported(t)
	out := filepath.Join(t.TempDir(), "out")
	if code, _, errs := runProgram(t, "redact", dir, out, "--home", home, "--redact", "no-content"); code != exitDone {
		t.Fatal(errs)
	}
	if _, err := os.Stat(filepath.Join(home, "redaction.key")); err == nil {
		t.Error("a key is made that nothing needs")
	}
	for _, c := range []struct {
		code int
		says string
		args []string
	}{
		{exitFailed, "is there already", []string{dir, out}},
		{exitFailed, "redacted already", []string{out, out + "2"}},
		{exitFailed, "no files to redact", []string{t.TempDir(), out + "2"}},
		{exitUsage, "did you mean gdpr", []string{dir, out + "2", "--redact", "gpdr"}},
		{exitUsage, "no file with rules", []string{dir, out + "2", "--redact", "none.yaml"}},
	} {
		code, _, errs := runProgram(t, append([]string{"redact", "--home", home}, c.args...)...)
		expect(t, c.says, code, c.code, errs, c.says)
	}
	if left, _ := filepath.Glob(out + "2*"); len(left) > 0 {
		t.Error(left)
	}
}
