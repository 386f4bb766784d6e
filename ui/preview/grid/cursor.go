package grid

// Cursor is the cell in focus: a row of the data and a place in the order of the
// shown columns, both from 0.
type Cursor struct {
	Row int64
	Col int
}

// Move is a step of the cursor.
type Move int

// The steps that keys make. Page steps leave one row of the old page in sight.
const (
	MoveUp Move = iota
	MoveDown
	MoveLeft
	MoveRight
	MovePageUp
	MovePageDown
	MoveRowStart
	MoveRowEnd
	MoveFirstRow
	MoveLastRow
)

// Moved is the cursor after step m in a table of rows × cols of which fit whole
// rows are in sight. In an empty table it is the zero Cursor.
func (c Cursor) Moved(m Move, rows int64, cols int, fit int64) Cursor {
	page := max(1, fit-1)
	switch m {
	case MoveUp:
		c.Row--
	case MoveDown:
		c.Row++
	case MoveLeft:
		c.Col--
	case MoveRight:
		c.Col++
	case MovePageUp:
		c.Row -= page
	case MovePageDown:
		c.Row += page
	case MoveRowStart:
		c.Col = 0
	case MoveRowEnd:
		c.Col = cols - 1
	case MoveFirstRow:
		c.Row = 0
	case MoveLastRow:
		c.Row = rows - 1
	}
	return c.Clamped(rows, cols)
}

// Clamped is the cursor moved into a table of rows × cols.
func (c Cursor) Clamped(rows int64, cols int) Cursor {
	return Cursor{
		Row: max(0, min(c.Row, rows-1)),
		Col: max(0, min(c.Col, cols-1)),
	}
}
