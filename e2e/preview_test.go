//go:build e2e

package e2e

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// manyRows is how many rows the file of the test has.
const manyRows = 1_500_000

// writeRows writes a file whose cells tell in which row they stand.
func writeRows(t *testing.T, rows int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "large.csv")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriterSize(f, 1<<20)
	w.WriteString("id,title,space\r\n")
	var line []byte
	for i := 1; i <= rows; i++ {
		line = strconv.AppendInt(line[:0], int64(i), 10)
		line = append(line, ",title "...)
		line = strconv.AppendInt(line, int64(i), 10)
		w.Write(append(line, ",ENG\r\n"...))
	}
	if err := errors.Join(w.Flush(), f.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// span is the range of rows that the preview says it shows.
var span = regexp.MustCompile(`^rows ([\d,]+)–([\d,]+) of ([\d,]+) `)

// shown reads which rows the preview shows, counted from 1; the lock is held.
func (p *program) shown() (from, to, total int) {
	m := span.FindStringSubmatch(p.rows)
	if m == nil {
		return 0, 0, 0
	}
	n := func(s string) int { i, _ := strconv.Atoi(strings.ReplaceAll(s, ",", "")); return i }
	return n(m[1]), n(m[2]), n(m[3])
}

// grouped writes a number as the row numbers of the preview are written.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// checkCells waits until the table shows what the file has in those rows: cells
// that have to be read come after the row numbers.
func (p *program) checkCells(from, to int) {
	p.t.Helper()
	p.until(fmt.Sprintf("the cells of rows %d–%d are shown", from, to), func() bool {
		cells := strings.Split(p.preview["cells"], "|")
		for row := from; row <= to; row++ {
			for _, want := range []string{grouped(row), strconv.Itoa(row), fmt.Sprintf("title %d", row)} {
				if !slices.Contains(cells, want) {
					return false
				}
			}
		}
		return true
	})
}

// TestPageDownHeldInALargeFile opens a file of many rows, holds PageDown, and
// goes to the end: each time the right rows are shown.
func TestPageDownHeldInALargeFile(t *testing.T) {
	beside(t)
	path := writeRows(t, manyRows)
	p := newDesk(t).open(t.TempDir(), "--file", path)
	var from, to int
	p.until("all rows are counted", func() bool {
		var total int
		from, to, total = p.shown()
		return from == 1 && total == manyRows && strings.Contains(p.rows, "indexed 100 %") && p.settled()
	})
	p.checkCells(from, to)
	page := to - from // one row of the page before stays in sight

	const pages = 240
	p.mu.Lock()
	p.stall = 0
	p.mu.Unlock()
	p.xdo("key", "--repeat", strconv.Itoa(pages), "--delay", "16", "Next")
	p.until(fmt.Sprintf("%d pages are turned", pages), func() bool {
		from, to, _ = p.shown()
		return from == 1+pages*page && p.settled()
	})
	p.checkCells(from, to)
	p.mu.Lock()
	t.Logf("%s steps, the longest took %s; drawing included, the window let others wait up to %v", p.preview["steps"], p.preview["worst"], p.stall)
	if p.preview["steps"] != strconv.Itoa(pages) {
		t.Errorf("%s steps for %d keys", p.preview["steps"], pages)
	}
	p.mu.Unlock()

	p.xdo("key", "ctrl+End")
	p.until("the end is shown", func() bool {
		from, to, _ = p.shown()
		return to == manyRows && p.settled()
	})
	p.checkCells(from, to)
	p.xdo("key", "Prior")
	p.until("the page before it is shown", func() bool {
		from, to, _ = p.shown()
		return to == manyRows-page && p.settled()
	})
	p.checkCells(from, to)
}

// TestGoToRow types a row number into the field of the preview.
func TestGoToRow(t *testing.T) {
	beside(t)
	path := writeRows(t, 200_000)
	p := newDesk(t).open(t.TempDir(), "--file", path)
	p.until("all rows are counted", func() bool {
		_, _, total := p.shown()
		return total == 200_000 && p.settled()
	})
	p.key("ctrl+g")
	p.until("the number can be typed", func() bool { return strings.HasPrefix(p.focus, "field ") && p.settled() })
	p.xdo("type", "--delay", "12", "123456")
	p.key("Return")
	var from, to int
	p.until("the row is shown", func() bool {
		from, to, _ = p.shown()
		return from <= 123_456 && 123_456 <= to && p.settled()
	})
	p.checkCells(from, to)
}

// TestAskForAFile opens the dialog by keyboard, leaves it, and works on.
func TestAskForAFile(t *testing.T) {
	beside(t)
	path := writeRows(t, 1000)
	p := newDesk(t).open(t.TempDir(), "--file", path)
	p.until("the rows are shown", func() bool { from, _, _ := p.shown(); return from == 1 && p.settled() })
	for _, keys := range []string{"ctrl+shift+o", "ctrl+o"} {
		p.key(keys)
		p.until("the dialog is there", func() bool { return strings.HasPrefix(p.focus, "field Path") && p.settled() })
		p.key("Escape")
		p.until("it is gone", func() bool { return !strings.HasPrefix(p.focus, "field Path") && p.settled() })
	}
	p.key("ctrl+n")
	p.await("Try the demo")
}
