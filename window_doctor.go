//go:build !headless

package main

import (
	"context"

	"fyne.io/fyne/v2"

	"sluice/doctor"
	"sluice/localexport"
	"sluice/places"
	"sluice/secret"
)

// doctorOf looks for problems with the folders of a window, and with what draws it.
func doctorOf(home, config string, window func() fyne.Window) func(context.Context) []doctor.Finding {
	return func(ctx context.Context) []doctor.Finding {
		cache, _ := places.Cache() // none: there is no log to look at
		o := doctor.Options{Home: home, Config: config, Cache: cache, Keep: localexport.DefaultMinFreeSpace, Keyring: secret.New(secret.Service, 0).Available, Fonts: letters, Tray: trayHost}
		if driver := drawnBy(window()); driver != "" {
			o.OpenGL = func() (string, error) { return driver, nil }
		}
		return doctor.Look(ctx, o)
	}
}
