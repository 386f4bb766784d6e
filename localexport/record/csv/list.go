package csv

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"

	"sluice/columns"
	"sluice/localexport/record"
)

// words are the texts of lists. Most are written as they are; for the others the
// encoded form is kept.
type words struct {
	texts  record.Texts
	quoted map[int32]string // as elements of JSON in a cell with quotes
}

// Words implements record.Format.
func (f *Format) Words(_ columns.Holds, texts record.Texts) record.Words {
	w := words{texts: texts}
	if !f.settings.Commas {
		w.quote()
	}
	f.words = append(f.words, w)
	return record.Words(len(f.words) - 1)
}

// quote keeps the forms of the texts that JSON does not only put between quotes.
func (w *words) quote() {
	for i := range int32(w.texts.Len()) {
		text := w.texts.Text(i)
		if plainJSON(text) {
			continue
		}
		if w.quoted == nil {
			w.quoted = map[int32]string{}
		}
		w.quoted[i] = string(bytes.ReplaceAll(quoteJSON(string(text)), []byte{'"'}, []byte(`""`)))
	}
}

// plainJSON reports whether a text is only put between quotes in JSON.
func plainJSON(text []byte) bool {
	for _, c := range text {
		if c < ' ' || c == '"' || c == '\\' || c == 0xe2 { // with which U+2028 and U+2029 begin
			return false
		}
	}
	return utf8.Valid(text)
}

// quoteJSON writes a JSON string that leaves <, > and & as they are.
func quoteJSON(s string) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if enc.Encode(s) != nil { // strings can always be encoded
		return []byte(`""`)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// AppendItem appends a text as an element of a list in JSON, without what a cell of CSV
// adds; first says that it is the first of the list. It is for who needs a list as a text.
func AppendItem(dst, text []byte, first, commas bool) []byte {
	switch {
	case commas && first:
		return append(dst, text...)
	case commas:
		return append(append(dst, ','), text...)
	case !first:
		dst = append(dst, ", "...)
	}
	if plainJSON(text) {
		return append(append(append(dst, '"'), text...), '"')
	}
	return append(dst, quoteJSON(string(text))...)
}

// list is a cell with a list.
type list struct {
	all []words
	of  *words
	n   int // its texts
	at  int // those that came
}

// BeginList implements record.Encoder.
func (e *encoder) BeginList(w record.Words, n int) {
	e.separate()
	e.list.of, e.list.n, e.list.at = &e.list.all[w], n, 0
	switch {
	case e.Commas && n > 1: // there are commas
		e.buf = append(e.buf, '"')
	case e.Commas:
	case n > 0: // there are quotes
		e.buf = append(e.buf, `"[`...)
	default:
		e.buf = append(e.buf, '[')
	}
}

// Item implements record.Encoder.
func (e *encoder) Item(i int32) {
	l := &e.list
	first := l.at == 0
	l.at++
	if e.Commas {
		e.commaItem(l.of.texts.Text(i), first)
		return
	}
	if !first {
		e.buf = append(e.buf, ", "...)
	}
	if s, ok := l.of.quoted[i]; ok {
		e.buf = append(e.buf, s...)
		return
	}
	e.buf = append(e.buf, `""`...)
	e.buf = append(e.buf, l.of.texts.Text(i)...)
	e.buf = append(e.buf, `""`...)
}

// commaItem appends a text of a list that is no JSON.
func (e *encoder) commaItem(text []byte, first bool) {
	switch {
	case e.list.n == 1:
		e.buf = e.appendField(e.buf, text)
		return
	case !first:
		e.buf = append(e.buf, ',')
	}
	e.buf = e.appendText(e.buf, text)
}

// EndList implements record.Encoder.
func (e *encoder) EndList() {
	switch {
	case !e.Commas && e.list.n > 0:
		e.buf = append(e.buf, `]"`...)
	case !e.Commas:
		e.buf = append(e.buf, ']')
	case e.list.n > 1:
		e.buf = append(e.buf, '"')
	}
}
