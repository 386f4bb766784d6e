package kit

import (
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"sluice/columns"
	"sluice/wording"
)

// The ways in which languages write a text or a name. Each takes any text of one
// line (Job.check).

// sqlText is a text in standard SQL, where a backslash is a character like others.
func sqlText(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// backslashText is a text where backslashes escape: MySQL, Spark, Hive, Snowflake.
func backslashText(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(s) + "'"
}

// sqlName is a name in standard SQL.
func sqlName(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// tickName is a name where backticks quote: MySQL, Spark, Hive, BigQuery.
func tickName(s string) string { return "`" + strings.ReplaceAll(s, "`", "``") + "`" }

// pythonText is a text in Python.
func pythonText(s string) string { return strconv.QuoteToASCII(s) }

// powerText is a text in Power Query, whose only special characters are quotes and
// the beginning of an escape.
func powerText(s string) string {
	return `"` + strings.NewReplacer(`"`, `""`, `#(`, `#(#)(`).Replace(s) + `"`
}

// shellText is a word of the POSIX shell.
func shellText(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// dotText is an argument of a command of the sqlite3 shell.
func dotText(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// fileURI is the address of a local file for programs on the JVM.
func fileURI(path string) string { return "file://" + filepath.ToSlash(path) }

// sparkPath is the address of a local file for Spark, which takes some characters of a
// path for a pattern.
func sparkPath(path string) string { return fileURI(pattern.ReplaceAllString(path, `\$0`)) }

var pattern = regexp.MustCompile(`[\\*?\[\]{}]`)

// typeOf is the type of a column in an engine.
func typeOf(names types, c columns.Column) (string, error) {
	t, ok := names[c.Type]
	if !ok {
		return "", wording.Errorf("column %s: nobody has said what a %q is here", c.Name, c.Type)
	}
	return t, nil
}
