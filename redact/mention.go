package redact

import "bytes"

// mentions are the attributes of storage format that name a person. Of the key the
// pseudonym is made; of a name it could not be the same one.
var mentions = []struct {
	name  string
	keyed bool
}{{"ri:userkey=", true}, {"ri:username=", false}, {"ri:account-id=", true}}

// appendMentions appends a body with pseudonyms in the place of the keys of users, or
// Masked if k is nil. A value that the body ends within is left out: part of a key tells
// most of it.
func appendMentions(dst, body []byte, k *Key) []byte {
	for {
		at, value, keyed := nextMention(body)
		if at < 0 {
			return append(dst, body...)
		}
		dst = append(dst, body[:value]...)
		body = body[value:]
		if len(body) == 0 {
			return dst
		}
		end := bytes.IndexByte(body[1:], body[0])
		if end < 0 {
			return append(dst, body[0])
		}
		dst = append(dst, body[0])
		if keyed && k != nil {
			dst = k.append(dst, domainPerson, body[1:1+end])
		} else {
			dst = append(dst, Masked...)
		}
		body = body[1+end:]
	}
}

// nextMention finds the first attribute that names a person: where it is, and where its
// value begins, with its quote. at is -1 if there is none.
func nextMention(body []byte) (at, value int, keyed bool) {
	at = -1
	from := 0
	for {
		i := bytes.Index(body[from:], []byte("ri:"))
		if i < 0 {
			return -1, 0, false
		}
		from += i
		for _, m := range mentions {
			rest, is := bytes.CutPrefix(body[from:], []byte(m.name))
			if is && (len(rest) == 0 || rest[0] == '"' || rest[0] == '\'') {
				return from, from + len(m.name), m.keyed
			}
		}
		from += len("ri:")
	}
}
