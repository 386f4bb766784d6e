package texts

import (
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What other packages say is not only what they make with the package wording: notes,
// findings and parts of sentences are texts when they come to the window, and are read there
// by the formats that they were made of. So each literal of words in a package whose texts
// the window can show has a translation, or stands here with the reason why it has none.

// silent are the folders of which nobody reads anything in the window.
var silent = map[string]string{
	".":      "the program is started at a terminal, and what it says there is English",
	"./cli":  "the command line is English",
	"./ui":   "the window's own sentences stand in this package, which another test holds",
	"./docs": "the guides are English", "./manual": "the page of the manual and the completions are English",
	"./server": "the API answers in English, as the vendor's does", "./metrics": "metrics have English names",
	"./packaging": "packages are described in English", "./assets": "licences and fonts", "./release": "versions",
	"./client/sites": "servers of tests", "./localexport/demo": "the demo is made for pictures and tests", "./localexport/exporttest": "a test", "./localexport/resumetest": "a test",
	"./pipeline/contracttest": "a test", "./takes/feed/feedtest": "a test", "./takes/servers": "servers of tests", "./localexport/record/recordtest": "a test",
	"./localexport/record/csv": "what cannot be, for who mends it", "./localexport/record/several": "what cannot be, for who mends it",
	"./localexport/record/parquet": "the inside of a file of a library", "./localexport/sqlitefile": "the inside of a damaged file, for who repairs it", "./localexport/sqlread": "what SQLite says",
	"./columns": "the documentation of columns", "./csvfile/saveas": "the window counts what is saved in sentences of its own",
	"./fileident": "what is kept about a file, for who mends it", "./schedule/units": "the files for systemd, cron and others", "./schedule/sdnotify": "the service manager",
	"./doctor/bundle": "the archive for support is English", "./wording": "the sentences are made here",
	"./csvfile/internal/dialect": "no sentence", "./csvfile/internal/sketch": "what a library says",
	"./takes/sshtest": "servers of tests", "./localexport/disk/disktest": "a test", "./deliver/target/s3test": "a test",
}

// stays are literals in the other folders that are said in English, or to nobody.
var stays = because(map[string][]string{
	"by these words what others say is known": {"no encryption", "no such database", "unable to authenticate", "reset by peer", "unable to load cert", "unable to decrypt key", "remote error: tls: ", "bad magic value found",
		"file checksum mismatch", "malformed chunked encoding", "server closed idle connection", "invalid byte in chunk length", "transport connection broken", "no such file", "no such table: ", "no such column: ",
		"CA to cert pool", "-- Dumped from database version ", "-- Dumped by pg_dump version ", "PostgreSQL database dump", "-- PostgreSQL database dump complete", "-- PostgreSQL database cluster dump", "** This file contains an SQLite 2", ": the files of ", "sluice csv index 3\n", "id, document, status, started_ms, host",
		"tls: the server has no certificate", "contentid or labelid", "rows of table %d", "max_execution_time = %d", "id of the key"},
	"it goes to the log": {"keep the end of the job beside the database", "give back the room for the end of the job", "how far the file is cannot be kept", "look for earlier exports", "look for a cancellation",
		"remove the reserve of a job", "measure the free space", "report the progress", "record the end of the job in the database, it is shown all the same"},
	"the program tells it itself, and nobody reads it": {"the job is over", "needs another look", "the key is no number", "no further attempt", "a cell was not asked for", "what names the source is wrong",
		"it does not begin like a SQLite database", "it ends within its header", "no page size of SQLite", "client options for %s", "redirect to another host", "redirect of a request that is sent only once", "more than %d redirects",
		"the server wants a client certificate: "},
	"it is a piece of a sentence that stands as a whole besides": {"if it is a dump, make a snapshot of it with \"sluice snapshot %[1]s\", which unpacks it; else unpack it first, for example with ",
		"; if both are there, a proxy may remove the header X-Atlassian-Token (XSRF check)", "Cells of the column %[3]s of %[4]s that held U+0000, for which databases refuse a file, have U+FFFD for it"},
	"the API answers so, as the vendor's does":   {"Cancellation request aborted. There is no export job running to cancel.", "Cancellation request successfully received. Currently running export job will be stopped shortly."},
	"the window says it in sentences of its own": {"Cannot be opened", "May be stuck", "Longer than usual", "Not asked yet"},
	"it is a name": {"Google BigQuery", "Apache Spark, Databricks", "Apache Spark: all jobs of a folder as tables of the newest rows", "the classes of Hive 2.3 in Spark 4.3", "PGPASSWORD, ~/.pgpass (of MySQL and MariaDB: MYSQL_PWD, ~/.my.cnf)",
		"PostgreSQL %s, pg_dump %s", "(behind the header)"},
	"it names flags, for the command line": {"to read all quotes as text, use --quote none", "to read quotes as text, use --quote none", "if the file is in another encoding, name it with --encoding, such as windows-1252",
		"to read them as quotes all the same, use --quote '\"'", "to read them as text, use --quote none", "to read it as text, use --escape doubled", "to read from the first line on, use --skip 0",
		"to read them as rows, use --comment none", "to read another, name it with --member", "to say so, use --no-header or --header-row", "name the encoding with --encoding"},
})

// because turns texts by their reasons into reasons by the text.
func because(reasons map[string][]string) map[string]string {
	by := map[string]string{}
	for why, texts := range reasons {
		for _, text := range texts {
			by[text] = why
		}
	}
	return by
}

// statement is a text for a database, a mark in one or an expression, and no sentence; nor is
// what the vendor's documentation is cited with, in the page of the options.
var statement = regexp.MustCompile(`\(\?i\)|^\^|^Data pipeline|^REST API of|^The documentation is silent|\b(SELECT|FROM|WHERE|INSERT|PRAGMA|CREATE|DELETE|UPDATE|SET LOCAL|SET SESSION|CASE|NOT NULL|ORDER BY|SHOW)\b|json:|xmin|_timeout|://schemas|://www`)

var aWord = regexp.MustCompile(`[a-z]{2,}`)

// isSaid reports whether a text has words enough for a sentence, or a part of one.
func isSaid(text string) bool {
	return aThing.MatchString(text) || strings.Contains(strings.TrimSpace(text), " ") && len(aWord.FindAllString(text, -1)) >= 3 && !statement.MatchString(text)
}

// aThing is what stands in a sentence in the place of a name: the file, its default.
var aThing = regexp.MustCompile(`^(the|an?|its|no|another|just) [a-z]{2,}$`)

// sentences notes the literals of a file that people may read.
func (c *collector) sentences(f *ast.File) {
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.CallExpr:
			return !slices.Contains(append(logging, "complain"), calledName(n))
		case *ast.BinaryExpr:
			if text, ok := c.text(n); ok {
				c.sentence(text)
				return false
			}
		case *ast.BasicLit:
			if text, ok := c.text(n); ok && n.Kind == token.STRING {
				c.sentence(text)
			}
		}
		return true
	})
}

func (c *collector) sentence(text string) {
	if !isSaid(text) {
		return
	}
	if _, ok := stays[text]; ok {
		c.stayed[text] = true
		return
	}
	c.said[text] = true
}

// isSilent reports whether nobody reads what stands in a folder.
func isSilent(dir string) bool {
	for at := dir; ; {
		if _, ok := silent[at]; ok {
			return at != "." || dir == "."
		}
		i := strings.LastIndexByte(at, '/')
		if i <= 1 {
			return false
		}
		at = at[:i]
	}
}

// TestWhatStaysIsThere: what is left in English is still said, and has a reason.
func TestWhatStaysIsThere(t *testing.T) {
	c := collect(t)
	for text, why := range stays {
		if !c.stayed[text] || why == "" {
			t.Errorf("%q is said by nobody, or stays in English for no reason", text)
		}
	}
	for dir, why := range silent {
		if dir != "." && !c.folders[dir] || why == "" {
			t.Errorf("there is no folder %s, or nobody says why it is silent", dir)
		}
	}
}

// TestSentencesOfOthersAreFound holds the rule against a few lines.
func TestSentencesOfOthersAreFound(t *testing.T) {
	for text, want := range map[string]bool{
		"the disk of %s is full": true, "is damaged": false, "SELECT name FROM content WHERE id": false, "content_type": false, "one two three": true, "the times": true, "the times ": false, "two words": false, "%s: %s": false,
	} {
		if isSaid(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
	for dir, want := range map[string]bool{"./cli": true, "./ui/view": true, "./takes/pgtext": false, ".": true, "./localexport": false, "./localexport/demo/dumps": true} {
		if isSilent(dir) != want {
			t.Errorf("%s: %v", dir, !want)
		}
	}
}
