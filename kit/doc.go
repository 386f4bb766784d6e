// Package kit writes, for the files of one job, the statements that bring them
// cell by cell into the engines that people use: paths, columns, types and options
// of exactly these files.
//
// What each engine does to the files by its defaults, and which options keep every
// cell, was measured by loading files full of awkward texts and comparing each cell
// (bench/kits does it again). An engine is one template in templates/ and one entry
// of Engines.
package kit
