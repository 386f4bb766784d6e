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
// it came, frames and the machine's other work included.
func (b *bench) index(ctx context.Context) error {
	path := filepath.Join(b.dir, fmt.Sprintf("rows-%d.csv", b.size))
	if err := writeRows(path, b.size); err != nil {
		return err
	}
	var worst []float64
	for range b.rounds {
		p, err := b.open(ctx, setup{path: b.sluice, args: []string{"--verbose", "window", "--home", b.dir + "/home-index", "--file", path},
			env: []string{"SLUICE_UI_TRACE=1"}})
		if err != nil {
			return err
		}
		sleep(ctx, 6*time.Second)
		p.close()
		longest := 0.0
		for _, m := range stalls.FindAllStringSubmatch(p.trace.String(), -1) {
			if d, err := time.ParseDuration(m[1]); err == nil {
				longest = max(longest, float64(d.Milliseconds()))
			}
		}
		if longest == 0 {
			return errors.New("the trace tells no stall")
		}
		worst = append(worst, longest)
	}
	m := median(worst)
	fmt.Printf("%d bytes opened and indexed, %d rounds; load %s\n\nlongest wait for the goroutine of the window: median %.0f ms, from %.0f to %.0f ms\n\n",
		b.size, b.rounds, load(), m, worst[0], worst[len(worst)-1])
	return nil
}

var stalls = regexp.MustCompile(`stall=(\S+)`)

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
