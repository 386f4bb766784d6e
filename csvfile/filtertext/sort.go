package filtertext

import (
	"strings"

	"sluice/csvfile"
	"sluice/wording"
)

// sortWords are what may stand behind a column by which rows are sorted.
var sortWords = map[string]func(*csvfile.SortKey){
	"asc":    func(k *csvfile.SortKey) { k.Desc = false },
	"desc":   func(k *csvfile.SortKey) { k.Desc = true },
	"text":   func(k *csvfile.SortKey) { k.Kind = csvfile.SortText },
	"bytes":  func(k *csvfile.SortKey) { k.Kind = csvfile.SortBytes },
	"number": func(k *csvfile.SortKey) { k.Kind = csvfile.SortNumber },
	"time":   func(k *csvfile.SortKey) { k.Kind = csvfile.SortTime },
}

// SortWord is the word for a kind by which rows are sorted.
func SortWord(k csvfile.SortKind) string {
	return [...]string{csvfile.SortAuto: "auto", csvfile.SortText: "text", csvfile.SortBytes: "bytes", csvfile.SortNumber: "number", csvfile.SortTime: "time"}[k]
}

// ParseSort reads by what rows are to be sorted: columns with commas between them, each
// perhaps with words behind colons, as in "space_key,created:desc:time". Names with commas
// or colons in them stand in quotes, in which a doubled quote is one; #3 is the third
// column. The error is a sentence.
func ParseSort(text string, header []string) ([]csvfile.SortKey, error) {
	var keys []csvfile.SortKey
	for _, item := range splitOutside(text, ',') {
		k, err := sortKey(strings.TrimSpace(item), header)
		if err != nil {
			return nil, err
		}
		for _, other := range keys {
			if other.Column == k.Column {
				return nil, wording.Errorf("%s stands there twice: rows that it does not tell apart once, it does not tell apart again", nameOf(k.Column, header))
			}
		}
		keys = append(keys, k)
	}
	return keys, nil
}

// sortKey reads one column with its words.
func sortKey(item string, header []string) (k csvfile.SortKey, err error) {
	for i, h := range header {
		if h == item && strings.Contains(item, ":") { // which is a part of the name
			return csvfile.SortKey{Column: i}, nil
		}
	}
	parts := splitOutside(item, ':')
	name := strings.TrimSpace(parts[0])
	for _, word := range parts[1:] {
		set, ok := sortWords[strings.ToLower(strings.TrimSpace(word))]
		if !ok {
			return k, wording.Errorf("%q says nothing of how to sort by %s: give asc or desc, and text, bytes, number or time, or put a name with a colon in it in quotes", word, name)
		}
		set(&k)
	}
	if name == "" {
		return k, wording.Errorf("a column is missing: give names with commas between them, such as space_key,created:desc")
	}
	if strings.ContainsAny(name[:1], "#\"'") {
		var cols []int
		if cols, err = Columns(name, header); err == nil {
			k.Column = cols[0]
		}
		return k, err
	}
	if k.Column, err = Column(name, header); err != nil {
		err = wording.Errorf("%s: %w", name, err)
	}
	return k, err
}

// splitOutside cuts a text at a sign, but not within quotes.
func splitOutside(text string, at rune) (out []string) {
	quote, from := rune(0), 0
	for i, c := range text {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == at:
			out = append(out, text[from:i])
			from = i + 1
		}
	}
	return append(out, text[from:])
}
