// Package celltext turns the text of a cell into what a reader can take in: one
// visible line for the table, indented markup or JSON and wrapped lines for the
// side pane. It knows nothing of windows.
package celltext
