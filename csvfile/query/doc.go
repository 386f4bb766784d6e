// Package query asks the tables of files with SQL. SQLite reads the statement and plans it; the
// rows come from the engine of package csvfile, as virtual tables, so that encodings, archives
// and dialects are read as everywhere else. Nothing is held in memory as a whole: what SQLite
// has to sort, group or join lies in private files meanwhile, and so does the result.
//
// A column has the type that all its values have: whole numbers are INTEGER, decimals REAL,
// all else is TEXT. In columns of numbers an empty cell is NULL, and so is, in any column, a
// cell that its row does not have.
//
// A statement only reads its tables. Everything else, from ATTACH to PRAGMA, is refused while
// the statement is compiled, before a row is read.
package query
