package ui

import (
	"errors"
	"strings"

	"sluice/intake/web"
	"sluice/ui/look"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// askAddress asks for the address of a table on a web server: the dialog of the system for
// files takes none. Whether it is fetched is asked for behind it.
func (w *Window) askAddress() {
	t := texts.T.Files
	var question *view.AddressQuestion
	hide := func() {}
	send := func() {
		address := strings.TrimSpace(question.Answer.Text)
		if err := checkAddress(address); err != nil {
			question.Refuse(err)
			w.window.Canvas().Focus(question.Answer)
			return
		}
		hide()
		w.openCSV(address)
	}
	question = view.NewAddressQuestion(send)
	back := look.NewButton(look.Outlined, texts.T.App.Cancel, "", func() { hide() })
	hide = w.pop(view.NewPanel(t.AddressTitle, question.Object, back, look.NewButton(look.Primary, t.OpenIt, "", send)))
	popped := w.popped
	question.OnHeight = popped.Refresh
	w.window.Canvas().Focus(question.Answer)
}

// checkAddress says why an address is none of a table.
func checkAddress(address string) error {
	if !web.IsAddress(address) {
		return errors.New(texts.T.Files.NoAddress)
	}
	return web.Check(address)
}
