package confluence

import (
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"sluice/localexport/snapshot"
	"sluice/localexport/sqlread"
)

// selected is what plain SELECTs of whole tables, which need no key and no index,
// say about the pages of a snapshot.
type selected struct {
	pages  map[string]string // id of a live page or blog post: its space and date
	spaces map[string]bool
	bodies map[string]string // id of content: the body to export
}

func selectAll(t *testing.T, path string) (selected, error) {
	s := selected{map[string]string{}, map[string]bool{}, map[string]string{}}
	c, err := sqlread.Open(t.Context(), path, sqlread.OpenOptions{Immutable: true})
	if err != nil {
		return s, err
	}
	defer c.Close()
	text := func(r *sqlread.Stmt, i int) string { return string(r.Bytes(i)) }
	number := func(r *sqlread.Stmt, i int) string {
		if n, state := snapshot.ID(r, i); state == snapshot.IDPresent {
			return fmt.Sprint(n)
		}
		return "none"
	}
	best := map[string][2]int64{}
	for sql, f := range map[string]func(*sqlread.Stmt) error{
		"SELECT spaceid FROM spaces NOT INDEXED": func(r *sqlread.Stmt) error {
			s.spaces[number(r, 0)] = true
			return nil
		},
		"SELECT contentid, contenttype, prevver, content_status, spaceid, lastmoddate FROM content NOT INDEXED": func(r *sqlread.Stmt) error {
			if kind := text(r, 1); (kind == "PAGE" || kind == "BLOGPOST") && text(r, 2) == "" && text(r, 3) == "current" {
				s.pages[number(r, 0)] = number(r, 4) + " " + text(r, 5)
			}
			return nil
		},
		"SELECT contentid, bodytypeid, bodycontentid, body FROM bodycontent NOT INDEXED": func(r *sqlread.Stmt) error {
			id, kind, body := number(r, 0), number(r, 1), text(r, 3)
			newest, _ := snapshot.ID(r, 2)
			if kind != "0" && kind != "2" {
				return nil
			}
			rank := [2]int64{int64(kind[0]), newest}
			if was, ok := best[id]; !ok || rank[0] > was[0] || rank[0] == was[0] && rank[1] > was[1] {
				best[id], s.bodies[id] = rank, body
			}
			return nil
		},
	} {
		if err := c.Each(sql, f); err != nil {
			return s, fmt.Errorf("%s: %w", sql, err)
		}
	}
	return s, nil
}

// checkSelected holds pages that were exported without a complaint against plain
// SELECTs: no page is missing or invented, and no body is another.
func checkSelected(t *testing.T, path string, pages string, leftOut bool) {
	want, err := selectAll(t, path)
	if err != nil {
		return // SQLite reads more of the rows that are left out
	}
	records, err := csv.NewReader(strings.NewReader(pages)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]bool{}
	for _, r := range records[1:] {
		id, body := r[0], r[7]
		got[id] = true
		if _, ok := want.pages[id]; !ok {
			t.Errorf("page %s is exported, SELECT does not have it", id)
		}
		plain := strings.NewReplacer("\r\n", "\n", "\x00", "\uFFFD").Replace(want.bodies[id])
		if strings.NewReplacer("\r\n", "\n", "\x00", "\uFFFD").Replace(body) != plain {
			t.Errorf("page %s has the body %.80q, SELECT gives %.80q", id, body, plain)
		}
	}
	for id, page := range want.pages {
		space, date, _ := strings.Cut(page, " ")
		if !got[id] && want.spaces[space] && strings.HasPrefix(date, "20") && !leftOut {
			t.Errorf("page %s is missing", id)
		}
	}
}
