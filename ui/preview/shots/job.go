package main

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"sluice/columns"
)

const pageRows = 24_985

var people = []string{"Ana Lima", "John Smith", "Zoë Müller", "Priya Nair", "Kofi Osei", "Tom Reed", "Marta Novák", "Søren Holm", "Yuki Sato", "Lea Fischer"}

var titles = []string{"Release checklist, Q4", `a,b "c"`, "Größe Ωμέγα", "Onboarding", "Leave policy", "Runbook: failover", "Runbook: restore",
	"RFC 118 — sharding", "Meeting notes", "DPA template", "Incident 4411", "Launch plan", "Press kit", "Glossary"}

var spaceKeys = []string{"ENG", "ENG", "~jsmith", "HR", "HR", "OPS", "OPS", "ENG", "ENG", "LEGAL", "ENG", "MKT", "MKT", "ENG"}

// names are the names of the columns of a file.
func names(file string) []string {
	f, _ := columns.Find(columns.Confluence, file)
	return f.Names()
}

// writeJob writes a job's users, spaces and pages files and returns the last one's path.
func writeJob() (string, error) {
	dir, err := os.MkdirTemp("", "sluice-shots-")
	if err != nil {
		return "", err
	}
	const stamp = "_job12_2026_11_22T03_32_18Z.csv"
	users := [][]string{names("users")}
	for i, name := range people {
		login := strings.ToLower(strings.ReplaceAll(name, " ", "."))
		users = append(users, []string{"https://wiki.example.com", userID(i), login, name, login + "@example.com"})
	}
	spaces := [][]string{names("spaces")}
	for _, k := range []string{"ENG", "HR", "OPS", "LEGAL", "MKT", "~jsmith"} {
		spaces = append(spaces, []string{k, "https://wiki.example.com", "https://wiki.example.com/display/" + k, "",
			"Space of " + k, "global", "current", "", "", "", ""})
	}
	if err := writeCSV(filepath.Join(dir, "users"+stamp), users); err != nil {
		return "", err
	}
	if err := writeCSV(filepath.Join(dir, "spaces"+stamp), spaces); err != nil {
		return "", err
	}
	pages := filepath.Join(dir, "pages"+stamp)
	return pages, writeCSV(pages, pageRecords())
}

func userID(i int) string { return fmt.Sprintf("ff8080817572401e01757240b35200%02x", i) }

func pageRecords() [][]string {
	r := rand.New(rand.NewPCG(4, 2))
	out := [][]string{names("pages")}
	newest := time.Date(2026, 11, 21, 17, 3, 0, 0, time.UTC)
	for i := range pageRows {
		t := i % len(titles)
		kind, title := "page", titles[t]
		if i%13 == 2 {
			kind = "blogpost"
		}
		if i > len(titles) {
			title = fmt.Sprintf("%s %d", title, 1+i/len(titles))
		}
		editor := userID(int(r.ExpFloat64()*2.2) % len(people))
		if r.IntN(48) == 0 {
			editor = ""
		}
		updated := newest.Add(-time.Duration(r.NormFloat64()*70*24+130*24) * time.Hour)
		updated = updated.Add(-time.Duration(r.IntN(86_400)) * time.Second)
		parent := ""
		if i%5 > 0 {
			parent = fmt.Sprint(98_305_000 + 17*(i-i%5))
		}
		out = append(out, []string{fmt.Sprint(98_305_000 + 17*i), "https://wiki.example.com", spaceKeys[t],
			fmt.Sprintf("https://wiki.example.com/display/%s/%d", spaceKeys[t], i), kind, title, "current", content(r, i), parent,
			`["runbook", "q4"]`, fmt.Sprint(1 + int(r.ExpFloat64()*9)), userID(r.IntN(len(people))), editor,
			updated.Add(-400 * time.Hour).Format(time.RFC3339), updated.Format(time.RFC3339), []string{"", "typo", "restructured after review"}[i%3]})
	}
	return out
}

// content is a page in storage format, now and then cut as the export cuts it.
func content(r *rand.Rand, i int) string {
	var b strings.Builder
	b.WriteString(`<ac:layout><ac:layout-section ac:type="two_equal"><ac:layout-cell><h1>Failover</h1>`)
	for n := range 2 + r.IntN(5) {
		fmt.Fprintf(&b, `<p>%d. Page the <strong>lead</strong> of the shift, then check the <ac:link><ri:page ri:content-title="Runbook: restore" /></ac:link>.</p>\n`, n+1)
	}
	b.WriteString(`<ul><li>primary is read-only</li><li>replica lag &lt; 5 s</li></ul></ac:layout-cell></ac:layout-section></ac:layout>`)
	if i%10 == 4 {
		for b.Len() < 10_100 {
			b.WriteString(`<p>The rest of a long page that the export cuts short.</p>`)
		}
		return b.String()[:10_000]
	}
	return b.String()
}

func writeCSV(path string, records [][]string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	w := csv.NewWriter(f)
	w.UseCRLF = true
	if err := w.WriteAll(records); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
