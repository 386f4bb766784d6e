package cli

import (
	"errors"
	"fmt"

	"sluice/csvfile"
	"sluice/csvfile/query"
)

// queriedRest is what follows "header" and "rows" in the JSON of a query.
type queriedRest struct {
	Total int64 `json:"total"` // rows of the result
	completeness
	Tables []queriedTable `json:"tables"`
	Notes  []string       `json:"notes,omitempty"`
}

// queriedTable is a table that was asked.
type queriedTable struct {
	Name     string          `json:"name"`
	File     string          `json:"file"`
	Dialect  csvfile.Dialect `json:"dialect"`
	Findings []finding       `json:"findings"`
}

// tell prints or saves what was found, and says what there is to say of the tables. What could
// be read of a damaged one is told, and then it is an error.
func (q *queryCommand) tell(c *call, inputs []tableInput, tables []query.Table, result *query.Result) error {
	rest := queriedRest{Total: result.Rows, completeness: completeness{Complete: true}, Notes: result.Notes}
	var damage, odd error
	var found []finding
	for i, t := range tables {
		name := inputName(inputs[i].path)
		of := findings(t.File, nil)
		rest.Tables = append(rest.Tables, queriedTable{t.Name, name, t.File.Dialect(), of})
		for _, f := range of {
			if len(tables) > 1 {
				f.Text = t.Name + ": " + f.Text
			}
			found = append(found, f)
		}
		damage = errors.Join(damage, t.File.Damage())
		if q.Strict {
			odd = errors.Join(odd, refuseOdd(name, of))
		}
	}
	if damage != nil {
		rest.completeness = completeness{Reason: damage.Error()}
	}
	if err := q.print(c, result, rest, found, damage); err != nil {
		return err
	}
	return errors.Join(damage, odd)
}

// print prints or saves what was found.
func (q *queryCommand) print(c *call, result *query.Result, rest queriedRest, found []finding, damage error) error {
	if q.Save != "" {
		say(c, asFindings(found, rest.Notes))
		done, err := q.write(c, result.File, nil)
		if err != nil {
			return err
		}
		done.completeness, done.Findings = rest.completeness, found
		return done.print(c, q.JSON, damage)
	}
	n := min(int64(q.Rows), result.Rows)
	if q.JSON && !c.typed["rows"] {
		n = result.Rows
	}
	if n < result.Rows {
		rest.Notes = append(rest.Notes, fmt.Sprintf("%s of %s rows are shown: --rows shows more", number(n), number(result.Rows)))
	}
	if q.JSON {
		return printMade(c, result.File, 0, n, func(_ int64, invalid []string) any {
			say(c, asFindings(found, rest.Notes))
			rest.Notes = append(rest.Notes, invalid...)
			return rest
		})
	}
	rows, err := rowsAt(c.ctx, result.File, 0, int(n))
	if err != nil {
		return err
	}
	printTable(c, &previewed{file: result.File}, 0, rows)
	say(c, asFindings(found, rest.Notes))
	return nil
}
