package snapshot

import (
	"context"

	"sluice/localexport/sqlread"
	"sluice/pipeline"
	"sluice/wording"
)

// Product is the release of Confluence that wrote a snapshot.
type Product struct {
	Build   int64  // 0 if the snapshot does not tell
	Version string // release line, "" if the build is not known
}

// builds are the known build numbers (spec/confluence-database.md §1). Patch
// releases of a line may share one.
var builds = map[int64]string{
	8703: "7.13", 8804: "7.19", 9012: "8.5", 9104: "9.0", 9109: "9.2", 9111: "9.2",
	9304: "10.0", 9403: "10.2", 9405: "10.2",
}

// Release is the release line that a build number belongs to; "" if that is not
// known.
func Release(build int64) string { return builds[build] }

// Product tells which release wrote the snapshot: the highest build number in
// confversion.
func (s *Snapshot) Product(ctx context.Context) (Product, error) {
	t := s.Table("confversion")
	if t == nil {
		return Product{}, nil
	}
	c, err := s.Conn(ctx)
	if err != nil {
		return Product{}, err
	}
	defer c.Close()
	var p Product
	err = c.Each("SELECT "+t.Select("buildnumber")+" FROM "+sqlread.Quote(t.Name), func(r *sqlread.Stmt) error {
		if n, state := ID(r, 0); state == IDPresent {
			p.Build = max(p.Build, n)
		}
		return nil
	})
	if err != nil {
		return Product{}, wording.Errorf("read table %s: %w", t.Name, err)
	}
	p.Version = Release(p.Build)
	return p, nil
}

// Unknown says that the release is not known.
func (p Product) Unknown() pipeline.Diagnostic {
	if p.Build == 0 {
		return pipeline.Say(KeyUnknownBuild, "The snapshot does not tell which release of Confluence wrote it; it is read like the releases that are known.")
	}
	return pipeline.Say(KeyUnknownBuild, "The build number of Confluence, %d, is not known; the snapshot is read like those of known releases.", p.Build)
}
