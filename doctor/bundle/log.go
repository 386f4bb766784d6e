package bundle

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
)

// pair is one attribute of a line of the log: key=value, the value in quotes where it has
// signs in it.
var pair = regexp.MustCompile(`([A-Za-z_.]+)=("(?:[^"\\]|\\.)*"|\S*)`)

// log masks the lines of a log. What stands outside of attributes is no line of ours, and
// is masked as a sentence.
func (m *Mask) log(b []byte) []byte {
	var out bytes.Buffer
	for line := range strings.Lines(string(b)) {
		line = strings.TrimRight(line, "\r\n")
		if !strings.HasPrefix(line, "time=") {
			out.WriteString(m.Text(line) + "\n")
			continue
		}
		for i, p := range pair.FindAllStringSubmatch(line, -1) {
			if i > 0 {
				out.WriteByte(' ')
			}
			out.WriteString(m.key(p[1]) + "=" + m.attribute(p[2]))
		}
		out.WriteByte('\n')
	}
	return out.Bytes()
}

func (m *Mask) attribute(value string) string {
	text, err := strconv.Unquote(value)
	if err != nil {
		return m.Text(value)
	}
	return strconv.Quote(m.Text(text))
}
