package csvfile

import (
	"bytes"
	"strconv"
	"strings"
	"time"

	"sluice/csvfile/internal/block"
	"sluice/csvfile/internal/record"
)

// sampleSize is how much of a file is read to detect its dialect.
const sampleSize = 64 << 10

// sampleRecords is how many records are looked at.
const sampleRecords = 100

var bom = []byte("\xef\xbb\xbf")

// terminatorOf returns the byte that ends records, and the line ending's name.
func terminatorOf(sample []byte) (byte, string) {
	lf := bytes.IndexByte(sample, '\n')
	switch {
	case lf > 0 && sample[lf-1] == '\r':
		return '\n', "CRLF"
	case lf < 0 && bytes.IndexByte(sample, '\r') >= 0:
		return '\r', "CR"
	}
	return '\n', "LF"
}

// separatorLine reads the line "sep=;" with which some spreadsheets begin a file
// to tell its delimiter; n is the line's length, 0 if there is none.
func separatorLine(sample []byte) (delimiter byte, n int) {
	rest, ok := bytes.CutPrefix(sample, []byte("sep="))
	if !ok || len(rest) < 2 {
		return 0, 0
	}
	if bytes.IndexByte([]byte("\"\r\n"), rest[0]) >= 0 { // these have a meaning of their own
		return 0, 0
	}
	for _, end := range []string{"\n", "\r\n"} {
		if bytes.HasPrefix(rest[1:], []byte(end)) {
			return rest[0], len("sep=") + 1 + len(end)
		}
	}
	return 0, 0
}

// delimiterOf returns the candidate that cuts the sample's records into the
// same number of fields most consistently; comma when none cuts anything.
func delimiterOf(sample []byte, whole bool, terminator byte) byte {
	best, bestShare, bestFields := byte(','), 0.0, 1
	for _, d := range []byte{',', ';', '\t', '|'} {
		recs := sampleOf(sample, whole, block.Syntax{Delimiter: d, Terminator: terminator})
		if len(recs) == 0 || len(recs[0]) < 2 {
			continue
		}
		same := 0
		for _, r := range recs {
			if len(r) == len(recs[0]) {
				same++
			}
		}
		share := float64(same) / float64(len(recs))
		if share > bestShare || share == bestShare && len(recs[0]) > bestFields {
			best, bestShare, bestFields = d, share, len(recs[0])
		}
	}
	return best
}

// sampleOf splits the whole records of a sample, without blank lines.
func sampleOf(sample []byte, whole bool, syn block.Syntax) (recs [][]string) {
	for len(sample) > 0 && len(recs) < sampleRecords {
		fields, n, ok := record.Split(sample, whole, syn, nil)
		if !ok {
			break
		}
		var rec []string
		for _, f := range fields {
			rec = append(rec, string(f.Append(nil, sample)))
		}
		if rec != nil {
			recs = append(recs, rec)
		}
		sample = sample[n:]
	}
	return recs
}

// looksLikeHeader guesses whether the first record names the columns. It does
// unless one of its cells is plainly a value (a time, a decimal, a number too
// long for a year) and the cell below is of the same kind, or none is a name.
func looksLikeHeader(recs [][]string) bool {
	if len(recs) == 0 {
		return false
	}
	names := 0
	for i, cell := range recs[0] {
		kind := kindOfCell(cell)
		if kind == nameCell {
			names++
		}
		if kind == valueCell && len(recs) > 1 && i < len(recs[1]) && kindOfCell(recs[1][i]) != nameCell {
			return false
		}
	}
	return names > 0 || len(recs) == 1
}

type cellKind int

const (
	nameCell   cellKind = iota // any text
	numberCell                 // a short whole number, such as a year
	valueCell                  // a time or any other number
	emptyCell
)

func kindOfCell(s string) cellKind {
	s = strings.TrimSpace(s)
	if s == "" {
		return emptyCell
	}
	if _, err := strconv.ParseFloat(s, 64); err == nil && s[0] != 'n' && s[0] != 'N' && s[0] != 'i' && s[0] != 'I' {
		if len(s) <= 4 && !strings.ContainsAny(s, ".eE") {
			return numberCell
		}
		return valueCell
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05Z0700", time.DateTime, time.DateOnly} {
		if _, err := time.Parse(layout, s); err == nil {
			return valueCell
		}
	}
	return nameCell
}
