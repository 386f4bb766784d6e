package wording

import (
	"encoding/json"
	"fmt"
)

// Args are the arguments of a text as JSON, [] of texts and of {"format", "args"}. They are
// kept as a text, so that what has them can be compared.
type Args string

// document is a text among arguments.
type document struct {
	Format string `json:"format"`
	Args   Args   `json:"args,omitempty"`
}

// ArgsOf are the arguments of a text, to be kept. What says itself by other means than
// formats is kept in English.
func ArgsOf(t Text) Args {
	if len(t.Args) == 0 {
		return ""
	}
	list := make([]any, len(t.Args))
	for i, arg := range t.Args {
		if e, ok := arg.(*Error); ok {
			arg = e.Text
		}
		switch a := arg.(type) {
		case List:
			list[i] = document{a.text().Format, ArgsOf(a.text())}
		case Text:
			list[i] = document{a.Format, ArgsOf(a)}
		case Sayer:
			list[i] = a.In(English)
		default:
			list[i] = fmt.Sprint(a)
		}
	}
	b, err := json.Marshal(list)
	if err != nil { // texts can be written
		return ""
	}
	return Args(b)
}

// MarshalJSON writes the list.
func (a Args) MarshalJSON() ([]byte, error) {
	if a == "" {
		return []byte("[]"), nil
	}
	return []byte(a), nil
}

// UnmarshalJSON keeps the list, if it is one.
func (a *Args) UnmarshalJSON(b []byte) error {
	var list []json.RawMessage
	if err := json.Unmarshal(b, &list); err != nil {
		return fmt.Errorf("read what stands in a sentence: %w", err)
	}
	if *a = ""; len(list) > 0 {
		*a = Args(b)
	}
	return nil
}

// deepest is how deep texts may stand in each other that were read.
const deepest = 20

// Text is the text of a format with these arguments.
func (a Args) Text(format string) Text { return a.text(format, deepest) }

func (a Args) text(format string, depth int) Text {
	t := Text{Format: format}
	var list []json.RawMessage
	if a == "" || depth == 0 || json.Unmarshal([]byte(a), &list) != nil {
		return t
	}
	for _, raw := range list {
		var plain string
		var within document
		if json.Unmarshal(raw, &plain) == nil {
			t.Args = append(t.Args, plain)
			continue
		}
		_ = json.Unmarshal(raw, &within) // what is neither is left out
		t.Args = append(t.Args, within.Args.text(within.Format, depth-1))
	}
	return t
}
