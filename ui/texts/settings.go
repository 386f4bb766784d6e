package texts

// Settings are the sentences of the settings of the window, its log, its checks and what it
// tells of itself.
type Settings struct {
	Title, Caption, General, Log, Check, About                   string
	Look, Theme, Size, SizeHint, AsDesktop, Language             string
	LanguageHint, Files, Dialogs, DialogsHint, Desktop, Own      string
	Home, HomeHint, ChangeHome, HomeChanged                      string
	Places, Config, LogFile, Servers, KeptHint, NoHome           string
	Pace, PaceHint, PaceGiven                                    string
	Level, LevelHint, LevelWarn, LevelInfo, LevelDebug           string
	Everything, Warnings, Errors, Search                         string
	NoLog, NoLines, LogCut, Reload, OpenFolder, LogLines         string
	Checking, CheckAgain, CopyFindings, CheckText, OK, Warn, Bad string
	Version, Built, System, Licence, LicenceText                 string
	Libraries, LibrariesText, NoLibraries, CopyAbout, Show       string
	AllWell                                                      string
	Problems                                                     Plural
}

func englishSettings() Settings {
	return Settings{
		Title: "Settings", Caption: "Of this window; each source has settings of its own in its last tab.", General: "General", Log: "Log", Check: "Check for problems", About: "About",
		Look: "Look", Theme: "Colours", Size: "Size", SizeHint: "Of letters and all else. It holds at once.", AsDesktop: "As the desktop", Language: "Language",
		LanguageHint: "Of the window, from its next start on. Files, the command line and the log read the same in all of them.", Files: "Files and exports", Dialogs: "Dialog for files", DialogsHint: "The desktop's own knows its bookmarks; ours completes a path with Tab.",
		Desktop: "The desktop's", Own: "Sluice's",
		Home: "Home of exports", HomeHint: "New snapshots get a folder in it, in which their jobs and files are. The command line uses it, too: it is kept in the config file.",
		ChangeHome: "Choose another…", HomeChanged: "From the next start on: %s", Places: "Places", Config: "Settings", LogFile: "Log",
		Servers: "Servers", KeptHint: "Each home has bounds of its own: how many exports keep their files, how old and how large they may get.", NoHome: "No home is open.",
		Pace: "Ask servers for their status every", PaceHint: "More rarely spares them; oftener shows sooner what others start. After a start or a cancellation each is asked every second for a while. Commands that wait, and sluice run, go by it, too: it is kept in the config file.",
		PaceGiven: "%s, as the command line says",
		Level:     "What the log keeps", LevelHint: "It is bounded: 15 MB in three files. Tokens and passwords are never in it.", LevelWarn: "Warnings", LevelInfo: "The usual", LevelDebug: "Everything",
		Everything: "All", Warnings: "Warnings and errors", Errors: "Errors", Search: "Search in the log",
		NoLog: "There is no folder for a log, so none is kept.", NoLines: "No line of the log fits.", LogCut: "The end of the log; earlier lines are in its folder.", Reload: "Read again", OpenFolder: "Open folder", LogLines: "%s of %s lines",
		Checking: "Looking…", CheckAgain: "Look again", CopyFindings: "Copy", CheckText: "What on this computer keeps Sluice from working well. No server is asked.", OK: "fine", Warn: "look at this", Bad: "does not work",
		Version: "Version", Built: "Built from", System: "System", Licence: "Licence", LicenceText: "Apache License 2.0",
		Libraries: "Libraries in this program", LibrariesText: "Each under the licence of its makers, whose text a click shows.", NoLibraries: "This build does not tell its libraries.", CopyAbout: "Copy", Show: "Licence of %s",
		AllWell: "Nothing is wrong.", Problems: "%d thing to look at|%d things to look at",
	}
}
