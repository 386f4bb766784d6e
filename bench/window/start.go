//go:build linux

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// starting is a window whose start is measured.
type starting struct {
	name                string
	setup               setup
	wall, cpu, resident []float64
}

// start measures the time from exec to the first frame, and the processor time and the memory
// by then. The windows share a cache, as the starts of one person do: that of the fonts of the
// system, for one.
func (b *bench) start(ctx context.Context) error {
	db, err := b.snapshot(ctx, 3000)
	if err != nil {
		return err
	}
	cache := filepath.Join(b.dir, "cache")
	if err := os.MkdirAll(filepath.Join(cache, "fyne"), 0o700); err != nil {
		return err
	}
	env := []string{"XDG_CACHE_HOME=" + cache}
	windows := []*starting{{name: "empty window", setup: setup{path: b.empty, env: env}}}
	for _, of := range b.builds() {
		args := []string{"window", "--home", b.home(of, "start")}
		windows = append(windows,
			&starting{name: of.name + ", no source yet", setup: setup{path: of.path, args: args, env: env}},
			&starting{name: of.name + ", with a snapshot", setup: setup{path: of.path, args: append(args, "--snapshot", db), env: env}})
	}
	for round := range b.rounds + 1 { // the first warms the caches
		for _, i := range turns(round, len(windows)) {
			if err := windows[i].once(ctx, b, round > 0); err != nil {
				return fmt.Errorf("%s: %w", windows[i].name, err)
			}
		}
	}
	fmt.Printf("exec to the first frame, %d rounds; load %s\n\n| | wall, median | best | CPU by then | resident by then |\n|---|---|---|---|---|\n", b.rounds, load())
	for _, w := range windows {
		m := median(w.wall)
		fmt.Printf("| %s | %.3f s | %.3f s | %.3f s | %.0f MB |\n", w.name, m, w.wall[0], median(w.cpu), median(w.resident))
	}
	fmt.Println()
	return nil
}

// once starts it; it counts or not.
func (s *starting) once(ctx context.Context, b *bench, counts bool) error {
	p, err := b.open(ctx, s.setup)
	if err != nil {
		return err
	}
	took := time.Since(p.began)
	used, err := p.cpu()
	resident, _, unread := p.memory()
	p.close()
	if err != nil {
		return err
	}
	if unread != nil {
		return unread
	}
	if counts {
		s.wall, s.cpu, s.resident = append(s.wall, took.Seconds()), append(s.cpu, used.Seconds()), append(s.resident, resident)
	}
	return nil
}
