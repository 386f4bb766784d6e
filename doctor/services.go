package doctor

import (
	"context"

	"sluice/visible"
	"sluice/wording"
)

// longest is how many characters of what others say are told.
const longest = 400

// said is what others say, in the language of the window if it can be said there.
func said(err error) any {
	if text := visible.Cut(err.Error(), longest); text != err.Error() {
		return text
	}
	return wording.Because(err)
}

func (o Options) openGL(context.Context) []Finding {
	if o.OpenGL == nil {
		return nil
	}
	driver, err := o.OpenGL()
	if err != nil {
		return warning(OpenGL, wording.Of("The window cannot be drawn here: %s.", said(err)),
			"Start it in a desktop session whose display has an OpenGL driver, or use the commands, which need none.")
	}
	return ok(OpenGL, wording.Of("The window is drawn with %s.", visible.Cut(driver, longest)))
}

func (o Options) fonts(context.Context) []Finding {
	if o.Fonts == nil {
		return nil
	}
	if err := o.Fonts(); err != nil {
		return warning(Fonts, wording.Of("Letters of other scripts may be missing in the window: %s.", said(err)),
			"Make room on the disk of the cache, or install fonts for these scripts, and start the window anew.")
	}
	return ok(Fonts, wording.Of("The letters of other scripts are brought along."))
}

// tray is nothing to worry about: without an icon the window is what there is.
func (o Options) tray(ctx context.Context) []Finding {
	if o.Tray == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	there, err := o.Tray(ctx)
	switch {
	case err != nil:
		return ok(Tray, wording.Of("No panel can show the icon of the window: %s.", said(err)))
	case !there:
		return finding(Tray, OK, wording.Of("No panel of this desktop shows the icon of the window, so closing the window ends the program."),
			"GNOME needs the extension AppIndicator for it.")
	}
	return ok(Tray, wording.Of("A panel of the desktop shows the icon of the window."))
}

func (o Options) keyring(ctx context.Context) []Finding {
	if o.Keyring == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := o.Keyring(ctx); err != nil {
		return warning(Keyring, wording.Of("Tokens and passwords last for one session only: %s.", said(err)),
			"Start or unlock a keyring (gnome-keyring or KWallet on Linux). Where there can be none, name a file with the token, or a command that prints it, in the settings of the server.")
	}
	return ok(Keyring, wording.Of("The keyring takes tokens and passwords."))
}
