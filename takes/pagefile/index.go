package pagefile

import (
	"sluice/localexport/keyfile"
)

// Index writes an index on a column of whole numbers and returns the number of its
// first page. keys are the numbers of the column with those of their rows; nulls, which
// may be nil, has the rows without one as its keys.
func (f *File) Index(nulls, keys *keyfile.File) (root uint32, err error) {
	x := &index{tree: tree{f: f, kind: innerIndex}, left: keys.Len()}
	x.leaf.reset(leafIndex)
	if nulls != nil {
		x.left += nulls.Len()
		err = each(nulls, func(p keyfile.Pair) error { return x.add(Value{}, p.Key) })
	}
	if err == nil {
		err = each(keys, func(p keyfile.Pair) error { return x.add(Value{Kind: Int, Int: p.Key}, p.Row) })
	}
	if err != nil {
		return 0, err
	}
	if err := x.placeLeaf(nil); err != nil {
		return 0, err
	}
	return x.tree.end()
}

// EmptyIndex writes an index without entries, which SQLite fills.
func (f *File) EmptyIndex() (root uint32, err error) {
	var leaf page
	leaf.reset(leafIndex)
	return f.place(leaf.done(0))
}

func each(keys *keyfile.File, do func(keyfile.Pair) error) error {
	r := keys.Reader()
	for i := range keys.Len() {
		p, err := r.At(i)
		if err != nil {
			return err
		}
		if err := do(p); err != nil {
			return err
		}
	}
	return nil
}

// index is an index that is being written.
type index struct {
	tree  tree
	leaf  page
	left  int64 // entries to come
	entry []byte
}

// add adds an entry.
func (x *index) add(key Value, row int64) error {
	x.left--
	values := [2]Value{key, {Kind: Int, Int: row}}
	var room [16]byte
	head, size := appendHead(room[:0], values[:])
	x.entry = append(appendVarint(x.entry[:0], uint64(size)), head...)
	x.entry = values[1].appendBody(values[0].appendBody(x.entry))
	if x.leaf.fits(len(x.entry)) {
		copy(x.leaf.cell(len(x.entry)), x.entry)
		return nil
	}
	if x.left > 0 { // this entry divides the leaf from the next
		return x.placeLeaf(x.entry)
	}
	// It is the last one and goes to the next leaf; the one before divides.
	if err := x.placeLeaf(x.leaf.pop()); err != nil {
		return err
	}
	copy(x.leaf.cell(len(x.entry)), x.entry)
	return nil
}

// placeLeaf writes the leaf and begins the next one behind an entry.
func (x *index) placeLeaf(behind []byte) error {
	n, err := x.tree.f.place(x.leaf.done(0))
	if err != nil {
		return err
	}
	if err := x.tree.child(n, behind); err != nil {
		return err
	}
	x.leaf.reset(leafIndex)
	return nil
}
