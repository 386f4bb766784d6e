package present

import (
	"fmt"

	"sluice/columns"
	"sluice/pipeline"
	"sluice/ui/texts"
)

// next is what can be done with the files of a job that is complete: look at the one that
// holds what people wrote, and load them into another program.
func next(in Inputs) []ActionButton {
	if len(in.Files) == 0 || in.State.Job.Status != pipeline.Completed {
		return nil
	}
	list := []ActionButton{{Action: ActFiles, Text: fmt.Sprintf(texts.T.Files.OpenNamed, TableName(MainFile(in.Files)))}}
	if in.Kits {
		list = append(list, ActionButton{Action: ActKits, Text: texts.T.Kit.Use})
	}
	return list
}

// MainFile is the file to look at first: the first that holds what people wrote, else the
// first of all; the zero File if there is none.
func MainFile(files []pipeline.File) pipeline.File {
	for _, f := range files {
		for _, known := range columns.Confluence {
			if known.Name == TableName(f) && known.Holding(columns.HoldsBody).Name != "" {
				return f
			}
		}
	}
	if len(files) == 0 {
		return pipeline.File{}
	}
	return files[0]
}

// filesFact is how many files there are, and how large together.
func filesFact(files []pipeline.File) string {
	var size int64
	for _, f := range files {
		size += f.Bytes
	}
	return Joined(texts.T.Files.Count.Of(int64(len(files))), Size(size))
}
