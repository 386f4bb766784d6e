package preview

import (
	"sluice/csvfile"
	"sluice/csvfile/saveas"
	"sluice/ui/texts"
)

// saveForm is a form as people choose it.
type saveForm struct {
	name, means func(texts.PreviewSave) string
	o           saveas.Options
	typed       bool // its columns may have types
}

// saveForms are the forms to choose from; the first is the usual one.
var saveForms = []saveForm{
	{func(t texts.PreviewSave) string { return t.CSV }, func(t texts.PreviewSave) string { return t.CSVMeans }, saveas.Options{Form: saveas.CSV}, false},
	{func(t texts.PreviewSave) string { return t.Excel }, func(t texts.PreviewSave) string { return t.ExcelMeans },
		saveas.Options{Form: saveas.CSV, CSV: csvfile.SaveOptions{Delimiter: ';', Quote: '"', LineEnding: "CRLF", BOM: true}}, false},
	{func(t texts.PreviewSave) string { return t.RFC }, func(t texts.PreviewSave) string { return t.RFCMeans },
		saveas.Options{Form: saveas.CSV, CSV: csvfile.SaveOptions{Delimiter: ',', Quote: '"', LineEnding: "CRLF"}}, false},
	{func(t texts.PreviewSave) string { return t.TSV }, func(t texts.PreviewSave) string { return t.TSVMeans }, saveas.Options{Form: saveas.TSV}, false},
	{func(t texts.PreviewSave) string { return t.JSONL }, func(t texts.PreviewSave) string { return t.JSONLMeans }, saveas.Options{Form: saveas.JSONL}, true},
	{func(t texts.PreviewSave) string { return t.Parquet }, func(t texts.PreviewSave) string { return t.ParquetMeans }, saveas.Options{Form: saveas.Parquet}, true},
	{func(t texts.PreviewSave) string { return t.SQLite }, func(t texts.PreviewSave) string { return t.SQLiteMeans }, saveas.Options{Form: saveas.SQLite}, true},
	{func(t texts.PreviewSave) string { return t.Workbook }, func(t texts.PreviewSave) string { return t.WorkbookMeans }, saveas.Options{Form: saveas.XLSX}, true},
	{func(t texts.PreviewSave) string { return t.Markdown }, func(t texts.PreviewSave) string { return t.MarkdownMeans }, saveas.Options{Form: saveas.Markdown}, false},
}

func formWords() (words []string) {
	for _, k := range saveForms {
		words = append(words, k.name(texts.T.Preview.Save))
	}
	return words
}

// savedWords say what about the saved file should be known.
func savedWords(n saveas.Note) string {
	t, first := texts.T.Preview.Save, group(n.Row+1)
	switch n.Kind {
	case saveas.WiderRows:
		return t.WiderRows.Of(n.Count, first)
	case saveas.Renamed:
		return t.Renamed.Of(n.Count, n.Names)
	case saveas.NotUTF8:
		return t.NotUTF8.Of(n.Count, first)
	case saveas.NotInEncoding:
		return t.NotInEncoding.Of(n.Count)
	case saveas.NotInXML:
		return t.NotInXML.Of(n.Count, first)
	case saveas.CutCells:
		return t.CutCells.Of(n.Count, first)
	case saveas.Parts:
		return t.Parts.Of(n.Count)
	}
	return n.Text()
}
