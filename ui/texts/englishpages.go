package texts

func filesEnglish() Files {
	return Files{
		Count: "%d file|%d files", None: "No files yet", NoneText: "The files of a job appear here once one has run. You can also open any CSV file.",
		Growing: "The job is still running: these files grow.", Partial: "The job has not ended well: these files are incomplete.", Missing: "%s is no longer there: it was moved or deleted",
		CSV: "CSV", Parquet: "Parquet",
		Address: "Open address…", AddressTitle: "Open a table of a web server", AddressText: "CSV or Parquet, packed or not. Before anything is fetched you are asked.",
		AddressExample: "https://example.com/table.csv", OpenIt: "Open", NoAddress: "This is no address: it begins with https:// or http://.",
		FetchTitle: "Fetch a file from the network?", Fetch: "Fetch it",
		FetchText: "%s is asked for the file, and what it sends is kept in a private file on this computer while it is shown. No cookies or passwords are sent.",
		Open:      "Open a CSV file…", OtherCSV: "Table", Job: "Job %d", Folder: "Open folder",
		OpenNamed:  "Open %s",
		FolderHint: "The files of this server lie on its shared home. Say in the settings of this source where that is: then its jobs can be fetched in the history.",
		Changed:    "%s has changed since the export: verify the checksums to see what still is as it was written.",
		NotFetched: "The files of this job lie on its server: fetch them in the history.",
		Gone:       "%s is no longer in the folder of this job: it was moved, renamed or deleted.",
		Verify:     "Verify checksums", ChecksumsTitle: "Checksums of job %d", StopVerify: "Stop",
		NoManifest:     "There is no manifest.json in %s, so there is nothing to compare the files with: an export on this computer writes it when it completes",
		VerifyProgress: "%s of %s", VerifyStopped: "Stopped: %[2]s of %[1]d file verified|Stopped: %[2]s of %[1]d files verified",
		Verified: "checksums verified", Differ: "%d file differs|%d files differ",
		AllVerified: "%d file is as the job wrote it|All %d files are as the job wrote them", SomeVerified: "%[2]s of %[1]d file verified|%[2]s of %[1]d files verified", Verifying: "verifying",
		StateVerified: "verified", StateDiffers: "differs", StateMissing: "missing", StateUnreadable: "unreadable",
		StateNoChecksum: "no checksum", StateNotVerified: "not verified",
		MissingText:    "%s is no longer in %s: it was moved, renamed or deleted. Put it back, or export again.",
		UnreadableText: "%s cannot be read: %v. Check the disk and the permissions of the file.",
		SizeText:       "%s has %s bytes, and the job wrote %s: it was changed or cut since. Take it from a copy, or export again.",
		SumText:        "%s has the size that the job wrote, and another content: it was changed since, or the disk has damaged it. Take it from a copy, or export again.",
		PosesText:      "%s lies in the folder of job %d and is no file of it: it was put there, or is left of an earlier attempt. Take it away, so that nobody takes it for one.",
		ColumnFile:     "file", ColumnRows: "rows", ColumnSize: "size", ColumnSum: "SHA-256", ColumnState: "checksum",
	}
}

func leftoverEnglish() Leftover {
	return Leftover{
		ResumeTitle: "This export can be resumed", Resume: "Resume job %d",
		ResumeText:    "A new job goes on with it, with the same time range and options, and gives the same files as one that was not interrupted. On disk already: %s.",
		ResumeNothing: "A new job does it again, with the same time range and options: there is nothing on disk yet that could be gone on with.",
		PartOf:        "%s of %s", ResumedFrom: "resumed from job %d", ResumedAs: "resumed as job %d", EndUnknown: "not known how it ended",
		Incomplete: "Incomplete export of job %d (%s): %s", NotResumable: "It cannot be resumed: %s.",
		Clean: "Remove %s of partial files", CleanTitle: "Remove the partial files of job %d?",
		CleanText:     "%s of partial files are deleted from this computer. Complete files and the history stay.",
		CleanNoResume: "The job cannot be resumed any more then.",
	}
}

func setupEnglish() Setup {
	return Setup{
		Reading: "Reading the snapshot", Writing: "Writing the files", Place: "This source",
		TimeZone: "Time zone of the snapshot", TimeZoneHint: "Times in the tables carry no zone. Empty: found out from the data, else this computer's.",
		BaseURL: "Base URL", BaseURLHint: "Replaces the address that the snapshot names, for the links in the files. Empty: as the snapshot says.",
		Format: "Format of the files", FormatHint: "Parquet files are much smaller, and bear their types; Spark, DuckDB, pandas and others read them as they are. What the settings say of line breaks is for CSV.",
		BOM: "Byte order mark", BOMHint: "CSV files begin with one: Power BI's dialog and Excel know UTF-8 by it. Others may take it for a part of the first column's name.",
		CSV: "CSV", Parquet: "Parquet", CSVAndParquet: "CSV and Parquet",
		FullContent: "Full content", FullHint: "Pages and comments are not cut at 10,000 and 2,000 characters.",
		LineBreaks: "Keep line breaks", LineBreaksHint: "Otherwise a line break in a field is written as the text below. Hadoop-type tools need that.",
		Rules: "Advanced rules", RulesText: "What the vendor's documentation leaves open. As they stand at first, an export does what is documented.",
		Escape: "Line break text", EscapeHint: "Written for each line break inside a field.",
		FreeSpace: "Minimum free space", FreeSpaceHint: "Checked before and during an export, such as 5GB. -1 switches the check off.",
		CPUShare: "Limit the share of one core", CPUShareHint: "In percent, such as 25: the export takes longer and leaves the rest of this computer alone. Empty: no limit.", NoLimit: "no limit", Wrong: "Nothing was saved: mend what is marked in red",
		BadShare: "Share of a core %q is no percentage: write 1 or more, such as 25, or leave it empty",
		Home:     "Home", HomeHint: "Jobs and files of this source are kept below this folder.",
		Unsaved: "Settings are not saved", UnsavedText: "What was changed of %s holds only once it is saved.", Discard: "Discard changes", Stay: "Back to the settings", QuitUnsaved: "Quit without them",
		OtherHome: "Choose another home…", HomeBusy: "An export is running: wait for its end, or cancel it, before its home is left.", HomesHint: "Jobs of this snapshot lie in several homes. Shown are those in:",
		Name: "Name", Save: "Save settings", Saved: "Settings saved", Revert: "Discard changes",
		Remove: "Remove source…", RemoveText: "%s leaves the list. The snapshot, its jobs and the exported files stay where they are.", RemoveNow: "Remove %s",
		IdleSchedules:  "%d schedule cannot run any more without it: %[2]s.|%d schedules cannot run any more without it: %[2]s.",
		IdleDeliveries: "%d delivery brings nothing any more without it: %[2]s.|%d deliveries bring nothing any more without it: %[2]s.",
		UsersUnknown:   "Which schedules and deliveries depend on it is not known.",
		BadZone:        "Time zone %q is not known: write a name such as Europe/Berlin, or an offset such as +10:00",
		SecretURL:      "The base URL holds a user name or a password, which would be written into every file: leave that out",
		BadURL:         "Base URL %q is no web address: write it as https://wiki.example.com", BadSpace: "Minimum free space %q is no size: write 5GB, 500MB, or -1 for no check",
		Running: "An export is running: settings can be changed when it has ended", GuessedZone: "found out: %s",
	}
}

func pathEnglish() Path {
	return Path{
		Title: "Export path", Path: "Directory on the server", Hint: "Absolute, existing, and seen by every node. It holds for the exports that start from then on.",
		Placeholder: "/mnt/exports", Change: "Change path", Reset: "Back to the default",
		Reading: "Reading the export path…", Sending: "Changing the export path…",
		Changed:          "Exports that start from now on are written below %s",
		ChangedToDefault: "Exports that start from now on are written below the server's default directory",
	}
}

func serverEnglish() Server {
	return Server{
		AddTitle: "Connect to a server", Name: "Name", URL: "Base URL",
		URLHint: "With the context path, if there is one: https://wiki.example.com/confluence",
		Auth:    "Sign in with", AuthToken: "Access token", AuthPassword: "User and password",
		Token: "Token", TokenHint: "A personal access token of a system administrator.", PasswordHint: "That of a system administrator.", TokenKept: "Kept in the keyring. Leave empty to keep it.",
		TokenAsk: "There is no keyring here: the token is asked for in each session.", User: "User", Password: "Password",
		CAFile: "Certificate file", Insecure: "Do not verify the certificate", InsecureHint: "Anybody on the way can read the token. Use a certificate file instead.",
		Folder: "Shared home", FolderHint: "Where the server's shared home is, to fetch its files: a folder in which it is mounted on this computer, or sftp://user@host/path. May stay empty.",
		SSHKey: "Key for SFTP", SSHKeyHint: "A file with the private key. Empty: those of ~/.ssh/config, of the agent, and the usual ones.",
		KnownHosts: "Known hosts", KnownHostsHint: "A file with the keys of hosts, for SFTP. Empty: ~/.ssh/known_hosts.",
		Proxy: "Proxy", ProxyHint: "Such as http://proxy.example.com:3128; none for no proxy. Empty: that of the environment.",
		Test: "Test connection", Testing: "Testing…", Save: "Save", Add: "Add server",
		Reachable: "Reachable", Authorised: "Authorised", Feature: "Export API", Last: "Last export", NoExport: "none yet",
		TestOK: "Everything works", Choose: "Choose…",
		Keyring: "The token is kept in the operating system's keyring.", NoKeyring: "No keyring can be used: the token is forgotten when the window closes.",

		NeedUser: "Enter the name of the user", NeedToken: "Enter the access token: none is kept for this address", NeedPassword: "Enter the password: none is kept for this address",
		Wrong:     "Nothing was done yet: mend what is marked in red",
		BadFolder: "%s is a file: name the folder where the shared home is mounted, or leave this empty",
		Cert:      "Client certificate", CertHint: "PEM, for servers that want one. May stay empty.", Key: "Its key", KeyHint: "PEM without a password. Empty: it stands in the file of the certificate.",
		TokenFile: "File with the token", TokenFileHint: "Only you should be able to read it. With a file or a command, no token is kept in the keyring.",
		TokenCommand: "Command for the token", TokenCommandHint: "What prints it, such as pass show wiki. It gets the address as SLUICE_URL.",
		TwoTokens: "Leave this empty: there is one place for the token", BadTokenFile: "The file with the token cannot be used: %v",
		Tags: "Tags", TagsHint: "Words with commas between, by which the command line names several servers: sluice status --tag prod",
		TokenElsewhere: "The file or the command below says it: leave this empty.",
		Headers:        "File with headers", HeadersHint: "For an access proxy: one Name: value a line, sent with every request. A secret: keep it for yourself.",
		BadCert: "The certificate with its key cannot be used: %v", BadHeaders: "The file with headers cannot be read: %v",
		BadCAFile: "The certificate file cannot be read: %v", EmptyCAFile: "%s holds no certificate: name a file in PEM form, or leave this empty",
		Section: "The server", More: "More", CAHint: "A PEM file with the certificates of your own authority. May stay empty.",
		NeedsSecret: "Sign-in needed", UseSecret: "Sign in", TookTime: "answered in %s", Product: "Product",
		NamePlaceholder: "Wiki production", NoServers: "this build of Sluice cannot talk to servers",
		RemoveText:   "%s leaves the list, and its token leaves the keyring. Nothing changes on the server.",
		InsecureMark: "certificate not verified", Yes: "yes", No: "no", NotChecked: "not checked",
	}
}

func keysEnglish() Keys {
	return Keys{
		OpenCSV: "Open a CSV file", OpenAddress: "Open a table of a web server", List: "In a list",
		Title: "Keyboard shortcuts", Start: "Start the export", Cancel: "Cancel the export", Refresh: "Check the status now",
		Window: "In the window", Preview: "In the preview of a file", Table: "In its table",
		Calendar: "In a calendar", Controls: "On a control",
		Regions: "Go between sources, tabs and page", Scroll: "Scroll the page", Press: "Press it", NextTab: "On a tab: the next one",
		NextSource: "On a source: the one above or below", MoveSource: "On a source: move it up or down", SourceMenu: "On a source: its menu", Menu: "Menu", AllSources: "All sources", OpenChoice: "In a field: open its calendar or list",
		SelectOpen: "On a choice: open its list", SelectNext: "On a choice: the next one", DropCondition: "On a condition: take it away",
		Days: "Go from day to day", Months: "A month back or on", Years: "A year back or on", FirstDay: "First day of the month",
		LastDay: "Last day of the month", TakeDay: "Take the day",
		ListStep: "Go from line to line", ListPage: "Ten lines on or back", ListEnds: "First or last line", ListTake: "Take the line", ListMenu: "Menu of the line",
		Cells: "Go from cell to cell", Pages: "Turn the page", Columns: "First or last column", Rows: "First or last row",
		ShowCell: "Show the cell in full", CellMenu: "Menu of the cell", Widths: "Make the column wider or narrower", CopyCell: "Copy the cell",
		NextHit: "Next or previous hit", Switch: "Switch between cell and record", FoldPanel: "Fold the panel beside the table", Reread: "Read the file again",
		Close: "Close what is open, the last first", TextStep: "In the text of a cell: scroll",
		Find: "Find", GoToRow: "Go to row", AddCondition: "Add condition", FilterText: "Filter as text", Range: "Choose cells", ColumnList: "Columns", CopyRow: "Copy row",
		ProfileColumn: "Profile column", SaveView: "Save view", ReadAs: "Read as", GroupColumn: "Group by the column",
		SortColumn: "Sort by column: up, down, as in the file", SortFurther: "The same, behind the columns sorted by",
		Enter: "Enter", Escape: "Esc", PageUp: "Page Up", PageDown: "Page Down", Backspace: "Backspace", Arrows: "Arrows",
		Up: "Up", Down: "Down", Left: "Left", Right: "Right", Home: "Home", End: "End", Space: "Space", Delete: "Delete",
		Ctrl: "Ctrl", Shift: "Shift", Alt: "Alt",
		Tabs: "Switch to a tab", Open: "Open a snapshot",
		TakeAgain: "Take the snapshot again",
		Add:       "Add a source", Leave: "Close what is open, one at a time; leave a field", Shortcuts: "This list", Quit: "Quit", Move: "Go from control to control",
	}
}

func formatEnglish() Format {
	return Format{
		Seconds: "%d s", SecondsShort: "%s s", Minutes: "%d min %d s", MinutesOnly: "%d min", Hours: "%d h %d min", HoursOnly: "%d h",
		Days: "%d d %d h", DaysOnly: "%d d", Years: "%d y %d d", YearsOnly: "%d y", MonthsAge: "%d month|%d months", YearsAge: "%d year|%d years",
		Language: "en", LanguageName: "English", Plurals: "one other", Thousands: ",", Point: ".",
		FullStop: ".", MonthOf: "%s %d", FirstWeekday: "1",
		JustNow: "just now", LessAgo: "less than a minute ago", Ago: "%s ago", Dash: "—",
	}
}
