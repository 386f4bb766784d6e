//go:build e2e

package e2e

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// twoDesktops has the window manager put every window on the second of two desktops.
const twoDesktops = `<?xml version="1.0"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
<desktops><number>2</number><firstdesk>1</firstdesk></desktops>
<applications><application name="*"><desktop>2</desktop></application></applications>
</openbox_config>`

// TestWorkBeginsOutOfSight: a window that is opened on a desktop that nobody looks at works from the
// start, and shows what there is once somebody does.
func TestWorkBeginsOutOfSight(t *testing.T) {
	rules := filepath.Join(t.TempDir(), "rc.xml")
	if err := os.WriteFile(rules, []byte(twoDesktops), 0o600); err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, display: newDisplay(t)}
	d.manage("--config-file", rules)
	p := d.begin([]string{"XDG_CONFIG_HOME=" + t.TempDir(), "XDG_CACHE_HOME=" + t.TempDir(), "FYNE_SCALE=1", "FYNE_THEME=light", "SLUICE_UI_TRACE=1",
		"DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent", "LANG=C"}, "window", "--home", t.TempDir())
	p.until("the window is at work", func() bool { return p.steady })
	d.xdo("set_desktop", "1")
	p.window = d.xdo("search", "--sync", "--onlyvisible", "--pid", strconv.Itoa(p.cmd.Process.Pid), "--name", "Sluice")
	p.await("Connect to a server")
	d.xdo("windowactivate", "--sync", p.window)
	p.click("Connect to a server")
	p.await("Test connection")
}
