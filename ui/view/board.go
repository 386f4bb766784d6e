package view

import (
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sluice/ui/look"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// Board lists every source with its state, the worst first.
type Board struct {
	Object   fyne.CanvasObject
	OnSource func(id string)
	OnToken  func(id string)
	OnMenu   func(id string, at fyne.Position)
	Tips     *look.Tips // shows what there is no room for; nil: nothing does

	list *look.List
	rows []present.BoardRow
}

// boardColumns are what a line of the board has: the source, its state, and when it last
// had success.
type boardColumns struct{ columns }

const boardRowHeight float32 = 56

// MinSize has room for two lines of text.
func (c boardColumns) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(c.columns.MinSize(o).Width, boardRowHeight)
}

func newBoardColumns() columns {
	t := texts.T.Board
	return columns{{width: 28, least: 28}, {title: t.ColumnSource, width: 250, least: 128}, {title: t.ColumnState, width: 400, least: 228, grow: true},
		{title: t.ColumnSuccess, width: 150, least: 136, drop: 1}}
}

// NewBoard returns an empty board.
func NewBoard() *Board {
	b := &Board{}
	columns := newBoardColumns()
	b.list = look.NewList(func() int { return len(b.rows) }, func() fyne.CanvasObject { return b.newRow(columns) }, b.fillRow, func(i int) {
		b.list.Unselect(i)
		b.Tips.Away()
		b.OnSource(b.rows[i].ID)
	})
	b.list.HideSeparators = false
	b.list.OnMenu = func(i int, at fyne.Position) {
		if i < len(b.rows) {
			b.OnMenu(b.rows[i].ID, at)
		}
	}
	b.list.OnHover = func(i int, line fyne.CanvasObject, over bool) {
		if over && i < len(b.rows) {
			b.Tips.OverLine(line, b.rows[i].Tip)
			return
		}
		b.Tips.Away()
	}
	var titles []fyne.CanvasObject
	for _, c := range columns {
		titles = append(titles, look.NewText(c.title, look.SizeCaption, look.ColorMuted).Bold().Elide())
	}
	table := look.NewPlainCard(look.NewFilledColumn(0, look.NewColumn(0, container.New(columns, titles...), look.NewLine()), b.list))
	b.Object = container.New(look.Inset{Left: look.Bleed, Top: look.Gap, Right: look.Bleed, Bottom: look.PageMarginY}, table)
	return b
}

// Render shows the sources. What is shown already costs nothing.
func (b *Board) Render(rows []present.BoardRow) {
	if reflect.DeepEqual(b.rows, rows) {
		return
	}
	b.rows = rows
	b.list.Refresh()
}

// boardRow are the parts of one line.
type boardRow struct {
	*fyne.Container
	tile        *look.Disc
	name, place *look.Text
	pill        *look.Pill
	token       *look.Button
	detail      *look.Text
	ago, at     *look.Text
}

func (b *Board) newRow(columns columns) fyne.CanvasObject {
	r := &boardRow{tile: look.NewTile("server"), name: look.NewTitle("", look.SizeTable).Elide(), place: look.NewCaption("").Elide(),
		pill: look.NewPill("", "", tone.Neutral).Elide(), detail: look.NewCaption("").Elide(),
		ago: look.NewText("", look.SizeTable, look.ColorText).Elide(), at: look.NewCaption("").Elide()}
	r.token = look.NewLink(texts.T.Board.EnterToken, "", nil)
	state := look.NewColumn(3, look.NewFixed(0, 20, look.NewFlow(8, 0, r.pill, container.New(look.Inset{Top: -3, Bottom: -3}, r.token))), r.detail)
	r.Container = container.New(boardColumns{columns}, r.tile, look.NewColumn(1, r.name, r.place), state, look.NewColumn(1, r.ago, r.at))
	return newListRow(r.Container, r)
}

func (b *Board) fillRow(i int, o fyne.CanvasObject) {
	if i >= len(b.rows) {
		return
	}
	v := b.rows[i]
	r := o.(*listRow).data.(*boardRow)
	r.tile.SetIcon(v.Icon)
	r.name.Set(v.Name)
	r.place.Set(v.Place)
	r.pill.Set(v.Sign.Word, v.Sign.Icon, v.Sign.Tone)
	r.detail.Set(v.Detail)
	visible(r.detail, v.Detail != "")
	r.ago.Set(v.Success)
	r.at.Set(v.SuccessAt)
	visible(r.at, v.SuccessAt != "")
	r.token.OnTapped = func() { b.OnToken(v.ID) }
	visible(r.token, v.SignIn)
	r.Container.Refresh()
}
