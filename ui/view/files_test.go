package view

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"sluice/ui/look"
	"sluice/ui/present"
)

// fileChips are the texts of the chips that are seen, the chosen ones in brackets.
func fileChips(c *fyne.Container) (out []string) {
	for _, o := range c.Objects {
		chip := o.(*look.Chip)
		switch {
		case !c.Visible() || !chip.Visible():
		case chip.Chosen():
			out = append(out, "["+chip.Text()+"]")
		default:
			out = append(out, chip.Text())
		}
	}
	return out
}

// TestFilesOfferTablesAndFormats: a chip for each table, the formats of the chosen one behind
// them where it has several, and nothing of a job before stays.
func TestFilesOfferTablesAndFormats(t *testing.T) {
	f := NewFiles()
	f.Host(look.Space(1, 1))
	chosen := ""
	f.OnFile = func(path string) { chosen = path }
	f.Render(FilesModel{Shown: true, Tables: []present.TableChip{{Name: "users", Path: "u"}, {Name: "pages", Path: "p", Chosen: true}, {Name: "spaces", Path: "s"}},
		Formats: []present.FormatChip{{Name: "CSV", Path: "p", Chosen: true}, {Name: "Parquet", Path: "q"}}})
	if got := append(fileChips(f.tables), fileChips(f.formats)...); !slices.Equal(got, []string{"users", "[pages]", "spaces", "[CSV]", "Parquet"}) {
		t.Errorf("offered is %q", got)
	}
	f.formats.Objects[1].(*look.Chip).OnTapped()
	if chosen != "q" {
		t.Errorf("the second format opens %q", chosen)
	}
	f.Render(FilesModel{Shown: true, Tables: []present.TableChip{{Name: "pages", Path: "n", Chosen: true}}})
	f.tables.Objects[0].(*look.Chip).OnTapped()
	if got := append(fileChips(f.tables), fileChips(f.formats)...); !slices.Equal(got, []string{"[pages]"}) || chosen != "n" {
		t.Errorf("of another job is offered %q, which opens %q", got, chosen)
	}
}
