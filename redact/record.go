package redact

// Record says in a manifest what was redacted: by which rules, in which columns, how
// many rows are not there. Neither the key nor the spaces that were left out are in it.
type Record struct {
	Profile string `json:"profile,omitempty"`
	// Key tells keys apart: files with the same one have the same pseudonyms.
	Key            string       `json:"key,omitempty"`
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
		rec.Key = key.ID()
	}
	return rec
}
