package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"sluice/takes/login"
)

// openPTY makes a terminal; the person sits at far.
func openPTY(t *testing.T) (near, far *os.File) {
	t.Helper()
	far, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { far.Close() })
	if err := unix.IoctlSetPointerInt(int(far.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Skip(err)
	}
	n, err := unix.IoctlGetInt(int(far.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Skip(err)
	}
	near, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { near.Close() })
	return near, far
}

// TestPrompt types a password at a terminal, which does not show it, and is
// interrupted there.
func TestPrompt(t *testing.T) {
	near, far := openPTY(t)
	prompts := make(chan struct{}, 2)
	screen := make(chan string, 1)
	go func() {
		var all strings.Builder
		for r := bufio.NewReader(far); !strings.Contains(all.String(), "END"); {
			b, err := r.ReadByte()
			if err != nil {
				break
			}
			all.WriteByte(b)
			if strings.HasSuffix(all.String(), "at h: ") {
				prompts <- struct{}{}
			}
		}
		screen <- all.String()
	}()
	terminal := &terminal{near, near}
	hidden := func() { // the prompt is written before the echo is off
		<-prompts
		for {
			state, err := unix.IoctlGetTermios(int(near.Fd()), unix.TCGETS)
			if err != nil || state.Lflag&unix.ECHO == 0 {
				return
			}
		}
	}
	go func() { hidden(); fmt.Fprint(far, " ge heim@ü \n") }()
	got, err := terminal.ask(t.Context(), login.Question{User: "u", Of: "h"})
	if err != nil || got.Reveal() != " ge heim@ü " {
		t.Errorf("%q, %v", got.Reveal(), err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	go func() { hidden(); cancel() }()
	if _, err := terminal.ask(ctx, login.Question{User: "u", Of: "h"}); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
	if state, err := unix.IoctlGetTermios(int(near.Fd()), unix.TCGETS); err != nil || state.Lflag&unix.ECHO == 0 {
		t.Errorf("the terminal is left without an echo: %v", err)
	}
	fmt.Fprint(far, "\n") // ends the reading that was given up
	fmt.Fprint(near, "END")
	if text := <-screen; strings.Contains(text, "heim") {
		t.Errorf("the password shows: %q", text)
	}
}
