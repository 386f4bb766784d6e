package snapshot

import (
	"context"
	"errors"
	"time"

	"sluice/pipeline"
)

// InspectOptions says how thoroughly Inspect looks.
type InspectOptions struct {
	// Full runs SQLite's integrity check of the tables that an export reads
	// and counts every row, however long that takes.
	Full bool
}

// Inspection is what Sluice knows about a snapshot without exporting it. Its
// JSON is what "sluice inspect --json" prints.
type Inspection struct {
	Path     string    `json:"path"`
	Bytes    int64     `json:"bytes"`
	Modified time.Time `json:"modified"`
	// Product is "Confluence".
	Product string `json:"product"`
	// Version is the release line that the build number belongs to, such as
	// "9.2"; empty if the build is not known.
	Version string `json:"version,omitempty"`
	Build   int64  `json:"build,omitempty"` // 0 if confversion does not tell
	BaseURL string `json:"baseUrl,omitempty"`
	// Newest is the time of the newest change or event; the 365 days of an
	// export without a from date are counted back from it.
	Newest time.Time `json:"newest,omitzero"`
	// TimeZone is the zone that the times of the tables seem to be in, an IANA
	// name or a fixed offset such as "UTC+02:00"; empty if nothing tells.
	TimeZone string `json:"timeZone,omitempty"`
	Counts   Counts `json:"counts"`
	// Storage says in a sentence how keys and times are stored.
	Storage string `json:"storage"`
	// Integrity lists what SQLite's integrity check found; nil unless Full was
	// asked, empty if it found nothing.
	Integrity   []string              `json:"integrity,omitempty"`
	Full        bool                  `json:"full"`
	Diagnostics []pipeline.Diagnostic `json:"diagnostics,omitempty"`
}

// Counts are the entities of a snapshot, whatever their dates. -1 means not
// known.
type Counts struct {
	Users    int64 `json:"users"`
	Spaces   int64 `json:"spaces"`
	Pages    int64 `json:"pages"` // live pages and blog posts
	Comments int64 `json:"comments"`
	Events   int64 `json:"analyticsEvents"` // rows of the event table, whatever their name
	// Estimated is true if pages and comments were counted on a sample.
	Estimated bool `json:"estimated"`
}

// Inspect tells what a snapshot holds. Without Full it is quick for a file of
// any size.
func Inspect(ctx context.Context, path string, o InspectOptions) (Inspection, error) {
	return Inspection{}, errors.New("snapshots cannot be inspected yet")
}
