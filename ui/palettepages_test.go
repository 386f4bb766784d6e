package ui

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sluice/deliver"
	"sluice/ui/palette"
	"sluice/ui/view"
)

// pageEntries are the entries of the palette that lead to each page or panel, by the function
// that shows it. One that is not in the list cannot be found by its name.
var pageEntries = map[string]string{
	"Window.showBoard": "board", "Window.choose": "source:", "Window.showWelcome": "add", "Window.addServer": "server", "Window.showTakeForm": "take",
	"Window.showCSV": "open-table", "Window.showSettingsTab": "settings", "Window.showShortcuts": "shortcuts", "settingsPage.about": "about",
	"hookList.show": "hooks", "hookList.edit": "add-hook",
	"deliveryList.show": "page:deliveries", "deliveryList.edit": "page:add-delivery", "delivering.open": "page:deliver",
	"page.showRetention": "page:kept", "Window.showKit": "page:kit", "Window.showDetails": "job:",
}

// showsNothing are functions that show what others give them, and a way back.
var showsNothing = []string{"Window.showList", "Window.showPage", "Window.tell", "Window.wayBack"}

// pageFunctions are the functions of the window that show a page or a panel.
func pageFunctions(t *testing.T) (found []string) {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && showsPage(fn) {
				found = append(found, nameOf(fn))
			}
		}
	}
	return found
}

// showsPage reports whether a function shows something itself.
func showsPage(fn *ast.FuncDecl) (shows bool) {
	ast.Inspect(fn, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		s, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		of, _ := s.X.(*ast.SelectorExpr)
		if slices.Contains([]string{"showPage", "showList", "showPanel"}, s.Sel.Name) || s.Sel.Name == "Show" && of != nil && of.Sel.Name == "frame" {
			shows = true
		}
		return true
	})
	return shows
}

func nameOf(fn *ast.FuncDecl) string {
	name := fn.Name.Name
	if fn.Recv == nil {
		return name
	}
	of := fn.Recv.List[0].Type
	if star, ok := of.(*ast.StarExpr); ok {
		of = star.X
	}
	return of.(*ast.Ident).Name + "." + name
}

// found are the items of the palette that have a word in their name, or among their words.
func (s *stage) found(word string) (list []palette.Item) {
	for _, item := range s.w.paletteItems() {
		if slices.Contains(strings.Fields(strings.ToLower(item.Name+" "+item.Words)), word) {
			list = append(list, item)
		}
	}
	return list
}

// TestEveryPageHasAnEntry: whatever page there is, the palette leads to it.
func TestEveryPageHasAnEntry(t *testing.T) {
	s, _ := carried(t)
	items := s.w.paletteItems()
	pages := pageFunctions(t)
	for _, page := range pages {
		if slices.Contains(showsNothing, page) {
			continue
		}
		id := pageEntries[page]
		if id == "" {
			t.Errorf("%s shows something that no entry of the palette leads to", page)
		} else if !slices.ContainsFunc(items, func(i palette.Item) bool {
			return i.ID == id || strings.HasSuffix(id, ":") && strings.HasPrefix(i.ID, id)
		}) {
			t.Errorf("%s: the palette has no %s", page, id)
		}
	}
	for page := range pageEntries {
		if !slices.Contains(pages, page) {
			t.Errorf("%s shows nothing any more", page)
		}
	}
}

// TestEveryActionHasAnEntry: what the head of any tab offers is in the palette on every tab.
func TestEveryActionHasAnEntry(t *testing.T) {
	s, _ := carried(t)
	s.w.o.Backend = ringing{s.w.o.Backend.(*carrier), &ringer{}}
	p := s.w.chosen.page
	same := map[string]string{"Take again": "take-again", "Open folder": "folder", "Check now": "refresh"}
	for tab := view.ExportTab; tab <= view.SettingsTab; tab++ {
		p.view.Choose(tab)
		for _, a := range p.actions() {
			for other := view.ExportTab; other <= view.SettingsTab; other++ {
				p.view.Choose(other)
				if !slices.ContainsFunc(s.w.paletteItems(), func(i palette.Item) bool { return !i.Off && (i.Name == a.Text || i.ID == same[a.Text]) }) {
					t.Errorf("%q of tab %d is not in the palette on tab %d", a.Text, tab, other)
				}
			}
			p.view.Choose(tab)
		}
	}
	s.w.showBoard()
	for _, item := range s.found("hooks") {
		if !item.Off {
			item.Do()
			break
		}
	}
	s.until("the hooks are shown", s.sees("Nobody is told"))
	if s.w.leave(); !s.w.board.shown {
		t.Error("the way back from the hooks is not to the board")
	}
}

// ringing has what the backend of the program has: deliveries and hooks.
type ringing struct {
	*carrier
	HookCaller
}

// TestEveryCommandHasAnEntry: the word of the command line finds what the window has of it.
func TestEveryCommandHasAnEntry(t *testing.T) {
	b, err := os.ReadFile("../docs/commands.md")
	if err != nil {
		t.Fatal(err)
	}
	s, _ := carried(t, deliver.Delivery{Name: "share", To: t.TempDir()})
	none := []string{"window", "serve", "completion", "query"} // the window itself, and what it does not do
	words := regexp.MustCompile(`(?m)^## ([a-z-]+)$`).FindAllStringSubmatch(string(b), -1)
	for _, w := range words {
		if word := w[1]; len(s.found(word)) == 0 && !slices.Contains(none, word) {
			t.Errorf("%q finds nothing", word)
		}
	}
	if len(words) < 30 {
		t.Errorf("%d commands were read", len(words))
	}
	// They do what their names say, from another tab, too.
	p := s.w.chosen.page
	p.view.Choose(view.ExportTab)
	for _, item := range s.found("deliveries") {
		if item.Name == "Deliveries" {
			item.Do()
		}
	}
	s.until("the deliveries are shown", s.sees("After each scheduled export"))
}
