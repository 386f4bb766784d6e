package redact

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"hash"
)

// maker makes pseudonyms with a key for one goroutine. The same people come again and
// again: it knows those that it has made.
type maker struct {
	hash  hash.Hash
	known map[string]string
	text  []byte
	sum   []byte
}

// A maker knows so many pseudonyms, of texts up to a length.
const (
	mostKnown    = 8192
	longestKnown = 256
)

// maker returns one; nil of no key.
func (k *Key) maker() *maker {
	if k == nil {
		return nil
	}
	return &maker{hash: hmac.New(sha256.New, k.bytes[:]), known: map[string]string{}}
}

// append appends the pseudonym of a text.
func (m *maker) append(dst []byte, domain string, text []byte) []byte {
	m.text = append(append(append(m.text[:0], domain...), 0), text...)
	if known, ok := m.known[string(m.text)]; ok {
		return append(dst, known...)
	}
	m.hash.Reset()
	m.hash.Write(m.text)
	m.sum = m.hash.Sum(m.sum[:0])
	from := len(dst)
	dst = hex.AppendEncode(append(dst, domain[0]), m.sum[:pseudonymSize])
	if len(m.text) <= longestKnown {
		if len(m.known) >= mostKnown {
			clear(m.known)
		}
		m.known[string(m.text)] = string(dst[from:])
	}
	if cap(m.text) > 1<<16 {
		m.text = nil
	}
	return dst
}

// appendSpace appends the pseudonym of the key of a space. That of a personal one is that
// of a personal one, too.
func (m *maker) appendSpace(dst, key []byte) []byte {
	if personal(string(key)) {
		dst = append(dst, '~')
	}
	return m.append(dst, domainSpace, key)
}
