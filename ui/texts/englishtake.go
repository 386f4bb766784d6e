package texts

// takeEnglish are the sentences about snapshots that Sluice takes itself, as they were
// written.
func takeEnglish() Take {
	return Take{
		AddTitle: "Take a snapshot", EditTitle: "Where the snapshot is taken from",
		Caption:     "The source is only read. The snapshot holds what an export needs, no passwords and no mail settings, and only you can read it.",
		EditCaption: "The snapshot that is there stays in use until the new one is complete.",
		Section:     "What it is taken of", ByFile: "A dump or backup", ByAddress: "A running database",
		File: "File or folder", FileHint: "A dump of pg_dump, mysqldump or mariadb-dump, packed or not; the folder of pg_dump -Fd; an XML backup; or confluence.cfg.xml, which names the database.",
		Address: "Address", AddressHint: "As in Confluence's configuration, jdbc: and all, or as postgres://host:5432/name or mysql://host:3306/name.",
		User: "User", UserHint: "One that may read is enough. Empty: the address names it.",
		Password: "Password", PasswordHint: "Kept in the keyring, to take the snapshot again. Empty: PGPASSWORD and .pgpass, or MYSQL_PWD, are asked.",
		PasswordKept: "Kept in the keyring. Leave empty to keep it.", PasswordAsk: "There is no keyring here: the password is forgotten when the window closes.",
		Moved: "The password was moved out of the address into its own field.",
		More:  "More options", Less: "Fewer options", Name: "Name", NameHint: "How it is called in the list. Empty: as its source.",
		Schema: "Schema", SchemaHint: "Empty: the only one that holds the tables of Confluence.",
		Rate: "Maximum rate", RateHint: "How much is read in a second, such as 20MB/s. Empty: no limit.", BadRate: "Rate %q is no rate of 10kB/s or more: write 20MB/s or 500kB/s, or leave it empty",
		Load: "Maximum load", LoadHint: "In percent of the time: the rest is pauses, in which the server is left alone. Empty: all of it.", BadLoad: "Load %q is no percentage from 1 to 100",
		Check: "Check first", Checking: "Checking…", CopyGrants: "Copy the statements", GrantsText: "An administrator of the database can give what is needed, and no more, with:",
		Rights: "Rights", RightsMissing: "some are missing", RightsThere: "%s has all that are needed", Reads: "Will read", Tables: "%d tables", TablesAtLeast: "%d tables at least",
		Time: "Expected time", Missing: "Missing", MissingUnseen: "%s (or it may not be seen)", MissingRequired: "%s: nothing can be exported without it", PartialWord: "Partial", Note: "Note",
		Start: "Take the snapshot", Looking: "Looking at it…", Wrong: "Nothing was done yet: mend what is marked in red", KindAndSize: "%s, %s",
		NeedFile:    "Name a dump or backup: a file, or the folder of pg_dump -Fd",
		NeedAddress: "Enter the address of the database", NoAddress: "Begin the address with postgres://, mysql://, mariadb:// or jdbc:",
		SecretLeft: "There is a password in the address, at a place where it cannot be moved away: leave it out, and enter it below",
		NeedUser:   "Enter the user: the address names none", TwoUsers: "The address names the user %s: leave this empty, or take that one out of the address",

		WritingKeys: "Writing keys", Cancelling: "Cancelling", Cancelled: "Cancelled", Failed: "Not taken",
		Opening: "Opening", Reading: "Reading", Finishing: "Finishing", Done: "Complete",
		Table: "Table", Rows: "Rows", Read: "Read", ReadOf: "%s of %s", Transaction: "Transaction open", Waiting: "Waiting for an export that reads the snapshot", RateOf: "%s rows/s · %s/s",
		Cancel: "Cancel", CancelHint: "Other sources can be used meanwhile. Nothing is kept of a snapshot that is cancelled.",
		CancelHintAgain: "Other sources can be used meanwhile. The snapshot that is there stays until the new one is complete.",
		FailedTitle:     "The snapshot was not taken", DeniedTitle: "A password is missing or wrong", CancelledTitle: "Nothing was kept",
		CancelledText: "The snapshot was cancelled before it was complete. It begins anew when it is taken again.",
		StaysText:     "The snapshot that was there is still in use.",
		Retry:         "Try again", Edit: "Change the source…", EnterPassword: "Enter the password…", Back: "Back to the snapshot",
		CancelTitle: "Cancel the snapshot?", CancelRan: "It has run for %s, and would begin anew.", CancelNow: "Cancel the snapshot",
		QuitTitle: "A snapshot is being taken", QuitText: "The snapshot of %s is not complete. Closing the window cancels it, and nothing of it is kept.", QuitNow: "Cancel the snapshot and quit",
		ExportWaits: "The snapshot is being taken again: wait for its end, or cancel that, before an export begins.",
		ExportRuns:  "An export reads this snapshot: wait for its end, or cancel it, before the snapshot is taken again.",
		Busy:        "The snapshot is being taken already.",
		NoticeDone:  "%s: the snapshot is complete", NoticeFailed: "%s: the snapshot was not taken",

		Origin: "Where it was taken from", Kind: "Source", Place: "Place", Tool: "Made by", When: "Taken", Zone: "Zone of the database", TableRows: "Rows per table: %s",
		TakeAgain: "Take again", TakenAgo: "taken %s",
		PartialTitle: "A source of this kind lacks something", DoubtTitle: "Something may be missing or wrong",
	}
}
