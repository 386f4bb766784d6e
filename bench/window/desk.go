//go:build linux

package main

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// desk is a virtual display of its own, with a window manager. Its picture lies in
// a file, where it can be looked at without asking the display.
type desk struct {
	dir     string
	display string
	wm, x   *exec.Cmd
}

const deskWidth, deskHeight = 1400, 900

func newDesk(ctx context.Context) (*desk, error) {
	dir, err := os.MkdirTemp("", "desk-")
	if err != nil {
		return nil, err
	}
	read, write, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	d := &desk{dir: dir}
	d.x = exec.CommandContext(ctx, "Xvfb", "-displayfd", "3", "-screen", "0", fmt.Sprintf("%dx%dx24", deskWidth, deskHeight), "-br", "-fbdir", dir, "-nolisten", "tcp")
	d.x.ExtraFiles = []*os.File{write}
	if err := d.x.Start(); err != nil {
		return nil, err
	}
	write.Close()
	number, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		d.close()
		return nil, fmt.Errorf("start of Xvfb: it gave no display: %w", err)
	}
	d.display = ":" + strings.TrimSpace(number)
	d.wm = exec.CommandContext(ctx, "openbox")
	d.wm.Env = append(os.Environ(), "DISPLAY="+d.display)
	if err := d.wm.Start(); err != nil {
		d.close()
		return nil, err
	}
	return d, nil
}

func (d *desk) close() { end(d.dir, d.wm, d.x) }

// end ends programs that were started, and removes their folder.
func end(dir string, programs ...*exec.Cmd) {
	for _, c := range programs {
		if c != nil && c.Process != nil {
			c.Process.Kill()
			c.Wait()
		}
	}
	os.RemoveAll(dir)
}

// xdo runs xdotool on the display.
func (d *desk) xdo(args ...string) (string, error) {
	c := exec.Command("xdotool", args...)
	c.Env = append(os.Environ(), "DISPLAY="+d.display)
	out, err := c.Output()
	if err != nil {
		return "", fmt.Errorf("xdotool %s: %w", strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(out)), nil
}

// sees reads some pixels of the middle of the display, where every window is, and
// tells how many of them are not black, as the display is without one.
func (d *desk) sees() (lit int, of int, err error) {
	f, err := os.Open(filepath.Join(d.dir, "Xvfb_screen0"))
	if err != nil {
		return 0, 0, err
	}
	defer f.Close()
	var head [100]byte // of the format of xwd
	if _, err := f.ReadAt(head[:], 0); err != nil {
		return 0, 0, err
	}
	word := func(i int) int { return int(binary.BigEndian.Uint32(head[4*i:])) }
	pixels, line := word(0)+12*word(19), word(12)
	row := make([]byte, 4*deskWidth)
	for y := deskHeight / 4; y < deskHeight*3/4; y += 40 {
		if _, err := f.ReadAt(row, int64(pixels+y*line)); err != nil {
			return 0, 0, err
		}
		for x := deskWidth / 4; x < deskWidth*3/4; x += 20 {
			of++
			if row[4*x] != 0 || row[4*x+1] != 0 || row[4*x+2] != 0 {
				lit++
			}
		}
	}
	return lit, of, nil
}

// painted waits until nearly everything in the middle of the display is painted.
func (d *desk) painted(ctx context.Context) error {
	for ctx.Err() == nil {
		lit, of, err := d.sees()
		if err != nil {
			return err
		}
		if lit > of*9/10 {
			return nil
		}
		time.Sleep(time.Millisecond)
	}
	return errors.New("nothing was painted")
}
