package backend

import (
	"sluice/kit"
	"sluice/kit/ofjob"
)

// KitJob is what a kit for the files in the folder at dir is made for.
func (b *Backend) KitJob(dir string) (kit.Job, error) { return ofjob.Folder(dir) }
