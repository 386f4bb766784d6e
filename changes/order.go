package changes

import (
	"context"
	"slices"
	"sort"
)

// sortMemory is how much memory the keys of a file may take that is not in their order.
const sortMemory = 64 << 20

// ordering are the keys of a table and where their rows are.
type ordering struct {
	numbers []int64 // keys that are numbers
	ends    []int64 // of keys that are texts, in text
	text    []byte
	offs    []int64
}

func (o *ordering) size() int {
	return 8*(len(o.numbers)+len(o.ends)+len(o.offs)) + len(o.text)
}

func (o *ordering) key(i int) key {
	if o.ends == nil {
		return key{number: o.numbers[i]}
	}
	from := int64(0)
	if i > 0 {
		from = o.ends[i-1]
	}
	return key{text: o.text[from:o.ends[i]]}
}

// sort finds out where the rows of a table are in the order of their keys; rows with
// the same key stay in that of the file. If there is no room for the keys, the error is
// an *orderError that names the first row that is out of order.
func (t *table) sort(ctx context.Context) error {
	if err := t.file.WaitIndexed(ctx, t.end); err != nil {
		return err
	}
	var o ordering
	s := newSide(t)
	defer s.walk.Close()
	var first *orderError
	err := s.walk.Do(func() error {
		if err := s.begin(t.first, t.end); err != nil {
			return err
		}
		for n := 0; ; n++ {
			if n%1024 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			ok, err := s.load(ctx)
			if disorder, is := err.(*orderError); is {
				if first == nil {
					first = disorder
				}
				s.before.copyOf(s.key)
				ok, err = true, nil
			}
			if err != nil || !ok {
				return err
			}
			full := o.size() > t.sortMemory()
			if full && first != nil {
				return first
			}
			if !full {
				o.add(s)
			}
			s.next()
		}
	})
	if err != nil {
		return err
	}
	t.list = o.sorted()
	return nil
}

func (t *table) sortMemory() int {
	if t.input.sortMemory > 0 {
		return t.input.sortMemory
	}
	return sortMemory
}

func (o *ordering) add(s *side) {
	o.offs = append(o.offs, s.walk.Offset())
	if len(s.t.key) == 1 && s.t.kinds[0] == byNumber {
		o.numbers = append(o.numbers, s.key.number)
		return
	}
	o.text = append(o.text, s.key.text...)
	o.ends = append(o.ends, int64(len(o.text)))
}

// sorted returns where the rows are, in the order of their keys. It is never nil.
func (o *ordering) sorted() []int64 {
	order := make([]int, len(o.offs))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return o.key(order[i]).compare(o.key(order[j])) < 0 })
	list := make([]int64, len(order))
	for i, at := range order {
		list[i] = o.offs[at]
	}
	return slices.Clip(list)
}
