package ui

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"sluice/ui/texts"
)

// Tests name what stands in the window by its English. In another language what is read
// there is brought back into English first: by the sentence that a text is of.

// tongue knows the sentences of a language and what they are in English.
type tongue struct {
	exact    map[string][]string
	patterns []pattern
	known    map[string][]string // what english has answered: the same texts are read again and again
}

// pattern is a sentence with figures in it.
type pattern struct {
	foreign *regexp.Regexp
	order   []int // the arguments, in the order in which they stand in it
	english string
}

var figure = regexp.MustCompile(`%(?:\[(\d)\])?[-+.0-9]*([a-z%])`)

// newTongue is the language in force.
func newTongue() *tongue {
	x := &tongue{exact: map[string][]string{}, known: map[string][]string{}}
	x.learn(reflect.ValueOf(texts.English()), reflect.ValueOf(texts.T))
	return x
}

func (x *tongue) learn(english, foreign reflect.Value) {
	for i := range english.NumField() {
		e, f := english.Field(i), foreign.Field(i)
		switch e.Kind() {
		case reflect.Struct:
			x.learn(e, f)
			continue
		case reflect.Map:
			continue
		}
		eforms, fforms := []string{e.String()}, []string{f.String()}
		if _, ok := e.Interface().(texts.Plural); ok {
			eforms, fforms = strings.Split(e.String(), "|"), strings.Split(f.String(), "|")
		}
		for _, a := range eforms {
			for _, b := range fforms {
				x.add(a, b)
			}
		}
	}
}

func (x *tongue) add(english, foreign string) {
	if !figure.MatchString(foreign) {
		x.exact[foreign] = append(x.exact[foreign], english)
		return
	}
	p := pattern{english: english}
	at, expression := 0, "(?s)^"
	for _, m := range figure.FindAllStringSubmatchIndex(foreign, -1) {
		expression += regexp.QuoteMeta(foreign[at:m[0]])
		at = m[1]
		if foreign[m[4]:m[5]] == "%" {
			expression += "%"
			continue
		}
		n := len(p.order) + 1
		if m[2] >= 0 {
			n = int(foreign[m[2]] - '0')
		}
		p.order = append(p.order, n)
		expression += "(.*?)"
	}
	if strings.TrimSpace(figure.ReplaceAllString(foreign, "")) == "" {
		return // a figure alone, which every text is
	}
	p.foreign = regexp.MustCompile(expression + regexp.QuoteMeta(foreign[at:]) + "$")
	x.patterns = append(x.patterns, p)
}

// english is what a text may be in English; itself among it, for names are of no language.
func (x *tongue) english(text string) []string {
	said, ok := x.known[text]
	if !ok {
		said = x.translate(text)
		x.known[text] = said
	}
	return said
}

func (x *tongue) translate(text string) []string {
	all := append([]string{text, unsigned(text)}, x.exact[text]...)
	if parts := strings.Split(text, joint); len(parts) > 1 {
		for i, part := range parts {
			said := x.english(part)
			parts[i] = said[len(said)-1]
		}
		all = append(all, strings.Join(parts, joint))
	}
	for _, p := range x.patterns {
		m := p.foreign.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		said := map[int]string{}
		for i, n := range p.order {
			said[n] = unsigned(m[i+1])
			if e := x.exact[m[i+1]]; len(e) > 0 {
				said[n] = e[0]
			}
		}
		n := 0
		all = append(all, figure.ReplaceAllStringFunc(p.english, func(verb string) string {
			m := figure.FindStringSubmatch(verb)
			if m[2] == "%" {
				return "%"
			}
			if n++; m[1] != "" {
				return said[int(m[1][0]-'0')]
			}
			return said[n]
		}))
	}
	return all
}

// joint stands between facts that share a line.
const joint = " · "

var amount = regexp.MustCompile(`\d[\d.,\x{a0}\x{202f}]*\d`)

// unsigned writes the numbers of a text as in English.
func unsigned(text string) string {
	f := texts.T.Format
	return amount.ReplaceAllStringFunc(text, func(n string) string {
		return strings.NewReplacer(f.Thousands, ",", f.Point, ".").Replace(n)
	})
}

// widest is a language of the longest groups of sentences that there are in any.
func widest(t *testing.T) texts.Texts {
	t.Helper()
	defer func() { texts.T = texts.English() }()
	all := texts.English()
	for _, l := range texts.Languages() {
		if used, err := texts.UseLanguage(l.Tag); err != nil || used != l.Tag {
			t.Fatalf("%s: %q, %v", l.Tag, used, err)
		}
		widen(reflect.ValueOf(&all).Elem(), reflect.ValueOf(texts.T))
	}
	all.Format.Language, all.Format.Plurals = texts.English().Format.Language, texts.English().Format.Plurals
	return all
}

// widen takes over of each group of sentences what another language says in it, if that is
// longer altogether: what stands beside each other is of one language.
func widen(all, more reflect.Value) {
	var have, get int
	for i := range all.NumField() {
		switch f := all.Field(i); f.Kind() {
		case reflect.Struct:
			widen(f, more.Field(i))
		case reflect.String:
			have += breadth(f.String())
			get += breadth(more.Field(i).String())
		}
	}
	for i := range all.NumField() {
		if f := all.Field(i); f.Kind() == reflect.String && get > have {
			f.SetString(more.Field(i).String())
		}
	}
}

// breadth is about how wide a sentence is: letters of East Asia count twice.
func breadth(s string) (n int) {
	for _, r := range s {
		if n++; r >= 0x2e80 {
			n++
		}
	}
	return n
}

// TestLayoutInEveryLanguage walks every screen in the least window with the longest words
// that any language has in each place: what is longer than the English is neither cut nor
// in the way of anything.
func TestLayoutInEveryLanguage(t *testing.T) {
	texts.T = widest(t)
	defer func() { texts.T = texts.English() }()
	x := newTongue()
	for _, sc := range screens() {
		t.Run(sc.name, func(t *testing.T) {
			s := stagedIn(t, x, sc)
			r := s.at(viewSizes[0])
			for _, f := range append(r.Overlaps, r.Cuts...) {
				t.Error(f)
			}
		})
	}
}

// TestTongue: what is read in another language is found by its English.
func TestTongue(t *testing.T) {
	defer func() { texts.T = texts.English() }()
	texts.T.Compare.Start = "Vergleichen"
	texts.T.Compare.Progress = "%[2]s von %[3]s: %[1]s"
	texts.T.Compare.Differs = "%d Zeile verschieden|%d Zeilen verschieden"
	texts.T.Format.Thousands, texts.T.Format.Point = ".", ","
	x := newTongue()
	for text, want := range map[string]string{"Vergleichen": "Compare", "40,0 MB von 100 MB: pages": "pages: 40.0 MB of 100 MB", "1.239 Zeilen verschieden": "1,239 rows differ", "pages_1.csv": "pages_1.csv"} {
		if got := x.english(text); !strings.Contains(fmt.Sprintf("%q", got), fmt.Sprintf("%q", want)) {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
