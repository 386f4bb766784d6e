package present

import (
	"fmt"
	"strings"
	"time"

	"sluice/source"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// Finding is a line of what was found out about a source.
type Finding struct {
	Text, Says string
	Tone       tone.Tone
	Icon       string
}

// Findings are the lines about a source, and err is why its snapshot cannot be taken as
// it is, if it cannot.
func Findings(s source.Survey, err error) (list []Finding) {
	x := texts.T.Take
	line := func(text, says string, t tone.Tone, icon string) {
		if says != "" {
			list = append(list, Finding{text, says, t, icon})
		}
	}
	neutral := func(text, says string) { line(text, says, tone.Neutral, "info") }
	if known := Joined(texts.Elsewhere(s.Kind), s.Tool, s.Made); s.Tool != "" || err == nil {
		line(x.Kind, known, tone.Good, "completed")
	}
	switch {
	case len(s.Grants) > 0:
		line(x.Rights, x.RightsMissing, tone.Bad, "failed")
	case err == nil && s.User != "":
		line(x.Rights, fmt.Sprintf(x.RightsThere, s.User), tone.Good, "completed")
	}
	if err != nil && len(s.Grants) == 0 {
		line(texts.T.Advice.Error, TakeError(err), tone.Bad, "failed")
	}
	neutral(texts.T.Server.Product, productOf(s))
	neutral(x.Schema, s.Schema)
	neutral(x.Reads, readsOf(s))
	if s.Seconds >= 0 && err == nil {
		neutral(x.Time, fmt.Sprintf(texts.T.Page.About, Estimated(time.Duration(s.Seconds*float64(time.Second))+time.Second)))
	}
	for _, m := range s.Missing {
		line(x.Missing, missing(m), tone.Caution, "warning")
	}
	line(x.PartialWord, elsewhere(s.Partial), tone.Caution, "warning")
	line(texts.T.Advice.Warning, elsewhere(s.Doubts), tone.Caution, "warning")
	neutral(x.Note, elsewhere(s.Notes))
	return list
}

// elsewhere are sentences of another package, one behind the other.
func elsewhere(sentences []string) string { return strings.Join(EachElsewhere(sentences), " ") }

// EachElsewhere says each of some sentences of another package.
func EachElsewhere(sentences []string) []string {
	var said []string
	for _, s := range sentences {
		said = append(said, texts.Elsewhere(s))
	}
	return said
}

// productOf says what Confluence was found.
func productOf(s source.Survey) string {
	switch {
	case s.Build == 0:
		return ""
	case s.Version == "":
		return fmt.Sprintf(texts.T.Page.Build, "Confluence", fmt.Sprint(s.Build))
	}
	return fmt.Sprintf(texts.T.Page.Build, "Confluence "+s.Version, fmt.Sprint(s.Build))
}

// readsOf says how much is read.
func readsOf(s source.Survey) string {
	x := texts.T.Take
	tables, bytes := "", ""
	if s.Bytes > 0 {
		bytes = Size(s.Bytes)
	}
	if s.Tables > 0 {
		tables = x.Tables.Of(int64(s.Tables))
		if s.AtLeast {
			tables = x.TablesAtLeast.Of(int64(s.Tables))
		}
		if bytes != "" {
			bytes = fmt.Sprintf(texts.T.Page.About, bytes)
		}
	}
	return Joined(tables, bytes)
}

// missing says what a table that is not there means.
func missing(m source.MissingTable) string {
	x := texts.T.Take
	name := m.Table
	if m.Unseen {
		name = fmt.Sprintf(x.MissingUnseen, m.Table)
	}
	switch {
	case m.Required:
		return fmt.Sprintf(x.MissingRequired, name)
	case m.Lack != "":
		return name + ": " + texts.Elsewhere(m.Lack)
	}
	return name
}
