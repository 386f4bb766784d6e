package filtertext

import (
	"errors"
	"fmt"
	"strings"

	"sluice/spelling"
	"sluice/wording"
)

// Column finds a column by its name, as it is, or in any case where that is one column
// only. The error is a sentence that names the nearest.
func Column(name string, header []string) (int, error) {
	for _, same := range []func(a, b string) bool{func(a, b string) bool { return a == b }, strings.EqualFold} {
		found := -1
		for i, h := range header {
			if !same(h, name) {
				continue
			}
			if found >= 0 {
				return 0, wording.Errorf("several columns are called so; say which by its number, such as #%d or #%d", found+1, i+1)
			}
			found = i
		}
		if found >= 0 {
			return found, nil
		}
	}
	if len(header) == 0 {
		return 0, wording.Errorf("there are no columns")
	}
	if near := spelling.Nearest(name, header); near != "" {
		return 0, wording.Errorf("there is no such column; the nearest is %s", columnText(header, near))
	}
	return 0, wording.Errorf("there is no such column")
}

// columnText is a name as it stands in a filter.
func columnText(header []string, name string) string {
	for i, h := range header {
		if h == name {
			return nameOf(i, header)
		}
	}
	return quote(name)
}

// nameOf is a column as it stands in a filter.
func nameOf(i int, header []string) string {
	if i < 0 || i >= len(header) {
		return fmt.Sprintf("#%d", i+1)
	}
	name := header[i]
	for k, h := range header {
		if k != i && h == name {
			return fmt.Sprintf("#%d", i+1)
		}
	}
	if bare(name) {
		return name
	}
	return quote(name)
}

// Columns reads a list of columns with commas between them: names, in quotes where they
// have blanks or signs in them, or numbers such as #3. The error is a sentence.
func Columns(text string, header []string) (_ []int, err error) {
	defer func() {
		if wrong := new(Error); errors.As(err, &wrong) {
			wrong.What = "the list of columns"
		}
	}()
	all, err := tokens(text)
	if err != nil {
		return nil, err
	}
	p := parser{text: text, header: header, rest: all}
	var out []int
	for {
		i, err := p.column()
		if err != nil {
			return nil, err
		}
		out = append(out, i)
		if p.next().kind == end {
			return out, nil
		}
		if !p.next().marks(",") {
			return nil, p.wrong("expected a comma or the end")
		}
		p.take()
	}
}
