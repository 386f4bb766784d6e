// Package private keeps folders and files to their owner where the mode that Go
// gives them does not: on Windows, where what is new inherits the rights of the
// folder it stands in. Elsewhere the mode decides, and it has nothing to do.
package private
