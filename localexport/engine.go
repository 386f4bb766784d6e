package localexport

import (
	"time"

	"sluice/localexport/jobfiles"
	"sluice/localexport/product"
	"sluice/rules"
)

// engineOptions are the options of one job, but for redaction.
func (e *Exporter) engineOptions() product.Options {
	return e.options.engine(e.zone, e.home.temp)
}

// engine are the options for the product, with the zone of naive times (nil: to be
// guessed) and the folder for work files.
func (o Options) engine(zone *time.Location, temp string) product.Options {
	return product.Options{
		Location: zone, BaseURL: o.BaseURL, Formats: o.Formats, ByteOrderMark: o.ByteOrderMark, FullContent: o.FullContent,
		PreserveLineBreaks: o.PreserveLineBreaks, LineBreakEscape: o.LineBreakEscape, Rules: o.Rules,
		Workers: o.Workers, CPUShare: o.CPUShare, TempDir: temp, SQLiteOnly: o.SQLiteOnly, MapFile: o.MapFile,
	}
}

// defaultEscape is written for a line break where nothing else is said.
const defaultEscape = `\n`

// manifestOptions are the choices that shaped the files of a result.
func manifestOptions(table rules.Table, o product.Options, r product.Result) jobfiles.Options {
	m := jobfiles.Options{
		From: r.From, TimeZone: r.Location, BaseURL: r.BaseURL, FullContent: o.FullContent,
		PreserveLineBreaks: o.PreserveLineBreaks, ByteOrderMark: o.ByteOrderMark, Rules: table.Record(o.Rules),
	}
	if word := product.FormatWord(o.Formats); word != string(product.CSV) {
		m.Format = word
	}
	if !o.PreserveLineBreaks {
		m.LineBreakEscape = o.LineBreakEscape
		if m.LineBreakEscape == "" {
			m.LineBreakEscape = defaultEscape
		}
	}
	return m
}

// csvForm is how the CSV files of a job are written; nil if it has none.
func csvForm(o jobfiles.Options) *jobfiles.CSVForm {
	if o.Format == string(product.Parquet) {
		return nil
	}
	f := &jobfiles.CSVForm{Encoding: "UTF-8", ByteOrderMark: o.ByteOrderMark, Separator: ",", Quote: `"`, RecordSeparator: "\r\n",
		LineBreaks: "escaped", LineBreakEscape: o.LineBreakEscape}
	if o.PreserveLineBreaks {
		f.LineBreaks = "preserved"
	}
	return f
}

// emptyTemp removes what a killed process has left behind. Only the holder of
// the lock may call it.
func (h home) emptyTemp() error {
	if err := h.disk.RemoveAll(h.temp); err != nil {
		return err
	}
	return h.disk.Mkdir(h.temp)
}
