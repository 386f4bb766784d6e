package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"sluice/columns"
)

// TestColumnsPage holds docs/columns.md against the table of columns.
func TestColumnsPage(t *testing.T) {
	const path = "docs/columns.md"
	want := columnsPage()
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is not what the table of columns says: write it anew with go test -run TestColumnsPage . -update", path)
	}
}

// columnsPage is the page about columns.
func columnsPage() string {
	var b strings.Builder
	b.WriteString(`# The columns of an export

The files of Confluence, in the order in which they are written, each with a header and records that end with CRLF.

* **id** and **number** are whole numbers of up to 64 bits; **time** is UTC, such as ` + "`2021-02-26T04:14:38Z`" + `; **list** is a text such as
  ` + "`[\"a\", \"b\"]`" + `, ` + "`[]`" + ` without any; **text** is UTF-8. Options change how they are written: [options.md](options.md).
* A cell without a value is empty. CSV does not tell an empty text from none.
* *Comes from* names the columns of the database. Of several the first counts that has a value; an address is made of all of them.

This page is made of the table in the program, and a test holds it to that.
`)
	for _, f := range columns.Confluence {
		b.WriteString("\n## " + f.Name + "\n\n" + tableOf(f))
	}
	return b.String()
}

// tableOf describes the columns of a file.
func tableOf(f columns.File) string {
	var b strings.Builder
	b.WriteString("| Column | Type | What it is | What it tells of people | Comes from |\n|---|---|---|---|---|\n")
	for _, c := range f.Columns {
		meaning := c.Meaning
		if c.Limit > 0 {
			meaning += fmt.Sprintf(", its first %d characters", c.Limit)
		}
		from := make([]string, len(c.From))
		for i, x := range c.From {
			from[i] = "`" + x + "`"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", c.Name, kindOf(c), meaning, c.Holds, strings.Join(from, ", "))
	}
	return b.String()
}

// kindOf is the type in words, and whether the column is the key or may be empty.
func kindOf(c columns.Column) string {
	switch {
	case c.Key:
		return string(c.Type) + ", key"
	case c.Nullable:
		return string(c.Type) + ", may be empty"
	}
	return string(c.Type)
}
