package texts

// English are the sentences as they were written.
func English() Texts {
	return Texts{
		App:       appEnglish(),
		Rail:      railEnglish(),
		Board:     englishBoard(),
		Welcome:   welcomeEnglish(),
		Page:      pageEnglish(),
		Status:    statusEnglish(),
		Advice:    adviceEnglish(),
		New:       newEnglish(),
		History:   historyEnglish(),
		Compare:   englishCompare(),
		Files:     filesEnglish(),
		Kit:       englishKit(),
		Leftover:  leftoverEnglish(),
		Redaction: redactionEnglish(),
		Setup:     setupEnglish(),
		Path:      pathEnglish(),
		Schedule:  englishSchedule(),
		Delivery:  englishDelivery(),
		Retention: englishRetention(),
		Hook:      englishHook(),
		Server:    serverEnglish(),
		Take:      takeEnglish(),
		Preview:   previewEnglish(),
		Chooser:   englishChooser(),
		Palette:   englishPalette(),
		Settings:  englishSettings(),
		Tray:      englishTray(),
		Tour:      englishTour(),
		Keys:      keysEnglish(),
		Format:    formatEnglish(),
	}
}

func appEnglish() App {
	return App{
		On: "On", Off: "Off", Name: "Sluice",
		Close: "Close", Copy: "Copy", MoreLines: "… (%d more line)|… (%d more lines)", MoreCharacters: "… (%d more character)|… (%d more characters)", Cancel: "Back",

		Theme: "Colours", ThemeSystem: "As the desktop", ThemeLight: "Light", ThemeDark: "Dark",
		QuitRunning:     "An export is running",
		QuitRunningText: "Job %d of %s is still running in this window. Closing the window cancels it; what it has written so far stays incomplete.",
		QuitAnyway:      "Cancel job %d and quit",
		NoDrop:          "%s is no snapshot, no dump or backup, and no CSV file: drop a SQLite database, a dump of pg_dump or mysqldump, an XML backup, or a file that ends in .csv, .tsv, .txt or .csv.gz",
		NoticeRows:      "%d row|%d rows",
		NotOpened:       "%s cannot be opened as a snapshot",
		WindowTitle:     "%s: %s – Sluice", FileTitle: "%s – Sluice",
	}
}

func railEnglish() Rail {
	return Rail{
		Demo: "Demo", Servers: "SERVERS", Snapshots: "SNAPSHOTS", Files: "FILES", Add: "Add source", Settings: "Settings", Shortcuts: "Shortcuts",
		Empty: "No sources yet", Connecting: "Opening…", OpenFailed: "Cannot be opened",
		Fold: "Fold the sources", Unfold: "Unfold the sources", NoRoom: "There is no room to unfold the sources: make the window wider.",
	}
}

func welcomeEnglish() Welcome {
	return Welcome{
		Title:       "Where do you want to export from?",
		Subtitle:    "You can add more sources at any time. Nothing leaves this computer.",
		Drop:        "Or drop a dump, a backup, a snapshot or a CSV file anywhere in this window.",
		Recent:      "RECENT",
		RecentGone:  "%s is not there any more. It was taken off the list; the file may have been moved.",
		ServerTitle: "A server", ServerButton: "Connect to a server",
		ServerText: "Confluence, Jira or Bitbucket Data Center, through its export API. You need a system administrator's access token.",
		TakeTitle:  "A database or backup", TakeButton: "Take a snapshot",
		TakeText:      "PostgreSQL, MySQL or MariaDB, a dump of it, or an XML backup. Sluice takes a private snapshot with what an export needs, and nothing else.",
		SnapshotTitle: "A database snapshot", SnapshotButton: "Open a snapshot",
		SnapshotText: "A SQLite copy of a Confluence database that you have already. The export runs here, so the production site is not touched.",
		DemoTitle:    "The demo", DemoButton: "Try the demo",
		DemoText:     "A made-up site with 3,000 pages, to see how exports, files and the preview work before you use real data.",
		DemoProgress: "Writing the demo: %d %%",
	}
}

func pageEnglish() Page {
	return Page{
		Export: "Export", History: "History", Files: "Files", Schedule: "Schedule", Settings: "Settings",
		OpenFolder: "Open folder", CheckNow: "Check now", NewestChange: "newest change %s", Build: "%s (build %s)", Checked: "checked %s",
		Loading: "Opening the snapshot…", NotSnapshot: "This source cannot be opened",
		Retry: "Try again", Remove: "Remove from the list", About: "about %s", Zone: "Time zone", Holds: "What the snapshot holds",
		Users: "Users", Spaces: "Spaces", Pages: "Pages", Comments: "Comments", Events: "Analytics events",
		Counted: "Counted are the rows of the tables, of any date, and blog posts as pages; an export leaves out comments on what is not live, and events but the nine documented ones.",
	}
}

func statusEnglish() Status {
	return Status{
		NotStarted: "Not started", Started: "Started", Completed: "Completed", Cancelling: "Cancellation requested",
		Cancelled: "Cancelled", Failed: "Failed", Unreachable: "Unreachable", NotAuthorised: "Not authorised", Unknown: "Unknown",
		WithForced: "%s, forced", Interrupted: "Interrupted",
		Never: "No export has run here yet", Job: "Job %d", ThisComputer: "this computer", StartedAt: "started %s", Ended: "ended %s",
		LastKnown: "last known %s: %s", Connecting: "Asking for the status…",
		FromDate: "From date", Forced: "Forced", Entities: "Entities", Rows: "Written rows", Duration: "Duration", Output: "Output",
		Yes: "Yes", No: "No", LastSuccess: "Last success", LastSuccessValue: "Job %d, %s, %s",
		Checking: "Checking the indexes", Finishing: "Syncing files to disk", Exporting: "Exporting",
		Left: "about %s left", Percent: "%d %%", Waiting: "waiting", RowsOf: "%s of %s",
		Rate: "%s rows/s · %s/s", Total: "%s in %d files", Retrying: "next try in %s",
		FromServer: "told at the end",
		Idle:       "Choose from when, and start.", FreeDisk: "Free disk",
		Usual: "Usually", UsualEnds: "%s, ends about %s", UsualSoon: "%s, ends soon", UsualOver: "%s, is %s over",
	}
}

func adviceEnglish() Advice {
	return Advice{
		InsecureTitle:    "The certificate of this server is not verified",
		Insecure:         "Anybody between here and the server can read the token and change the answers. Name a certificate file in the settings, and switch the verification on again.",
		Validation:       "The search index of this site is out of date, so the export could miss content. Reindex the site and start again. A forced export starts anyway, and may be incomplete.",
		ValidationLocal:  "An index that the export reads does not agree with its table, so the export could miss content. Take a new snapshot, or repair the copy with SQLite's REINDEX, and start again. A forced export starts anyway, and may be incomplete.",
		ValidationForced: "This export was forced although the index was inconsistent. Its files may miss content: repair the index and export again before you rely on counts.",
		LowSpace:         "The disk was about to get fuller than the settings allow. Free some space, choose another home, or lower the minimum free space in the settings of this source, and start again.",
		OwnerUnknown:     "Where locks of the file system do nothing, nobody can tell from here whether that process lives. If it is gone for sure, release the lock: the job is marked as cancelled, and a new export can start.",
		HomeOpen:         "Whoever can write there can change what is exported, or where it is written to. Take the right to write from others, or choose another home.",
		Interrupted:      "Nothing is locked by it any more.",
		Shutdown:         "The program, or the node that ran the export, was shut down, which cancels the export. Start it again.",
		Failed:           "Correct what the message says and start again. The details can be copied for a colleague.",
		Internal:         "This is a defect in Sluice. Copy the details and report them; starting again may work.",
		Warning:          "Warning", Error: "Error",
		CancelledElsewhere: "Nobody cancelled this export here: another person did, or the node that ran it was shut down. Its files are incomplete: start the export again.",
		RunningTitle:       "Another export is already running", Running: "Job %d runs %s. One export runs at a time: wait for its end, or cancel it.",
		RunningUnnamed: "The server does not say which. One export runs at a time: wait for its end, or cancel it.", CancelJob: "Cancel job %d",
		ToldTitle: "The status of the server does not name this job", Told: "It is shown as an answer of the server named it %s. It may have ended since: starting another export and cancelling are safe to try.",
		RunsOn: "on %s", RunsSince: "since %s",
		StuckTitle: "This export may be stuck", Stuck: "If the node that ran it was lost, the server never notices: releasing the lock marks the job as cancelled, and a new export can start. If it still runs, releasing the lock stops it.",
		CancelLongTitle: "The cancellation takes long", CancelLong: "A server stops an export at its next checkpoint. If the node that ran it was lost, nothing will answer: release the lock to be able to start again.",
		NotAuthorisedTitle: "The server refuses the access", NotAuthorised: "The token may have expired, or its owner is not a system administrator. Enter a new token in the settings of this source.",
		ActionFailed:       "That did not work",
		UnknownStatusTitle: "The server reports a status that Sluice does not know",
		UnknownStatus:      "It says %q. A newer product may have added it; the export is shown as it is, and both starting and cancelling stay possible.",
		UnreachableTitle:   "The last known state is shown",
		DoubtTitle:         "The last answer does not fit",
		Doubt:              "%s A node may lag behind, or the server may be restarting: what is shown is what was known before, and it is asked again. After 15 minutes the answer is taken as it is.",
		Force:              "Force export: may be incomplete", Release: "Release lock: stops job %d", HowToReindex: "How to reindex", CopyDetails: "Copy details",
		ReindexText: "Confluence: Administration › Content indexing › Rebuild. Jira: Administration › System › Indexing › Full re-index. Wait for its end, then start the export again.",
		Retry:       "Try again", Watch: "Watch job %d", OpenSettings: "Open settings",
		MoreWarnings:      "and %d more|and %d more",
		Said:              "Said %d time.|Said %d times.",
		OddAnswer:         "The server writes some values otherwise than its API documents",
		ForceConfirmTitle: "Force the export?", ForceConfirmText: "A forced export starts even if the index is inconsistent. Content that the index misses will be missing from the files, and the job carries a warning.",
		CancelTitle: "Cancel the export?", CancelRan: "Job %d has run for %s.", CancelUnknown: "It is not known how long job %d has run.",
		CancelLost:          "A cancelled export cannot be taken up again: its files stay incomplete, and the next export begins anew.",
		CancelLostLocal:     "Its files stay incomplete. It can be resumed as long as the snapshot stays as it is.",
		CancelNow:           "Cancel job %d",
		ReleaseConfirmTitle: "Release the lock?", ReleaseConfirmText: "Job %d is marked as cancelled. If it still runs somewhere, it stops, and its files stay incomplete.",
	}
}

func newEnglish() NewExport {
	return NewExport{
		Months:      "January February March April May June July August September October November December",
		ShortMonths: "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
		Monday:      "Mon", Tuesday: "Tue", Wednesday: "Wed", Thursday: "Thu", Friday: "Fri", Saturday: "Sat", Sunday: "Sun",
		Title: "New export", Days365: "365 days", Days90: "90 days", Days30: "30 days", Days7: "7 days",
		SinceLast: "Since last export", Everything: "Everything",
		Date: "From date", Time: "Time", Zone: "Zone", Force: "Force", Cancel: "Cancel export", Start: "Start export",
		ForceHint:   "Forced: starts even if the index is inconsistent, and may miss content.",
		CopyCommand: "Copy command", CopyCurl: "Copy as curl",
		BadDate: "From date %q is no date: write year-month-day, such as 2026-11-23", BadTime: "Time %q is no time of day: write hours and minutes, such as 09:30",
		BadZone: "Zone %q is not known: choose one, or write a name such as Europe/Berlin or an offset such as +01:00",
		Future:  "From date %s lies in the future: nothing can have changed since then", Gap: "On that day the clock jumps over %s; %s is meant",
		Starting: "Starting…", CancelRunning: "Cancelling…",
		ReachGuessed:     "Job %d did not note how far it has read: the export goes on from the earliest moment that may be",
		CountsToday:      "From %s: the last %d days, counted from today, %s.",
		CountsNewest:     "From %s: the last %d days, counted from the newest change of the snapshot, %s.",
		CountsLast:       "From %s: what has changed since the last export.",
		CountsEverything: "Everything, whatever its date.",
		CountsCustom:     "From %s.",
		NoCommand:        "The command is shown once the from date can be read.", ZonePlaceholder: "Europe/Berlin", DatePlaceholder: "2026-11-23", TimePlaceholder: "00:00",
	}
}

func historyEnglish() History {
	return History{
		Caption: "%d job|%d jobs", Chart: "The last jobs", Duration: "Duration", Rows: "Rows",
		StartedBy: "started by", ByPerson: "a person", ByREST: "the API", BySchedule: "schedule %s",
		Took: "duration", Job: "job", Status: "status", Started: "started", FromDate: "from date", Written: "written rows", Files: "Files",
		Empty: "No export has run here yet", EmptyText: "Every export that runs on this source is listed here, with its duration and rows.",
		Details: "Details", Resume: "Resume", DetailsTitle: "Job %d", EndNotSeen: "End not seen", NoHistory: "The server remembers only its last export. Sluice keeps those that it has seen.",
		Entities: "entities",
		Size:     "size", NoFiles: "none", NoFilesTip: "Its files are not there: they were deleted or moved, or none was written.", SaveCSV: "Save as CSV…", SavedIn: "%s saved in %s.",
		Fetch: "Fetch", FetchLast: "Fetch the newest job", FetchStop: "Stop", FetchBegins: "Fetching job %d: the server is asked how it stands.", FetchReads: "Fetching job %d: %s, %s of %s.",
		FetchChecks: "Fetching job %d: all is here; looking at %s.", FetchStopped: "The fetch of job %d was stopped; what has come whole is kept for the next time.",
		Fetched: "Job %d was fetched into %s and found whole.",
	}
}
