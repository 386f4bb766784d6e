//go:build linux

package main

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// settle is how long a window gets to come to rest after its start.
const settle = 12 * time.Second

// resting is a window that nobody touches.
type resting struct {
	name    string
	setup   setup
	prepare func(*program) error // after its first frame; nil for nothing
	p       *program
	cpu     time.Duration
	frames  int
}

// idle measures what windows take that nobody touches: side by side, so that all of
// them meet the same machine.
func (b *bench) idle(ctx context.Context) error {
	db, err := b.snapshot(ctx, 3000)
	if err != nil {
		return err
	}
	k, err := newKeyring(ctx)
	if err != nil {
		return err
	}
	defer k.close()
	done, err := k.servers(ctx, 10, false)
	if err != nil {
		return err
	}
	busy, err := k.servers(ctx, 10, true)
	if err != nil {
		return err
	}
	home := func(n string) []string { return []string{"window", "--home", b.dir + "/home-" + n} }
	list := []*resting{
		{name: "empty window", setup: setup{path: b.empty}},
		{name: "first start", setup: setup{path: b.sluice, args: home("first")}},
		{name: "snapshot open", setup: setup{path: b.sluice, args: append(home("snapshot"), "--snapshot", db)}},
		{name: "the same, minimised", setup: setup{path: b.sluice, args: append(home("hidden"), "--snapshot", db)}, prepare: minimise},
		{name: "the same, cursor in a field", setup: setup{path: b.sluice, args: append(home("field"), "--snapshot", db)}, prepare: focusField},
		{name: "ten servers at rest", setup: setup{path: b.sluice, args: home("rest"), env: k.env(), sources: done}},
		{name: "ten servers, each with a running job", setup: setup{path: b.sluice, args: home("busy"), env: k.env(), sources: busy}},
	}
	defer func() {
		for _, r := range list {
			if r.p != nil {
				r.p.close()
			}
		}
	}()
	for _, r := range list {
		if r.p, err = b.open(ctx, r.setup); err != nil {
			return fmt.Errorf("%s: %w", r.name, err)
		}
		if r.prepare == nil {
			continue
		}
		sleep(ctx, time.Second)
		if err := r.prepare(r.p); err != nil {
			return fmt.Errorf("%s: %w", r.name, err)
		}
	}
	sleep(ctx, settle)
	return b.watch(ctx, list)
}

// watch reads the clocks of the windows before and after the period.
func (b *bench) watch(ctx context.Context, list []*resting) (err error) {
	for _, r := range list {
		if r.cpu, err = r.p.cpu(); err != nil {
			return fmt.Errorf("%s: %w", r.name, err)
		}
		if r.frames, err = r.p.frames(); err != nil {
			return fmt.Errorf("%s: %w", r.name, err)
		}
	}
	sleep(ctx, b.period)
	fmt.Printf("at rest for %v; load %s\n\n| | of a core | frames a second | resident | of it not from files |\n|---|---|---|---|---|\n", b.period, load())
	for _, r := range list {
		cpu, err := r.p.cpu()
		if err != nil {
			return fmt.Errorf("%s: %w", r.name, err)
		}
		frames, err := r.p.frames()
		if err != nil {
			return err
		}
		resident, anonymous, err := r.p.memory()
		if err != nil {
			return err
		}
		fmt.Printf("| %s | %.2f %% | %.2f | %.0f MB | %.0f MB |\n", r.name, 100*(cpu-r.cpu).Seconds()/b.period.Seconds(),
			float64(frames-r.frames)/b.period.Seconds(), resident, anonymous)
	}
	fmt.Println()
	return nil
}

func minimise(p *program) error {
	w, err := p.window()
	if err != nil {
		return err
	}
	_, err = p.xdo("windowminimize", w)
	return err
}

// focusField puts the cursor into the date of the card "New export".
func focusField(p *program) error {
	w, err := p.window()
	if err != nil {
		return err
	}
	_, err = p.xdo("mousemove", "--window", w, "340", "376", "click", "1")
	return err
}

// window is the number of the window on its display.
func (p *program) window() (string, error) {
	w, err := p.xdo("search", "--sync", "--onlyvisible", "--pid", fmt.Sprint(p.cmd.Process.Pid), "--name", ".")
	if err != nil {
		return "", err
	}
	_, err = p.xdo("windowactivate", "--sync", firstLine(w))
	return firstLine(w), err
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}
