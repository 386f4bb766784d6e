package pipeline

import (
	"fmt"
	"slices"
	"strings"

	"sluice/wording"
)

// Diagnostic is a warning or an error of a job. The key is for programs, the
// message for people.
type Diagnostic struct {
	Key     string `json:"key"`
	Message string `json:"message"` // in English
	// Format and Args are what the message was made of, for who says it in another
	// language; empty where it has no arguments, or is not known to be made of any.
	Format string       `json:"format,omitempty"`
	Args   wording.Args `json:"args,omitempty"`
}

// Say is the diagnostic with the message of a format, of which there are translations.
func Say(key, format string, args ...any) Diagnostic {
	return saying(key, fmt.Sprintf(format, args...), wording.Of(format, args...))
}

func saying(key, message string, t wording.Text) Diagnostic {
	d := Diagnostic{Key: key, Message: message}
	if args := wording.ArgsOf(t); args != "" {
		d.Format, d.Args = t.Format, args
	}
	return d
}

// SayError is the diagnostic whose message is an error as a sentence: a capital first, a
// full stop last. More sentences of which there are translations may follow it.
func SayError(key string, err error, more ...string) Diagnostic {
	format := "%s"
	text := err.Error()
	if text != "" {
		text = wording.Capital(text)
		if !strings.ContainsAny(text[len(text)-1:], ".!?") {
			format = wording.Format("%s.")
			text += "."
		}
	}
	says := wording.Because(err)
	if _, plain := says.(string); plain && len(more) == 0 {
		return Diagnostic{Key: key, Message: text} // which says as much in every language
	}
	t := wording.Text{Format: format, Args: []any{says}}
	for _, m := range more {
		t = wording.Text{Format: "%s %s", Args: []any{t, wording.Text{Format: m}}}
		text += " " + m
	}
	return saying(key, text, t)
}

// In is the message in another language, as far as say has it; else it is the message. What
// it was made of counts only if it makes the message: others may have written both.
func (d Diagnostic) In(say func(english string) string) string {
	if d.Format == "" {
		return say(d.Message)
	}
	t := d.Args.Text(d.Format)
	if !strings.EqualFold(t.String(), d.Message) {
		return d.Message
	}
	return t.In(say)
}

// Plain are the diagnostics as the vendor's servers have them: a key and a message each.
func Plain(ds []Diagnostic) []Diagnostic {
	plain := slices.Clone(ds)
	for i := range plain {
		plain[i].Format, plain[i].Args = "", ""
	}
	return plain
}

// KeyPreValidation is the one key that the vendor documents: the index is
// inconsistent (spec/rest-api.md §7). It comes as an error of a failed job and
// as a warning of a forced one.
const KeyPreValidation = "export.pre.validation.failed"

// PreValidationMessage is the vendor's sentence for KeyPreValidation.
const PreValidationMessage = "Inconsistent index used for export job."

// KeyInterrupted is the warning of a job on this computer whose process was gone before
// its end.
const KeyInterrupted = "export.interrupted"
