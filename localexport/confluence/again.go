package confluence

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"time"

	"sluice/localexport/snapshot"
	"sluice/wording"
)

// planAgain is the plan for another export that goes on with p.
func planAgain(ctx context.Context, s *snapshot.Snapshot, p Plan, c *Counters) (Plan, error) {
	if err := expectSorting(ctx, s, c); err != nil {
		return Plan{}, err
	}
	var err error
	if p.Zone, err = namedZone(p.Location); err != nil {
		return Plan{}, err
	}
	if zoneSum(p.Zone) != p.ZoneSum {
		return Plan{}, wording.Errorf("the rules of the time zone %s are not those by which the export was begun: times would not be the same; export anew", p.Location)
	}
	return p, nil
}

// namedZone is the zone with the name that Location.String gives.
func namedZone(name string) (*time.Location, error) {
	if t, err := time.Parse("UTC-07:00", name); err == nil && name != "UTC" {
		_, offset := t.Zone()
		return time.FixedZone(name, offset), nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, wording.Errorf("the time zone %s of the export that is gone on with is not known on this computer: %w", name, err)
	}
	return zone, nil
}

// zoneSum sums up the offsets of a zone over the times that content can have. The
// zone of a computer has the same name everywhere, and governments change the
// rules of the others.
func zoneSum(zone *time.Location) string {
	h := sha256.New()
	for at := time.Date(1995, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() < 2045; at = at.AddDate(0, 0, 7) {
		_, offset := at.In(zone).Zone()
		binary.Write(h, binary.LittleEndian, int32(offset))
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}
