package xmlbackup

import (
	"bufio"
	"bytes"
	"io"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"sluice/takes/charset"
	"sluice/takes/feed"
)

// declarationSize is how much of a file may be its XML declaration.
const declarationSize = 256

// utf8Reader returns r as UTF-8, by its byte order mark or its XML declaration
// (XML 1.0, appendix F).
func utf8Reader(r io.Reader) (io.Reader, error) {
	b := bufio.NewReaderSize(r, 4096)
	head, err := b.Peek(declarationSize)
	if err != nil && err != io.EOF {
		return nil, err
	}
	e, skip, err := detect(head)
	if err != nil {
		return nil, err
	}
	if _, err := b.Discard(skip); err != nil {
		return nil, err
	}
	if e == nil {
		return b, nil
	}
	return transform.NewReader(b, e.NewDecoder()), nil
}

// detect tells the encoding by the first bytes of a file, nil for UTF-8, and how
// many of them to leave out.
func detect(head []byte) (e encoding.Encoding, skip int, err error) {
	big, little := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		return nil, 3, nil
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return big, 2, nil
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return little, 2, nil
	case bytes.HasPrefix(head, []byte("\x00<\x00?")):
		return big, 0, nil
	case bytes.HasPrefix(head, []byte("<\x00?\x00")):
		return little, 0, nil
	}
	name := declared(head)
	if name == "" {
		return nil, 0, nil
	}
	set, ok := charset.Find(name)
	if !ok {
		return nil, 0, feed.Damaged("the backup is in the encoding %q, which Sluice does not read: convert entities.xml to UTF-8, and say so in its first line", name)
	}
	if set == nil {
		return nil, 0, nil
	}
	return set, 0, nil
}

// declared is the encoding that the XML declaration names, "" if none.
func declared(head []byte) string {
	if !bytes.HasPrefix(head, []byte("<?xml")) {
		return ""
	}
	declaration, _, ok := bytes.Cut(head, []byte("?>"))
	if !ok {
		return ""
	}
	return string(attribute(declaration, "encoding"))
}

// attribute is the value of an attribute in the text of a tag, nil if it has
// none of that name.
func attribute(tag []byte, name string) []byte {
	for {
		i := bytes.IndexByte(tag, '=')
		if i < 0 {
			return nil
		}
		before := bytes.TrimRight(tag[:i], " \t\r\n")
		rest := bytes.TrimLeft(tag[i+1:], " \t\r\n")
		if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
			return nil
		}
		value, after, ok := bytes.Cut(rest[1:], rest[:1])
		if !ok {
			return nil
		}
		if at := len(before) - len(name); at > 0 && isSpace(before[at-1]) && string(before[at:]) == name {
			return value
		}
		tag = after
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// IsXML tells the entities.xml of a backup, of Confluence or of Jira, by its first
// bytes.
func IsXML(head []byte) bool {
	e, skip, err := detect(head)
	if err != nil {
		return true // reading it says what is wrong
	}
	head = head[skip:]
	if e != nil {
		decoded, _, err := transform.Bytes(e.NewDecoder(), head)
		if err != nil && len(decoded) == 0 {
			return false
		}
		head = decoded
	}
	return bytes.Contains(head, []byte("<"+rootElement)) || bytes.Contains(head, []byte("<"+jiraElement))
}
