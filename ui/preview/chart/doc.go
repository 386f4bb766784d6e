// Package chart draws groups: bars for categories, lines for spans of time.
//
// [Build] decides what is drawn, in which order, on which scale, and what is said of it in
// words; it knows nothing of the toolkit. [Chart] draws it, and [WritePNG] makes a picture
// of the same drawing.
package chart
