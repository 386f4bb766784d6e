// Package wording makes sentences that can be said in another language: beside their
// English they keep the format that they were made of, and what stands in it.
//
// A format is the key of its translations, and is written as a literal where the sentence
// is made, so that a test of ui/texts finds all of them. Files, logs and the command line
// have the English.
package wording

import (
	"errors"
	"fmt"
	"strings"
)

// Sayer can be said in another language: say gives for each format, and for each number
// that is written in the English way, what it is there.
type Sayer interface {
	In(say func(english string) string) string
}

// Text is a sentence, or a part of one.
type Text struct {
	Format string
	// Args are what stands in the format, in the order of its verbs: texts as they are
	// read in English, and what is a Sayer itself.
	Args []any
}

// Of is the text that fmt.Sprintf makes of the same. What is a Sayer among args is said in
// the language of the whole; so is an error that says what a Sayer in its chain does.
func Of(format string, args ...any) Text {
	t := Text{Format: format}
	if len(args) == 0 {
		return t
	}
	t.Args = make([]any, len(args))
	for i := range args {
		t.Args[i] = ""
	}
	eachVerb(format, func(string) {}, func(verb string, n int) {
		if n >= 0 && n < len(args) {
			t.Args[n] = part(verb, args[n])
		}
	})
	return t
}

// part is what stands in a sentence for a verb.
func part(verb string, arg any) any {
	if strings.HasSuffix(verb, "w") || strings.HasSuffix(verb, "v") || strings.HasSuffix(verb, "s") {
		if s := sayer(arg); s != nil {
			return s
		}
	}
	return fmt.Sprintf(strings.Replace(verb, "w", "v", 1), arg)
}

// sayer is what says an argument in a language, nil if nothing does.
func sayer(arg any) Sayer {
	err, ok := arg.(error)
	if !ok {
		s, _ := arg.(Sayer)
		return s
	}
	var s interface {
		Sayer
		error
	}
	if errors.As(err, &s) && s.Error() == err.Error() {
		return s
	}
	return nil
}

// String is the text in English.
func (t Text) String() string { return t.In(English) }

// English says everything as it stands.
func English(english string) string { return english }

// In implements Sayer. A translation may put the arguments into another order.
func (t Text) In(say func(english string) string) string {
	var b strings.Builder
	eachVerb(say(t.Format), func(text string) { b.WriteString(text) }, func(_ string, n int) {
		if n >= 0 && n < len(t.Args) {
			b.WriteString(argIn(t.Args[n], say))
		}
	})
	return b.String()
}

func argIn(arg any, say func(string) string) string {
	switch a := arg.(type) {
	case Sayer:
		return a.In(say)
	case string:
		if a != "" && a[0] >= '0' && a[0] <= '9' || strings.Contains(a, " ") { // a figure, or words
			return say(a)
		}
		return a
	}
	return fmt.Sprint(arg)
}

// eachVerb takes a format apart: the texts in it, and the verbs with the number of the
// argument that each stands for, from 0 on.
func eachVerb(format string, text func(string), verb func(verb string, n int)) {
	next := 0
	for {
		before, rest, found := strings.Cut(format, "%")
		text(before)
		if !found {
			return
		}
		end := strings.IndexFunc(rest, func(r rune) bool { return r == '%' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' })
		if end < 0 {
			return
		}
		flags, letter := rest[:end], rest[end:end+1]
		format = rest[end+1:]
		if letter == "%" {
			text("%")
			continue
		}
		if open := strings.IndexByte(flags, '['); open >= 0 && strings.HasSuffix(flags, "]") {
			_, _ = fmt.Sscanf(flags[open:], "[%d]", &next)
			next--
			flags = flags[:open]
		}
		verb("%"+flags+letter, next)
		next++
	}
}

// Format marks a text that is put together elsewhere as one that has translations.
func Format(english string) string { return english }
