package present

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"sluice/retention"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// The fields of the bounds on what is kept.
const (
	FieldKeep        = "keep"
	FieldKeptAge     = "keptAge"
	FieldKeptSize    = "keptSize"
	FieldKeptPartial = "keptPartial"
)

// RetentionInput are bounds as they stand in the form.
type RetentionInput struct{ Keep, Age, Size, Partial string }

// RetentionInputOf is the form of bounds that there are.
func RetentionInputOf(s retention.Settings) RetentionInput {
	in := RetentionInput{Age: s.MaxAge, Size: s.MaxSize, Partial: s.PartialAge}
	if s.Keep > 0 {
		in.Keep = strconv.Itoa(s.Keep)
	}
	return in
}

// ReadRetention understands the form, and says what is wrong with the fields.
func ReadRetention(in RetentionInput) (s retention.Settings, wrong Problems) {
	s = retention.Settings{MaxAge: strings.TrimSpace(in.Age), MaxSize: strings.TrimSpace(in.Size), PartialAge: strings.TrimSpace(in.Partial)}
	if keep := strings.TrimSpace(in.Keep); keep != "" {
		n, err := strconv.Atoi(keep)
		if err != nil || n < 1 {
			wrong.add(FieldKeep, texts.T.Retention.NeedsKeep)
		}
		s.Keep = max(0, n)
	}
	for _, f := range []struct {
		name string
		one  retention.Settings
	}{{FieldKeptAge, retention.Settings{MaxAge: s.MaxAge}}, {FieldKeptSize, retention.Settings{MaxSize: s.MaxSize}}, {FieldKeptPartial, retention.Settings{PartialAge: s.PartialAge}}} {
		if _, err := f.one.Policy(); err != nil {
			_, says, _ := strings.Cut(texts.Error(err), ": ") // the field says which it is
			wrong.add(f.name, says)
		}
	}
	return s, wrong
}

// RetentionRow is an export and what becomes of it.
type RetentionRow struct {
	Job, Ended, Size, Why string
	Sign                  Sign
	Goes                  bool
}

// RetentionTotal is what goes and what stays together.
type RetentionTotal struct {
	Goes                 int64 // exports
	GoesBytes, KeptBytes int64
}

// RetentionRows say what becomes of exports, the newest first.
func RetentionRows(choices []retention.Choice, zone *time.Location) (rows []RetentionRow, total RetentionTotal) {
	t := texts.T.Retention
	for _, c := range choices {
		row := RetentionRow{Job: strconv.FormatInt(c.Job.ID, 10), Ended: Minute(c.Ended, zone), Size: Size(c.Bytes), Why: retentionWords(c), Goes: c.Reason.Goes()}
		if row.Goes {
			total.Goes++
			total.GoesBytes += c.Bytes
			row.Sign = Sign{t.Goes, "trash", tone.Bad}
		} else {
			total.KeptBytes += c.Bytes
			row.Sign = Sign{t.Stays, "completed", tone.Good}
		}
		rows = append(rows, row)
	}
	return rows, total
}

// Says is the sentence about what goes and what stays.
func (r RetentionTotal) Says(rows int) string {
	t := texts.T.Retention
	switch {
	case rows == 0:
		return t.Nothing
	case r.Goes == 0:
		return fmt.Sprintf(t.NoneGoes, Size(r.KeptBytes))
	}
	return t.Total.Of(r.Goes, Size(r.GoesBytes), Size(r.KeptBytes))
}

func retentionWords(c retention.Choice) string {
	t := texts.T.Retention
	words := map[retention.Reason]string{
		retention.ReasonNewest: t.Newest, retention.ReasonWithin: t.Within, retention.ReasonRecent: t.Recent, retention.ReasonUnread: t.Unread, retention.ReasonOwed: t.Owed,
		retention.ReasonKeep: t.ByNumber, retention.ReasonAge: t.ByAge, retention.ReasonSize: t.BySize, retention.ReasonPartial: t.ByPartial, retention.ReasonAsked: t.Asked,
	}[c.Reason]
	if c.Unreadable != nil {
		words += ": " + texts.Error(c.Unreadable)
	}
	return words
}
