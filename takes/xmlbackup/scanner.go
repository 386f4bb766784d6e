package xmlbackup

import (
	"bytes"
	"errors"
	"io"

	"sluice/takes/feed"
	"sluice/takes/window"
	"sluice/wording"
)

// maxTag is how long a tag may be: those of a backup are shorter than 300 bytes.
const maxTag = 64 << 10

// maxDepth is how deep elements may lie in one another within an object.
const maxDepth = 64

// scanner cuts XML into tags and text. It knows what backups consist of:
// elements with attributes, text, CDATA sections, comments, processing
// instructions. It expands no entities of a document type and reads no other
// file. Unlike XML itself it takes control characters as text.
type scanner struct {
	w     *window.Window
	class string // of the object that is being read, for messages
}

// tag is the tag of an element.
type tag struct {
	name []byte // valid until the scanner reads on
	raw  []byte // all of it but the brackets, with the attributes
	end  bool   // </name>
	// empty is true for <name/>, which no end tag follows.
	empty bool
}

func (t tag) attribute(name string) []byte { return attribute(t.raw, name) }

// next reads on to the next tag, and adds the text before it to v, unless that
// is nil. At the end of the file it returns io.EOF.
func (s *scanner) next(v *value) (tag, error) {
	var take func([]byte)
	if v != nil {
		take = v.take
	}
	for {
		start := 0
		if v != nil {
			start = len(v.buf)
		}
		found := s.w.UpTo('<', take)
		if v != nil {
			if v.tooLong {
				return tag{}, feed.Damaged("byte %d%s is within a text that is longer than any value of a database: entities.xml is damaged", s.w.Offset(), s.where())
			}
			v.plain(start)
		}
		if !found {
			return tag{}, s.ended()
		}
		switch c, _ := s.w.Peek(1); c {
		case '!':
			if err := s.declaration(v, take); err != nil {
				return tag{}, err
			}
		case '?':
			s.w.Skip(1)
			if err := s.through(instructionEnd, nil); err != nil {
				return tag{}, err
			}
		default:
			return s.tag()
		}
	}
}

// ended is the error at the end of what can be read.
func (s *scanner) ended() error {
	if err := s.w.Err(); err != nil {
		return err
	}
	return io.EOF
}

// cut is the error of a file that ends too early.
func (s *scanner) cut(err error) error {
	if !errors.Is(err, io.EOF) {
		return err
	}
	return feed.Damaged("the backup ends at byte %d%s: entities.xml was cut, or copied in part", s.w.Offset(), s.where())
}

// What ends a comment, a CDATA section and a processing instruction.
var commentEnd, sectionEnd, instructionEnd = []byte("-->"), []byte("]]>"), []byte("?>")

// through reads up to a text and over it, and gives take what comes before it.
func (s *scanner) through(text []byte, take func([]byte)) error {
	for {
		if !s.w.UpTo(text[0], take) {
			return s.cut(s.ended())
		}
		matched := 1
		for matched < len(text) {
			c, ok := s.w.Peek(matched)
			if !ok || c != text[matched] {
				break
			}
			matched++
		}
		if matched == len(text) {
			s.w.Skip(len(text))
			return nil
		}
		if take != nil {
			take(text[:1])
		}
		s.w.Skip(1)
	}
}

// declaration reads a comment, a CDATA section or a document type.
func (s *scanner) declaration(v *value, take func([]byte)) error {
	switch {
	case s.follows("<!--"):
		return s.through(commentEnd, nil)
	case s.follows("<![CDATA["):
		if v == nil {
			return s.through(sectionEnd, nil)
		}
		v.beginSection()
		start := len(v.buf)
		if err := s.through(sectionEnd, take); err != nil {
			return err
		}
		v.endSection(start)
		return nil
	}
	depth := 0 // of the brackets of a document type
	for n := 0; n < maxTag; n++ {
		c, ok := s.w.Peek(0)
		if !ok {
			return s.cut(s.ended())
		}
		s.w.Skip(1)
		switch {
		case c == '[':
			depth++
		case c == ']':
			depth--
		case c == '>' && depth <= 0:
			return nil
		}
	}
	return s.broken()
}

// follows reads a text if it comes next.
func (s *scanner) follows(text string) bool {
	for i := range len(text) {
		if c, ok := s.w.Peek(i); !ok || c != text[i] {
			return false
		}
	}
	s.w.Skip(len(text))
	return true
}

func (s *scanner) broken() error {
	return feed.Damaged("byte %d%s is no XML: entities.xml is damaged", s.w.Offset(), s.where())
}

func (s *scanner) where() string {
	if s.class == "" {
		return ""
	}
	return wording.Of(" within an object of the class %s", s.class).String()
}

// tag reads a tag.
func (s *scanner) tag() (tag, error) {
	s.w.Skip(1)
	s.w.Mark()
	var quote byte
	for n := 0; ; n++ {
		c, ok := s.w.Peek(n)
		switch {
		case !ok:
			return tag{}, s.cut(s.ended())
		case n > maxTag, c == '<' && quote == 0:
			return tag{}, s.broken()
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			s.w.Skip(n + 1)
			raw := s.w.Marked()
			t, ok := parseTag(raw[:n])
			if !ok {
				return tag{}, s.broken()
			}
			return t, nil
		}
	}
}

// parseTag takes the text between the brackets of a tag apart.
func parseTag(raw []byte) (tag, bool) {
	t := tag{raw: raw}
	if len(raw) > 0 && raw[0] == '/' {
		t.end, raw = true, raw[1:]
	} else if len(raw) > 0 && raw[len(raw)-1] == '/' {
		t.empty, raw = true, raw[:len(raw)-1]
	}
	if i := bytes.IndexAny(raw, " \t\r\n"); i >= 0 {
		t.name = raw[:i]
	} else {
		t.name = raw
	}
	return t, len(t.name) > 0
}

// skip reads to the end of the element that t begins.
func (s *scanner) skip(t tag) error {
	if t.empty {
		return nil
	}
	for depth := 1; depth > 0; {
		t, err := s.next(nil)
		switch {
		case err != nil:
			return s.cut(err)
		case t.end:
			depth--
		case !t.empty:
			if depth++; depth > maxDepth {
				return s.broken()
			}
		}
	}
	return nil
}
