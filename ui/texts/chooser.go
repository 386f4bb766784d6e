package texts

// Chooser are the sentences of the dialog that asks for a file or a folder.
type Chooser struct {
	OpenFile, OpenFolder, SaveFile          string // titles
	Open, Use, Save, Replace, Make          string // buttons
	Path, Name, Size, Changed               string
	Up, Places, Recent, Home, Exports, Root string
	AllFiles, Suited, Hidden                string
	Reading, Nothing, NothingFits           string
	NoFile, NoFolder, IsFile, NeedName      string
	ReplaceText, MakeText                   string
	Denied                                  string
	More, Count                             Plural
}

func englishChooser() Chooser {
	return Chooser{
		OpenFile: "Open a file", OpenFolder: "Choose a folder", SaveFile: "Save as",
		Open: "Open", Use: "Use this folder", Save: "Save", Replace: "Replace the file", Make: "Make the folder",
		Path: "Path: type or paste one, Tab goes on with it", Name: "Name", Size: "Size", Changed: "Changed",
		Up: "Up", Places: "PLACES", Recent: "RECENT", Home: "Home", Exports: "Exports", Root: "Computer",
		AllFiles: "All files", Suited: "Files that suit", Hidden: "Hidden files",
		Reading: "Reading the folder…", Nothing: "This folder is empty.", NothingFits: "Nothing here fits what is typed and chosen.",
		NoFile: "There is no file %s.", NoFolder: "There is no folder %s.", IsFile: "%s is a file, and a folder is wanted.", NeedName: "Type a name for the file behind the folder.",
		ReplaceText: "%s is there already. Replacing it cannot be undone.", MakeText: "There is no folder %s yet.",
		Denied: "%s cannot be read: %s.",
		More:   "The first %d entry is listed: type a part of a name.|The first %d entries are listed: type the path of what is not among them.",
		Count:  "%d entry|%d entries",
	}
}
