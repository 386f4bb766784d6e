package redact

import "slices"

// Record says in a manifest what was redacted: by which rules, in which columns, how
// many rows are not there. Neither the key nor the spaces that were left out are in it.
type Record struct {
	Profile string `json:"profile,omitempty"`
	// Key tells keys apart: files with the same one have the same pseudonyms.
	Key string `json:"key,omitempty"`
	// Rules tells rules apart, by means of the key: the rules name spaces, and nobody can
	// try out which. Without a key it is absent.
	Rules          string       `json:"rules,omitempty"`
	SpacesExcluded int          `json:"excludedPatterns,omitempty"` // rules that exclude spaces
	Personal       Verb         `json:"personalSpaces,omitempty"`
	Restricted     Verb         `json:"restrictedPages,omitempty"`
	Files          []FileRecord `json:"files"`
	Notes          []string     `json:"notes,omitempty"`
}

// FileRecord is what was redacted in a file.
type FileRecord struct {
	Name          string   `json:"name"`
	LeftOut       string   `json:"leftOut,omitempty"` // why the whole file is
	Dropped       []string `json:"dropped,omitempty"`
	Masked        []string `json:"masked,omitempty"`
	Pseudonymised []string `json:"pseudonymised,omitempty"`
	Cut           []string `json:"cut,omitempty"`
	InPart        []string `json:"inPart,omitempty"` // addresses, mentions, personal spaces
	Excluded      int64    `json:"excludedRows,omitempty"`
	Restricted    int64    `json:"restrictedRows,omitempty"` // left out: of restricted pages
	Unplaced      int64    `json:"unplacedRows,omitempty"`   // left out: nothing tells their space
}

// Begin is the record of rules, without files.
func (r Rules) Begin(key *Key) *Record {
	rec := &Record{Profile: r.Profile, SpacesExcluded: len(r.Exclude), Personal: r.Personal, Restricted: r.Restricted, Files: []FileRecord{}}
	if key != nil && r.NeedsKey() {
		rec.Key, rec.Rules = key.ID(), key.of("rules", r.Sum())
	}
	return rec
}

// Differ says how two redactions differ, nil standing for none; "" if files of both can be
// compared row by row.
func Differ(a, b *Record) string {
	switch {
	case a == nil && b == nil:
		return ""
	case a == nil || b == nil:
		return "only one of them is redacted"
	case a.Key != b.Key:
		return "their pseudonyms were made with different keys"
	case a.Rules != b.Rules || a.Profile != b.Profile || a.SpacesExcluded != b.SpacesExcluded || a.Personal != b.Personal || a.Restricted != b.Restricted ||
		!slices.EqualFunc(a.Files, b.Files, FileRecord.alike):
		return "they are redacted by different rules"
	}
	return ""
}

// alike reports whether the same was done with the columns of two files.
func (f FileRecord) alike(other FileRecord) bool {
	return f.Name == other.Name && f.LeftOut == other.LeftOut && slices.Equal(f.Dropped, other.Dropped) && slices.Equal(f.Masked, other.Masked) &&
		slices.Equal(f.Pseudonymised, other.Pseudonymised) && slices.Equal(f.Cut, other.Cut) && slices.Equal(f.InPart, other.InPart)
}
