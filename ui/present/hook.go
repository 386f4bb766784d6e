package present

import (
	"fmt"
	"slices"
	"strings"

	"sluice/hooks"
	"sluice/secret"
	"sluice/ui/texts"
)

// The fields of the form of a hook.
const (
	FieldHookName    = "hookName"
	FieldHookCommand = "hookCommand"
	FieldHookURL     = "hookURL"
	FieldHookOn      = "hookOn"
)

// HookInput is a hook as it stands in the form.
type HookInput struct {
	Name, Command, URL   string
	Key                  secret.Secret // empty: the one that is kept, if there is one
	ByURL                bool
	End, Failure, Missed bool
	Stuck                bool
}

// NewHook is the form of a new hook.
func NewHook() HookInput { return HookInput{Failure: true, Missed: true, Stuck: true} }

// HookInputOf is the form of a hook that there is.
func HookInputOf(h hooks.Hook) HookInput {
	return HookInput{Name: h.Name, Command: joinWords(h.Command), URL: h.URL, ByURL: len(h.Command) == 0,
		End: slices.Contains(h.On, hooks.OnEnd), Failure: slices.Contains(h.On, hooks.OnFailure), Missed: slices.Contains(h.On, hooks.OnMissed), Stuck: slices.Contains(h.On, hooks.OnStuck)}
}

// ReadHook understands the form: the hook, whose key is kept apart, and what is wrong with the
// fields. was is the hook that is changed, the zero Hook for a new one.
func ReadHook(in HookInput, was hooks.Hook, others []hooks.Hook) (h hooks.Hook, wrong Problems) {
	t := texts.T.Hook
	h = hooks.Hook{Name: strings.TrimSpace(in.Name), Disabled: was.Disabled}
	for _, on := range []struct {
		chosen bool
		word   hooks.On
	}{{in.End, hooks.OnEnd}, {in.Failure, hooks.OnFailure}, {in.Missed, hooks.OnMissed}, {in.Stuck, hooks.OnStuck}} {
		if on.chosen {
			h.On = append(h.On, on.word)
		}
	}
	switch {
	case h.Name == "":
		wrong.add(FieldHookName, t.NeedName)
	case h.Name != was.Name && slices.ContainsFunc(others, func(o hooks.Hook) bool { return o.Name == h.Name }):
		wrong.add(FieldHookName, t.TakenName)
	}
	if in.ByURL {
		wrong = append(wrong, readURL(&h, in, was)...)
	} else {
		words, closed := splitWords(in.Command)
		switch h.Command = words; {
		case !closed:
			wrong.add(FieldHookCommand, t.BadQuotes)
		case len(words) == 0:
			wrong.add(FieldHookCommand, t.NeedCommand)
		}
	}
	if len(h.On) == 0 {
		wrong.add(FieldHookOn, t.NeedOn)
	}
	return h, wrong
}

// readURL takes the address in. One that stands in a file stays where none is typed.
func readURL(h *hooks.Hook, in HookInput, was hooks.Hook) (wrong Problems) {
	h.URL, h.SecretFile = strings.TrimSpace(in.URL), was.SecretFile
	if h.URL == "" && was.URLFile != "" {
		h.URLFile = was.URLFile
		return nil
	}
	one := hooks.Hook{Name: "x", On: hooks.All, URL: h.URL}
	if h.URL == "" {
		wrong.add(FieldHookURL, texts.T.Hook.NeedURL)
	} else if err := one.Validate(); err != nil {
		_, says, _ := strings.Cut(texts.Error(err), `"x": `)
		wrong.add(FieldHookURL, says)
	}
	return wrong
}

// splitWords splits a command into its words; those with spaces stand in quotes of either
// kind. closed is false if a quote is not closed.
func splitWords(s string) (words []string, closed bool) {
	var word strings.Builder
	var quote rune
	within := false
	for _, r := range s {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(r)
		case r == '"' || r == '\'':
			quote, within = r, true
		case r == ' ' || r == '\t':
			if within {
				words = append(words, word.String())
			}
			word.Reset()
			within = false
		default:
			word.WriteRune(r)
			within = true
		}
	}
	if within {
		words = append(words, word.String())
	}
	return words, quote == 0
}

// joinWords writes words so that splitWords reads them.
func joinWords(words []string) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = w
		if w == "" || strings.ContainsAny(w, " \t'\"") {
			quote := `"`
			if strings.Contains(w, quote) {
				quote = "'"
			}
			out[i] = quote + w + quote
		}
	}
	return strings.Join(out, " ")
}

// HookRow is a hook in the list.
type HookRow struct {
	Name, Says string
	Enabled    bool
}

// HookRows are the hooks as they are listed. Of an address the host alone is shown.
func HookRows(list []hooks.Hook) []HookRow {
	t := texts.T.Hook
	var rows []HookRow
	for _, h := range list {
		words := map[hooks.On]string{hooks.OnEnd: t.EndWords, hooks.OnFailure: t.FailureWords, hooks.OnMissed: t.MissedWords, hooks.OnStuck: t.StuckWords}
		var on []string
		for _, o := range h.On {
			on = append(on, words[o])
		}
		signed := ""
		switch {
		case h.SecretFile != "":
			signed = t.Signed
		case len(h.Command) == 0:
			signed = t.NoSecret
		}
		rows = append(rows, HookRow{Name: h.Name, Says: Joined(fmt.Sprintf(t.Tells, h.Target(), strings.Join(on, ", ")), signed), Enabled: !h.Disabled})
	}
	return rows
}
