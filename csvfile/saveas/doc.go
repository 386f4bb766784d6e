// Package saveas writes the rows of a CSV file, of a view of one or of any other source in
// the forms that other programs take: CSV of any dialect, TSV, JSON Lines, Parquet, a table
// of a SQLite database, a workbook, Markdown. A file is there whole or not at all, in flat
// memory; what cannot be written as it is gets counted and told in [Result].
//
//	r, err := saveas.Save(ctx, view, "out.parquet", saveas.Options{}, nil)
package saveas
