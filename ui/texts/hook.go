package texts

// Hook are the sentences about who is told what became of exports, and about the desktop's
// notifications.
type Hook struct {
	Open, Title, Caption, Empty, EmptyText, Add, Edit, AddTitle, EditTitle, Remove, RemoveTitle, RemoveText, Save                  string
	Try, Trying, Tried, Enabled, Signed, Tells, Name, NameHint, Way, Command, CommandHint, CommandExample, URL, URLHint            string
	URLKept, Secret, SecretHint, SecretKept, ByCommand, ByURL, On, OnHint, End, Failure, Missed, Stuck, NeedName                   string
	TakenName, NeedOn, NeedCommand, NeedURL, BadQuotes, EndWords, FailureWords, MissedWords, StuckWords, TestSays, NoSecret        string
	Notify, NotifyHint, NotifyOn, NotifyRuns, StuckTitle, StuckText, MissedTitle, FailedTitle, TriedTitle, DoneTitle, ScheduleSays string
}

func englishHook() Hook {
	return Hook{
		Open: "Hooks", Title: "Hooks", Caption: "A program or a web server is told what became of each run of a schedule. A program gets it as JSON on its standard input, a server as a POST.",
		Empty: "Nobody is told", EmptyText: "Let a program or a web server know when a run has failed, was missed, or has ended.", Add: "Add a hook", Edit: "Edit", AddTitle: "Add a hook", EditTitle: "The hook %s",
		Remove: "Remove", RemoveTitle: "Remove the hook %s?", RemoveText: "It is told nothing any more. The file with its key goes, too.", Save: "Save",
		Try: "Try it", Trying: "Calling it…", Tried: "It was called with an event that says that it is a test, and has taken it.", Enabled: "Enabled", Signed: "signed", Tells: "%s is told of %s",
		Name: "Name", NameHint: "Such as on-call", Way: "Whom to tell", Command: "Program", CommandExample: "/usr/local/bin/alert --team data", CommandHint: "Its whole path and its arguments; an argument with spaces stands in quotes. No shell is between",
		URL: "Address", URLHint: "https://hooks.example.com/… It is kept in a file for you alone, since it may be a secret", URLKept: "An address is kept. Type another one to replace it",
		Secret: "Key", SecretHint: "Signs each request with HMAC-SHA-256. It is kept in a file for you alone. Empty: no signature", SecretKept: "A key is kept. Type another one to replace it",
		ByCommand: "Program", ByURL: "Web server", On: "It is told of", OnHint: "What is not switched on is not told", End: "The end of every run", Failure: "Runs that fail", Missed: "Runs that were missed", Stuck: "Jobs that may be stuck",
		NeedName: "Give it a name.", TakenName: "There is a hook of that name already: choose another one.", NeedOn: "Choose what it is told of.", NeedCommand: "Name a program by its whole path.",
		NeedURL: "Write an address such as https://hooks.example.com/sluice.", BadQuotes: "A quote is not closed.", EndWords: "the end of every run", FailureWords: "runs that fail", MissedWords: "runs that were missed", StuckWords: "jobs that may be stuck",
		TestSays: "somebody tries this hook", NoSecret: "no key signs its requests",
		Notify: "Notifications", NotifyHint: "The desktop says when a long export ends, fails or seems stuck, and when a run of a schedule fails or was missed, while this window is not in front.", NotifyOn: "Notifications of the desktop", NotifyRuns: "Also when a run of a schedule is completed",
		StuckTitle: "%s: seems stuck", StuckText: "Job %d runs far longer than the ones before it.", MissedTitle: "%s: a run was missed", FailedTitle: "%s: a run has failed", TriedTitle: "%s: a run could not begin", DoneTitle: "%s: a run was completed", ScheduleSays: "Schedule %s. %s",
	}
}
