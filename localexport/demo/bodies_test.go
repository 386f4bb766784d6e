package demo

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

func TestUnits(t *testing.T) {
	for _, s := range []string{"", "a", "ä", "漢", "😀", "a😀ä𠮷", "👩‍💻🏳️‍🌈"} {
		if got, want := units(s), len(utf16.Encode([]rune(s))); got != want {
			t.Errorf("units(%q) = %d, want %d", s, got, want)
		}
	}
}

// TestBodiesAtTheLimit checks each variant against the text as UTF-16.
func TestBodiesAtTheLimit(t *testing.T) {
	b := newBodies(newRandom(1, 1))
	for _, limit := range []int{pageLimit, commentLimit} {
		for variant := range int64(4) {
			u := utf16.Encode([]rune(b.atLimit(limit, variant)))
			highBefore := len(u) >= limit && utf16.IsSurrogate(rune(u[limit-1])) && u[limit-1] < 0xDC00
			lowBefore := len(u) >= limit && u[limit-1] >= 0xDC00 && u[limit-1] < 0xE000
			ok := false
			switch variant {
			case 0:
				ok = highBefore
			case 1:
				ok = lowBefore && len(u) > limit
			case 2:
				ok = len(u) == limit
			case 3:
				ok = len(u) == limit+1
			}
			if !ok {
				t.Errorf("limit %d, variant %d: %d units, %#x around the limit", limit, variant, len(u), u[limit-2:min(limit+2, len(u))])
			}
		}
	}
}

// TestStoredBodies reads every storage-format body of the snapshot: it must be well-formed, and the lengths must be
// as announced.
func TestStoredBodies(t *testing.T) {
	db := open(t, large.path)
	for _, c := range []struct {
		kind            string
		low, high       int // bounds of the median, in UTF-16 units
		limit, over     int // at least so many are longer than the limit
		least, atLimits int
	}{
		{"'PAGE', 'BLOGPOST'", 1700, 2300, pageLimit, 60, 2900, 25},
		{"'COMMENT'", 150, 300, commentLimit, 30, 2200, 20},
	} {
		bodies := texts(t, db, "SELECT body FROM bodycontent JOIN content USING (contentid) WHERE bodytypeid = 2 AND prevver IS NULL "+
			"AND content_status = 'current' AND contenttype IN ("+c.kind+")")
		var lengths []int
		over, atLimit := 0, 0
		for _, body := range bodies {
			n := units(body)
			lengths = append(lengths, n)
			if n > c.limit {
				over++
			}
			if n == c.limit || n == c.limit+1 || splitsPair(body, c.limit) {
				atLimit++
			}
			if err := wellFormed(body); err != nil {
				t.Fatalf("%v in %.300q", err, body)
			}
			if !utf8.ValidString(body) {
				t.Fatalf("no UTF-8: %.300q", body)
			}
		}
		slices.Sort(lengths)
		if m := lengths[len(lengths)/2]; m < c.low || m > c.high {
			t.Errorf("%s: median length is %d, want %d to %d", c.kind, m, c.low, c.high)
		}
		if len(lengths) < c.least || over < c.over || atLimit < c.atLimits/2 {
			t.Errorf("%s: %d bodies, %d over the limit, %d at it", c.kind, len(lengths), over, atLimit)
		}
	}
}

// splitsPair reports whether a cut of the text at limit UTF-16 units would split a character.
func splitsPair(s string, limit int) bool {
	n := 0
	for _, r := range s {
		if r > 0xFFFF {
			n++
		}
		n++
		if n > limit {
			return r > 0xFFFF && n == limit+1
		}
	}
	return false
}

func wellFormed(body string) error {
	d := xml.NewDecoder(strings.NewReader("<root>" + body + "</root>"))
	d.Entity = xml.HTMLEntity
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func TestSizesAreLogNormal(t *testing.T) {
	s := newSizes(2000, 0.85)
	if m := s[len(s)/2]; m < 1990 || m > 2010 {
		t.Errorf("median %d, want 2000", m)
	}
	// One standard deviation is at the 84th percentile.
	want := 2000 * math.Exp(0.85)
	if got := float64(s[len(s)*8413/10000]); math.Abs(got-want) > want/50 {
		t.Errorf("84th percentile is %g, want about %g", got, want)
	}
}

func TestLoginsAreUnique(t *testing.T) {
	seen := make(map[string]int64)
	for i := range int64(maxUsers) {
		name := strings.ToLower(login(i))
		if other, ok := seen[name]; ok {
			t.Fatalf("users %d and %d are both %s", other, i, name)
		}
		seen[name] = i
	}
}
