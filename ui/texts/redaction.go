package texts

// Redaction are the sentences about what is taken out of files.
type Redaction struct {
	Title, Fact, Settings                              string
	Nothing, NoContent, NoPeople, GDPR, File, FileIs   string
	NothingSays, NoContentSays, NoPeopleSays, GDPRSays string
	FileSays, FileBad, Manifest, Key, Word, CheckAgain string
}

func redactionEnglish() Redaction {
	return Redaction{
		Title: "Redaction", Fact: "Redacted", Word: "%s, redacted", Settings: "What is left out of the files. The export tab says what each choice does, and takes a file with rules.",
		Nothing: "Nothing", NoContent: "No content", NoPeople: "No people", GDPR: "GDPR", File: "Rules…", FileIs: "Rules of %s",
		NothingSays:   "Nothing is taken out of the files. What must not leave the house can be left out before it is written, in CSV and in Parquet.",
		NoContentSays: "Titles, bodies, comments and descriptions are dropped; addresses end before the title. Who did what stays.",
		NoPeopleSays:  "Names, logins and e-mail addresses are dropped, and ids of users become pseudonyms, in mentions too; so do keys of personal spaces. What people wrote stays, and names in it.",
		GDPRSays:      "Both: no people and nothing that they wrote, no names of spaces and no labels. What is left are ids as pseudonyms, kinds, versions and times.",
		FileSays:      "The rules stand in %s, which is read at each start.",
		FileBad:       "These rules cannot be used, so nothing starts: %s.",
		CheckAgain:    "Check again",
		Manifest:      "The manifest says what was taken out.",
		Key:           "The key for pseudonyms lies in the home, in redaction.key: keep it, so that later exports have the same pseudonyms.",
	}
}
