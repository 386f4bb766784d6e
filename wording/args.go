package wording

import (
	"bytes"
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
// a text of one format (a method Text) is kept in English.
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
		case interface{ Text() Text }:
			list[i] = document{a.Text().Format, ArgsOf(a.Text())}
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

// UnmarshalJSON keeps the list, if it is one, as ArgsOf writes it: documents are indented.
func (a *Args) UnmarshalJSON(b []byte) error {
	var list []json.RawMessage
	if err := json.Unmarshal(b, &list); err != nil {
		return fmt.Errorf("read what stands in a sentence: %w", err)
	}
	*a = ""
	if len(list) == 0 {
		return nil
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, b); err != nil {
		return fmt.Errorf("read what stands in a sentence: %w", err)
	}
	*a = Args(compact.String())
	return nil
}

// Bounds of a text that was read: others may have written it.
const (
	deepest = 20      // how deep texts may stand in each other
	longest = 1 << 18 // how long it may become in English
)

// Text is the text of a format with these arguments.
func (a Args) Text(format string) Text {
	t, _ := a.text(format, deepest)
	return t
}

// text is Text, with how long it is in English. One that would become too long has no arguments.
func (a Args) text(format string, depth int) (t Text, length int) {
	t.Format = format
	var list []json.RawMessage
	if a == "" || depth == 0 || json.Unmarshal([]byte(a), &list) != nil {
		return t, len(format)
	}
	lengths := make([]int, len(list))
	for i, raw := range list {
		var plain string
		var within document
		if json.Unmarshal(raw, &plain) == nil {
			t.Args, lengths[i] = append(t.Args, plain), len(plain)
			continue
		}
		_ = json.Unmarshal(raw, &within) // what is neither is left out
		text, n := within.Args.text(within.Format, depth-1)
		t.Args, lengths[i] = append(t.Args, text), n
	}
	eachVerb(format, func(s string) { length += len(s) }, func(_ string, n int) {
		if n >= 0 && n < len(lengths) {
			length += lengths[n]
		}
	})
	if length > longest {
		return Text{Format: format}, len(format)
	}
	return t, length
}
