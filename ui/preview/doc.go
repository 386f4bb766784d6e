// Package preview is the pane that shows a CSV file of any size.
//
//	p := preview.New(preview.Options{Dispatch: fyne.Do, Clipboard: app.Clipboard()})
//	w.SetContent(p.Object())
//	p.Open("pages_job12_2026_11_22T03_32_18Z.csv")
//
// The file opens in the background: its first rows are there at once, whatever
// its size, while the index goes on. Everything that reads runs outside the UI
// goroutine with a context, comes back through Dispatch, and is dropped if
// something else was asked for meanwhile. Row numbers in the window are counted
// from 1, as people count; inside they are counted from 0, as package csvfile does.
package preview
