package grouptext

import (
	"fmt"
	"strings"
	"testing"
)

var header = []string{"space", "month(x)", "a,b", "Size", "size", "dup", "dup", "count", "q\"(", "T", "two words"}

func TestParse(t *testing.T) {
	for _, c := range []struct{ keys, asked, want string }{
		{"space", "", "[{0 }] [{count -1}]"},
		{"space, month(t)", "count, sum(size),MAX(T), count(count)", "[{0 } {9 month}] [{count -1} {sum 4} {max 9} {count 7}]"},
		{"month(x)", "distinct(Size)", "[{1 }] [{distinct 3}]"},
		{`"a,b",day("T")`, `min("q""("),min('q"(')`, "[{2 } {9 day}] [{min 8} {min 8}]"},
		{"#6,year(#10),count", "mean(#7)", "[{5 } {9 year} {7 }] [{mean 6}]"},
		{"Two Words, 'two words'", "sum(two words)", ""},
		{"two words", "sum( two words )", "[{10 }] [{sum 10}]"},
	} {
		g, err := Parse(c.keys, c.asked, header)
		if c.want == "" {
			if err == nil || !strings.Contains(err.Error(), "twice") {
				t.Errorf("%q: %v", c.keys, err)
			}
			continue
		}
		if got := fmt.Sprint(g.Keys, g.Aggregates); err != nil || got != c.want {
			t.Errorf("%q, %q: %s, %v", c.keys, c.asked, got, err)
		}
		keys, asked := Format(g, header)
		if again, err := Parse(keys, asked, header); err != nil || fmt.Sprint(again) != fmt.Sprint(g) {
			t.Errorf("%q, %q is written as %q, %q: %v", c.keys, c.asked, keys, asked, err)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, c := range []struct{ keys, asked, says string }{
		{"", "", "which columns"}, {"space,", "", "empty place"}, {"spce", "", `"spce": there is no such column; the nearest is space`},
		{"dup", "", "#6 or #7"}, {"week(T)", "", "no such column"}, {"month", "", "month needs a column"}, {"#12", "", "#1 to #11"},
		{"space,space", "", "twice"}, {"space", "size", "nothing to ask of a group"}, {"space", "sum", "sum needs a column"}, {"space", "median(size)", "nothing to ask"},
		{"space", "count,", "empty place"}, {`"space`, "", "quote"}, {`"space" T`, "", "comma"}, {"space", `sum("a,b","T")`, "nothing to ask"},
	} {
		if _, err := Parse(c.keys, c.asked, header); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%q, %q: %v, want %q", c.keys, c.asked, err, c.says)
		}
	}
}

// FuzzParse: what is read is written so that it is read again.
func FuzzParse(f *testing.F) {
	f.Add("space, month(t)", "count,sum(size)")
	f.Add(`"a,b",'T'`, "#1")
	f.Fuzz(func(t *testing.T, keys, asked string) {
		g, err := Parse(keys, asked, header)
		if err != nil {
			return
		}
		k, a := Format(g, header)
		if again, err := Parse(k, a, header); err != nil || fmt.Sprint(again) != fmt.Sprint(g) {
			t.Errorf("%q, %q is written as %q, %q: %v", keys, asked, k, a, err)
		}
	})
}
