package texts

// Schedule are the sentences of the schedules of a source.
type Schedule struct {
	Add, AddFirst, Empty, EmptyText                                                             string
	RunsHere, RunsElsewhere, Next, Never, Disabled, Last, Success, RetryAt                      string
	Running, ProcessGone, Completed, Failed, Interrupted, Refused, Cancelled, TooLate           string
	WasMissed, NotRun, RunOnce, LetBe, RunNow, Edit, Enabled, Remove                            string
	RemoveTitle, RemoveText, AlreadyRuns, StartedBy, StartedByREST                              string
	StartedByPerson, Save, Create, Cancel, NextRuns, Job                                        string
	Name, When, WhenHint, Window, WindowHint, WindowNone, Zone, ZoneHint, Quiet, QuietHint      string
	Retries, RetriesHint, RetryAfter, RetryAfterHint, Deadline, DeadlineHint                    string
	Missed, MissedHint, MissedAsk, MissedRun, MissedSkip, Format, FormatSetting                 string
	Redact, RedactHint, FormatCSV, FormatParquet, FormatBoth, What, Trouble, Taken, NeedsNumber string
	SinceLast, SinceEver                                                                        string
	Offered, LastDays, LastWeeks, LastMonths, LastYears                                         Plural
}

func englishSchedule() Schedule {
	return Schedule{
		Add: "Add a schedule", AddFirst: "Add a schedule", Empty: "Nothing is scheduled",
		EmptyText:     "A schedule exports this source again and again: every night, every six hours, on the first of each month.",
		RunsHere:      "What is due is run by this window while it is open, or runs on behind its icon in the panel. For exports while Sluice is closed start \"sluice run\", or give the schedules to the system: sluice schedule print systemd.",
		RunsElsewhere: "What is due is run by %s.",
		Next:          "Next", Never: "never any more", Disabled: "Disabled", Last: "Last", Success: "Last success", RetryAt: "Tried again",
		ProcessGone: "Process %d, which ran it since %s, has ended in the middle. Whatever looks next for what is due takes it up: this window, or \"sluice run\".",
		Running:     "Running", Completed: "Completed", Failed: "Failed", Interrupted: "Interrupted", Refused: "Refused", Cancelled: "Cancelled", TooLate: "Too late",
		WasMissed: "Missed", NotRun: "Not run yet", RunOnce: "Run once now", LetBe: "Do not run", RunNow: "Run now", Edit: "Edit", Enabled: "Enabled", Remove: "Remove",
		RemoveTitle: "Remove the schedule %s?", RemoveText: "It runs no more. What it has exported stays.",
		AlreadyRuns: "The schedule %s does not run", StartedBy: "by the schedule %s", StartedByREST: "by the served API", StartedByPerson: "by a person",
		Save: "Save", Create: "Add", Cancel: "Cancel", NextRuns: "The next runs", Job: "job %d",
		Name: "Name", When: "When", WhenHint: "weekdays 02:00, daily 02:00,14:00, mon,thu 01:30, every 6 hours, monthly 1 03:00, or a cron expression",
		Window: "From date of each export", WindowHint: "since-last-success, last-30-days, all, or a date. Empty: the last 365 days", WindowNone: "the last 365 days",
		SinceLast: "since the last success", SinceEver: "everything",
		LastDays: "the last %d day|the last %d days", LastWeeks: "the last %d week|the last %d weeks", LastMonths: "the last %d month|the last %d months", LastYears: "the last %d year|the last %d years",

		Zone: "Time zone", ZoneHint: "Whose clock these times are on", Quiet: "Quiet hours", QuietHint: "Nothing begins within: 08:00-18:00, weekdays 22:00-06:00",
		Retries: "Retries", RetriesHint: "How often an export that failed is tried again", RetryAfter: "Time before the first", RetryAfterHint: "It doubles with each: 5m, 1h",
		Deadline: "Deadline", DeadlineHint: "What is not over then is cancelled: 6h. Empty: none",
		Missed: "Missed runs", MissedHint: "When the computer was off, or nothing looked", MissedAsk: "Ask", MissedRun: "Run once at once", MissedSkip: "Skip",
		Redact: "Redaction", RedactHint: "no-content, no-people, gdpr, or a file with rules. Empty: as in the settings",
		Format: "Format of the files", FormatSetting: "As in the settings", FormatCSV: "CSV", FormatParquet: "Parquet", FormatBoth: "CSV and Parquet",
		What: "What", Trouble: "When it does not work", Taken: "There is a schedule of that name already: choose another one.", NeedsNumber: "Write a whole number from 0 on.",
		Offered: "%s run was missed, that of %s: nothing looked when it was due.|%s runs were missed, the last of %s: nothing looked when they were due.",
	}
}
