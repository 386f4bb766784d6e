package wording

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// Reader finds the format that an English sentence was made of: of those that come as a
// text alone, from documents and from what others have wrapped.
type Reader struct{ shapes []shape }

// shape is a format taken apart: verbs stand between the pieces.
type shape struct {
	format  string
	pieces  []string
	verbs   []hole
	letters int // of the pieces
	length  int // of the pieces
}

// hole is a verb: its letter, and the number of its argument.
type hole struct {
	letter byte
	n      int
}

// Bounds of what is read.
const (
	longestRead = 4000 // of a sentence
	fewest      = 4    // letters of a format, unless its figures tell that it is the one
	fewestName  = 12   // of one within a sentence where a name may stand
)

// NewReader knows formats. What has hardly any words is none by which a sentence is known.
func NewReader(formats []string) *Reader {
	r := &Reader{}
	for _, f := range formats {
		s := shape{format: f, pieces: []string{""}}
		figure := false
		eachVerb(f, func(text string) { s.pieces[len(s.pieces)-1] += text }, func(verb string, n int) {
			s.verbs = append(s.verbs, hole{verb[len(verb)-1], n})
			s.pieces = append(s.pieces, "")
			figure = figure || verb == "%d" || verb == "%q"
		})
		for _, p := range s.pieces {
			s.length += len(p)
			for _, c := range p {
				if unicode.IsLetter(c) {
					s.letters++
				}
			}
		}
		if len(s.verbs) > 0 && s.letters > 0 && (s.letters >= fewest || figure) {
			r.shapes = append(r.shapes, s)
		}
	}
	slices.SortStableFunc(r.shapes, func(a, b shape) int {
		return cmp.Or(b.letters-a.letters, b.length-a.length)
	})
	return r
}

// Read is the text that a sentence is, with texts within it; false if no format fits. Of
// several that fit the one with the most letters is taken.
func (r *Reader) Read(english string) (Text, bool) { return r.read(english, fewest, deepest) }

func (r *Reader) read(english string, least, depth int) (Text, bool) {
	if depth == 0 || len(english) > longestRead {
		return Text{}, false
	}
	for _, s := range r.shapes {
		if s.letters < least && (least > fewest || s.letters < 1) {
			continue
		}
		found := make([]string, len(s.verbs))
		if !strings.HasPrefix(english, s.pieces[0]) || !s.fill(english[len(s.pieces[0]):], 0, found) {
			continue
		}
		t := Text{Format: s.format, Args: make([]any, len(found))}
		for i, v := range s.verbs {
			if v.n >= 0 && v.n < len(t.Args) {
				t.Args[v.n] = r.within(v, found[i], depth)
			}
		}
		if t.String() == english { // not of a format that says something twice
			return t, true
		}
	}
	return Text{}, false
}

// within is what stands for a verb: a text itself, if it can be read as one.
func (r *Reader) within(v hole, found string, depth int) any {
	least := fewestName
	switch v.letter {
	case 'd', 'q':
		return found
	case 'w', 'v':
		least = fewest
	}
	if t, ok := r.read(found, least, depth-1); ok {
		return t
	}
	if v.letter == 'w' || v.letter == 'v' || strings.Contains(found, " ") {
		return Text{Format: plain(found)} // known as a whole, or said as it is
	}
	return found
}

// fill finds what stands for the verbs from the ith on, in what follows the piece before it.
func (s *shape) fill(rest string, i int, found []string) bool {
	if i == len(s.verbs) {
		return rest == ""
	}
	piece := s.pieces[i+1]
	if i == len(s.verbs)-1 { // the last one takes what there is
		value, ends := strings.CutSuffix(rest, piece)
		found[i] = value
		return ends && s.verbs[i].fits(value)
	}
	if piece == "" { // nothing tells where it ends
		return false
	}
	for at := 0; ; at++ {
		next := strings.Index(rest[at:], piece)
		if next < 0 {
			return false
		}
		at += next
		if found[i] = rest[:at]; s.verbs[i].fits(found[i]) && s.fill(rest[at+len(piece):], i+1, found) {
			return true
		}
	}
}

// fits reports whether a value can be one of the verb.
func (v hole) fits(value string) bool {
	switch v.letter {
	case 'd':
		return value != "" && strings.Trim(value, "0123456789,-") == ""
	case 'q':
		return len(value) > 1 && value[0] == '"' && strings.HasSuffix(value, `"`)
	}
	return value != "" || v.letter == 's'
}
