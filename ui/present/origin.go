package present

import (
	"fmt"
	"time"

	"sluice/source"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// OriginCard is the content of the card about where a snapshot was taken from.
type OriginCard struct {
	Facts   []Fact
	Rows    string // of the tables
	Notices []Notice
}

// OriginOf builds the card.
func OriginOf(o source.Origin, now time.Time) OriginCard {
	x := texts.T.Take
	var card OriginCard
	fact := func(caption, value string) {
		if value != "" {
			card.Facts = append(card.Facts, Fact{caption, value})
		}
	}
	fact(x.Kind, texts.Elsewhere(o.Kind))
	fact(x.When, takenAt(o, now))
	fact(x.Tool, o.Tool)
	fact(x.Zone, o.TimeZone)
	fact(x.Place, o.Place)
	var rows []string
	for _, t := range o.Tables {
		rows = append(rows, t.Table+" "+Count(t.Rows))
	}
	if len(rows) > 0 {
		card.Rows = fmt.Sprintf(x.TableRows, Joined(rows...))
	}
	card.Notices = append(card.Notices, said(tone.Caution, "warning", x.PartialTitle, o.Partial)...)
	card.Notices = append(card.Notices, said(tone.Caution, "warning", x.DoubtTitle, o.Doubts)...)
	card.Notices = append(card.Notices, said(tone.Neutral, "info", "", o.Notes)...)
	return card
}

// takenAt says when a snapshot was taken and how long ago that is.
func takenAt(o source.Origin, now time.Time) string {
	if o.Taken.IsZero() {
		return ""
	}
	return Joined(Ago(now.Sub(o.Taken)), Minute(o.Taken, now.Location()))
}

// TakenAgo says how old a snapshot is, "" of one that Sluice did not take.
func TakenAgo(o *source.Origin, now time.Time) string {
	if o == nil || o.Taken.IsZero() {
		return ""
	}
	return fmt.Sprintf(texts.T.Take.TakenAgo, Ago(now.Sub(o.Taken)))
}

// said is a box with sentences, none if there are none.
func said(t tone.Tone, icon, title string, sentences []string) []Notice {
	if len(sentences) == 0 {
		return nil
	}
	return []Notice{{Tone: t, Icon: icon, Title: title, Text: elsewhere(sentences)}}
}
