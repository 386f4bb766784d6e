package match

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"testing/iotest"
)

func sampleOf(s string) *Sample {
	sample := Sample{Quote: '"'}
	for i := range len(s) {
		sample.Count[s[i]]++
	}
	return &sample
}

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		text string
		mode Mode
		cell string
		want bool
	}{
		{"abc", Plain, "xxabcxx", true},
		{"abc", Plain, "xxABCxx", false},
		{"aBc", IgnoreCase, "xxAbCxx", true},
		{"ÄÖ", IgnoreCase, "xäöx", true},
		{"ÄÖ", Plain, "xäöx", false},
		{`^a.c$`, Regexp, "abc", true},
		{`^a.c$`, Regexp, "xabc", false},
		{`say "hi"`, Plain, `say "hi" now`, true},
		{`"`, Plain, `a"b`, true},
		{`""`, Plain, `a"b`, false},
		{"a\nb", Plain, "xa\nb", true},
	} {
		m, err := New(c.text, c.mode, sampleOf(c.cell))
		if err != nil {
			t.Fatal(err)
		}
		if got := m.Match([]byte(c.cell)); got != c.want {
			t.Errorf("Match(%q, %d, %q) = %v", c.text, c.mode, c.cell, got)
		}
		got, err := m.MatchReader(iotest.OneByteReader(strings.NewReader(c.cell)))
		if got != c.want || err != nil {
			t.Errorf("MatchReader(%q, %d, %q) = %v, %v", c.text, c.mode, c.cell, got, err)
		}
		raw := strings.ReplaceAll(c.cell, `"`, `""`)
		if c.want && m.Anchored() && m.Candidate([]byte(raw)) < 0 {
			t.Errorf("no candidate for %q in raw %q", c.text, raw)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	f := Sample{Quote: '"'}
	if _, err := New("", Plain, &f); err == nil {
		t.Error("an empty text is accepted")
	}
	if _, err := New("a(", Regexp, &f); err == nil || !strings.Contains(err.Error(), "no regular expression") {
		t.Errorf("a( gives %v", err)
	}
	if _, err := New("(?i)a(", Regexp, &f); err == nil || strings.Contains(err.Error(), "?i") {
		t.Errorf("what nobody typed stands in %v", err)
	}
}

func TestMatchReaderFails(t *testing.T) {
	broken := errors.New("broken")
	for _, mode := range []Mode{Plain, Regexp} {
		m, err := New("needle", mode, sampleOf(""))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := m.MatchReader(iotest.ErrReader(broken)); !errors.Is(err, broken) {
			t.Errorf("mode %d: error is %v", mode, err)
		}
	}
}

func TestRequiredLiteral(t *testing.T) {
	for expr, want := range map[string]string{
		"abc":            "abc",
		"a.*bcd":         "bcd",
		"(abc)+x":        "abc",
		"abc|xyd":        "",
		"(?i)abc":        "~abc",
		"(?i)[x]task_9é": "~xta",
		"(?i)ks":         "",
		"(?i)a(?-i)bCd":  "bCd",
		"x{2,3}yy":       "yy",
		"a?b*c":          "c",
		"^id-[0-9]+end$": "id-",
	} {
		got := requiredLiteral(expr)
		if got.fold && got.text != "" {
			got.text = "~" + strings.ToLower(got.text)
		}
		if got.text != want {
			t.Errorf("requiredLiteral(%q) = %q, want %q", expr, got.text, want)
		}
	}
}

func TestCandidateAgainstIndex(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 9))
	for range 20000 {
		b := make([]byte, rng.IntN(40))
		for i := range b {
			b[i] = "aAbBc,"[rng.IntN(6)]
		}
		lit := make([]byte, 1+rng.IntN(3))
		for i := range lit {
			lit[i] = "aAbBc,"[rng.IntN(6)]
		}
		freq := sampleOf(string(b))
		plain, fold := newAnchor(string(lit), false, freq), newAnchor(string(lit), true, freq)
		if got, want := plain.index(b), bytes.Index(b, lit); got != want {
			t.Fatalf("index(%q, %q) = %d, want %d", b, lit, got, want)
		}
		want := -1
		if loc := regexp.MustCompile("(?i)" + string(lit)).FindIndex(b); loc != nil {
			want = loc[0]
		}
		if got := fold.index(b); got != want {
			t.Fatalf("folded index(%q, %q) = %d, want %d", b, lit, got, want)
		}
	}
}

// TestWrong: what is wrong with an expression is said in words, not in those of a program.
func TestWrong(t *testing.T) {
	for text, want := range map[string]string{
		"a":       "",
		"(a":      "a ( is never closed",
		"a)":      "a ) closes nothing",
		"[a":      "a [ is never closed",
		"*a":      "nothing before * that could be repeated",
		"a**":     "** repeats what is repeated already",
		"a{2000}": "{2000} repeats more often",
		`a\`:      "ends with a backslash",
		`\j`:      `\j means nothing`,
		"[z-a]":   "z-a is no class, or no range",
		"a(?=b)":  "(?= is not known here",
		"(?<a":    "(?<a",
		"(?i)(a":  "a ( is never closed",
	} {
		if got := Wrong(text); !strings.Contains(got, want) || want == "" && got != "" || strings.Contains(got, "regexp") {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
