//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"time"
)

// tabKeys lead through the tabs of a source; a build that lacks the last has no use for its key.
var tabKeys = []string{"ctrl+2", "ctrl+3", "ctrl+4", "ctrl+5", "ctrl+1"}

// roundKeys open what can be opened and close it again, pages, dialogs and the preview: a window
// that is at work for weeks must not grow by it.
var roundKeys = append([]string{"ctrl+0", "ctrl+k", "Escape", "F1", "Escape", "ctrl+comma", "Escape", "ctrl+n"}, tabKeys...)

// roundPause is long enough for a page to be drawn.
const roundPause = 120 * time.Millisecond

// memory measures what a window holds: after its first frame, at rest, once each tab was
// opened, and when the same was opened again and again.
func (b *bench) memory(ctx context.Context) error {
	db, err := b.snapshot(ctx, 3000)
	if err != nil {
		return err
	}
	for _, of := range b.builds() {
		home := b.home(of, "memory")
		if out, err := exec.CommandContext(ctx, of.path, "export", "--snapshot", db, "--home", home, "--min-free-space", "-1").CombinedOutput(); err != nil {
			return fmt.Errorf("export: %w: %s", err, out)
		}
		if err := b.memoryOf(ctx, of, []string{"window", "--home", home, "--snapshot", db}); err != nil {
			return fmt.Errorf("%s: %w", of.name, err)
		}
	}
	return nil
}

func (b *bench) memoryOf(ctx context.Context, of build, args []string) error {
	p, err := b.open(ctx, setup{path: of.path, args: args})
	if err != nil {
		return err
	}
	defer p.close()
	fmt.Printf("memory of %s; load %s\n\n| | resident | of it not from files |\n|---|---|---|\n", of.name, load())
	if err := p.tellMemory("first frame"); err != nil {
		return err
	}
	w, err := p.window()
	if err != nil {
		return err
	}
	if err := p.opened(ctx, w); err != nil {
		return err
	}
	sleep(ctx, settle)
	if err := p.tellMemory("at rest"); err != nil {
		return err
	}
	if err := p.keys(ctx, w, tabKeys, time.Second); err != nil {
		return err
	}
	if err := p.tellMemory("each tab was opened once"); err != nil {
		return err
	}
	sleep(ctx, settle)
	if err := p.tellMemory("the same, at rest"); err != nil {
		return err
	}
	if of.n == 0 {
		if err := p.again(ctx, w, b.openings); err != nil {
			return err
		}
	}
	fmt.Println()
	return nil
}

// again opens everything so many times.
func (p *program) again(ctx context.Context, w string, times int) error {
	for i := range times {
		if err := p.keys(ctx, w, roundKeys, roundPause); err != nil {
			return err
		}
		if done := i + 1; done == 1 || done%50 == 0 {
			sleep(ctx, settle)
			if err := p.tellMemory(fmt.Sprintf("everything was opened %d times, at rest", done)); err != nil {
				return err
			}
		}
	}
	return nil
}

// keys types keys with a pause after each.
func (p *program) keys(ctx context.Context, w string, keys []string, pause time.Duration) error {
	for _, key := range keys {
		if _, err := p.xdo("key", "--window", w, key); err != nil {
			return err
		}
		if sleep(ctx, pause); ctx.Err() != nil {
			return errors.New("interrupted")
		}
	}
	return nil
}

func (p *program) tellMemory(when string) error {
	resident, anonymous, err := p.memory()
	if err != nil {
		return err
	}
	fmt.Printf("| %s | %.0f MB | %.0f MB |\n", when, resident, anonymous)
	return nil
}
