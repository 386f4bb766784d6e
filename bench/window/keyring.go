//go:build linux

package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"sluice/secret"
)

// keyring is a session bus of its own with an open keyring on it.
type keyring struct {
	dir          string
	bus          string // address
	daemon, ring *exec.Cmd
	store        *secret.Store
}

func newKeyring(ctx context.Context) (k *keyring, err error) {
	k = &keyring{store: secret.New(secret.Service, 0)}
	if k.dir, err = os.MkdirTemp("", "ring-"); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			k.close()
		}
	}()
	config := filepath.Join(k.dir, "session.conf")
	// A bus that starts nothing by itself.
	text := `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:dir=` + k.dir + `</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		return nil, err
	}
	k.daemon = exec.CommandContext(ctx, "dbus-daemon", "--config-file="+config, "--nofork", "--print-address")
	out, err := k.daemon.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := k.daemon.Start(); err != nil {
		return nil, err
	}
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return nil, fmt.Errorf("dbus-daemon: %w", err)
	}
	k.bus = strings.TrimSpace(address)
	return k, k.unlock(ctx)
}

// unlock starts the daemon of the keyring and waits until it takes secrets.
func (k *keyring) unlock(ctx context.Context) error {
	k.ring = exec.CommandContext(ctx, "gnome-keyring-daemon", "--unlock", "--components=secrets", "--foreground")
	k.ring.Stdin = strings.NewReader("\n") // its password is the empty line
	k.ring.Env = append(os.Environ(), append(k.env(), "XDG_DATA_HOME="+k.dir, "XDG_RUNTIME_DIR="+k.dir, "DISPLAY=")...)
	if err := k.ring.Start(); err != nil {
		return err
	}
	// The library that asks the keyring reads the address of the bus from here.
	if err := os.Setenv("DBUS_SESSION_BUS_ADDRESS", k.bus); err != nil {
		return err
	}
	for range 200 {
		if k.store.Available(ctx) == nil {
			return nil
		}
		sleep(ctx, 50*time.Millisecond)
	}
	return errors.New("the keyring does not come to the bus")
}

func (k *keyring) env() []string { return []string{"DBUS_SESSION_BUS_ADDRESS=" + k.bus} }

func (k *keyring) close() { end(k.dir, k.ring, k.daemon) }
