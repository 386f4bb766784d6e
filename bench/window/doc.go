// Window measures what the window costs: how soon its first frame is there, what
// it takes while nobody touches it, what it adds to an export, how long it lets
// others wait while a large file is indexed, and how much memory it holds. It
// starts the real program on virtual displays, beside an empty window of the same
// toolkit (bench/window/empty), because the toolkit and the software renderer have
// a price of their own.
//
//	window -sluice bin/sluice -empty bin/bench-empty -only start,idle,export,index,memory
//	window -sluice bin/sluice -empty bin/bench-empty -only start -beside before/sluice -rounds 11
//
// CPU is the clock of the process: user and system time of all its threads. It says
// the same on a machine that is busy with other things; times by the wall do not.
// Frames are counted by the renderer (Mesa's GALLIUM_HUD).
//
// It needs Linux, Xvfb, openbox, xdotool, dbus-daemon and gnome-keyring.
package main
