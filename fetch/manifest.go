package fetch

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"sluice/formats"
	"sluice/localexport/jobfiles"
	"sluice/localexport/product"
	"sluice/pipeline"
	"sluice/wording"
)

// manifest looks at the files that have come, and tells of them. What a server of
// Sluice's own says of them must be so.
func (f *fetching) manifest(ctx context.Context, sums []string) (jobfiles.Manifest, error) {
	m := jobfiles.Manifest{Request: jobfiles.Request{FromDate: f.job.Config.ExportFrom, Forced: f.job.Config.ForcedExport}}
	m.Options.From = f.job.Config.ExportFrom.Time
	if f.own != nil {
		m = *f.own
		if !f.job.Same(m.Job) {
			return m, wording.Errorf("the %s there is of another job, started %s", pipeline.ManifestName, m.Job.StartTime.Format("2006-01-02 15:04:05"))
		}
	}
	told := m.Files
	m.Files = nil
	p := Progress{Checking: true, TotalBytes: sizeOf(f.there.files)}
	for i, e := range f.there.files {
		p.File = e.Name
		f.o.Progress(p)
		file := jobfiles.ManifestFile{Name: table(e.Name), File: e.Name, Rows: -1, Bytes: e.Bytes, SHA256: sums[i]}
		at := slices.IndexFunc(told, func(of jobfiles.ManifestFile) bool { return of.File == e.Name })
		if at >= 0 {
			if told[at].Bytes != file.Bytes || !strings.EqualFold(told[at].SHA256, file.SHA256) {
				return m, wording.Errorf("%s is not what the %s there says of it: it was changed, or did not come whole", e.Name, pipeline.ManifestName)
			}
			file = told[at]
		}
		if _, format := product.SplitName(file.Name); format == product.CSV {
			s, err := whole(ctx, filepath.Join(f.temp, e.Name))
			if err != nil {
				return m, wording.Errorf("%s: %w", e.Name, err)
			}
			if s.note != "" {
				f.notes = append(f.notes, fmt.Sprintf("%s: %s.", e.Name, s.note))
			}
			file.Rows = s.rows
			m.Options.ByteOrderMark = m.Options.ByteOrderMark || s.bom
		}
		m.Files = append(m.Files, file)
		p.Bytes += e.Bytes
		f.o.Progress(p)
	}
	for _, file := range told {
		if !slices.ContainsFunc(m.Files, func(of jobfiles.ManifestFile) bool { return of.File == file.File }) {
			return m, wording.Errorf("%s, which the %s there names, is gone", file.File, pipeline.ManifestName)
		}
	}
	return f.signed(m), nil
}

// signed is the manifest with who fetched the files, and from where.
func (f *fetching) signed(m jobfiles.Manifest) jobfiles.Manifest {
	m.Format, m.Version = jobfiles.ManifestFormat, formats.Manifest.Known
	m.Fetched = &jobfiles.Fetched{Server: f.o.Server, From: f.from.String(), At: f.o.Now().UTC(), Sluice: f.o.Version, Told: f.own != nil, Unseen: f.o.Unseen}
	if f.own == nil {
		m.Job, m.Versions = f.job, jobfiles.Versions{Sluice: f.o.Version, Go: runtime.Version()}
		m.Notes, m.StartedBy = f.job.Notes, f.job.StartedBy
	}
	return m
}
