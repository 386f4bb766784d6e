package texts

// Kit are the sentences about loading the files of a job into other programs.
type Kit struct {
	Use, Title, For, Save        string
	Tested, Untested, Impossible string
}

func englishKit() Kit {
	return Kit{
		Use: "Use these files…", Title: "Use the files of job %d", For: "Load them into", Save: "Save…",
		Tested:     "Tested on %s: every cell of files full of awkward texts arrived as it stands there.",
		Untested:   "Untested: written by the documentation of the program, never run here.",
		Impossible: "There are no statements for these files: %v.",
	}
}
