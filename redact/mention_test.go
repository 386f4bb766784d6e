package redact

import (
	"slices"
	"strings"
	"testing"
)

// mentionsBy redacts a body in pieces of a size, as rules say.
func mentionsBy(r Rules, body []byte, size int) string {
	p, err := r.Plan("pages", confluence("pages"), testKey, nil)
	if err != nil {
		panic(err)
	}
	m := p.Stream(slices.Index(confluence("pages"), "page_content"))
	if m == nil {
		return string(body)
	}
	var out []byte
	for piece := range slices.Chunk(body, max(size, 1)) {
		out = m.Append(out, slices.Clone(piece))
	}
	return string(m.End(out))
}

var peopleHidden = Rules{Holds: noPeople, Personal: Pseudonymise}

func TestMentions(t *testing.T) {
	u, ann := person("u1"), space("~ann")
	for body, want := range map[string]string{
		``:                                  ``,
		`ri:userkey`:                        `ri:userkey`,
		`a ri:userkey="u1" ri:userkey='u1'`: `a ri:userkey="` + u + `" ri:userkey='` + u + `'`,
		"ri:userkey \n= \t'u1'":             "ri:userkey \n= \t'" + u + "'",
		`ri:userkey="u`:                     `ri:userkey="`, // cut there
		`ri:userkey=`:                       `ri:userkey=`,
		`ri:use`:                            `ri:use`,
		`ri:userkey=u1 ri:page`:             `ri:userkey=u1 ri:page`,
		`ri:page ri:username="ann" b`:       `ri:page ri:username="` + Masked + `" b`,
		`ri:userkey=""`:                     `ri:userkey="` + person("") + `"`,
		`ri:space-key="~ann" ri:space-key="ENG" `:                                   `ri:space-key="` + ann + `" ri:space-key="ENG" `,
		`ri:userkey="` + strings.Repeat("k", longestMention+1) + `" x`:              `ri:userkey="` + Masked + `" x`,
		"ri:userkey=" + strings.Repeat(" ", longestMention+1) + `"u1"`:              "ri:userkey=" + strings.Repeat(" ", longestMention+1) + `"u1"`,
		`riri:userkey="u1"ri:ri:account-id="u1"`:                                    `riri:userkey="` + u + `"ri:ri:account-id="` + u + `"`,
		`<ri:user ri:userkey="u1" /><ri:page ri:space-key="~ann" ri:userkey="u1"/>`: `<ri:user ri:userkey="` + u + `" /><ri:page ri:space-key="` + ann + `" ri:userkey="` + u + `"/>`,
	} {
		for _, size := range []int{1, 2, 3, 7, 64, len(body)} {
			if got := mentionsBy(peopleHidden, []byte(body), size); got != want {
				t.Errorf("%.80q in pieces of %d: %.80q, want %.80q", body, size, got, want)
			}
		}
	}
	for text, c := range map[string]struct{ body, want string }{
		"holds: {user-ids: mask}":                  {`ri:userkey="u1"`, `ri:userkey="` + Masked + `"`},
		"holds: {space-keys: drop}":                {`ri:space-key="ENG"`, `ri:space-key="` + Masked + `"`},
		"holds: {space-keys: pseudonymise}":        {`ri:space-key="~ann"`, `ri:space-key="` + ann + `"`},
		"spaces: {exclude: [EN*], personal: drop}": {`ri:space-key="ENG" ri:space-key="~a" ri:space-key="X" ri:userkey="u"`, `ri:space-key="` + Masked + `" ri:space-key="` + Masked + `" ri:space-key="X" ri:userkey="u"`},
		"holds: {titles: drop}":                    {`ri:userkey="u1"`, `ri:userkey="u1"`},
	} {
		if got := mentionsBy(mustParse(t, text), []byte(c.body), 5); got != c.want {
			t.Errorf("%s: %s", text, got)
		}
	}
}

// TestMentionsAcrossLineBreaks: what stands for line breaks in the files of a job is a line
// break around the equals sign, too, wherever the pieces end.
func TestMentionsAcrossLineBreaks(t *testing.T) {
	for _, lineBreak := range []string{`\n`, "", "<br>", `"`, "=", "ri:"} {
		sign, u := `\n=\n\n`, person("u1")
		if lineBreak == "<br>" {
			sign = "<br> =<br>"
		} else if lineBreak != `\n` {
			sign = "\n=\r\n"
		}
		body := `a ri:userkey` + sign + `"u1" ri:userkey\x="u1" ri:userkey="u1"\`
		want := `a ri:userkey` + sign + `"` + u + `" ri:userkey\x="u1" ri:userkey="` + u + `"\`
		for _, size := range []int{1, 2, 3, 5, len(body)} {
			p, err := peopleHidden.Plan("pages", confluence("pages"), testKey, nil)
			if err != nil {
				t.Fatal(err)
			}
			p.Break = lineBreak
			i := slices.Index(confluence("pages"), "page_content")
			m := p.Stream(i)
			var out []byte
			for piece := range slices.Chunk([]byte(body), size) {
				out = m.Append(out, slices.Clone(piece))
			}
			if got := string(m.End(out)); got != want {
				t.Errorf("%q in pieces of %d: %q, want %q", lineBreak, size, got, want)
			}
			if got := string(p.Cell(i, []byte(body), nil)); got != want {
				t.Errorf("%q as a cell: %q, want %q", lineBreak, got, want)
			}
		}
	}
}

// FuzzMentions: no key gets out, in whatever pieces the body comes and whatever stands
// around it, and pieces give what the whole gives.
func FuzzMentions(f *testing.F) {
	f.Add([]byte(`<ri:user ri:userkey="SECRET" /> ri:username='SECRET`), 3)
	f.Add([]byte(`ri:space-key = "~x" ri:ri:userkey`), 1)
	f.Fuzz(func(t *testing.T, body []byte, size int) {
		if size = min(max(size, 1), 1<<20); strings.Contains(string(body), "SECRET") {
			return
		}
		for _, quote := range []string{`"`, `'`} {
			for _, in := range [][]byte{
				slices.Concat([]byte(`<p/>ri:userkey=`+quote+`SECRET`+quote), body), slices.Concat(body, []byte("<p/>ri:userkey="+quote+"SECRET"))} {
				whole := mentionsBy(peopleHidden, in, len(in))
				if parts := mentionsBy(peopleHidden, in, size); parts != whole {
					t.Errorf("%q in pieces of %d: %q, whole %q", in, size, parts, whole)
				}
				if strings.HasPrefix(string(in), "<p/>ri:") && strings.Contains(whole, "SECRET") {
					t.Errorf("%q: %q", in, whole)
				}
			}
		}
	})
}
