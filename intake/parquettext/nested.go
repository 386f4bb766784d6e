package parquettext

import (
	"bytes"
	"encoding/json"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"sluice/wording"
)

// node is a column, or what is nested in one.
type node struct {
	name                   string
	optional, repeated     bool
	repetition, definition int // the greatest levels of its values
	kind                   shape
	children               []*node
	first, last            int // its leaves
	write                  func(dst []byte, v parquet.Value) []byte
	quoted                 bool // in JSON
}

// shape is what a node looks like in JSON.
type shape uint8

const (
	leaf   shape = iota
	object       // of its children
	list         // its only child, which is repeated, has the items
	dict         // its only child, which is repeated, has keys and values
)

// maxDepth bounds how deep columns are nested.
const maxDepth = 64

// nodeOf is the node of a column.
func (f *File) nodeOf(c *parquet.Column) (*node, error) {
	if c.Depth() > maxDepth {
		return nil, wording.Errorf("it is a Parquet file whose column %s is nested more than %d times", c.Name(), maxDepth)
	}
	n := &node{
		name: c.Name(), optional: c.Optional(), repeated: c.Repeated(),
		repetition: c.MaxRepetitionLevel(), definition: c.MaxDefinitionLevel(), first: f.leaves,
	}
	if c.Leaf() {
		n.write, n.quoted = writerOf(c.Type())
		f.leaves++
		n.last = f.leaves
		return n, nil
	}
	n.kind = object
	for _, child := range c.Columns() {
		m, err := f.nodeOf(child)
		if err != nil {
			return nil, err
		}
		n.children = append(n.children, m)
	}
	n.last = f.leaves
	if n.first == n.last {
		return nil, wording.Errorf("it is a Parquet file whose column %s holds nothing", n.name)
	}
	if len(n.children) == 1 && n.children[0].repeated {
		switch inner := n.children[0]; logical(c).(type) {
		case *format.ListType:
			n.kind = list
		case *format.MapType:
			if len(inner.children) == 2 && !inner.children[0].repeated {
				n.kind = dict
			}
		}
	}
	return n, nil
}

// logical is the annotation of a column, nil if it has none.
func logical(c *parquet.Column) any {
	if c.Type() == nil || c.Type().LogicalType() == nil {
		return nil
	}
	return c.Type().LogicalType().Value
}

// plain reports whether the values of a column stand in a cell as they are.
func (n *node) plain() bool { return n.kind == leaf && !n.repeated }

// items are the items of a list. Writers that are old have no group around each item.
func (n *node) items() *node {
	inner := n.children[0]
	if inner.kind == object && len(inner.children) == 1 && inner.name != "array" && inner.name != n.name+"_tuple" {
		return inner.children[0]
	}
	return nil
}

// isNull reports whether a node has no value where the row stands.
func (t *text) isNull(n *node) bool {
	c := t.leaf[n.first]
	return len(c) == 0 || n.optional && c[0].DefinitionLevel() < n.definition
}

// skip takes what stands for a node without a value.
func (t *text) skip(n *node) {
	for i := n.first; i < n.last; i++ {
		if len(t.leaf[i]) > 0 {
			t.leaf[i] = t.leaf[i][1:]
		}
	}
}

// take takes the value of a leaf.
func (t *text) take(n *node) parquet.Value {
	v := t.leaf[n.first][0]
	t.leaf[n.first] = t.leaf[n.first][1:]
	return v
}

// value appends a node as JSON.
func (t *text) value(dst []byte, n *node) []byte {
	if n.repeated {
		return t.repeated(dst, n, n)
	}
	return t.single(dst, n)
}

// single appends one value of a node.
func (t *text) single(dst []byte, n *node) []byte {
	if t.isNull(n) {
		t.skip(n)
		return append(dst, "null"...)
	}
	return t.inner(dst, n)
}

// inner appends a value that is there.
func (t *text) inner(dst []byte, n *node) []byte {
	switch n.kind {
	case leaf:
		return n.json(dst, t.take(n))
	case list:
		return t.repeated(dst, n.children[0], n.items())
	case dict:
		return t.dict(dst, n.children[0])
	}
	dst = append(dst, '{')
	for i, child := range n.children {
		if i > 0 {
			dst = append(dst, ", "...)
		}
		dst = append(appendJSON(dst, []byte(child.name)), ": "...)
		dst = t.value(dst, child)
	}
	return append(dst, '}')
}

// each calls fn for each value of a repeated node.
func (t *text) each(n *node, fn func(i int)) {
	if c := t.leaf[n.first]; len(c) == 0 || c[0].DefinitionLevel() < n.definition {
		t.skip(n) // it has none
		return
	}
	for i := 0; ; i++ {
		fn(i)
		if c := t.leaf[n.first]; len(c) == 0 || c[0].RepetitionLevel() < n.repetition {
			return
		}
	}
}

// repeated appends the values of a repeated node as a list; item is what there is of each,
// nil for n itself.
func (t *text) repeated(dst []byte, n, item *node) []byte {
	dst = append(dst, '[')
	t.each(n, func(i int) {
		if i > 0 {
			dst = append(dst, ", "...)
		}
		if item == nil || item == n {
			dst = t.inner(dst, n)
		} else {
			dst = t.value(dst, item)
		}
	})
	return append(dst, ']')
}

// dict appends pairs of keys and values.
func (t *text) dict(dst []byte, n *node) []byte {
	key, value := n.children[0], n.children[1]
	dst = append(dst, '{')
	t.each(n, func(i int) {
		if i > 0 {
			dst = append(dst, ", "...)
		}
		if key.kind == leaf && !t.isNull(key) {
			dst = appendJSON(dst, key.write(nil, t.take(key)))
		} else {
			dst = appendJSON(dst, t.value(nil, key))
		}
		dst = t.value(append(dst, ": "...), value)
	})
	return append(dst, '}')
}

// json appends a value of a leaf.
func (n *node) json(dst []byte, v parquet.Value) []byte {
	if n.quoted {
		return appendJSON(dst, n.write(nil, v))
	}
	at := len(dst)
	dst = n.write(dst, v)
	if c := dst[len(dst)-1]; c == 'N' || c == 'f' { // NaN, +Inf
		return appendJSON(dst[:at], bytes.Clone(dst[at:]))
	}
	return dst
}

// appendJSON appends a text as a string of JSON.
func appendJSON(dst, s []byte) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if enc.Encode(string(s)) != nil { // texts can always be encoded
		return append(dst, `""`...)
	}
	return append(dst, bytes.TrimSuffix(b.Bytes(), []byte("\n"))...)
}
