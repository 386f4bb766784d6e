// Package sqliteformat holds the rules of SQLite that more than one reader of its
// files needs: what the beginning of a file says, which files beside it belong to
// it, how a column keeps its values, which column is the row number. Each stands
// here once, as SQLite's documentation has it ("Database File Format", "Datatypes",
// "CREATE TABLE"), and the tests have SQLite as the judge.
package sqliteformat
