package record

import (
	"bytes"

	"sluice/csvfile/internal/block"
)

// Sink takes the fields of a record as they come.
type Sink interface {
	// Data gives the next bytes of the current field's value, valid during the call.
	Data(p []byte)
	// EndField says that the current field is complete.
	EndField()
}

type streamState uint8

const (
	startRecord streamState = iota
	startField
	inPlain
	inQuoted
	afterQuote
	recordEnded
)

// Stream reads one record in pieces, whatever its size. It follows the same
// grammar as [Split]. The zero value with Syntax set is ready.
type Stream struct {
	Syntax block.Syntax

	state streamState
	// cr is a carriage return held back until the next byte shows whether it
	// belongs to the record's end.
	cr bool
}

// Feed takes the next piece of the record. It returns how many bytes belong to
// the record and whether it has ended.
func (s *Stream) Feed(b []byte, sink Sink) (n int, done bool) {
	i := 0
	for i < len(b) && s.state != recordEnded {
		switch s.state {
		case startRecord:
			i += s.begin(b[i], sink)
		case startField:
			s.state = inPlain
			if s.Syntax.IsQuote(b[i]) {
				s.state = inQuoted
				i++
			}
		case inPlain:
			i += s.plain(b[i:], sink)
		case inQuoted:
			i += s.quoted(b[i:], sink)
		case afterQuote:
			s.state = inPlain
			if s.Syntax.IsQuote(b[i]) {
				sink.Data(b[i : i+1])
				s.state = inQuoted
				i++
			}
		}
	}
	return i, s.state == recordEnded
}

// Finish says that the file has ended; it completes the record.
func (s *Stream) Finish(sink Sink) {
	if s.state != recordEnded && s.state != startRecord {
		sink.EndField()
	}
	s.state = recordEnded
}

// begin looks at a record's first byte, or at that behind a carriage return
// which is its first byte: a line end here makes a record of no fields.
func (s *Stream) begin(c byte, sink Sink) int {
	switch {
	case c == s.Syntax.Terminator:
		s.state, s.cr = recordEnded, false
		return 1
	case s.cr:
		s.state = inPlain
		return 0
	case c == '\r' && s.Syntax.Terminator == '\n':
		s.cr = true
		return 1
	}
	s.state = startField
	return 0
}

func (s *Stream) plain(b []byte, sink Sink) int {
	j := 0
	for j < len(b) && b[j] != s.Syntax.Delimiter && b[j] != s.Syntax.Terminator {
		j++
	}
	if s.cr {
		s.cr = false
		if j > 0 || b[0] == s.Syntax.Delimiter {
			sink.Data([]byte{'\r'})
		}
	}
	more := j < len(b) && b[j] == s.Syntax.Delimiter
	value := b[:j]
	if !more && j > 0 && b[j-1] == '\r' && s.Syntax.Terminator == '\n' {
		value = b[:j-1]
		s.cr = j == len(b)
	}
	if len(value) > 0 {
		sink.Data(value)
	}
	if j == len(b) {
		return j
	}
	sink.EndField()
	s.state = recordEnded
	if more {
		s.state = startField
	}
	return j + 1
}

func (s *Stream) quoted(b []byte, sink Sink) int {
	j := bytes.IndexByte(b, s.Syntax.Quote)
	if j < 0 {
		sink.Data(b)
		return len(b)
	}
	if j > 0 {
		sink.Data(b[:j])
	}
	s.state = afterQuote
	return j + 1
}
