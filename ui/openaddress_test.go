package ui

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"sluice/ui/keymap"
	"sluice/ui/texts"
)

// TestAnAddressIsOpened: it is asked for by keyboard, refused in the panel if it is none, and
// fetched only once that is agreed to.
func TestAnAddressIsOpened(t *testing.T) {
	asked := make(chan string, 9)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- r.URL.Path
		w.Write([]byte("id,name\n1,fetched\n"))
	}))
	defer server.Close()
	s := newStage(t, wiki())
	s.size(900, 600)
	s.until("it is open", func() bool { return s.w.chosen != nil })
	if !s.w.press(keymap.Ctrl(fyne.KeyL)[0]) {
		t.Fatal("nothing asks for an address")
	}
	field := s.field(texts.T.Files.AddressExample)
	if s.w.window.Canvas().Focused() != fyne.Focusable(field) {
		t.Error("the keyboard is not in the field")
	}
	for typed, says := range map[string]string{"/tmp/table.csv": texts.T.Files.NoAddress, "https://me:secret@example.com/t.csv": "password"} {
		field.SetText(typed)
		s.press(texts.T.Files.OpenIt)
		if !field.Wrong() || !strings.Contains(s.says(), says) || strings.Contains(s.says(), "secret") {
			t.Errorf("%s: the field is wrong: %t, said: %s", typed, field.Wrong(), s.says())
		}
	}
	field.SetText(" " + server.URL + "/table.csv ")
	field.OnSubmitted(field.Text)
	s.until("it is asked whether to fetch", s.sees(texts.T.Files.FetchTitle))
	if len(asked) > 0 {
		t.Errorf("fetched before it was agreed to: %s", <-asked)
	}
	s.press(texts.T.Files.Fetch)
	s.until("it is shown", s.sees("row 1 of 1"))
}
