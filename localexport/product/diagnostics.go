package product

// The keys of the warnings of exports that lack rows which the snapshot may have, or
// hold some that may be wrong.
const (
	KeyRejected = "export.rows.rejected"          // rows left out, in the file RejectedName
	KeyDoubtful = "export.snapshot.rows.doubtful" // records next to damage
)
