package calibrate

import (
	"strings"
	"testing"

	"sluice/columns"
)

// TestHypotheses: what no option of ours can make is explained, too.
func TestHypotheses(t *testing.T) {
	long := strings.Repeat("x", 9_990) + "0123456789"
	for _, x := range []struct{ file, column, vendor, ours, rule string }{
		{"pages", "labels", `["b", "a"]`, `["a", "b"]`, "another order"},
		{"pages", "labels", `b,a`, `["a", "b"]`, "commas between them"},
		{"pages", "labels", `["a","b"]`, `["a", "b"]`, "other spaces or quotes"},
		{"pages", "labels", ``, `[]`, "commas between them"},
		{"pages", "labels", `["a"]`, `["a", "b"]`, "fewer labels"},
		{"pages", "created_date", "2026-01-02 03:04:05.678", "2026-01-02T03:04:05Z", "another form, such as 9999-99-99 99:99:99.999"},
		{"pages", "created_date", "2026-01-02T04:04:05Z", "2026-01-02T03:04:05Z", "1 h later"},
		{"pages", "created_date", "2026-01-02T03:04:09Z", "2026-01-02T03:04:05Z", ""},
		{"pages", "page_title", "A title", "a Title", "another case"},
		{"pages", "page_title", "a  title ", "a title", "stand elsewhere"},
		{"pages", "page_title", "", "a title", "empty where"},
		{"pages", "page_content", "a\r\\nb", `a\nb`, "carriage returns are kept"},
		{"pages", "page_content", long + "…", long, `ends with "…"`},
		{"pages", "page_content", long + long, long, "not cut"},
		{"pages", "page_content", long[:5000] + "y", long, ""},
		{"pages", "page_url", "https://b/display/A/x", "https://a/display/A/x", "the base URL is https://b"},
		{"users", "user_name", "ana", "bob", ""},
	} {
		f, _ := columns.Find(columns.Confluence, x.file)
		c := &calibration{escape: `\n`, base: "https://a"}
		why := difference{c: c, file: x.file, name: x.column, column: f.Column(x.column), vendor: x.vendor, ours: x.ours}.explain()
		var said []string
		for _, e := range why {
			said = append(said, e.rule)
		}
		if all := strings.Join(said, "; "); (x.rule == "") != (all == "") || !strings.Contains(all, x.rule) {
			t.Errorf("%s, %.20q for %.20q: %q, want %q", x.column, x.vendor, x.ours, all, x.rule)
		}
	}
}

func TestOtherEscape(t *testing.T) {
	for _, x := range []struct {
		vendor, ours, want string
		ok                 bool
	}{
		{"a<br>b<br>c", `a\nb\nc`, "<br>", true},
		{`a\\nb`, `a\nb`, `\\n`, true},
		{`a code \n <br>b`, `a code \n \nb`, "<br>", true}, // the first is no line break
		{"a<br>", `a\n`, "<br>", true},
		{"<br>a", `\na`, "<br>", true},
		{"ab", `a\nc`, "", false},
		{"a<br>c", `a\nb`, "", false},
		{"", `\n`, "", false},
	} {
		if got, ok := otherEscape(x.vendor, x.ours, `\n`); ok != x.ok || ok && got != x.want {
			t.Errorf("%q for %q: %q, %v", x.vendor, x.ours, got, ok)
		}
	}
}
