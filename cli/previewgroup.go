package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"sluice/csvfile"
	"sluice/csvfile/grouptext"
	"sluice/figures"
)

// groupFlags put rows into groups.
type groupFlags struct {
	Group string `placeholder:"COLUMN,…" help:"Put rows into groups by these columns, and print a row for each group: space, or space,month(updated). Of a time there are day, month and year, those of UTC."`
	Agg   string `placeholder:"WHAT,…" help:"What to print of each group: count, count(x), distinct(x), sum(x), min(x), max(x), mean(x) of any column x (count)."`
}

// mostGroups is how many groups a table shows unless it is told. JSON has all of them.
const mostGroups = 1000

// checkGroups refuses what does not go with groups.
func (p *previewCommand) checkGroups() error {
	switch {
	case p.Group == "" && p.Agg != "":
		return usageError{fmt.Errorf("--agg says what is asked of each group: say with --group what to group by, as in --group space")}
	case p.Group != "" && p.Count:
		return usageError{fmt.Errorf("--count counts rows, and --group counts the rows of each group: leave one of them out")}
	case p.Group != "" && (p.Profile != "" || p.Columns != ""):
		return usageError{fmt.Errorf("--group makes columns of its own; leave --profile and --columns out")}
	case p.Group != "" && p.Find != "":
		return usageError{fmt.Errorf("--find looks for rows, and --group puts all of them into groups: leave one of them out")}
	}
	return nil
}

// groupsRest is what follows "header" and "rows" in the JSON of groups.
type groupsRest struct {
	At      int64  `json:"at"`
	Total   int64  `json:"total"`   // groups
	Grouped int64  `json:"grouped"` // rows in all groups
	Order   string `json:"order"`   // "count": those of most rows first; "keys": by their keys
	Zone    string `json:"zone,omitempty"`
	Spilled int64  `json:"spilled,omitempty"` // bytes that did not fit in memory
	completeness
	Dialect  csvfile.Dialect `json:"dialect"`
	Findings []finding       `json:"findings"`
	Checked  bool            `json:"checked"`
	Notes    []string        `json:"notes,omitempty"`
}

// group prints the groups of the rows shown.
func (p *previewCommand) group(c *call, s *previewed) error {
	file := s.file
	by, err := grouptext.Parse(p.Group, p.Agg, file.Header())
	if err != nil {
		return usageError{fmt.Errorf("--group: %w", err)}
	}
	line, last := newLiveLine(c.program.Err), time.Time{}
	groups, err := csvfile.GroupRows(c.ctx, s.source(), by, func(pr csvfile.Progress) {
		if now := time.Now(); line.live() && now.Sub(last) >= sampleInterval {
			last = now
			line.draw(fmt.Sprintf("grouping: %s rows, %d %%", number(pr.Rows), 100*pr.Bytes/max(1, pr.TotalBytes)))
		}
	})
	line.wipe()
	if err != nil {
		return err
	}
	defer groups.Close()
	if p.Save != "" {
		return p.saveSource(c, file, groups.File, nil)
	}
	at, n := p.shownGroups(c, groups)
	if at > 0 && at >= groups.Count {
		return fmt.Errorf("preview %s: group %s does not exist: there are %s", p.File, number(at+1), figures.Some(groups.Count, "one group", "%d groups"))
	}
	if p.JSON {
		if err := p.printGroupsJSON(c, file, groups, at, n); err != nil {
			return fmt.Errorf("preview %s: %w", p.File, err)
		}
		return nil
	}
	rows, err := rowsAt(c.ctx, groups.File, at, int(n))
	if err != nil {
		return fmt.Errorf("preview %s: %w", p.File, err)
	}
	printTable(c, &previewed{file: groups.File}, at, rows)
	say(c, asFindings(findings(file, nil), append(groups.Notes(), p.restOfGroups(groups, at, int64(len(rows)))...)))
	return nil
}

// asFindings puts sentences behind what was found.
func asFindings(found []finding, notes []string) []finding {
	found = slices.Clone(found)
	for _, note := range notes {
		found = append(found, finding{Text: note})
	}
	return found
}

// shownGroups are the groups to print: n from at on.
func (p *previewCommand) shownGroups(c *call, groups *csvfile.Groups) (at, n int64) {
	at, n = p.At, groups.Count
	if at < 0 {
		at = max(0, groups.Count+at)
	}
	switch {
	case c.typed["rows"]:
		n = int64(p.Rows)
	case !p.JSON:
		n = mostGroups
	}
	return at, min(n, max(0, groups.Count-at))
}

// restOfGroups says that there are more groups than are printed.
func (p *previewCommand) restOfGroups(groups *csvfile.Groups, at, n int64) []string {
	if n == groups.Count {
		return nil
	}
	return []string{fmt.Sprintf("%s of %s groups are shown, from group %s on: --rows and --at show others", number(n), number(groups.Count), number(at+1))}
}

// printGroupsJSON prints groups as they are read back.
func (p *previewCommand) printGroupsJSON(c *call, file *csvfile.File, groups *csvfile.Groups, at, n int64) error {
	rest := groupsRest{
		At: at, Total: groups.Count, Grouped: groups.Rows, Order: "count", Spilled: groups.Spilled,
		completeness: completenessOf(file), Dialect: file.Dialect(), Findings: findings(file, nil), Checked: file.Info().Checked,
	}
	if groups.ByKeys() {
		rest.Order, rest.Zone = "keys", "UTC"
	}
	return printMade(c, groups.File, at, n, func(read int64, invalid []string) any {
		rest.Notes = append(groups.Notes(), p.restOfGroups(groups, at, read)...)
		say(c, asFindings(rest.Findings, rest.Notes))
		rest.Notes = append(append(rest.Notes, notes(rest.Findings)...), invalid...)
		return rest
	})
}

// printMade prints a table that was made as JSON: its header, n rows from at, and an object
// with what is to be said of it, which is asked for behind the rows, with their number and a
// note on bytes that are no UTF-8.
func printMade(c *call, file *csvfile.File, at, n int64, rest func(read int64, invalid []string) any) error {
	c.documented = true
	j := newRowsJSON(jsonOutput(c.program.Out))
	j.text("{\n  \"header\": ")
	j.indent = "  "
	if err := file.ReadHeader(c.ctx, j); err != nil {
		return err
	}
	j.text(",\n  \"rows\": [")
	j.indent, j.listed, j.rows = "    ", true, 0
	read, err := file.ReadRows(c.ctx, at, n, j)
	if err != nil {
		return err
	}
	if read > 0 {
		j.text("\n  ")
	}
	var invalid []string
	if j.invalid > 0 {
		invalid = []string{fmt.Sprintf("%s bytes that are not UTF-8 stand as U+FFFD, since JSON cannot carry them", number(j.invalid))}
	}
	text, err := json.MarshalIndent(rest(read, invalid), "", "  ")
	if err != nil {
		return err
	}
	_, text, _ = bytes.Cut(text, []byte("{")) // goes on with the object
	j.text("],", string(text), "\n")
	return j.flush()
}
