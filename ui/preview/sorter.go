package preview

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"sluice/csvfile"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// sorter sorts the rows that are shown by columns: in the background, with progress, and
// the rows are there as soon as the first of them are known. Until then those that were
// shown stay.
type sorter struct {
	on      sortOn
	notices *notices
	asked   uint64 // number of the last wish; late answers have another
	pending sorted // what is being sorted, shown already or not
	// wished are the keys that nothing is shown by yet; nil: there are none.
	wished []csvfile.SortKey
}

// sortOn is what sorting needs of the table.
type sortOn interface {
	sight
	dispatch(do func())              // on the UI goroutine
	sortedBy(keys []csvfile.SortKey) // the columns say so
	otherRows(near int64)            // other rows are shown now
	progressed(changed bool)         // more is known about them
	Focus()
}

// reset forgets what is sorted; the file closes it.
func (b *sorter) reset() {
	b.asked++
	b.pending, b.wished = nil, nil
}

// keys are those that the next wish goes on from: the last that somebody has wished for, also
// while the rows are not there yet.
func (b *sorter) keys() []csvfile.SortKey {
	if b.wished != nil {
		return b.wished
	}
	return b.on.current().sortKeys
}

// by sorts by a column alone, or as a further key behind those that there are. A column
// that is one already changes its direction or kind in its place.
func (b *sorter) by(k csvfile.SortKey, further bool) {
	if b.on.current() == nil {
		return
	}
	b.apply(withKey(b.keys(), k, further))
}

// withKey is keys with k in its place.
func withKey(keys []csvfile.SortKey, k csvfile.SortKey, further bool) []csvfile.SortKey {
	if !further {
		return []csvfile.SortKey{k}
	}
	keys = slices.Clone(keys)
	if i := slices.IndexFunc(keys, func(o csvfile.SortKey) bool { return o.Column == k.Column }); i >= 0 {
		keys[i] = k
		return keys
	}
	return append(keys, k)
}

// turn goes on from what a column is: ascending, descending, not sorted by it.
func (b *sorter) turn(col int, further bool) {
	s := b.on.current()
	if s == nil || col >= len(s.header) {
		return
	}
	keys := b.keys()
	i := slices.IndexFunc(keys, func(k csvfile.SortKey) bool { return k.Column == col })
	switch {
	case i < 0 || !further && len(keys) > 1:
		b.by(csvfile.SortKey{Column: col}, further)
	case !keys[i].Desc:
		k := keys[i]
		k.Desc = true
		b.by(k, further)
	default:
		b.apply(slices.Delete(slices.Clone(keys), i, i+1))
	}
}

// apply shows the rows by some keys, in the order of the file when there are none.
func (b *sorter) apply(keys []csvfile.SortKey) {
	s := b.on.current()
	b.drop()
	b.notices.drop(aboutSort)
	if len(keys) == 0 {
		b.take(nil, nil)
		return
	}
	asked := b.asked
	b.wished = keys
	go func() {
		v, err := s.f.sort(s.ctx, s.view, keys)
		b.on.dispatch(func() {
			switch {
			case b.on.current() != s || asked != b.asked:
				if err == nil {
					go v.Close()
				}
			case err != nil:
				b.fail(err)
			default:
				b.pending = v
				go b.follow(s, v, keys, asked)
			}
		})
	}()
}

// drop ends what is being sorted and is not shown yet.
func (b *sorter) drop() {
	b.asked++
	if s := b.on.current(); b.pending != nil && (s == nil || s.sorted != b.pending) {
		go b.pending.Close()
	}
	b.pending, b.wished = nil, nil
}

// cancel ends the sorting. Rows that are shown already go back to the order of the file.
func (b *sorter) cancel() {
	b.notices.drop(aboutSort)
	half := b.pending != nil && b.on.current().sorted == b.pending
	b.drop()
	if half {
		b.take(nil, nil)
	}
	b.on.Focus()
}

// again sorts other rows as those before were.
func (b *sorter) again() {
	s := b.on.current()
	b.drop()
	b.notices.drop(aboutSort)
	old, keys := s.sorted, s.sortKeys
	s.sorted, s.sortKeys = nil, nil
	b.on.sortedBy(nil)
	if old != nil {
		go old.Close()
	}
	if len(keys) > 0 {
		s.sortKeys = keys // further wishes go on from there
		b.apply(keys)
	}
}

// take shows sorted rows, or those in the order of the file when v is nil.
func (b *sorter) take(v sorted, keys []csvfile.SortKey) {
	s := b.on.current()
	near := int64(0)
	focus, _ := b.on.focusCell()
	if r, ok := b.on.record(focus); ok && v == nil && s.view == nil {
		near = max(0, r.Number)
	}
	old := s.sorted
	b.wished = nil
	s.sorted, s.sortKeys, s.tail, s.jump = v, keys, nil, -1
	b.notices.drop(aboutJump)
	switch {
	case v != nil:
		s.shown = v
	case s.view != nil:
		s.shown = s.view
	default:
		s.shown = s.f
	}
	s.pages.SetSource(s.ctx, s.shown)
	b.on.sortedBy(keys)
	b.on.otherRows(near)
	if old != nil {
		go old.Close()
	}
}

// follow tells ten times a second how far the sorting has come, and shows the rows once
// the first are there.
func (b *sorter) follow(s *session, v sorted, keys []csvfile.SortKey, asked uint64) {
	every := newTicker(s.ctx, v.Done())
	for every() {
		b.on.run(s, func() { b.went(asked, v, keys) })
	}
	var known []csvfile.SortKey
	if v.Progress().Err == nil {
		ctx, stop := context.WithCancel(s.ctx)
		known, _ = v.Keys(ctx) // which waits for nothing any more
		stop()
	}
	b.on.run(s, func() { b.ended(asked, v, known) })
}

// went shows the rows that there are, and how far the sorting has come.
func (b *sorter) went(asked uint64, v sorted, keys []csvfile.SortKey) {
	if asked != b.asked {
		return
	}
	s, t := b.on.current(), texts.T.Preview.Sort
	if n, _ := v.Total(); n > 0 && s.sorted != v {
		b.take(v, keys)
	}
	p := v.Progress()
	b.notices.show(aboutSort, tone.Active, fmt.Sprintf(t.Sorting, sortWords(keys, s.header), min(99, percent(p.Bytes, p.TotalBytes))), action{t.Cancel, b.cancel})
	if s.sorted == v {
		b.on.progressed(false)
	}
}

// ended shows all rows, and what is odd about them.
func (b *sorter) ended(asked uint64, v sorted, keys []csvfile.SortKey) {
	if asked != b.asked {
		return
	}
	s := b.on.current()
	b.notices.drop(aboutSort)
	if err := v.Progress().Err; err != nil {
		b.cancel()
		b.fail(err)
		return
	}
	if s.sorted != v {
		b.take(v, keys)
	}
	s.sortKeys, b.pending = keys, nil
	b.on.sortedBy(keys)
	b.on.progressed(false)
	var odd []string
	for _, o := range v.Oddities() {
		odd = append(odd, oddWords(o, s.header))
	}
	if len(odd) > 0 {
		b.notices.show(aboutSort, tone.Caution, strings.Join(odd, " "), b.notices.dismissal(aboutSort))
	}
}

func (b *sorter) fail(err error) {
	b.wished = nil
	b.notices.show(aboutSort, tone.Bad, said(fmt.Sprintf(texts.T.Preview.Sort.Failed, texts.Error(err))), b.notices.dismissal(aboutSort))
}

// oddWords say that cells of a key are not of its kind.
func oddWords(o csvfile.SortOddity, header []string) string {
	t := texts.T.Preview.Sort
	words := t.NoNumbers
	if o.Key.Kind == csvfile.SortTime {
		words = t.NoTimes
	}
	return words.Of(o.Count, columnName(o.Key.Column, header), group(o.First+1))
}

// sortWords are the keys as the footer has them.
func sortWords(keys []csvfile.SortKey, header []string) string {
	var out []string
	for _, k := range keys {
		name := shorten(columnName(k.Column, header), 30)
		if k.Desc {
			name = fmt.Sprintf(texts.T.Preview.Sort.Descending, name)
		}
		out = append(out, name)
	}
	return strings.Join(out, ", ")
}

// arrow points the way in which values go.
func arrow(k csvfile.SortKey) string {
	if k.Desc {
		return "↓"
	}
	return "↑"
}

func columnName(col int, header []string) string {
	if col < len(header) {
		return header[col]
	}
	return csvfile.ColumnName(col)
}
