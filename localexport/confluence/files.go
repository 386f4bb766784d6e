package confluence

import "sluice/columns"

// FileNames are the files of an export, in the order in which they are
// documented and written. Their columns are those of columns.Confluence.
var FileNames = columns.Names(columns.Confluence)

// The positions of the files in FileNames and in columns.Confluence.
const (
	fileUsers = iota
	fileSpaces
	filePages
	fileComments
	fileEvents
	fileCount
)

// bodyLimit is the limit of the bodies of a file.
func bodyLimit(file int) int { return columns.Confluence[file].Holding(columns.HoldsBody).Limit }
