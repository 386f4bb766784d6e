package texts

// Palette are the sentences of the command palette, and of the menu bar.
type Palette struct {
	Placeholder, Hint, Nothing, Off                     string
	FileMenu, ExportMenu, ViewMenu, GoMenu, HelpMenu    string
	Palette, Settings, Quit, Open, OpenCSV, Add, Take   string
	Server, Demo, Start, Cancel, TakeAgain, Refresh     string
	Tab, Theme, Folder, Next, Previous, Shortcuts, Tour string
	Check, Log, About, Source, File, Recent, OpenHome   string
	Larger, Smaller, UsualSize, FoldRail                string
	SettingOf, SettingOfWindow                          string
	// Words by which things are found besides their names.
	TableWords, ThemeWords, ScaleWords, LogWords, CheckWords, AboutWords string
	KeptWords, DeliveryWords, HookWords                                  string
}

func englishPalette() Palette {
	return Palette{
		Placeholder: "What do you want to do? An action, a source, a job, a file, a setting…",
		Hint:        "Up and Down choose · Enter does it · Esc closes", Nothing: "Nothing fits that.", Off: "not now",
		FileMenu: "File", ExportMenu: "Export", ViewMenu: "View", GoMenu: "Go", HelpMenu: "Help",
		Palette: "Find anything", Settings: "Settings", Quit: "Quit", Open: "Open a snapshot or dump…", OpenCSV: "Open a table…", Add: "Add a source", Take: "Take a snapshot of a database…",
		Server: "Connect to a server…", Demo: "Try the demo", Start: "Start the export", Cancel: "Cancel the export", TakeAgain: "Take the snapshot again", Refresh: "Check the status now",
		Tab: "%s of the source", Theme: "Colours: %s", Folder: "Open the folder of the files", Next: "Next source", Previous: "Previous source", Shortcuts: "Keyboard shortcuts", Tour: "The tour in three steps",
		Check: "Check for problems", Log: "Log", About: "About Sluice", Source: "Source", File: "File of job %d", Recent: "Opened last", OpenHome: "Open the home of exports",
		TableWords: "csv parquet tsv", ThemeWords: "theme dark light", ScaleWords: "zoom scale", LogWords: "errors", CheckWords: "doctor diagnose", AboutWords: "version licences paths",
		KeptWords: "retention keep age size", DeliveryWords: "sftp s3 share bucket", HookWords: "webhook notify program",
		FoldRail: "Fold or unfold the sources", Larger: "Larger", Smaller: "Smaller", UsualSize: "Usual size",
		SettingOf: "Setting of %s", SettingOfWindow: "Setting of the window",
	}
}
