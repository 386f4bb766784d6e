package present

import (
	"fmt"
	"strings"
	"time"

	"sluice/ui/texts"
	"sluice/ui/tone"
)

// Survey is what is known of a source before its rows are read. Sizes may be estimates;
// -1 means that the source does not tell.
type Survey struct {
	Kind, Place, Tool, Made, User, Schema string

	Version string // of Confluence; may be empty
	Build   int64  // 0 if not known
	Bytes   int64
	Tables  int
	AtLeast bool    // there may be more tables
	Seconds float64 // about how long the snapshot takes; -1 if not known
	Missing []MissingTable
	Grants  []string // statements that give the rights which are missing

	Partial, Doubts, Notes []string
}

// MissingTable is a table that a source does not have.
type MissingTable struct {
	Table    string
	Lack     string // what the export lacks without it
	Required bool   // there is no snapshot without it
	Unseen   bool   // it may be there, and may not be seen
}

// Finding is a line of what was found out about a source.
type Finding struct {
	Text, Says string
	Tone       tone.Tone
	Icon       string
}

// Findings are the lines about a source, and err is why its snapshot cannot be taken as
// it is, if it cannot.
func Findings(s Survey, err error) (list []Finding) {
	x := texts.T.Take
	line := func(text, says string, t tone.Tone, icon string) {
		if says != "" {
			list = append(list, Finding{text, says, t, icon})
		}
	}
	neutral := func(text, says string) { line(text, says, tone.Neutral, "info") }
	if known := Joined(s.Kind, s.Tool, s.Made); s.Tool != "" || err == nil {
		line(x.Kind, known, tone.Good, "completed")
	}
	switch {
	case len(s.Grants) > 0:
		line(x.Rights, x.RightsMissing, tone.Bad, "failed")
	case err == nil && s.User != "":
		line(x.Rights, fmt.Sprintf(x.RightsThere, s.User), tone.Good, "completed")
	}
	if err != nil && len(s.Grants) == 0 {
		line(texts.T.Advice.Error, Sentence(err), tone.Bad, "failed")
	}
	neutral(texts.T.Server.Product, s.product())
	neutral(x.Schema, s.Schema)
	neutral(x.Reads, s.reads())
	if s.Seconds >= 0 && err == nil {
		neutral(x.Time, fmt.Sprintf(texts.T.Page.About, Estimated(time.Duration(s.Seconds*float64(time.Second))+time.Second)))
	}
	for _, m := range s.Missing {
		line(x.Missing, m.says(), tone.Caution, "warning")
	}
	line(x.PartialWord, strings.Join(s.Partial, " "), tone.Caution, "warning")
	line(texts.T.Advice.Warning, strings.Join(s.Doubts, " "), tone.Caution, "warning")
	neutral(x.Note, strings.Join(s.Notes, " "))
	return list
}

func (s Survey) product() string {
	switch {
	case s.Build == 0:
		return ""
	case s.Version == "":
		return fmt.Sprintf(texts.T.Page.Build, "Confluence", fmt.Sprint(s.Build))
	}
	return fmt.Sprintf(texts.T.Page.Build, "Confluence "+s.Version, fmt.Sprint(s.Build))
}

// reads says how much is read.
func (s Survey) reads() string {
	x := texts.T.Take
	tables, bytes := "", ""
	if s.Bytes > 0 {
		bytes = Size(s.Bytes)
	}
	if s.Tables > 0 {
		tables = fmt.Sprintf(x.Tables, s.Tables)
		if s.AtLeast {
			tables = fmt.Sprintf(x.TablesAtLeast, s.Tables)
		}
		if bytes != "" {
			bytes = fmt.Sprintf(texts.T.Page.About, bytes)
		}
	}
	return Joined(tables, bytes)
}

func (m MissingTable) says() string {
	x := texts.T.Take
	name := m.Table
	if m.Unseen {
		name = fmt.Sprintf(x.MissingUnseen, m.Table)
	}
	switch {
	case m.Required:
		return fmt.Sprintf(x.MissingRequired, name)
	case m.Lack != "":
		return name + ": " + m.Lack
	}
	return name
}
