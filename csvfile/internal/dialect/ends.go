package dialect

import "bytes"

// endsOf tells what ends the records of a text by what stands outside of quotes.
func endsOf(text []byte) (Ends, string) {
	if bytes.IndexByte(text, '\r') < 0 {
		return LF, "LF"
	}
	crlf := bytes.Count(text, []byte("\r\n"))
	if crs := bytes.Count(text, []byte{'\r'}); crs == crlf {
		if first := bytes.IndexByte(text, '\n'); text[max(0, first-1)] != '\r' {
			return LF, "LF"
		}
		return LF, "CRLF"
	}
	lf, crlf, many, cr := countEnds(text, true)
	if lf+crlf+many+cr == 0 { // a quote that stays open hides all
		lf, crlf, many, cr = countEnds(text, false)
	}
	switch {
	case lf+crlf+many == 0 && cr > 0:
		return CR, "CR"
	case many > 0 && lf+crlf == 0:
		return CRCRLF, "CRCRLF"
	case cr > 0:
		return Mixed, "mixed"
	case crlf > 0 && crlf >= lf:
		return LF, "CRLF"
	}
	return LF, "LF"
}

// countEnds counts what may end records: LF, CRLF, LF behind several CRs, and CR.
func countEnds(text []byte, quotes bool) (lf, crlf, many, cr int) {
	inside, crs := false, 0
	for i, c := range text {
		switch {
		case quotes && c == '"':
			inside = !inside
		case inside:
		case c == '\r':
			crs++
			if i+1 == len(text) || text[i+1] != '\r' && text[i+1] != '\n' {
				cr += crs
				crs = 0
			}
			continue
		case c == '\n' && crs == 0:
			lf++
		case c == '\n' && crs == 1:
			crlf++
		case c == '\n':
			many++
		}
		crs = 0
	}
	return lf, crlf, many, cr
}
