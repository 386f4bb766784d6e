package texts

// Tray are the sentences of the status icon in the panel of the desktop, and of a window that
// is closed while the program runs on.
type Tray struct {
	Show, Quit, Next                                 string
	More, Others                                     Plural
	Title, HiddenTitle, HiddenText, Failed           string
	Keep, KeepHint, NoHost, KeepPlans, Always, Never string
	QuitTitle, QuitText, QuitNext, QuitNow           string
}

func englishTray() Tray {
	return Tray{
		Show: "Show window", Quit: "Quit Sluice", Next: "Next run: %s",
		More: "%d more…|%d more…", Others: "%d other needs a look|%d others need a look",
		Title: "Panel of the desktop", HiddenTitle: "Sluice runs on", HiddenText: "The window is closed; sources are watched and schedules run. The icon in the panel shows the window again, and ends Sluice. The settings can change this.",
		Failed: "The export could not be started",
		Keep:   "When the window is closed", KeepHint: "Sluice goes on behind its icon in the panel: it watches the sources and runs what is due. The icon shows the window again.",
		NoHost:    "No panel here shows the icon, so closing the window ends Sluice.",
		KeepPlans: "Run on while there are schedules", Always: "Run on", Never: "Quit",
		QuitTitle: "Quit Sluice?", QuitText: "Schedules are run by this window: while Sluice is closed nothing runs them.", QuitNext: "The next run would be %s.", QuitNow: "Quit: schedules stop",
	}
}
