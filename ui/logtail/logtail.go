// Package logtail reads the end of the log that the window keeps: so many bytes of it that
// memory stays flat however long the log is. It knows no window.
package logtail

import (
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"sluice/ui/texts"
	"sluice/visible"
)

// Most is how many bytes of the log are read, and MostLines how many lines are kept of them.
const (
	Most      = 512 << 10
	MostLines = 2000
)

// longestLine is how many characters of a line are kept.
const longestLine = 4000

// Line is a line of the log.
type Line struct {
	Time    time.Time // zero where the line tells none
	Level   slog.Level
	Message string
	Rest    string // the values, as they stand in the line
	Raw     string
}

// Read gives the last lines of a log, the newest first; cut tells that there are others
// before them. A log that is not there yet is empty.
func Read(path string) (lines []Line, cut bool, err error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, false, err
	}
	from := max(0, info.Size()-Most)
	b, err := io.ReadAll(io.LimitReader(io.NewSectionReader(f, from, Most), Most))
	if err != nil {
		return nil, false, err
	}
	text := string(b)
	if from > 0 { // the first line is one of which the beginning is missing
		_, text, _ = strings.Cut(text, "\n")
	}
	raw := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if cut = from > 0 || len(raw) > MostLines; len(raw) > MostLines {
		raw = raw[len(raw)-MostLines:]
	}
	for _, line := range slices.Backward(raw) {
		if line != "" {
			lines = append(lines, Parse(line))
		}
	}
	return lines, cut, nil
}

// Parse takes a line apart that slog has written as text. What is none is a message as it
// stands. Nothing of it would be obeyed or hidden by what shows it.
func Parse(raw string) Line {
	raw = texts.Cut(strings.TrimSuffix(raw, "\r"), longestLine)
	l := Line{Raw: raw, Message: raw}
	rest := raw
	at, rest, ok := value(rest, "time=")
	if !ok {
		return l
	}
	when, err := time.Parse(time.RFC3339Nano, at)
	if err != nil {
		return l
	}
	level, rest, ok := value(rest, "level=")
	if !ok || l.Level.UnmarshalText([]byte(level)) != nil {
		return Line{Raw: raw, Message: raw}
	}
	message, rest, ok := value(rest, "msg=")
	if !ok {
		return Line{Raw: raw, Message: raw, Level: l.Level}
	}
	l.Time, l.Message, l.Rest = when, message, rest
	return l
}

// value takes the value of a key from the beginning of a text.
func value(s, key string) (v, rest string, ok bool) {
	s, ok = strings.CutPrefix(s, key)
	if !ok {
		return "", s, false
	}
	if strings.HasPrefix(s, `"`) {
		quoted, err := strconv.QuotedPrefix(s)
		if err != nil {
			return "", s, false
		}
		v, err = strconv.Unquote(quoted)
		if err != nil {
			return "", s, false
		}
		return visible.Line(v), strings.TrimPrefix(s[len(quoted):], " "), true
	}
	v, rest, _ = strings.Cut(s, " ")
	return v, rest, true
}

// Filter gives the lines of a level or above that hold a text, whatever its case.
func Filter(lines []Line, least slog.Level, text string) (shown []Line) {
	text = strings.ToLower(strings.TrimSpace(text))
	for _, l := range lines {
		if l.Level >= least && (text == "" || strings.Contains(strings.ToLower(l.Raw), text)) {
			shown = append(shown, l)
		}
	}
	return shown
}

// Text is the lines as they stand in the log, the oldest first.
func Text(lines []Line) string {
	var b strings.Builder
	for _, l := range slices.Backward(lines) {
		b.WriteString(l.Raw)
		b.WriteByte('\n')
	}
	return b.String()
}
