package present

import (
	"errors"
	"fmt"
	"strings"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/texts"
)

// The fields of the settings of a snapshot that can be wrong.
const (
	FieldZone  = "zone"
	FieldSpace = "space"
	FieldShare = "share"
)

// LocalInput are the settings of a snapshot that are typed, as they stand in the form.
type LocalInput struct{ TimeZone, BaseURL, MinFreeSpace, CPUShare string }

// Trimmed are the settings as they are kept.
func (l LocalInput) Trimmed() LocalInput {
	return LocalInput{strings.TrimSpace(l.TimeZone), strings.TrimSuffix(strings.TrimSpace(l.BaseURL), "/"),
		strings.TrimSpace(l.MinFreeSpace), strings.TrimSpace(l.CPUShare)}
}

// CheckLocal checks the settings of a snapshot.
func CheckLocal(in LocalInput) (p Problems) {
	t, l := texts.T.Setup, in.Trimmed()
	if _, err := LoadZone(l.TimeZone); err != nil {
		p.add(FieldZone, fmt.Sprintf(t.BadZone, l.TimeZone))
	}
	switch _, err := pipeline.ParseBaseURL(l.BaseURL); {
	case errors.Is(err, pipeline.ErrUserinfo):
		p.add(FieldURL, t.SecretURL)
	case err != nil:
		p.add(FieldURL, fmt.Sprintf(t.BadURL, l.BaseURL))
	}
	if _, err := source.ParseSize(l.MinFreeSpace); err != nil {
		p.add(FieldSpace, fmt.Sprintf(t.BadSpace, l.MinFreeSpace))
	}
	if _, err := source.ParseShare(l.CPUShare); err != nil {
		p.add(FieldShare, fmt.Sprintf(t.BadShare, l.CPUShare))
	}
	return p
}
