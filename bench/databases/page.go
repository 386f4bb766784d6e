package main

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
)

// pageHead and pageTail are what the page of the documentation says beside its tables.
const pageHead = `# Sources that were tried with real servers

` + "`make databases`" + ` writes this page. It starts each server with data of its own, fills it from a demo snapshot (%d rows in the five files),
takes a snapshot of every source below with the real program, and exports that. **yes** means that the five files are, byte for byte,
those of an export of the demo snapshot itself, with the time zone guessed and with it given; that the snapshot is readable by its owner
only; that it holds the restrictions of pages (without names), and nothing of the credentials, tokens, passwords of mail servers, data of
plugins and names in permissions that were put into the database to be found. The servers run in New York's time zone, the program
in Tokyo's, the demo in Berlin's. **–** means that it was not tried, for the reason below the table. The code is in ` + "`bench/databases`" + `;
a short form with what is installed is part of ` + "`make test`" + `.

    make databases                                                      # installs MariaDB, PostgreSQL 15 and PgBouncer from Debian, unpacks the others in a cache
    make databases DATABASES="-server 'PostgreSQL 18' -form '^-F' -table ''"   # a part of it, without writing this page

`

const pageTail = `
## Untested

| Source | Why |
|---|---|
| MySQL 5.7 to 8.4, running, and dumps of its own mysqldump | No MySQL server was to be had; what is known to differ from MariaDB is handled, and a snapshot says that it is untested. The demo's dump is written as mysqldump of 8.0 writes it. |
| SQL Server, Oracle, H2 | They are recognised, and not read: [other-databases.md](other-databases.md) says what was tried instead. |
| PostgreSQL 9 and older | Not tried. Archives of pg_dump 9 have the version 1.12, of which the layout is that of 1.13. |
| PostgreSQL of clouds, pgBouncer in statement mode, Pgpool, PgCat | Not tried. |
`

// writePage writes the result as a page of the documentation.
func (w *workshop) writePage(path string) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, pageHead, w.rows)
	var servers []string
	for _, r := range w.results {
		if !slices.Contains(servers, r.server) {
			servers = append(servers, r.server)
		}
	}
	isPostgres := func(s string) bool { return strings.HasPrefix(s, "PostgreSQL") }
	postgres := slices.DeleteFunc(slices.Clone(servers), func(s string) bool { return !isPostgres(s) })
	w.writeMatrix(&b, postgres)
	for _, s := range servers {
		if !isPostgres(s) {
			w.writeList(&b, s)
		}
	}
	w.writeTroubles(&b, postgres)
	b.WriteString(pageTail)
	return os.WriteFile(path, b.Bytes(), 0o644)
}

// cell is a result as a word.
func (r result) cell() string {
	if strings.HasPrefix(r.note, inPart) {
		return "in part"
	}
	return [...]string{"yes", "–", "**no**"}[r.verdict]
}

// writeMatrix writes what gave the same files of PostgreSQL: a row for each form, a
// column for each release.
func (w *workshop) writeMatrix(b *bytes.Buffer, servers []string) {
	fmt.Fprintf(b, "## PostgreSQL\n\n| Source | %s |\n|---|%s\n", strings.ReplaceAll(strings.Join(servers, " | "), "PostgreSQL ", ""), strings.Repeat("---|", len(servers)))
	var reasons []string
	for _, form := range w.formsOf(servers, false) {
		fmt.Fprintf(b, "| %s |", form)
		for _, s := range servers {
			r, ok := w.result(s, form)
			if !ok {
				b.WriteString(" |")
				continue
			}
			fmt.Fprintf(b, " %s |", r.cell())
			if r.verdict == skipped && !slices.Contains(reasons, r.note) {
				reasons = append(reasons, r.note)
			}
		}
		b.WriteString("\n")
	}
	fmt.Fprintf(b, "\nNot tried (–): %s.\n\n%s\n", strings.Join(reasons, "; "), strings.Join(w.abouts, "\n"))
}

// formsOf are the forms of sources that were tried, or the troubles.
func (w *workshop) formsOf(servers []string, troubles bool) []string {
	var forms []string
	for _, r := range w.results {
		if slices.Contains(servers, r.server) && r.trouble == troubles && !slices.Contains(forms, r.form) {
			forms = append(forms, r.form)
		}
	}
	return forms
}

func (w *workshop) result(server, form string) (result, bool) {
	i := slices.IndexFunc(w.results, func(r result) bool { return r.server == server && r.form == form })
	if i < 0 {
		return result{}, false
	}
	return w.results[i], true
}

func (w *workshop) writeList(b *bytes.Buffer, server string) {
	fmt.Fprintf(b, "\n## %s\n\n| Source | Same files | |\n|---|---|---|\n", strings.ToUpper(server[:1])+server[1:])
	for _, r := range w.results {
		if r.server == server {
			fmt.Fprintf(b, "| %s | %s | %s |\n", r.form, r.cell(), r.note)
		}
	}
}

// writeTroubles writes what the program says when something goes wrong, as it did
// with the newest release that could be tried.
func (w *workshop) writeTroubles(b *bytes.Buffer, servers []string) {
	fmt.Fprintf(b, "\n## What goes wrong\n\nTried with %s. Nothing is left of such a snapshot, and no password is shown: not in the output, nor in the list of processes.\n\n| What | As it has to be | What is said, in short |\n|---|---|---|\n", strings.Join(servers, ", "))
	for _, form := range w.formsOf(servers, true) {
		said, good, tried := "", 0, 0
		for _, s := range servers {
			r, ok := w.result(s, form)
			if !ok || r.verdict == skipped {
				continue
			}
			tried++
			if r.verdict == right {
				good, said = good+1, r.note
			}
		}
		said, _, _ = strings.Cut(said, "\n")
		fmt.Fprintf(b, "| %s | %d of %d | %s |\n", form, good, tried, strings.ReplaceAll(said, "|", `\|`))
	}
}
