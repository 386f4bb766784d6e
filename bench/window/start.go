//go:build linux

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// start measures the time from exec to the first frame, and the processor time by
// then. The windows share a cache, as the starts of one person do: that of the fonts of
// the system, for one.
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
	windows := []struct {
		name  string
		setup setup
	}{
		{"empty window", setup{path: b.empty, env: env}},
		{"Sluice, no source yet", setup{path: b.sluice, args: []string{"window", "--home", b.dir + "/home"}, env: env}},
		{"Sluice, with a snapshot", setup{path: b.sluice, args: []string{"window", "--home", b.dir + "/home", "--snapshot", db}, env: env}},
	}
	wall, cpu := make([][]float64, len(windows)), make([][]float64, len(windows))
	for round := range b.rounds + 1 { // the first warms the caches
		for i, w := range windows {
			p, err := b.open(ctx, w.setup)
			if err != nil {
				return fmt.Errorf("%s: %w", w.name, err)
			}
			took := time.Since(p.began)
			used, err := p.cpu()
			p.close()
			if err != nil {
				return err
			}
			if round > 0 {
				wall[i], cpu[i] = append(wall[i], took.Seconds()), append(cpu[i], used.Seconds())
			}
		}
	}
	fmt.Printf("exec to the first frame; load %s\n\n| | wall, median | best | CPU by then |\n|---|---|---|---|\n", load())
	for i, w := range windows {
		m := median(wall[i])
		fmt.Printf("| %s | %.2f s | %.2f s | %.2f s |\n", w.name, m, wall[i][0], median(cpu[i]))
	}
	fmt.Println()
	return nil
}
