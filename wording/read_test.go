package wording

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
)

// TestRead: a sentence is known by its format though it comes as a text, whatever stands in
// it; where several fit it is the one with the most words.
func TestRead(t *testing.T) {
	r := NewReader([]string{"%d of %d rows", "read %s: %w", "read %s of job %d: %w", "the disk of %s is full", "%s and %s", "%s", "%q is no age", "job %d: %w", "100 %% of %s are there"})
	for english, want := range map[string]string{
		"7 of 1,234 rows":                              "%d of %d rows[7 1,234]",
		"read a.csv: the disk of /x is full":           "read %s: %w[a.csv the disk of %s is full[/x]]",
		"read a: b.csv of job 3: it is gone":           "read %s of job %d: %w[a: b.csv 3 it is gone]",
		"read a.csv of job x: it is gone":              "read %s: %w[a.csv of job x it is gone]",
		`"9 of 3" is no age`:                           `%q is no age["9 of 3"]`,
		"100 % of them are there":                      "100 %% of %s are there[them]",
		"job 4: job 5: read x: 100 % of y":             "job %d: %w[4 job %d: %w[5 read %s: %w[x 100 %% of y]]]",
		"a and b":                                      "",
		"it is gone":                                   "",
		"the disk of /x is full, as is":                "",
		strings.Repeat("read x: ", longestRead) + "it": "",
	} {
		got, ok := r.Read(english)
		if !ok && want == "" {
			continue
		}
		if s := shown(got); s != want || got.String() != english {
			t.Errorf("%q is %s, %q; want %s", english, s, got, want)
		}
	}
}

// shown is a text with its formats.
func shown(t Text) string {
	var args []string
	for _, a := range t.Args {
		if x, ok := a.(Text); ok {
			args = append(args, shown(x))
		} else {
			args = append(args, a.(string))
		}
	}
	if len(args) == 0 {
		return t.Format
	}
	return t.Format + fmt.Sprint(args)
}

// FuzzRead: whatever is read says in English what it was.
func FuzzRead(f *testing.F) {
	r := NewReader([]string{"%d of %d rows", "read %s: %w", "%[2]s was before %[1]s", "100 %% of %s: %v", "job %d: %w"})
	f.Add("read 7 of 9 rows: 100 % of job 3: x")
	f.Fuzz(func(t *testing.T, english string) {
		if got, ok := r.Read(english); ok && got.String() != english {
			t.Errorf("%q was read as %q", english, got)
		}
	})
}

// TestAround: what is wrapped is said, also where the words around it cannot be.
func TestAround(t *testing.T) {
	inner := Errorf("cannot read %s: %w", "a.csv", New("the end is missing"))
	for want, err := range map[string]error{
		"100 %: a.csv nicht lesbar: das Ende fehlt":                               fmt.Errorf("100 %%: %w", inner),
		"x: y: a.csv nicht lesbar: das Ende fehlt!":                               fmt.Errorf("x: %w!", fmt.Errorf("y: %w", inner)),
		"a.csv nicht lesbar: das Ende fehlt\nfile does not exist\ndas Ende fehlt": errors.Join(inner, fs.ErrNotExist, New("the end is missing")),
	} {
		said := Around(err)
		if said == nil || said.In(german) != want || said.In(English) != err.Error() {
			t.Errorf("%v: %v, want %q", err, said, want)
		}
	}
	if said := Around(fmt.Errorf("x: %w", fs.ErrNotExist)); said != nil {
		t.Errorf("nothing can be said, but %v", said)
	}
}
