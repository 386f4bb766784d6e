package cli

import (
	"errors"
	"fmt"
	"io"

	"sluice/jobcsv"
	"sluice/localexport"
	"sluice/pipeline"
	"sluice/visible"
)

// settle decides what flags mean together: what is typed goes before the config file,
// and who wants a table wants it whole, if no --limit was typed.
func (x *jobsCommand) settle(c *call) error {
	if x.CSV && x.JSON {
		if c.typed["csv"] && c.typed["json"] {
			return usageError{errors.New("--csv and --json are two forms of the same: give one")}
		}
		x.CSV = !c.typed["json"]
		x.JSON = !x.CSV
	}
	if (x.CSV || x.Save != "") && !c.typed["limit"] {
		x.Limit = 0
	}
	return nil
}

// table writes jobs of a home, of so many, as CSV.
func (x *jobsCommand) table(c *call, jobs []pipeline.Job, total int) error {
	rows := make([]jobcsv.Row, len(jobs))
	for i, job := range jobs {
		rows[i] = jobcsv.RowOf(job, localexport.FolderOf(x.Home, job))
	}
	return saveTable(x, c, rows, total)
}

// saveTable writes rows, of so many, as CSV: to a file, to the standard output, or both. It
// says what was saved, beside the CSV or JSON on the standard error.
func saveTable[R jobcsv.Any](x *jobsCommand, c *call, rows []R, total int) error {
	told := c.program.Out
	if x.CSV || x.JSON {
		told = c.program.Err
	}
	if x.Save != "" {
		if err := replaceable(x.Save, "table of jobs", jobcsv.Begins); err != nil {
			return err
		}
		if err := jobcsv.Save(x.Save, rows); err != nil {
			return err
		}
		visible.Fprintf(told, "%s saved in %s\n", countedJobs(len(rows)), x.Save)
	}
	if x.CSV {
		if err := jobcsv.Write(c.program.Out, rows); err != nil {
			return err
		}
	}
	if x.Job == 0 && !x.JSON { // whose document has the total
		x.tellEarlier(told, total-len(rows))
	}
	return nil
}

// tellEarlier says that there are jobs beyond the limit.
func (x *jobsCommand) tellEarlier(w io.Writer, left int) {
	if left > 0 {
		fmt.Fprintf(w, "and %s earlier: --limit 0 lists all\n", number(int64(left)))
	}
}

func countedJobs(n int) string {
	if n == 1 {
		return "1 job"
	}
	return number(int64(n)) + " jobs"
}
