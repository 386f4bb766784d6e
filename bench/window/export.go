//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// snapshot writes a demo snapshot, unless it is there.
func (b *bench) snapshot(ctx context.Context, pages int) (string, error) {
	path := filepath.Join(b.dir, fmt.Sprintf("demo-%d.db", pages))
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	out, err := exec.CommandContext(ctx, b.sluice, "demo", path, "--pages", fmt.Sprint(pages), "--seed", "1").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("write the snapshot: %w: %s", err, out)
	}
	return path, nil
}

// exported is what one export has taken.
type exported struct {
	cpu, wall float64 // seconds
	drawing   float64 // of cpu
	frames    int
}

// exports are what the exports of a build have taken.
type exports struct {
	build
	alone, shown, share, drawing, frames, alongside, wall []float64
}

// export measures what the window adds to an export: the same job from the command
// line and in the window, in turn.
func (b *bench) export(ctx context.Context) error {
	db, err := b.snapshot(ctx, b.pages)
	if err != nil {
		return err
	}
	var list []*exports
	for _, of := range b.builds() {
		list = append(list, &exports{build: of})
	}
	for round := range b.rounds + 1 { // the first warms the caches
		for _, i := range turns(round, len(list)) {
			if err := list[i].once(ctx, b, db, round > 0); err != nil {
				return fmt.Errorf("%s: %w", list[i].name, err)
			}
		}
	}
	fmt.Printf("the export of %d pages, %d rounds; load %s\n\n| | CPU | wall | frames |\n|---|---|---|---|\n", b.pages, b.rounds, load())
	for _, e := range list {
		e.tell()
	}
	fmt.Println()
	return nil
}

// once exports once by each way; it counts or not.
func (e *exports) once(ctx context.Context, b *bench, db string, counts bool) error {
	a, err := b.exportAlone(ctx, e.path, db)
	if err != nil {
		return err
	}
	s, err := b.exportShown(ctx, e.path, db)
	if err != nil || !counts {
		return err
	}
	e.alone, e.shown, e.share = append(e.alone, a.cpu), append(e.shown, s.cpu), append(e.share, 100*(s.cpu-a.cpu)/a.cpu)
	e.drawing = append(e.drawing, 100*s.drawing/a.cpu)
	e.frames, e.alongside, e.wall = append(e.frames, float64(s.frames)), append(e.alongside, s.wall), append(e.wall, a.wall)
	return nil
}

func (e *exports) tell() {
	fmt.Printf("| %s, command line | %.2f s | %.2f s | |\n| in the window | %.2f s | %.2f s | %.0f |\n",
		e.name, median(e.alone), median(e.wall), median(e.shown), median(e.alongside), median(e.frames))
	for _, x := range []struct {
		name    string
		figures []float64
	}{{"the window's share of the job", e.share}, {"of the job, what the threads of the window and the renderer took", e.drawing}} {
		m := median(x.figures)
		fmt.Printf("| %s, median of the rounds (from %.0f to %.0f) | %.1f %% | | |\n", x.name, x.figures[0], x.figures[len(x.figures)-1], m)
	}
}

func (b *bench) exportAlone(ctx context.Context, path, db string) (e exported, err error) {
	home, err := os.MkdirTemp(b.dir, "home-")
	if err != nil {
		return e, err
	}
	defer os.RemoveAll(home)
	c := exec.CommandContext(ctx, path, "export", "--snapshot", db, "--home", home, "--min-free-space", "-1")
	began := time.Now()
	if out, err := c.CombinedOutput(); err != nil {
		return e, fmt.Errorf("export: %w: %s", err, out)
	}
	return exported{cpu: (c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds(), wall: time.Since(began).Seconds()}, nil
}

// exportShown starts an export with the keyboard and follows it to its end, and for
// the second after it, in which the window shows the result.
func (b *bench) exportShown(ctx context.Context, path, db string) (e exported, err error) {
	home, err := os.MkdirTemp(b.dir, "home-")
	if err != nil {
		return e, err
	}
	defer os.RemoveAll(home)
	p, err := b.open(ctx, setup{path: path, args: []string{"window", "--home", home, "--snapshot", db}})
	if err != nil {
		return e, err
	}
	defer p.close()
	w, err := p.window()
	if err != nil {
		return e, err
	}
	if err := p.opened(ctx, w); err != nil {
		return e, err
	}
	sleep(ctx, 3*time.Second)
	cpu, err := p.cpu()
	if err != nil {
		return e, err
	}
	drawing, err := p.drawing()
	if err != nil {
		return e, err
	}
	frames, err := p.frames()
	if err != nil {
		return e, err
	}
	began := time.Now()
	if _, err := p.xdo("key", "--window", w, "ctrl+Return"); err != nil {
		return e, err
	}
	for {
		done, err := filepath.Glob(filepath.Join(home, "data-pipeline/export/*/manifest.json"))
		if err == nil && len(done) > 0 {
			break
		}
		if time.Since(began) > patience || ctx.Err() != nil {
			return e, errors.New("the export in the window does not end")
		}
		sleep(ctx, 5*time.Millisecond)
	}
	e.wall = time.Since(began).Seconds()
	sleep(ctx, time.Second)
	after, err := p.cpu()
	if err != nil {
		return e, err
	}
	e.cpu = (after - cpu).Seconds()
	painted, err := p.drawing()
	if err != nil {
		return e, err
	}
	drawn, err := p.frames()
	e.drawing, e.frames = (painted - drawing).Seconds(), drawn-frames
	return e, err
}

// opening is what the title says, in English, while a source is being opened.
const opening = "Opening…"

// opened waits until the title no longer says that the snapshot is being opened.
func (p *program) opened(ctx context.Context, window string) error {
	for began := time.Now(); time.Since(began) < patience && ctx.Err() == nil; sleep(ctx, 50*time.Millisecond) {
		title, err := p.xdo("getwindowname", window)
		if err != nil || !strings.Contains(title, opening) {
			return err
		}
	}
	return errors.New("the snapshot is not opened")
}
