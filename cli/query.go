package cli

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"sluice/csvfile"
	"sluice/csvfile/query"
	"sluice/visible"
)

// queryCommand asks tables with SQL.
type queryCommand struct {
	Files rawList `arg:"" type:"raws" name:"file" help:"The tables. A file, pipe, - or address, as of preview, is a table that has its name up to the first dot (a file of a job is called by what it holds: pages); NAME=FILE gives it another. The folder of a job is all its tables."`
	// Statement is empty where no flag stands before it: the last of the files is it then.
	Statement string `arg:"" optional:"" help:"A SELECT, as SQLite knows it."`
	Rows      int    `default:"1000" placeholder:"N" help:"How many rows to print (${default}). JSON has all of them unless it is given, and what is saved always."`
	Types     string `enum:"auto,text" default:"auto" placeholder:"auto|text" help:"auto gives each column the type that all its values have, so that numbers compare and sort as numbers; leading zeros make a text. Empty cells are NULL in columns of numbers, and empty texts in those of text. With text all cells are texts, as they are written (${default})."`
	JSON      bool   `name:"json" help:"Print JSON."`

	saveFlags  `embed:"" group:"How to save what is found"`
	inputFlags `embed:""`

	readingFlags `embed:"" group:"How to read the files, all of them (what is not given is guessed, and said)"`
	Strict       bool `help:"Look at all rows, and end with exit code 1 if anything about a file was guessed or is odd. Without it, all rows of files of up to 16 MB are looked at."`
}

func (q *queryCommand) Run(c *call) (err error) {
	if err := q.checkFlags(); err != nil {
		return err
	}
	inputs, err := tablesOf(q.Files.all())
	if err != nil {
		return err
	}
	if q.Save != "" {
		var paths []string
		for _, in := range inputs {
			paths = append(paths, in.path)
		}
		if err := q.refuseReplacing(paths...); err != nil {
			return err
		}
	}
	var tables []query.Table
	defer func() {
		for _, t := range tables {
			t.File.Close()
		}
	}()
	for _, in := range inputs {
		file, err := q.table(c, in)
		if err != nil {
			return err
		}
		tables = append(tables, query.Table{Name: in.name, File: file})
	}
	result, err := q.ask(c, tables)
	if err != nil {
		return err
	}
	defer result.Close()
	return q.tell(c, inputs, tables, result)
}

// checkFlags finds the statement, and refuses what makes no sense, before anything is read.
func (q *queryCommand) checkFlags() error {
	if q.Rows < 0 {
		return usageError{fmt.Errorf("--rows %d is negative", q.Rows)}
	}
	if last := strings.LastIndexByte(string(q.Files), 0); q.Statement == "" && last > 0 {
		q.Files, q.Statement = q.Files[:last], string(q.Files[last+1:])
	}
	if q.Statement == "" {
		return usageError{errors.New("name the tables and, behind them, the statement: sluice query pages.csv 'SELECT count(*) FROM pages'")}
	}
	if q.Save == "" {
		return q.unsaved()
	}
	if _, err := q.options(q.Save); err != nil {
		return usageError{err}
	}
	return nil
}

// table opens a table.
func (q *queryCommand) table(c *call, in tableInput) (*csvfile.File, error) {
	reading, err := q.reading()
	if err != nil {
		return nil, usageError{err}
	}
	reading.Member = q.Member
	file, err := q.open(c, in.path, csvfile.WithCellLimit(textCellLimit), csvfile.WithReading(reading))
	if err != nil {
		return nil, err
	}
	if err := checkRows(c, file, q.Strict); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

// ask runs the statement.
func (q *queryCommand) ask(c *call, tables []query.Table) (*query.Result, error) {
	line, last := newLiveLine(c.program.Err), time.Time{}
	result, err := query.Run(c.ctx, tables, q.Statement, query.Options{Text: q.Types == "text", Progress: func(p query.Progress) {
		now := time.Now()
		if !line.live() || now.Sub(last) < sampleInterval {
			return
		}
		last = now
		doing := "reading"
		if p.Typing {
			doing = "looking for the types of"
		}
		line.draw(fmt.Sprintf("%s %s: %d %%", doing, visible.Cut(p.Table, longestWord), 100*p.Bytes/max(1, p.TotalBytes)))
	}})
	line.wipe()
	if wrong := (*query.StatementError)(nil); errors.As(err, &wrong) {
		return nil, usageError{fmt.Errorf("statement: %w", err)}
	}
	return result, err
}
