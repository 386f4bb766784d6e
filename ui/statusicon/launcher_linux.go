package statusicon

import (
	"github.com/godbus/dbus/v5"

	"sluice/ui/present"
)

// launcherPath is where launchers are told from; any path does.
const launcherPath = dbus.ObjectPath("/com/canonical/unity/launcherentry/sluice")

// launcher tells the launchers and docks of the desktop how many sources need a look, and
// how far the exports are.
type launcher struct {
	conn    *dbus.Conn
	program string
	care    int
	percent int // as it was told; 0 and -1 are the same until something is
	told    bool
}

// show tells what has changed. Until there is something to tell it says nothing.
func (l *launcher) show(t present.Tray) {
	if !l.told && t.Care == 0 && t.Percent < 0 || l.told && t.Care == l.care && t.Percent == l.percent {
		return
	}
	l.told, l.care, l.percent = true, t.Care, t.Percent
	// A bus that is gone is noticed by who listens to it.
	_ = l.conn.Emit(launcherPath, "com.canonical.Unity.LauncherEntry.Update", "application://"+l.program+".desktop", map[string]dbus.Variant{
		"count": dbus.MakeVariant(int64(t.Care)), "count-visible": dbus.MakeVariant(t.Care > 0),
		"progress": dbus.MakeVariant(float64(max(t.Percent, 0)) / 100), "progress-visible": dbus.MakeVariant(t.Percent >= 0),
		"urgent": dbus.MakeVariant(false)})
}
