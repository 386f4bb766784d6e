package jobcsv

import (
	"os"

	"sluice/pipeline"
)

// BytesIn adds up the files in the folder of a job but the manifest, which tells of them; 0 if
// there are none, or no such folder.
func BytesIn(folder string) (sum int64) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return 0
	}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() && e.Name() != pipeline.ManifestName {
			sum += info.Size()
		}
	}
	return sum
}
