// Package folder reads folders for the dialog that asks for a file, and understands the
// paths that people type or paste there. It knows no window.
package folder
