package csvfile

import (
	"fmt"
	"strconv"
	"strings"
)

// call is a column, or what is made of one: "size", "sum(size)".
type call struct {
	name   string // of what is made, "" for the column itself
	column int    // AllRows where only the name stands
}

// parseCalls reads a list of columns and of what is made of them. known tells what can be.
func parseCalls(text string, header []string, known func(name string) bool) ([]call, error) {
	var out []call
	for _, item := range splitList(text) {
		c, err := parseCall(item, header, known)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// splitList cuts a list at its commas; those in double quotes are none.
func splitList(text string) (out []string) {
	quoted, from := false, 0
	for i := range len(text) {
		switch {
		case text[i] == '"':
			quoted = !quoted
		case text[i] == ',' && !quoted:
			out, from = append(out, text[from:i]), i+1
		}
	}
	if rest := text[from:]; strings.TrimSpace(rest) != "" || len(out) > 0 {
		out = append(out, rest)
	}
	return out
}

func parseCall(item string, header []string, known func(name string) bool) (call, error) {
	item = strings.TrimSpace(item)
	if item == "" {
		return call{}, fmt.Errorf("there is an empty place in the list: take a comma away, or name a column")
	}
	word := strings.ToLower(item)
	switch aggregates := known(string(AggregateCount)); {
	case aggregates && word == string(AggregateCount):
		return call{name: word, column: AllRows}, nil
	case !aggregates: // a column by this very name is meant, whatever else it looks like
		if column, err := theColumn(item, header, sameText); err == nil && column >= 0 {
			return call{column: column}, nil
		}
	}
	if at := strings.IndexByte(item, '('); at > 0 && strings.HasSuffix(item, ")") {
		if name := strings.ToLower(strings.TrimSpace(item[:at])); known(name) {
			column, err := columnNamed(unquoteName(item[at+1:len(item)-1]), header)
			return call{name: name, column: column}, err
		}
	}
	column, err := columnNamed(unquoteName(item), header)
	if err != nil && known(word) {
		return call{}, fmt.Errorf("%s needs a column, as in %s(size)", word, word)
	}
	return call{column: column}, err
}

// quoteName writes the name of a column so that a list with it can be read again.
func quoteName(name string) string {
	if name == "" || strings.ContainsAny(name, "\",()#") || strings.TrimSpace(name) != name {
		return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
	}
	return name
}

func unquoteName(s string) string {
	s = strings.TrimSpace(s)
	if len(s) >= 2 && s[0] == '"' && s[len(s)-1] == '"' {
		return strings.ReplaceAll(s[1:len(s)-1], `""`, `"`)
	}
	return s
}

// theColumn is the one column whose name is the same, -1 if there is none.
func theColumn(name string, header []string, same func(a, b string) bool) (int, error) {
	at := -1
	for i, h := range header {
		if !same(h, name) {
			continue
		}
		if at >= 0 {
			return 0, fmt.Errorf("columns %d and %d are both called %q: name one by its number, as in #%d", at+1, i+1, name, at+1)
		}
		at = i
	}
	return at, nil
}

func sameText(a, b string) bool { return a == b }

// columnNamed is the column of a name, in any case if none has it as it is, or of a number
// such as "#3".
func columnNamed(name string, header []string) (int, error) {
	for _, same := range []func(a, b string) bool{sameText, strings.EqualFold} {
		if at, err := theColumn(name, header, same); err != nil || at >= 0 {
			return at, err
		}
	}
	if digits, ok := strings.CutPrefix(name, "#"); ok {
		if n, err := strconv.Atoi(digits); err == nil && n >= 1 && n <= len(header) {
			return n - 1, nil
		}
	}
	return 0, fmt.Errorf("there is no column %q: there are %s", name, listNames(header))
}

// listNames names some of the columns.
func listNames(header []string) string {
	const most = 12
	if len(header) == 0 {
		return "none"
	}
	list := strings.Join(header[:min(len(header), most)], ", ")
	if more := len(header) - most; more > 0 {
		list += fmt.Sprintf(" and %d more", more)
	}
	return list
}
