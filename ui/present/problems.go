package present

import (
	"slices"

	"sluice/ui/texts"
	"sluice/wording"
)

// Problems are what is wrong with the fields of a form, in the order of the fields.
type Problems []FieldError

// add notes what is wrong with a field.
func (p *Problems) add(field, message string) {
	*p = append(*p, FieldError{field, wording.Capital(message)})
}

// Wrong is what an error says of a field.
func Wrong(field string, err error) FieldError {
	return FieldError{field, wording.Capital(texts.Error(err))}
}

// Of is what is wrong with a field, "" if nothing is.
func (p Problems) Of(field string) string {
	for _, e := range p {
		if e.Field == field {
			return e.Message
		}
	}
	return ""
}

// First is the first field with something wrong, "" if there is none.
func (p Problems) First() string {
	if len(p) == 0 {
		return ""
	}
	return p[0].Field
}

// Still are those of the problems that were said whose fields are wrong now, with
// what is wrong now: a field is not complained about before somebody has sent it, and
// no longer than it is wrong.
func (p Problems) Still(now Problems) (left Problems) {
	for _, e := range now {
		if slices.ContainsFunc(p, func(said FieldError) bool { return said.Field == e.Field }) {
			left = append(left, e)
		}
	}
	return left
}
