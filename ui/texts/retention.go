package texts

// Retention are the sentences about what a home keeps.
type Retention struct {
	Open, Prune, Title, Caption, Bounds, Keep, KeepHint, Age, AgeHint, Size, SizeHint, Partial, PartialHint, NoBound string
	Preview, Looking, Save, Saved, Nothing, NoneGoes, Delete, Deleting, DeleteTitle, DeleteText, NeedsKeep, Which    string
	Job, Ended, Bytes, Becomes, Goes, Stays, Newest, Within, Recent, Unread, Owed, ByNumber, ByAge, BySize           string
	ByPartial, Asked, DeleteFiles, DeleteFilesTitle, DeleteFilesText, DeleteNewest, DeleteFilesNow, Deleted          string
	Total, Gone, DeleteNow                                                                                           Plural
}

func englishRetention() Retention {
	return Retention{
		Open: "What is kept", Prune: "Prune…", Title: "What is kept of %s",
		Caption: "Bounds for the exports of this home. They are held after each run of a schedule that has none of its own, and when you prune here.",
		Bounds:  "Bounds", Keep: "Exports", KeepHint: "So many complete exports, the newest", Age: "Age", AgeHint: "Those that ended less long ago: 90d, 12w, 36h",
		Size: "Size", SizeHint: "So much together, the newest first: 500GB", Partial: "Partial files", PartialHint: "Remove what exports that ended early have left, so long after: 1d. They cannot be resumed then", NoBound: "no bound",
		Preview: "Preview", Looking: "Looking…", Save: "Save", Saved: "Saved. Nothing was removed.", Nothing: "No export has files here.", NoneGoes: "Nothing goes by these bounds: %s are kept.",
		Delete: "Prune now…", Deleting: "Removing…", DeleteTitle: "Remove the files of these exports?", DeleteText: "Manifests and the history stay, so that an export since the last one goes on as before. The files cannot be brought back.",
		NeedsKeep: "Write a whole number from 1 on, or nothing.", Which: "What goes",
		Job: "Job", Ended: "Ended", Bytes: "Size", Becomes: "Becomes of it", Goes: "goes", Stays: "stays", Newest: "the newest complete export", Within: "within the bounds", Recent: "partial files, not that old",
		Unread: "its manifest cannot be read", Owed: "a delivery has to bring it yet", ByNumber: "enough newer ones are kept", ByAge: "too old", BySize: "too large together with the newer ones",
		ByPartial: "partial files of a job that ended early", Asked: "asked for",
		DeleteFiles: "Delete files…", DeleteFilesTitle: "Delete the files of job %d?", DeleteFilesText: "%s go. The manifest and the line in the history stay. The files cannot be brought back.",
		DeleteNewest: "It is the newest complete export: its files are those that are shown and delivered.", DeleteFilesNow: "Delete the files of job %d",
		Deleted: "The files of job %d were removed: %s.",
		Total:   "%s export goes, %s; %s stay.|%s exports go, %s; %s stay.", Gone: "Removed the files of %s export: %s. %s are kept.|Removed the files of %s exports: %s. %s are kept.",
		DeleteNow: "Remove the files of %s export|Remove the files of %s exports",
	}
}
