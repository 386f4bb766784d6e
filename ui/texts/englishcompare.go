package texts

// Compare are the sentences of the comparison of two jobs.
type Compare struct {
	Open, Title, Hint, Earlier, Later, Start, Stop, Choice, Choose, From                           string
	Progress, Stopped, Same, Show                                                                  string
	ColumnFile, ColumnAdded, ColumnChanged, ColumnRemoved, ColumnUnchanged, ColumnOutside, Meaning string
	Format                                                                                         string
	SameTold, Differs                                                                              Plural
	NeedTwo, SameJob, WithPrevious, WithOther, NothingBefore                                       string

	Vendor, VendorHint, VendorChosen, VendorSame, Findings string
}

func englishCompare() Compare {
	return Compare{
		Open: "Compare jobs", Title: "Compare two jobs", Earlier: "Earlier", Later: "Later", Format: "Changed rows as", Start: "Compare", Stop: "Stop",
		Hint:   "What was added, changed and removed between two exports: the export itself tells no deletions.",
		Choice: "Job %d · %s", From: "from %s", Choose: "Choose a job",
		Progress: "%s: %s of %s", Stopped: "Stopped: nothing was written", Same: "The two jobs have the same rows", SameTold: "Nothing differs as far as can be told: %d row is not told|Nothing differs as far as can be told: %d rows are not told", Differs: "%d row differs|%d rows differ", Show: "Show rows",
		ColumnFile: "file", ColumnAdded: "added", ColumnChanged: "changed", ColumnRemoved: "removed", ColumnUnchanged: "unchanged", ColumnOutside: "not told",
		Meaning: "Removed: deleted, or no longer selected. Not told: gone from the later job, which did not ask for them or proves nothing.",
		NeedTwo: "Two jobs with files on this computer are needed to compare.", SameJob: "Choose two different jobs.",
		WithPrevious: "Compare with the job before", WithOther: "Compare with another job…", NothingBefore: "Before job %d there is no complete job with files to compare it with.",
		Vendor: "Vendor's files…", VendorHint: "Calibrate: choose a folder with files of the vendor's exporter, of the same site and from the same date as the later job. Each difference that has a rule is named with the option that mends it.",
		VendorChosen: "Vendor's files in %s, and job %d", VendorSame: "The vendor's files and job %d have the same rows: its options are those of the vendor's exporter, as far as these files show.",
		Findings: "What the vendor's files do, and what would make Sluice do the same",
	}
}
