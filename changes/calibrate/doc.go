// Package calibrate finds out how the vendor's exporter does what its documentation
// leaves open: it compares files of the vendor's exporter with an export of the same
// site and the same time range by Sluice, and names for each systematic difference the
// rule that the vendor's files follow and the option that makes Sluice follow it
// (spec/confluence-export-queries.md §11).
//
// Each hypothesis says of one pair of cells, or of one row that only one side has,
// whether it explains the difference. Hypotheses are counted, not believed: a finding
// says how many of the differences it explains, and what nothing explains is counted,
// too, with the first as an example.
package calibrate
