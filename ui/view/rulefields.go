package view

import (
	"fyne.io/fyne/v2"

	"sluice/rules"
	"sluice/ui/look"
	"sluice/ui/texts"
)

// ruleFields are the fields of the rules of an export, made of their table.
type ruleFields struct {
	table    rules.Table
	switches map[string]*look.Switch
	choices  map[string]*look.Select
	texts    map[string]*look.Field
}

func newRuleFields(table rules.Table, changed func(string)) *ruleFields {
	f := &ruleFields{table: table, switches: map[string]*look.Switch{}, choices: map[string]*look.Select{}, texts: map[string]*look.Field{}}
	for _, r := range table {
		switch r.Kind {
		case rules.Switch:
			f.switches[r.Name] = look.NewSwitch(func(bool) { changed("") })
		case rules.Choice:
			f.choices[r.Name] = look.NewSelect(shownValues(r), nil)
		default:
			f.texts[r.Name] = look.NewField(r.Default, changed)
		}
	}
	return f
}

// shownValues are the values of a choice with what they mean, in their order.
func shownValues(r rules.Rule) []string {
	shown := make([]string, len(r.Values))
	for i, v := range r.Values {
		shown[i] = v.Name + ": " + texts.Elsewhere(v.Meaning)
	}
	return shown
}

// fields are those that are typed in.
func (f *ruleFields) fields() (list []*look.Field) {
	for _, r := range f.table {
		if field, ok := f.texts[r.Name]; ok {
			list = append(list, field)
		}
	}
	return list
}

// rows are the lines of the form, behind a sentence on all of them.
func (f *ruleFields) rows() []fyne.CanvasObject {
	rows := []fyne.CanvasObject{look.NewParagraph(texts.T.Setup.RulesText, look.SizeTable, look.ColorMuted)}
	for _, r := range f.table {
		var field fyne.CanvasObject
		switch r.Kind {
		case rules.Switch:
			field = look.NewRow(0, f.switches[r.Name])
		case rules.Choice:
			field = inField(f.choices[r.Name])
		default:
			field = inField(f.texts[r.Name])
		}
		rows = append(rows, formRow(texts.Elsewhere(r.Label), texts.Elsewhere(r.Meaning), field))
	}
	return rows
}

// set shows rules; those that are not among them are at their default.
func (f *ruleFields) set(chosen rules.Chosen) {
	for _, r := range f.table {
		value, given := chosen[r.Name]
		switch r.Kind {
		case rules.Switch:
			f.switches[r.Name].SetOn(value == rules.On)
		case rules.Choice:
			f.choices[r.Name].SetSelectedIndex(max(0, r.Place(value)))
		default:
			if !given {
				value = "" // the field shows the default as what would be taken
			}
			f.texts[r.Name].Change(value)
		}
	}
}

// chosen are the rules that are not at their default.
func (f *ruleFields) chosen() rules.Chosen {
	given := rules.Chosen{}
	for _, r := range f.table {
		switch r.Kind {
		case rules.Switch:
			if f.switches[r.Name].On() {
				given[r.Name] = rules.On
			}
		case rules.Choice:
			given[r.Name] = r.Values[max(0, f.choices[r.Name].SelectedIndex())].Name
		default:
			given[r.Name] = f.texts[r.Name].Text
		}
	}
	normal, _ := f.table.Normal(given) // nothing else than what the table has can be chosen
	return normal
}
