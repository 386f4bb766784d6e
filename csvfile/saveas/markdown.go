package saveas

import (
	"bufio"
	"bytes"
	"strings"
)

// markdown writes a table of GitHub's Markdown. Line breaks are <br>, and what Markdown or
// HTML would take for theirs is escaped, so that a reader sees the cells as they are; but
// blanks at the ends of a cell do not show.
type markdown struct {
	s   *saving
	w   *bufio.Writer
	buf []byte
}

func newMarkdown(s *saving) (*markdown, error) {
	m := &markdown{s: s, w: bufio.NewWriterSize(s.file, 256<<10)}
	names := make([][]byte, len(s.columns))
	rule := "|"
	for i, c := range s.columns {
		names[i] = []byte(c.Name)
		rule += " --- |"
	}
	if len(names) == 0 {
		return m, nil
	}
	if err := m.row(-1, names); err != nil {
		return nil, err
	}
	_, err := m.w.WriteString(rule + "\n")
	return m, err
}

func (m *markdown) row(number int64, cells [][]byte) error {
	b := append(m.buf[:0], '|')
	for i := range m.s.columns {
		b = append(b, ' ')
		if i < len(cells) {
			b = appendMarkdown(b, m.s.notes.valid(cells[i], number))
		}
		b = append(b, " |"...)
	}
	m.buf = append(b, '\n')
	_, err := m.w.Write(m.buf)
	return err
}

func (m *markdown) close() error { return m.w.Flush() }

// marked are the characters that mean something in a cell of Markdown.
const marked = "\\`*_[]|<>&~$"

// MarkdownCell is a cell as it stands in a table of Markdown.
func MarkdownCell(cell string) string {
	return string(appendMarkdown(nil, []byte(strings.ToValidUTF8(cell, "\ufffd"))))
}

// appendMarkdown appends a cell.
func appendMarkdown(b, cell []byte) []byte {
	if !bytes.ContainsAny(cell, marked+"\r\n\x00") {
		return append(b, cell...)
	}
	for i, c := range cell {
		switch {
		case c == '\r' && i+1 < len(cell) && cell[i+1] == '\n':
		case c == '\r' || c == '\n':
			b = append(b, "<br>"...)
		case c == 0: // Markdown has none
			b = append(b, "\ufffd"...)
		case c == '<':
			b = append(b, "&lt;"...)
		case c == '&':
			b = append(b, "&amp;"...)
		case c == '_' && i > 0 && i+1 < len(cell) && letter(cell[i-1]) && letter(cell[i+1]): // marks nothing
			b = append(b, c)
		case strings.IndexByte(marked, c) >= 0:
			b = append(b, '\\', c)
		default:
			b = append(b, c)
		}
	}
	return b
}

// letter reports whether a byte is of a letter or a digit.
func letter(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}
