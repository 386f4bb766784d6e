// Package layouttest looks at what a window has laid out, without a display, for
// what lies over each other, sticks out or is cut.
//
// It knows no screen: what it takes for intended follows from what things are.
// What scrolls may be longer than its view. The layers of a stack lie over each
// other. What one widget draws of itself is its own affair, as long as its texts
// keep apart. Everything else keeps to its card and off its neighbours.
package layouttest
