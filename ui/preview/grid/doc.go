// Package grid is a table widget for row counts that no stock table survives.
//
// A [Grid] draws only the cells that are in sight. The first row in sight is an
// int64 and the pixels that it is scrolled by are less than one row, so every
// number that reaches the toolkit's float32 positions is small, and a step costs
// the same at row 10 and at row 3,000,000,000. Columns are drawn the same way:
// two thousand of them cost what a screenful costs.
//
// The grid holds no data. It asks a [Model] for the cells in sight, which must
// answer at once from memory; a cell that is not there yet is drawn as waiting,
// and [Grid.Refresh] draws it when it has come. [Options.OnView] says which rows
// are in sight, so that the owner can fetch them.
//
// The arithmetic ([Viewport], [Columns], [Cursor]) knows nothing of the toolkit.
package grid
