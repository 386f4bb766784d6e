//go:build linux

package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"time"
)

// index measures how long the window lets others wait while it opens and indexes a
// large file: a function that is handed to its goroutine every 5 ms says how late
// it came, frames and the machine's other work included, and how much processor time
// the goroutine has used since the one before.
func (b *bench) index(ctx context.Context) error {
	path := filepath.Join(b.dir, fmt.Sprintf("rows-%d.csv", b.size))
	if err := writeRows(path, b.size); err != nil {
		return err
	}
	var waits, steps []float64
	for range b.rounds {
		p, err := b.open(ctx, setup{path: b.sluice, args: []string{"--verbose", "window", "--home", b.dir + "/home-index", "--file", path},
			env: []string{"SLUICE_UI_TRACE=1"}})
		if err != nil {
			return err
		}
		sleep(ctx, 6*time.Second)
		p.close()
		wait, step := largest(waitings, p.trace.String()), largest(busy, p.trace.String())
		if wait == 0 || step == 0 {
			return errors.New("the trace tells no steps")
		}
		waits, steps = append(waits, wait), append(steps, step)
	}
	fmt.Printf("%d bytes opened and indexed, %d rounds; load %s\n\n| the goroutine of the window | median | from | to |\n|---|---|---|---|\n", b.size, b.rounds, load())
	for _, x := range []struct {
		name    string
		figures []float64
	}{{"longest step, processor time", steps}, {"longest wait for it", waits}} {
		m := median(x.figures)
		fmt.Printf("| %s | %.0f ms | %.0f ms | %.0f ms |\n", x.name, m, x.figures[0], x.figures[len(x.figures)-1])
	}
	fmt.Println()
	return nil
}

// largest of the durations that a pattern finds after the first line of the trace,
// which tells of the start of the window, in milliseconds.
func largest(pattern *regexp.Regexp, trace string) (ms float64) {
	found := pattern.FindAllStringSubmatch(trace, -1)
	for _, m := range found[min(1, len(found)):] {
		if d, err := time.ParseDuration(m[1]); err == nil {
			ms = max(ms, float64(d.Microseconds())/1000)
		}
	}
	return ms
}

var (
	waitings = regexp.MustCompile(`stall=(\S+)`)
	busy     = regexp.MustCompile(`busy=(\S+)`)
)

// writeRows writes a CSV file of about size bytes, unless it is there.
func writeRows(path string, size uint64) error {
	if st, err := os.Stat(path); err == nil && uint64(st.Size()) >= size {
		return nil
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	written, _ := w.WriteString("id,title,space,created,note\r\n")
	var line []byte
	for i := 1; uint64(written) < size; i++ {
		line = strconv.AppendInt(line[:0], int64(i), 10)
		line = append(line, ",title "...)
		line = strconv.AppendInt(line, int64(i), 10)
		line = append(line, ",ENG,2026-11-01T12:34:56Z,\"a note with, commas and \"\"quotes\"\" in it\"\r\n"...)
		n, err := w.Write(line)
		if err != nil {
			return errors.Join(err, f.Close())
		}
		written += n
	}
	return errors.Join(w.Flush(), f.Close())
}
