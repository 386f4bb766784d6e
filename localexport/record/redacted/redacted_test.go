package redacted

import (
	"bytes"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sluice/columns"
	"sluice/localexport/record"
	"sluice/localexport/record/csv"
	"sluice/redact"
)

type texts []string

func (t texts) Len() int            { return len(t) }
func (t texts) Text(i int32) []byte { return []byte(t[i]) }

var labels = texts{"plain", `with "quotes"`, "comma, and more", "line\nbreak", "~ann"}

// samples are texts by what a column holds.
var samples = map[columns.Holds][]string{
	columns.HoldsUserID: {"", "u1", "u2", "u\x003"}, columns.HoldsUserName: {"", "ann", "b\nob"}, columns.HoldsFullName: {"Ann A", ""}, columns.HoldsEmail: {"a@x.y", ""},
	columns.HoldsSpaceKey: {"ENG", "~ann", "HR", ""}, columns.HoldsSpaceName: {"Engineering", "Ann A", ""},
	columns.HoldsTitle: {"T", "Two, \"q\"", "line\r\nbreak\rand \\n more", "äöü\x00", ""}, columns.HoldsDescription: {"", "NULL", "x\ny"},
	columns.HoldsAddress: {"https://w/x/display/ENG/T", "https://w/x/display/~ann/Ann", "https://w/x/display/%7Eann", "https://w/x/pages/viewpage.action?pageId=7", "", "https://else/where"},
	columns.HoldsBody: {"", "NULL", `<p>é</p>` + "\r\n\r" + `<ri:user ri:userkey="u1" /><ri:page ri:space-key="~ann" ri:content-title="x"/>` + "\n", `cut within <ri:user ri:userkey="u`,
		strings.Repeat("ab\nc\r\n", 40), "a\x00b", "\\n\\n\r\n\\"},
	columns.HoldsFact: {"page", "current", "PERSONAL", "odd", ""},
}

// writer gives random records to an encoder, the same for the same seed.
type writer struct {
	t      *testing.T
	r      *rand.Rand
	base   record.Shared
	words  record.Words
	shared map[string]record.Shared
}

func (w *writer) cell(e record.Encoder, c columns.Column) {
	switch {
	case c.Nullable && w.r.IntN(8) == 0:
		e.Null()
	case c.Type == columns.TypeID || c.Type == columns.TypeNumber:
		e.Int(w.r.Int64N(1000))
	case c.Type == columns.TypeTime:
		e.Time(1_700_000_000+w.r.Int64N(1e6), 123_456_789)
	case c.Type == columns.TypeList:
		n := w.r.IntN(4)
		e.BeginList(w.words, n)
		for range n {
			e.Item(w.r.Int32N(int32(len(labels))))
		}
		e.EndList()
	case c.Holds == columns.HoldsInstance:
		e.Shared(w.base)
	default:
		list := samples[c.Holds]
		w.text(e, list[w.r.IntN(len(list))])
	}
}

// text gives a text in one of the ways.
func (w *writer) text(e record.Encoder, text string) {
	if s, ok := w.shared[text]; ok && w.r.IntN(2) == 0 {
		e.Shared(s)
		return
	}
	if w.r.IntN(2) == 0 {
		e.Text([]byte(text))
		return
	}
	size := 1 + w.r.IntN(9)
	e.BeginText()
	for piece := range slices.Chunk([]byte(text), size) {
		e.Look(piece)
	}
	for piece := range slices.Chunk([]byte(text), size) {
		e.Piece(slices.Clone(piece))
	}
	e.EndText()
}

// write writes a file of random records.
func write(t *testing.T, f record.Format, file columns.File) []byte {
	t.Helper()
	w := &writer{t: t, r: rand.New(rand.NewPCG(7, 7)), shared: map[string]record.Shared{}}
	w.base, w.words = f.Share(columns.HoldsInstance, []byte("https://w/x")), f.Words(columns.HoldsLabel, labels)
	for _, text := range []string{"ENG", "~ann", "page", "odd"} {
		w.shared[text] = f.Share(columns.HoldsFact, []byte(text))
	}
	var out bytes.Buffer
	to, err := f.Writer(&out, file, nil)
	if err != nil {
		t.Fatal(err)
	}
	e := f.Encoder(file)
	e.Reuse(nil)
	for range 300 {
		begin := e.Mark()
		for _, c := range file.Columns[:w.r.IntN(len(file.Columns))] {
			w.cell(e, c)
		}
		e.Rewind(begin)
		for _, c := range file.Columns {
			at := e.Mark()
			if w.r.IntN(4) == 0 {
				w.cell(e, c)
				e.Rewind(at)
			}
			w.cell(e, c)
		}
		e.EndRecord()
	}
	e.TakeReplaced()
	if e.Replaced() {
		t.Error("what was replaced is told twice")
	}
	if c := e.Take(); c != nil {
		if _, err := to.Append(c); err != nil {
			t.Fatal(err)
		}
	}
	if err := to.End(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func key(t *testing.T) *redact.Key {
	t.Helper()
	k, _, err := redact.LoadKey(filepath.Join(t.TempDir(), "k"), func(w string) { t.Error(w) })
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// parse reads CSV with each byte of its cells: encoding/csv takes carriage returns away.
func parse(text []byte) (rows [][]string) {
	var row []string
	for len(text) > 0 {
		var cell []byte
		if text[0] == '"' {
			for text = text[1:]; ; text = text[1:] {
				if text[0] == '"' && text[1] != '"' {
					text = text[1:]
					break
				} else if text[0] == '"' {
					text = text[1:]
				}
				cell = append(cell, text[0])
			}
		} else {
			n := bytes.IndexAny(text, ",\r")
			cell, text = text[:n], text[n:]
		}
		row = append(row, string(cell))
		if text[0] == ',' {
			text = text[1:]
			continue
		}
		rows, row, text = append(rows, row), nil, text[2:]
	}
	return rows
}

// later redacts the bytes of a CSV file, cell by cell.
func later(t *testing.T, plain []byte, file columns.File, r redact.Rules, k *redact.Key, o csv.Options) []byte {
	t.Helper()
	rows := parse(plain)
	p, err := r.Plan(file.Name, file.Names(), k, nil)
	if err != nil {
		t.Fatal(err)
	}
	if p.Break = `\n`; o.Escape != "" {
		p.Break = o.Escape
	}
	if o.PreserveLineBreaks {
		p.Break = ""
	}
	f := csv.New(csv.Options{PreserveLineBreaks: true, KeepNUL: o.KeepNUL})
	out := []byte(strings.Join(p.Header(), ",") + "\r\n")
	for _, row := range rows[1:] {
		var cells [][]byte
		for _, cell := range row {
			cells = append(cells, []byte(cell))
		}
		left, _ := p.Row(cells)
		for i, cell := range left {
			if i > 0 {
				out = append(out, ',')
			}
			out = f.AppendField(out, cell)
		}
		out = append(out, '\r', '\n')
	}
	return out
}

var someRules = []string{"profile: no-content", "profile: no-people", "profile: gdpr", "holds: {titles: cut 6, bodies: cut 9, labels: cut 5, addresses: drop}",
	"columns: {labels: pseudonymise, page_id: pseudonymise, created_date: cut 10, page_version: mask, page_title: pseudonymise, page_content: mask}",
	"holds: {user-ids: mask, user-names: pseudonymise, full-names: pseudonymise, e-mails: pseudonymise, space-keys: pseudonymise, descriptions: mask, labels: mask}",
	"holds: {titles: drop}\nspaces: {personal: drop, exclude: [HR]}"}

// TestAsLater: what is redacted on its way to a file is, to the byte, what redaction makes
// of the file without it: in any rules, in any way in which cells come.
func TestAsLater(t *testing.T) {
	k := key(t)
	for _, o := range []csv.Options{{}, {PreserveLineBreaks: true, Commas: true}, {Escape: "<br>", Milliseconds: true, KeepNUL: true}} {
		for _, text := range someRules {
			r, err := redact.Parse("r", []byte(text))
			if err != nil {
				t.Fatal(err)
			}
			for _, file := range columns.Confluence {
				f, err := New(csv.New(o), r, k, columns.Confluence, o)
				if err != nil {
					t.Fatal(err)
				}
				without := r // rows are left out by who knows their space
				without.Exclude = nil
				if without.Personal == redact.Drop {
					continue
				}
				got, want := write(t, f, file), later(t, write(t, csv.New(o), file), file, without, k, o)
				if !bytes.Equal(got, want) {
					a, b := strings.Split(string(got), "\r\n"), strings.Split(string(want), "\r\n")
					i := 0
					for i < min(len(a), len(b))-1 && a[i] == b[i] {
						i++
					}
					t.Errorf("%s, %s, %+v: line %d is\n%q, want\n%q", text, file.Name, o, i+1, a[i], b[i])
				}
			}
		}
	}
}

// TestRefused: rules that leave nothing of a file, and columns in an order in which a cell
// would have to wait for another, are refused.
func TestRefused(t *testing.T) {
	r, err := redact.Parse("r", []byte("columns: {users.instance_url: drop, user_id: drop, user_name: drop, user_fullname: drop, user_email: drop}"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := New(csv.New(csv.Options{}), r, nil, columns.Confluence, csv.Options{}); err == nil || !strings.Contains(err.Error(), "every column of users") {
		t.Error(err)
	}
	people := redact.Rules{Holds: map[columns.Holds]redact.Action{columns.HoldsFullName: {Verb: redact.Pseudonymise}}}
	turned := columns.File{Name: "people", Columns: []columns.Column{{Name: "user_fullname"}, {Name: "user_id"}}}
	if _, err := New(csv.New(csv.Options{}), people, key(t), []columns.File{turned}, csv.Options{}); err == nil || !strings.Contains(err.Error(), "user_id comes too late") {
		t.Error(err)
	}
	if _, err := New(csv.New(csv.Options{}), people, nil, columns.Confluence, csv.Options{}); err == nil {
		t.Error("pseudonyms are made without a key")
	}
}
