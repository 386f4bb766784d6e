package texts

import "sluice/pipeline"

// Board are the sentences about all sources together: the board, their history, and the
// words for how a source stands that no job has.
type Board struct {
	All, Sources, History, CheckAll          string
	MayBeStuck, Overdue, NotAsked, Closed    string
	ColumnSource, ColumnState, ColumnSuccess string
	Never, EnterToken, Usually, SoFar, Took  string
	AllFine                                  string
	Care, Working, Fine, Count, Written      Plural

	Filter, NoMatch, NoJobs, NoJobsText, Reading string
	Of                                           Plural // how many jobs the filter leaves

	OpenSource, MoveUp, MoveDown, CopyAddress string // menu of the rail
	Tags                                      string
}

func englishBoard() Board {
	return Board{
		All: "All sources", Sources: "Sources", History: "History", CheckAll: "Check all now",
		MayBeStuck: pipeline.MayBeStuck.String(), Overdue: pipeline.Overdue.String(), NotAsked: pipeline.Asking.String(), Closed: pipeline.Closed.String(),
		ColumnSource: "source", ColumnState: "state", ColumnSuccess: "last success",
		Never: "none known", EnterToken: "Enter token…", Usually: "usually %s", SoFar: "%s so far", Took: "took %s", Written: "%d row|%d rows",
		AllFine: "All fine", Care: "%d needs a look|%d need a look", Working: "%d at work|%d at work", Fine: "%d fine|%d fine", Count: "%d source|%d sources",

		Filter: "Filter by source, status, date, who…", NoMatch: "No job matches the filter",
		NoJobs: "No export is known yet", NoJobsText: "The exports of every source are listed here together.", Reading: "reading the sizes of the files…",
		Of: "%[2]s of %[1]d job|%[2]s of %[1]d jobs",

		OpenSource: "Open", MoveUp: "Move up", MoveDown: "Move down", CopyAddress: "Copy address",
		Tags: "tags %s",
	}
}
