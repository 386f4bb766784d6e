// Package assets holds the files that are built into the program: the icon of
// the application and the drawings of the window.
package assets

import (
	"embed"
	"fmt"
)

// AppIcon is the application's icon, an SVG of 512 × 512.
//
//go:embed icon.svg
var AppIcon []byte

//go:embed icons/*.svg
var icons embed.FS

//go:embed tray/*.svg
var statusIcons embed.FS

// StatusIcon returns the icon that panels of the desktop show in a state, "failed" for
// tray/failed.svg: an SVG of 64 × 64 in colours of its own, for light panels and dark ones.
// A name that does not exist is a mistake in the program, and panics.
func StatusIcon(state string) []byte {
	b, err := statusIcons.ReadFile("tray/" + state + ".svg")
	if err != nil {
		panic(fmt.Sprintf("assets: no status icon %q", state))
	}
	return b
}

// Icon returns the SVG of a drawing by its name, "server" for icons/server.svg.
// Drawings are 24 × 24 in one colour, written as currentColor. A name that does
// not exist is a mistake in the program, and panics.
func Icon(name string) []byte {
	b, err := icons.ReadFile("icons/" + name + ".svg")
	if err != nil {
		panic(fmt.Sprintf("assets: no icon %q", name))
	}
	return b
}

// IconNames lists the drawings.
func IconNames() []string {
	entries, err := icons.ReadDir("icons")
	if err != nil {
		return nil
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()[:len(e.Name())-len(".svg")]
	}
	return names
}
