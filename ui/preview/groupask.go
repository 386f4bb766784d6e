package preview

import "sluice/csvfile"

// by groups the rows shown by a column at once; a column of times by its months.
func (b *groupBar) by(col int) {
	s := b.on.current()
	if s == nil || col < 0 || col >= len(s.header) {
		return
	}
	b.byText(groupsOffered(s.header, col, b.on.columnSample(col))[0])
}

// ask shows the fields, filled in for the column in focus: what to group by may be more.
func (b *groupBar) ask() {
	s := b.on.current()
	_, col := b.on.focusCell()
	if s == nil || col < 0 || col >= len(s.header) || b.object.Visible() {
		return
	}
	b.fill(groupsOffered(s.header, col, b.on.columnSample(col))[0])
	b.open()
}

// fill writes what is grouped by into its field.
func (b *groupBar) fill(keys string) {
	b.keys.SetText(keys)
	if b.asked.Text == "" {
		b.asked.SetText(string(csvfile.AggregateCount))
	}
}

// byText groups the rows shown by what is written.
func (b *groupBar) byText(keys string) {
	b.fill(keys)
	b.open()
	b.run()
}
