package snapshot

// The keys of diagnostics about a snapshot.
const (
	KeyTimeZone         = "export.snapshot.time.zone"          // which zone its times seem to be in
	KeyMissingTable     = "export.snapshot.table.missing"      // a table or column that is not there
	KeyMissingIndex     = "export.snapshot.index.missing"      // keys are sorted because an index is missing
	KeyPageWithoutSpace = "export.snapshot.page.without.space" // pages that are left out
	KeyUnknownBuild     = "export.snapshot.build.unknown"      // of Confluence
	KeyStatusMissing    = "export.snapshot.status.missing"     // content that is left out
	KeyStatusUnknown    = "export.snapshot.status.unknown"     // content that is left out
	KeyArchived         = "export.snapshot.status.archived"    // content that is left out
	KeyBadVersion       = "export.snapshot.prevver.bad"        // content that is left out
	KeyBodyMissing      = "export.snapshot.body.missing"       // content whose cells are empty
	KeyBodyReference    = "export.snapshot.body.reference"     // cells that hold a reference to a value
	KeyLiteralNull      = "export.snapshot.null.literal"       // cells that hold \N
	KeyNothingLive      = "export.snapshot.nothing.live"       // no page at all
	KeyNoBaseURL        = "export.snapshot.base.url.missing"
	KeyDamaged          = "export.snapshot.damaged"
	KeyImplausibleTime  = "export.snapshot.time.implausible" // times that the default time range does not go by
)
