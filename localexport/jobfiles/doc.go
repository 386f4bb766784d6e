// Package jobfiles writes and lists the files of one export job.
//
// A Set is the folder of a job. Each of its files is written, hashed and synced
// by a goroutine of its own, so that disk and SHA-256 run beside the reading of
// the snapshot. A file that its producer does not commit is given up: it stays as
// it is. All names end in ".partial" until the whole export is read and found to
// be of one state of the snapshot, and every file is on disk. Then the files get
// their final names, and last the manifest, whose name is what makes an export
// complete: whoever finds a manifest finds every file that it names. Everything
// that is written goes through package disk.
package jobfiles

import (
	"cmp"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"sluice/pipeline"
	"sluice/wholefile"
)

// ManifestName is the name of the manifest in the folder of a job.
const ManifestName = pipeline.ManifestName

// PartialSuffix ends the name of a file that is not complete.
const PartialSuffix = wholefile.Suffix

// timestampFormat is the form of times in file names (spec/rest-api.md §5,
// form C).
const timestampFormat = "2006_01_02T15_04_05Z"

// Dir is the folder of a job below the folder of all exports.
func Dir(exports string, jobID int64) string {
	return filepath.Join(exports, strconv.FormatInt(jobID, 10))
}

// FileName is the final name of a file of a job that started at the given time,
// such as "users_job124_2021_03_03T01_08_24Z.csv". A name with an ending has it behind
// the time, in place of ".csv".
func FileName(name string, jobID int64, started time.Time) string {
	ending := filepath.Ext(name)
	return fmt.Sprintf("%s_job%d_%s%s", strings.TrimSuffix(name, ending), jobID, started.UTC().Format(timestampFormat), cmp.Or(ending, ".csv"))
}

// nameOf is the name that FileName has made a final name of.
func nameOf(file string) (name string, ok bool) {
	name, rest, ok := strings.Cut(file, "_job")
	ending := filepath.Ext(rest)
	if ending != ".csv" {
		name += ending
	}
	return name, ok && ending != ""
}
