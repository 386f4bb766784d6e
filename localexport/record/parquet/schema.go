package parquet

import (
	"slices"

	"github.com/parquet-go/parquet-go"

	"sluice/columns"
)

// group is a group whose fields have an order of their own; those of the library are
// sorted by name.
type group struct {
	parquet.Group
	names []string
}

// Fields implements parquet.Node.
func (g group) Fields() []parquet.Field {
	fields := g.Group.Fields()
	slices.SortFunc(fields, func(a, b parquet.Field) int {
		return slices.Index(g.names, a.Name()) - slices.Index(g.names, b.Name())
	})
	return fields
}

// schemaOf is the schema of a file.
func schemaOf(file columns.File) *parquet.Schema {
	g := group{Group: parquet.Group{}, names: file.Names()}
	for _, c := range file.Columns {
		g.Group[c.Name] = nodeOf(c)
	}
	return parquet.NewSchema(file.Name, g)
}

// nodeOf is a column of the schema. Numbers are written as differences: keys rise, and
// times lie close to each other.
func nodeOf(c columns.Column) parquet.Node {
	var n parquet.Node
	switch c.Type {
	case columns.TypeID:
		n = parquet.Encoded(parquet.Int(64), &parquet.DeltaBinaryPacked)
	case columns.TypeNumber:
		n = parquet.Encoded(parquet.Int(32), &parquet.DeltaBinaryPacked)
	case columns.TypeTime:
		n = parquet.Encoded(parquet.Timestamp(parquet.Millisecond), &parquet.DeltaBinaryPacked)
	case columns.TypeList:
		return parquet.List(parquet.Encoded(parquet.String(), &parquet.RLEDictionary))
	default:
		n = parquet.String()
		if repeats(c) {
			n = parquet.Encoded(n, &parquet.RLEDictionary)
		} else {
			n = parquet.Encoded(n, &parquet.Plain)
		}
	}
	if c.Nullable {
		return parquet.Optional(n)
	}
	return n
}

// repeats reports whether many cells of a column have the same text. It is a matter of
// size alone.
func repeats(c columns.Column) bool {
	switch c.Holds {
	case columns.HoldsFact, columns.HoldsInstance, columns.HoldsUserID, columns.HoldsSpaceKey:
		return !c.Key
	}
	return false
}

// long reports whether the texts of a column are of any length. What is the smallest of
// them is of no use to anybody, and would be written for each page.
func long(c columns.Column) bool {
	return c.Type == columns.TypeText && (c.Holds == columns.HoldsBody || c.Holds == columns.HoldsDescription)
}
