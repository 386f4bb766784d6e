package snapshot

// The keys of diagnostics about a snapshot.
const (
	KeyTimeZone         = "export.snapshot.time.zone"          // which zone its times seem to be in
	KeyMissingTable     = "export.snapshot.table.missing"      // a table or column that is not there
	KeyMissingIndex     = "export.snapshot.index.missing"      // keys are sorted because an index is missing
	KeyPageWithoutSpace = "export.snapshot.page.without.space" // pages that are left out
	KeyUnknownBuild     = "export.snapshot.build.unknown"      // of Confluence
	KeyNoBaseURL        = "export.snapshot.base.url.missing"
	KeyDamaged          = "export.snapshot.damaged"
	KeyImplausibleTime  = "export.snapshot.time.implausible" // times that the default time range does not go by
)
