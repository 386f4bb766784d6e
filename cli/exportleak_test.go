package cli

import (
	"database/sql"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite" // writes into snapshots
)

// plantedEverywhere is planted, with what tells of people also where no one would write
// it: in facts, in dates and labels that are none, in the list of excluded spaces, in
// capitals, with percent signs, and with blanks within mentions.
func plantedEverywhere(t *testing.T) (snapshot string, secrets []string) {
	t.Helper()
	snapshot, secrets = planted(t)
	db, err := sql.Open("sqlite", snapshot)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	const (
		login = "(SELECT username FROM user_mapping ORDER BY user_key LIMIT 1)"
		key   = "(SELECT user_key FROM user_mapping ORDER BY user_key DESC LIMIT 1)"
		space = "(SELECT min(spacekey) FROM spaces WHERE spacekey LIKE '~%')"
	)
	for _, statement := range []string{
		"UPDATE spaces SET spacetype = upper(" + login + ") WHERE spaceid % 3 = 0",
		"UPDATE spaces SET spacestatus = " + login + " WHERE spaceid % 3 = 1",
		`UPDATE "AO_7B47A5_EVENT" SET NAME = ` + login + " WHERE ID % 5 = 0",
		`UPDATE "AO_7B47A5_EVENT" SET SPACE_KEY = ` + space + " WHERE ID % 5 = 1",
		"UPDATE content SET title = replace(" + space + ", '~', '%7E') WHERE contentid % 4 = 0",
		"UPDATE content SET creator = " + key + ", lastmodifier = " + key + " WHERE contentid % 4 = 1",
		"UPDATE content SET versioncomment = upper(" + key + ") WHERE contentid % 4 = 2",
		"UPDATE bodycontent SET body = '<ri:user ri:userkey = ''' || " + key + " || ''' /><ri:space ri:space-key=\"' || " + space + " || '\" />' WHERE contentid % 4 = 3",
		"UPDATE content SET lastmoddate = " + login + " WHERE contentid = (SELECT max(contentid) FROM content WHERE contenttype = 'PAGE' AND prevver IS NULL)",
		"INSERT INTO content_label (id, labelid, contentid) VALUES (999999, " + login + ", 1)",
		`CREATE TABLE IF NOT EXISTS "AO_8752F1_DATA_PIPELINE_EOO" ("ID" INTEGER PRIMARY KEY, "ENTITY_TYPE" TEXT, "ENTITY_IDENTIFIER" TEXT)`,
		`INSERT INTO "AO_8752F1_DATA_PIPELINE_EOO" VALUES (1, 'SPACE', (SELECT max(spacekey) FROM spaces WHERE spacekey LIKE '~%'))`,
	} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(statement, err)
		}
	}
	return snapshot, secrets
}

// told is every text that a home has: names of files and their bytes, Parquet as decoded,
// but for the key itself.
func told(t *testing.T, home string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(home, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == "redaction.key" {
			return err
		}
		name := strings.TrimPrefix(path, home)
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		all[name] = name + "\n" + string(b)
		if filepath.Ext(name) == ".parquet" {
			all[name] += string(cellsOfParquet(t, b))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestExportLeaksNothing: nothing of people gets out of an export that is redacted by gdpr,
// by no file of its home (cells, manifest, job database, rejected rows), no name of one,
// and no line that is printed or logged. That all of it is told without redaction is seen
// first.
func TestExportLeaksNothing(t *testing.T) {
	isolate(t)
	snapshot, secrets := plantedEverywhere(t)
	run := func(home string, args ...string) (string, map[string]string) {
		t.Helper()
		args = append([]string{"export", snapshot, "--home", home, "--min-free-space", "-1", "--from-date", "everything", "--all-events", "--all-labels", "--format", "both", "-v"}, args...)
		_, out, errs := runProgram(t, args...)
		_, jobs, more := runProgram(t, "jobs", "--home", home, "--json")
		return out + errs + jobs + more, told(t, home)
	}
	for _, options := range [][]string{{"--skip-bad-rows"}, {"--skip-bad-rows", "--json", "--full-content", "--page-urls=spaces"}, {}} { // the last fails at a bad row
		plain, hidden := filepath.Join(t.TempDir(), "home"), filepath.Join(t.TempDir(), "home")
		said, files := run(plain, options...)
		files["what is printed"] = said
		for name, text := range files {
			file := filepath.Base(name)
			if skip := strings.HasSuffix(name, ".json") || file == "snapshot.lock" || strings.Contains(name, "lock"); !skip && len(options) > 0 && len(leaks(text, secrets)) == 0 {
				t.Errorf("%s tells nothing without redaction: the test would see no leak", name)
			}
		}
		if len(leaks(said, secrets)) == 0 {
			t.Errorf("%v: what is printed tells nothing without redaction", options)
		}
		said, files = run(hidden, append(options, "--redact", "gdpr")...)
		files["what is printed"] = said
		if want := 12; len(options) > 0 && len(files) < want {
			t.Errorf("%d files: %v", len(files), files)
		}
		for name, text := range files {
			if found := leaks(text, secrets); len(found) > 0 {
				t.Errorf("%v: %s has %q", options, name, found[:min(len(found), 5)])
			}
		}
	}
}
