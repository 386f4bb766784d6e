// Package look is how Sluice looks: the palette, the grid and the type scale as
// a theme on Fyne's, and the small drawn widgets that every view is built of.
//
// Widgets take values in and give callbacks out; they know nothing of exports.
// Colours are looked up by name at each refresh, so a window that changes
// between light and dark follows at once.
package look
