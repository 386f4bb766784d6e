package deliver

import (
	"cmp"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"sluice/localexport/jobfiles"
	"sluice/localexport/product"
	"sluice/pipeline"
	"sluice/wording"
)

// Layout is how the files lie at the place.
type Layout string

// The layouts.
const (
	// LayoutJob is a folder for each job, job=12/pages_job12_….csv, with the manifest.
	LayoutJob Layout = "job"
	// LayoutTable is a folder for each table, with one for each job, as Spark, Hive and
	// Athena read partitions: file=pages/job=12/pages_job12_….csv. Manifests lie apart.
	LayoutTable Layout = "table"
)

// Format is which of the files of a job are delivered.
type Format string

// The formats.
const (
	FormatAll     Format = "all"
	FormatCSV     Format = "csv"
	FormatParquet Format = "parquet"
)

// markerName is the name of what is written last; programs that read folders skip names
// that begin with an underscore.
const markerName = "_SUCCESS"

// plan is what a delivery brings, and where.
type plan struct {
	job         int64
	form        string // layout, packing and format: a delivery in another form is another
	items       []item
	marker      string   // says that all is there
	partMarkers []string // of the folders of tables, for what reads one of them alone
	notes       []string
}

// item is a file to bring.
type item struct {
	path   string // here
	name   string // there
	bytes  int64
	rows   int64
	sha256 string
	pack   Pack
}

func planOf(m jobfiles.Manifest, dir string, o Options) (plan, error) {
	layout, pack, format := cmp.Or(o.Layout, LayoutJob), cmp.Or(o.Pack, PackNone), cmp.Or(o.Format, FormatAll)
	job := fmt.Sprintf("job=%d", m.Job.ID)
	p := plan{job: m.Job.ID, form: strings.Join([]string{string(layout), string(pack), string(format)}, " "), marker: path.Join(job, markerName)}
	if layout == LayoutTable {
		p.marker = path.Join("_jobs", job, markerName)
	}
	for _, f := range m.Listed(dir) {
		table, kind := product.SplitName(f.Name)
		parquet := kind == product.Parquet
		if format == FormatCSV && parquet || format == FormatParquet && !parquet {
			continue
		}
		i := item{path: f.Path, bytes: f.Bytes, rows: f.Rows, sha256: f.SHA256, pack: pack}
		if parquet { // its pages are packed already
			i.pack = PackNone
		}
		i.name = path.Join(job, filepath.Base(f.Path)+i.pack.ending())
		if layout == LayoutTable {
			table := "file=" + table
			i.name = path.Join(table, i.name)
			if marker := path.Join(table, job, markerName); !slices.Contains(p.partMarkers, marker) {
				p.partMarkers = append(p.partMarkers, marker)
			}
		}
		p.items = append(p.items, i)
	}
	if len(p.items) == 0 {
		return p, wording.Errorf("job %d has no files of the format %s: export with --format both", m.Job.ID, format)
	}
	if layout == LayoutTable && format == FormatAll && m.Options.Format == "both" {
		p.notes = append(p.notes, "The job has CSV and Parquet: both lie in the folder of a table, which most programs read as one. Deliver one format.")
	}
	manifest, err := fileItem(filepath.Join(dir, pipeline.ManifestName), path.Join(path.Dir(p.marker), pipeline.ManifestName))
	p.items = append(p.items, manifest)
	return p, err
}
