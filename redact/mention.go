package redact

import (
	"bytes"
	"strings"
)

// mentions are the attributes of storage format that name a person or a space. Of a key
// the pseudonym is made; of the name of a person it could not be the same one.
var mentions = []struct {
	name string
	of   mentioned
}{{"ri:userkey", personKey}, {"ri:username", personName}, {"ri:account-id", personKey}, {"ri:space-key", spaceKey}}

// prefix begins them all.
const prefix = "ri:"

// mentioned is what an attribute has in it.
type mentioned int

const (
	personKey mentioned = iota
	personName
	spaceKey
)

// longestMention is how many bytes a value may have; a longer one is masked. Keys have 255
// characters at most.
const longestMention = 4096

// mentioning is what is done with mentions. The zero value leaves them.
type mentioning struct {
	key    *maker
	people Verb // Keep, Pseudonymise, or any other, which masks
	spaces Verb // the same, of all spaces
	rules  Rules

	lineBreak string // what stands for a line break, "" if nothing does
}

// looks reports whether bodies are looked at.
func (m mentioning) looks() bool {
	return m.people != Keep || m.spaces != Keep || m.rules.Personal == Pseudonymise || m.rules.LimitsSpaces()
}

// Mentions redacts the mentions of a body that comes in pieces, as if it came at once. A
// value that the body ends within is left out: part of a key tells most of it.
type Mentions struct {
	mentioning
	held  []byte // the end of what came, which may begin an attribute
	quote byte   // of the value that is open, 0 if none is
	of    mentioned
	value []byte // so far
	long  bool   // it is too long
}

// reset begins a body.
func (m *Mentions) reset() { m.held, m.quote, m.value, m.long = m.held[:0], 0, m.value[:0], false }

// Append appends what can be told of the next piece.
func (m *Mentions) Append(dst, piece []byte) []byte {
	if len(m.held) > 0 {
		m.held = append(m.held, piece...)
		piece = m.held
	}
	for len(piece) > 0 {
		if m.quote != 0 {
			end := bytes.IndexByte(piece, m.quote)
			if end < 0 {
				m.take(piece)
				piece = nil
				break
			}
			m.take(piece[:end])
			dst = append(m.close(dst), m.quote)
			m.quote, piece = 0, piece[end+1:]
			continue
		}
		head, tail := m.next(piece)
		dst = append(dst, piece[:head]...)
		if piece = piece[head:]; tail {
			break
		}
	}
	m.held = append(m.held[:0], piece...)
	return dst
}

// End appends what is left when the body has ended.
func (m *Mentions) End(dst []byte) []byte {
	if m.quote == 0 {
		dst = append(dst, m.held...)
	}
	m.reset()
	return dst
}

// next goes to the next value, which is open then: so many bytes are passed over, with
// its quote. If there is none, it goes to the end, or with tail to where an attribute may
// have begun.
func (m *Mentions) next(piece []byte) (n int, tail bool) {
	for from := 0; ; {
		i := bytes.Index(piece[from:], []byte(prefix))
		if i < 0 {
			n := len(piece)
			for k := min(len(prefix)-1, n-from); k > 0; k-- {
				if string(piece[n-k:]) == prefix[:k] {
					return n - k, true
				}
			}
			return n, false
		}
		from += i
		size, of, whole := m.attribute(piece[from:])
		switch {
		case whole:
			m.quote, m.of, m.value, m.long = piece[from+size-1], of, m.value[:0], false
			return from + size, false
		case size > 0:
			return from, true
		}
		from += len(prefix)
	}
}

// attribute takes the start of an attribute with its quote off a text: its size, 0 if
// there is none. It is not whole if the text ends within it.
func (m mentioning) attribute(text []byte) (size int, of mentioned, whole bool) {
	for _, a := range mentions {
		n := min(len(a.name), len(text))
		if string(text[:n]) != a.name[:n] {
			continue
		}
		if n == len(text) {
			return n, a.of, false
		}
		at := m.blanks(text, n)
		if at < len(text) && text[at] == '=' {
			at = m.blanks(text, at+1)
		} else if at < len(text) {
			return 0, 0, false
		}
		switch {
		case at-n > longestMention: // who knows how long it goes on
			return 0, 0, false
		case at == len(text):
			return at, a.of, false
		case text[at] == '"' || text[at] == '\'':
			return at + 1, a.of, true
		}
		return 0, 0, false
	}
	return 0, 0, false
}

// blanks passes over blanks and line breaks, also what stands for these. Where the text ends
// within that, nobody knows yet whether more of them follow.
func (m mentioning) blanks(text []byte, at int) int {
	for at < len(text) {
		switch c, rest := text[at], text[at:]; {
		case c == ' ' || c == '\t' || c == '\r' || c == '\n':
			at++
		case m.lineBreak == "" || c == '=' || c == '"' || c == '\'':
			return at
		case bytes.HasPrefix(rest, []byte(m.lineBreak)):
			at += len(m.lineBreak)
		case strings.HasPrefix(m.lineBreak, string(rest)):
			return len(text)
		default:
			return at
		}
	}
	return at
}

func (m *Mentions) take(part []byte) {
	if m.long = m.long || len(m.value)+len(part) > longestMention; !m.long {
		m.value = append(m.value, part...)
	}
}

// close appends what stands for the value.
func (m *Mentions) close(dst []byte) []byte {
	verb := m.people
	if m.of == spaceKey {
		verb = m.spaceVerb()
	}
	switch {
	case verb == Keep && !m.long:
		return append(dst, m.value...)
	case verb != Pseudonymise || m.long || m.of == personName:
		return append(dst, Masked...)
	case m.of == spaceKey:
		return m.key.appendSpace(dst, m.value)
	}
	return m.key.append(dst, domainPerson, m.value)
}

// spaceVerb is what is done with the key of the space at hand.
func (m *Mentions) spaceVerb() Verb {
	switch key := string(m.value); {
	case m.rules.Excludes(key):
		return Mask
	case m.spaces == Keep && personal(key) && m.rules.Personal == Pseudonymise:
		return Pseudonymise
	}
	return m.spaces
}
